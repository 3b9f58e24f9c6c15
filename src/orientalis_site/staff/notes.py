"""What the audit learns of logins and second factors: who and how, never a password, a code or an address."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from orientalis_site.audit.chain import append
from orientalis_site.kit.keys import keys
from orientalis_site.staff.models import User


@receiver(authenticator_added)
def added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    """Who has just proved to hold the new factor has used it: the session counts as verified, under a new key."""
    append(f"user:{user.pk}", "factor_added", f"user:{user.pk}", {"type": authenticator.type})
    if authenticator.type == Authenticator.Type.TOTP:
        request.session.cycle_key()
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True)


@receiver(authenticator_removed)
def removed(user: User, authenticator: Authenticator, **_: Any) -> None:
    """A factor is gone."""
    append(f"user:{user.pk}", "factor_removed", f"user:{user.pk}", {"type": authenticator.type})


@receiver(authenticator_reset)
def renewed(user: User, authenticator: Authenticator, **_: Any) -> None:
    """New recovery codes."""
    append(f"user:{user.pk}", "factor_renewed", f"user:{user.pk}", {"type": authenticator.type})


@receiver(authentication_failed)
def failed(user: User, **_: Any) -> None:
    """A wrong code after the right password."""
    append("program", "wrong_code", f"user:{user.pk}")


@receiver(user_locked_out)
def locked_out(username: str | None, **_: Any) -> None:
    """Too many wrong passwords for a name, which need not be anybody's."""
    append("program", "locked_out", f"name:{keys().salted(username or '')[:32]}")


@receiver(user_logged_in)
def came(user: User, **_: Any) -> None:
    """Somebody came in."""
    append(f"user:{user.pk}", "login", f"user:{user.pk}")


@receiver(user_logged_out)
def left(user: User | None, **_: Any) -> None:
    """Somebody went."""
    if user is not None:
        append(f"user:{user.pk}", "logout", f"user:{user.pk}")
