"""The picture that stands beside a link to a page."""

from __future__ import annotations

import logging
from html import unescape
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import strip_tags
from django.utils.translation import gettext, override, pgettext

from orientalis.evidence import Bundle
from orientalis_site.kit import numerals
from orientalis_site.kit.errors import Refusal
from orientalis_site.pages import figures, words
from orientalis_site.pages.registry import BY_NAME
from orientalis_site.publications.shelf import current
from orientalis_site.share.card import Card
from orientalis_site.share.files import share_image
from orientalis_site.share.lettering import MissingGlyphError
from orientalis_site.share.wrap import DoesNotFitError

logger = logging.getLogger(__name__)


def image(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """The share image of a page; home is called `home`. 404 for an unknown one."""
    page = BY_NAME.get("" if name == "home" else name)
    if page is None:
        raise Refusal(404)
    with override(language):
        held = card(current.bundle(), str(page.title))
        folder = Path(settings.VAR) / "share"
        try:
            content = share_image(name, held, language, folder)
        except (MissingGlyphError, DoesNotFitError) as error:  # a picture without words is better than none
            logger.error("the share image of %s in %s: %s", name, language, error)
            content = share_image(name, Card("", "Orientalis", "", "", held.series, ""), language, folder)
    response = HttpResponse(content, content_type="image/png")
    response.is_kept = True  # type: ignore[attr-defined]
    return response


def card(bundle: Bundle, title: str) -> Card:
    """A page's title over the leading number and the fan of the baseline."""
    base = bundle.manifest.baseline
    lead = bundle.findings.get(f"extinct_draws.{base}") or bundle.findings.get(f"extinct.{base}")
    bands = words.say(words.COVERS, "futures")
    # A full stop in the language's own form stands between the two.
    stop = pgettext("end of sentence", ".") + pgettext("between sentences", " ")
    return Card(
        kicker=gettext("The Amur leopard, a forecast"),
        title=title,
        number_text=plain(figures.value(lead)) if lead else "",
        interval_text=plain(words.label(lead)) + plain(stop) + plain(figures.interval(lead)) if lead else "",
        series=bundle.series.get(f"fan.{base}"),
        footer=f"Orientalis · {numerals.day(bundle.manifest.date)} · {bands}",
    )


def plain(text: str) -> str:
    """A text of a page without its marks, and without places to break that take no room."""
    return unescape(strip_tags(text)).replace("\u200b", "")
