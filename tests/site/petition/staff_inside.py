"""People of the staff within the test's own process: accounts, sessions with and without a second factor, drafts."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group
from django.test import Client

from orientalis_site.petition import states
from orientalis_site.petition.models import Petition, Signature
from orientalis_site.petition.shipping import FOLDER
from orientalis_site.petition.texts import Text
from orientalis_site.publications.shelf import current
from orientalis_site.staff.models import User

ROLES = ("creator", "reviewer", "moderator", "admin")
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "seven ravens over the Amur"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def account(name: str, *roles: str, is_staff: bool = True, has_factor: bool = True, password: str = "") -> User:
    """An account; with a password only where a test logs in by it: making one is slow."""
    user = User(username=name, is_staff=is_staff)
    if password:
        user.set_password(password)
    user.save()
    user.groups.set(Group.objects.filter(name__in=roles))
    assert user.groups.count() == len(roles)
    if has_factor:
        TOTP.activate(user, SECRET)
        RecoveryCodes.activate(user)
    return user


def enter(user: User, *, is_verified: bool = True, **options: Any) -> Client:
    """A client with a session of somebody, as the login would have made it."""
    client = Client(headers={"host": "localhost"}, **options)
    client.force_login(user, BACKEND)
    session = client.session
    records: list[dict[str, Any]] = [{"method": "password", "at": time.time()}]
    if is_verified:
        factor = Authenticator.objects.get(user=user, type="totp")
        records.append({"method": "mfa", "at": time.time(), "type": "totp", "id": factor.pk})
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def text() -> Text:
    """A text that can be published."""
    import tomllib

    file = FOLDER / "save-the-amur-leopard.toml"
    return Text.model_validate(tomllib.loads(file.read_text(encoding="utf-8"))["text"])


def draft(author: User, slug: str = "close-the-dens") -> Petition:
    """A draft by somebody."""
    return states.create(slug, text(), current.bundle(), author)


def signature(petition: Petition, number: int, **fields: Any) -> Signature:
    """A pending signature, put into the table as the form would."""
    from datetime import UTC, datetime

    held: dict[str, Any] = {
        "name": f"Signer {number}",
        "country": "RU",
        "language": "en",
        "email_key": f"{number:064x}",
        "pepper": 1,
        "created_at": datetime.now(UTC),
        **fields,
    }
    return Signature.objects.create(petition=petition, version=petition.current, **held)
