"""Sessions, forms, users and the second factor: below `/staff/` alone. Elsewhere each of these steps aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from axes.middleware import AxesMiddleware
from django.contrib.auth import logout
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from orientalis_site.kit import languages
from orientalis_site.staff.factor import is_too_old, is_verified

PREFIX = "/staff/"
ENTRANCE = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_authenticate",
    }
)
"""The addresses that lead in: anybody may ask for them. All others want a second factor; a new one does, unasked."""
ENROLMENT = frozenset({"account_reauthenticate", "mfa_reauthenticate", "mfa_activate_totp"})
"""The addresses at which a second factor is set up: a password is enough."""
GetResponse = Callable[[HttpRequest], HttpResponseBase]


def is_below(request: HttpRequest) -> bool:
    """Whether a request is for a page of the staff."""
    return request.path_info.startswith(PREFIX)


class BelowStaff:
    """Makes a middleware of Django or of a library step aside for the pages of citizens."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Act, or pass on."""
        if not is_below(request):
            plain: HttpResponseBase = self.get_response(request)
            return plain
        response: HttpResponseBase = super().__call__(request)  # type: ignore[misc]
        return response


class Sessions(BelowStaff, SessionMiddleware):
    """Sessions."""


class Users(BelowStaff, AuthenticationMiddleware):
    """Who asks."""


class Messages(BelowStaff, MessageMiddleware):
    """Words for the next page."""


class Lockout(BelowStaff, AxesMiddleware):  # type: ignore[misc]
    """An end to guessing passwords."""


class Forms(BelowStaff, CsrfViewMiddleware):
    """Forms carry a secret that no other site knows. Citizens' forms are guarded by `kit/guard.py`."""

    def process_view(self, request: HttpRequest, callback: Any, callback_args: Any, callback_kwargs: Any) -> Any:
        """Refuse a form without it."""
        return super().process_view(request, callback, callback_args, callback_kwargs) if is_below(request) else None


class Privacy:
    """Nobody keeps a page of the staff; it is in the language that the browser asks for, under a policy of its own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Set language and headers."""
        if not is_below(request):
            return self.get_response(request)
        with translation.override(languages.wanted(request)):
            response = self.get_response(request)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response.render()
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "same-origin"
        # Django's admin writes markup by script, which trusted types forbid. All else stays as strict as for citizens.
        response._csp_replace = {"require-trusted-types-for": None}  # type: ignore[attr-defined]
        return response


class Gate:
    """Nobody sees a page of the staff who is not of the staff, with a second factor shown in this login."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """A session that is too old ends here."""
        if is_below(request) and request.user.is_authenticated and is_too_old(request):
            logout(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, positional: Any, named: Any) -> HttpResponseBase | None:
        """Let in, send to login or to the set-up of a second factor, or refuse."""
        if not is_below(request):
            return None
        match = request.resolver_match
        asked = match.view_name if match else ""
        if asked in ENTRANCE:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        if not (request.user.is_active and getattr(request.user, "is_staff", False)):
            raise PermissionDenied
        if is_verified(request) or asked in ENROLMENT:
            return None
        return redirect("mfa_activate_totp")
