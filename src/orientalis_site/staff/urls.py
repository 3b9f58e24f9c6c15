"""Addresses below `/staff/`: the way in, then the admin. What is not named here of the login library does not exist."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, URLResolver, path, re_path

from orientalis_site.staff.admin import site

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    re_path(
        r"^password/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("factor/", factor.index, name="mfa_index"),
    path("factor/authenticate/", factor.authenticate, name="mfa_authenticate"),
    path("factor/reauthenticate/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("factor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("factor/app/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("factor/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("factor/codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("factor/codes/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("", site.urls),
]
