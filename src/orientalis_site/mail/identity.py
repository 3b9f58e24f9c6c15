"""The Message-ID of a letter: the same whenever it is sent, and one that a stranger cannot make up."""

from __future__ import annotations

import hmac
import re
from urllib.parse import urlsplit

from django.conf import settings

from orientalis_site.kit.keys import keys
from orientalis_site.mail.models import Letter

_FORM = re.compile(r"letter-([0-9]{1,18})-([0-9a-f]{20})")


def name(letter: Letter) -> str:
    """The name of a letter: its number and a keyed hash, so that nobody reports bounces of letters he never had."""
    return f"letter-{letter.pk}-{_mark(letter)}"


def message_id(letter: Letter) -> str:
    """Its Message-ID."""
    return f"<{name(letter)}@{urlsplit(settings.SITE_URL).hostname}>"


def find(text: str) -> Letter | None:
    """The letter that a text names; None where it names none of ours."""
    for number, mark in _FORM.findall(text):
        letter = Letter.objects.filter(pk=int(number)).first()
        if letter is not None and hmac.compare_digest(mark, _mark(letter)):
            return letter
    return None


def _mark(letter: Letter) -> str:
    return keys().salted(f"letter:{letter.pk}:{int(letter.created_at.timestamp() * 1000)}")[:20]
