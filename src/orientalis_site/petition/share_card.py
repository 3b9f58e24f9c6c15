"""The picture that stands beside a link to a petition: title, supporters, and how far it is to the next goal."""

from __future__ import annotations

import logging
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, override, pgettext

from orientalis_site.kit import numerals
from orientalis_site.petition import front
from orientalis_site.petition.models import Petition
from orientalis_site.petition.snapshots import text_of
from orientalis_site.petition.views import kept, progress
from orientalis_site.share.card import Card
from orientalis_site.share.files import share_image
from orientalis_site.share.lettering import MissingGlyphError, missing
from orientalis_site.share.wrap import DoesNotFitError

logger = logging.getLogger(__name__)
KEPT_SECONDS = 300
"""How old the number on a picture may be; those who show it keep it for days anyway (assumed)."""


def image(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The share image of a petition. 404: there is none to show; 410: it is hidden."""
    petition = front.find(slug)
    with override(language):
        held = card(petition, language)
        folder = Path(settings.VAR) / "share"
        try:
            content = share_image(f"petition.{petition.pk}", held, language, folder)
        except (MissingGlyphError, DoesNotFitError) as error:  # a picture without words is better than none
            logger.error("the share image of petition %s in %s: %s", petition.pk, language, error)
            bare = Card("", "Orientalis", held.number_text, "", None, "", held.progress)
            content = share_image(f"petition.{petition.pk}", bare, language, folder)
        return kept(HttpResponse(content, content_type="image/png"), language, KEPT_SECONDS)


def card(petition: Petition, language: str) -> Card:
    """What the picture of a petition says, in the active language."""
    held = progress(petition)
    supporters, goal = int(held["supporters"]), held["goal"]
    words = ngettext("supporter", "supporters", supporters)
    if goal:
        following = gettext("the next goal is %(number)s") % {"number": numerals.number(goal)}
        words += pgettext("between clauses", "; ") + following
    return Card(
        kicker=kicker(petition),
        title=title(petition, language),
        number_text=numerals.number(supporters),
        interval_text=words,
        series=None,
        footer=f"Orientalis · {numerals.day(timezone.now().date())}",
        progress=supporters / goal if goal else None,
    )


def kicker(petition: Petition) -> str:
    """What it is and where it stands."""
    return {
        Petition.State.OPEN: gettext("Petition"),
        Petition.State.CLOSED: gettext("Petition, closed"),
        Petition.State.DELIVERED: gettext("Petition, delivered"),
    }.get(Petition.State(petition.state), gettext("Petition, answered"))


def title(petition: Petition, language: str) -> str:
    """The petition's title; the English one, or a general one, where it has letters that no shipped font can draw."""
    words = text_of(petition.current).title
    wanted = (str(words), words.en, gettext("A petition for the Amur leopard"))
    return next((one for one in wanted if not missing(one, language)), "Orientalis")
