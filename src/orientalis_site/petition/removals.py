"""The public log of removals: how many signatures left the count, on which day, for what kind of cause. No names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from orientalis_site.pages import frame
from orientalis_site.petition import front
from orientalis_site.petition.acts import REINSTATED
from orientalis_site.petition.models import Event, Petition
from orientalis_site.petition.snapshots import text_of
from orientalis_site.petition.views import kept

KEPT_SECONDS = 60
MOST_ROWS = 1000
"""Rows that a page shows, the newest first (assumed to be more than a petition has)."""
CAUSES: dict[str, Promise | str] = {
    "withdrawn": gettext_lazy("withdrawn by the signers"),
    "invalidated": gettext_lazy("taken out by moderators: signed by robots, doubly, or in others' names"),
    "erased": gettext_lazy("erased at the signers' wish"),
    REINSTATED: gettext_lazy("put back by moderators: they had been taken out by mistake"),
}


@dataclass(frozen=True)
class Removal:
    """A day, how the count changed, and the cause."""

    day: date
    number: int
    cause: str

    @property
    def words(self) -> Promise | str:
        """The cause in the reader's words."""
        return CAUSES[self.cause]


def removals(petition: Petition) -> list[Removal]:
    """The log, the newest day first. One query."""
    left = Event.objects.filter(Q(delta__lt=0) | Q(cause=REINSTATED), petition=petition)
    rows = left.annotate(day=TruncDate("at")).values("day", "cause").annotate(number=Sum("delta"))
    return [
        Removal(row["day"], row["number"], row["cause"])
        for row in rows.order_by("-day", "cause")[:MOST_ROWS]
        if row["cause"] in CAUSES
    ]


def show(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The page."""
    petition = front.find(slug)
    with override(language):
        text = text_of(petition.current)
        title = _("Signatures that left the count")
        context = frame.base(language, f"petitions/{slug}/removals", title, str(text.title))
        held = {"petition": petition, "text": text, "removals": removals(petition)}
        return kept(render(request, "petition/removals.html", {**context, **held}), language, KEPT_SECONDS)
