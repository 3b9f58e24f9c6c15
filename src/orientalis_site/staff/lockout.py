"""Who is kept from guessing passwords: a name and a place on the net together, the place as a keyed hash."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv6Address
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from orientalis_site.kit.client_address import client_address
from orientalis_site.kit.errors import Refusal
from orientalis_site.kit.errors import answer as answer_refusal
from orientalis_site.kit.keys import keys


def place(request: HttpRequest) -> str:
    """A keyed hash of the client's address, written as a private address: the column takes no other text."""
    digest = keys().salted(f"staff-place:{client_address(request)}")
    return str(IPv6Address((0xFD << 120) | int(digest[:30], 16)))


def name(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """The name that somebody tries to come in by."""
    given = (credentials or {}).get("username") or request.POST.get("login") or ""
    return str(given).strip().lower()[:150]


def answer(request: HttpRequest, response: Any = None, credentials: Any = None) -> HttpResponse:
    """What somebody is told who tried too often."""
    words = _("There were too many attempts. Please wait half an hour, or ask an admin.")
    return answer_refusal(request, Refusal(429, "too_many_attempts", words))
