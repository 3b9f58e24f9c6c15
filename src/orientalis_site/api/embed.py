"""A petition in a frame on anybody's page: the only route that others may frame. No form, no cookie, no script."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override

from orientalis_site.api import content
from orientalis_site.api.routes import KEPT_SECONDS
from orientalis_site.kit import languages
from orientalis_site.petition import front
from orientalis_site.petition.models import Petition

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors *",
    )
)


def embed(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Title, supporters, how far it is to the goal, and the way to the petition."""
    petition = front.find(slug)
    with override(language):
        context = {
            **content.summary(petition, language),
            "language": language,
            "tag": languages.TAGS[language],
            "is_open": petition.state == Petition.State.OPEN,
        }
        response = render(request, "petition/embed.html", context)
    response.headers["Content-Language"] = languages.TAGS[language]
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    response.is_kept = True  # type: ignore[attr-defined]
    response.kept_seconds = KEPT_SECONDS  # type: ignore[attr-defined]
    return response
