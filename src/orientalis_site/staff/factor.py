"""The second factor: whether somebody has one, and whether it was shown in this login, and how long ago."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from orientalis_site.staff.models import User


def is_enrolled(user: User | AnonymousUser) -> bool:
    """Whether somebody has set up a second factor; recovery codes alone are none."""
    return bool(user.is_authenticated and is_mfa_enabled(user, [Authenticator.Type.TOTP]))


def is_verified(request: HttpRequest) -> bool:
    """Whether this login has shown a second factor that its user still has."""
    records: list[dict[str, Any]] = get_authentication_records(request, request.user)
    is_shown: bool = any(one.get("method") == "mfa" for one in records)
    user: Any = request.user
    return bool(is_shown and is_enrolled(user))


def is_too_old(request: HttpRequest) -> bool:
    """Whether a session began so long ago that it must end, however busy it was."""
    records: list[dict[str, Any]] = get_authentication_records(request, request.user)
    began = min((float(one["at"]) for one in records), default=0.0)
    return bool(time.time() - began > settings.SESSION_COOKIE_AGE)
