"""The page that tells who supports a petition: only what was agreed to be shown, and nothing that finds anybody."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from orientalis_site import charts
from orientalis_site.kit import countries, languages
from orientalis_site.pages import frame, links
from orientalis_site.petition import front
from orientalis_site.petition.ladder import ladder
from orientalis_site.petition.models import Petition, Signature
from orientalis_site.petition.snapshots import text_of
from orientalis_site.petition.views import kept, progress

MOST = 50
"""Names and reasons that one page shows, the latest first."""


def show(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The page: one query for the petition, and those of `content`."""
    petition = front.find(slug)
    with override(language):
        title = str(text_of(petition.current).title)
        name = f"petitions/{slug}/supporters"
        summary = _("How many support this petition, since when and from where.")
        context = {
            **frame.base(language, name, _("Who supports “%(title)s”") % {"title": title}, summary),
            "share_image": links.whole(f"/{language}/petitions/{slug}/share.png"),
            "here": links.page(language, f"petitions/{slug}"),
            "petition_title": title,
            **content(petition, timezone.now()),
        }
        return kept(render(request, "petition/supporters.html", context), language)


def content(petition: Petition, now: datetime) -> dict[str, Any]:
    """What the page says of a petition that came with its version and count: two queries more."""
    count = petition.count
    is_running = petition.state == Petition.State.OPEN
    has_any = bool(count.confirmed)
    return {
        "petition": petition,
        "is_running": is_running,
        "ladder": ladder(petition.goals, petition.counted_elsewhere, count.days, is_running=is_running),
        "names": names(petition),
        "reasons": reasons(petition),
        "most": MOST,
        "map": charts.supporters_map(count.countries) if has_any else None,
        "growth": _growth(petition, now.date(), is_running=is_running) if has_any else None,
        **progress(petition),
    }


def names(petition: Petition) -> list[dict[str, Any]]:
    """The latest who agreed to show their names and still stand: name, country, day."""
    held = (
        Signature.objects.filter(petition=petition, state=Signature.State.CONFIRMED, show_name=True)
        .order_by("-confirmed_at")
        .values_list("name", "country", "confirmed_at")[:MOST]
    )
    return [{"name": name, "country": countries.name(country), "day": at.date()} for name, country, at in held]


def reasons(petition: Petition) -> list[dict[str, Any]]:
    """The latest reasons that a moderator let through, with a name only where that was agreed."""
    held = (
        Signature.objects.filter(
            petition=petition, state=Signature.State.CONFIRMED, reason_state=Signature.Reason.SHOWN
        )
        .order_by("-confirmed_at")
        .values_list("reason", "name", "show_name", "language", "confirmed_at")[:MOST]
    )
    return [
        {"text": text, "name": name if may_show else "", "tag": languages.TAGS.get(language, ""), "day": at.date()}
        for text, name, may_show, language, at in held
    ]


def _growth(petition: Petition, today: date, *, is_running: bool) -> charts.Chart:
    opened, closed = petition.opened_at, petition.closed_at
    return charts.growth(
        petition.count.days,
        petition.goals,
        today,
        elsewhere=petition.counted_elsewhere,
        opened=opened.date() if opened else None,
        closed=None if is_running else (closed.date() if closed else today),
    )
