"""Addresses of the site: of a page in a language, of its twins, of a file of the bundle."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from django.conf import settings

from orientalis.evidence import Bundle
from orientalis_site.kit import languages


def page(language: str, name: str, query: Mapping[str, str] | None = None) -> str:
    """The address of a page within the site."""
    path = f"/{language}/{name}/" if name else f"/{language}/"
    return path + ("?" + urlencode(query) if query else "")


def twin(language: str, name: str, form: str, query: Mapping[str, str] | None = None) -> str:
    """The address of a page's twin: `/en/forecast.json` of `/en/forecast/`, `/en.json` of `/en/`."""
    path = f"/{language}/{name}.{form}" if name else f"/{language}.{form}"
    return path + ("?" + urlencode(query) if query else "")


def file(bundle: Bundle, path: str) -> str:
    """The address of a file of the bundle: it holds the bundle's hash, so what is there never changes."""
    return f"/bundle/{bundle.hash}/{quote(path)}"


def whole(path: str) -> str:
    """An address with scheme and host: the configured one, never what a request claims."""
    return f"{settings.SITE_URL}{path}"


def alternates(name: str, query: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    """(language tag, whole address) of a page in every language, and the neutral one."""
    pairs = [(languages.TAGS[code], whole(page(code, name, query))) for code in languages.CODES]
    return [*pairs, ("x-default", whole(page(languages.CODES[0], name, query)))]
