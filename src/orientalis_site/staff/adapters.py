"""How the login library is to behave here: no sign-up, no letters, second factors sealed and never taken off."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from orientalis_site.kit.client_address import client_address
from orientalis_site.kit.keys import keys
from orientalis_site.staff.factor import is_enrolled
from orientalis_site.staff.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an admin alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No letters: the site's mail is for those who sign."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address by which attempts are counted, read as everywhere on the site."""
        return str(client_address(request) or "")

    def is_reauthentication_required(self, app: str = "", **_: Any) -> bool:
        """Who has no second factor yet has just given his password: to set one up he need not give it again."""
        return is_enrolled(context.request.user)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are sealed with the site's keys, which lie apart from the database."""

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return keys().seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed one."""
        return keys().open(encrypted_text)

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Nobody takes off his own; `create_staff NAME --new-factor` does, for a device that was lost."""
        return False

    def get_totp_label(self, user: User) -> str:
        """The name by which an app lists the account; no address."""
        return user.get_username()
