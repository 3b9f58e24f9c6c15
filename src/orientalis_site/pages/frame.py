"""The frame of pages that are not drawn from a bundle alone: petitions, forms, letters' links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from orientalis_site.kit import languages
from orientalis_site.pages import links
from orientalis_site.pages.registry import PAGES
from orientalis_site.publications.shelf import NoBundle, current


def base(language: str, name: str, title: str, summary: str = "") -> dict[str, Any]:
    """What `site/base.html` needs of a page called `name` (its address without language): titles, menu, languages."""
    try:
        bundle = current.bundle()
    except NoBundle:
        bundle = None
    return {
        "bundle": bundle,
        "language": language,
        "tag": languages.TAGS[language],
        "name": name,
        "title": strip_tags(title),
        "summary": strip_tags(summary),
        "pages": PAGES,
        "address": links.whole(links.page(language, name)),
        "others": [
            (code, languages.TAGS[code], languages.NAMES[code], links.page(code, name)) for code in languages.CODES
        ],
        "alternates": links.alternates(name),
        "locale": languages.OPEN_GRAPH[language],
        "share_image": links.whole(f"/{language}/share/home.png"),
    }


def private(
    request: HttpRequest,
    template: str,
    language: str,
    name: str,
    title: str,
    context: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """A page for one reader: kept by nobody, found by no search engine, and no link from it tells where it stood.

    `name` must hold no token: it is the address that other languages and the page's own head link to.
    """
    held = {**base(language, name, title), "is_private": True, **context}
    response = render(request, template, held, status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Content-Language"] = languages.TAGS[language]
    return response


def json_for_script(text: str) -> SafeString:
    """JSON as it may stand in a script element: no mark that could end it survives."""
    return mark_safe(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
