"""The languages of the site and how they stand in addresses."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

CODES: tuple[str, ...] = tuple(code for code, _ in settings.LANGUAGES)
NAMES = dict(settings.LANGUAGES)
TAGS = {"en": "en", "ru": "ru", "zh-hans": "zh-Hans"}
OPEN_GRAPH = {"en": "en_GB", "ru": "ru_RU", "zh-hans": "zh_CN"}
_PREFIX = re.compile(r"^/(" + "|".join(map(re.escape, CODES)) + r")(?=[/.]|$)")


def of_path(path: str) -> str:
    """The language an address is in; English where it names none."""
    found = _PREFIX.match(path)
    return found[1] if found else CODES[0]


def wanted(request: HttpRequest) -> str:
    """The language that a reader's browser asks for, else English."""
    for tag, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:500]):
        try:
            return str(get_supported_language_variant(tag))
        except LookupError:
            continue
    return CODES[0]
