"""What the records are made of: a petition, in the active language, in a bounded number of queries."""

from __future__ import annotations

from datetime import datetime
from itertools import accumulate
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from orientalis_site.kit import countries
from orientalis_site.pages import links
from orientalis_site.petition.models import Milestone, Office, Petition, Response, Version
from orientalis_site.petition.snapshots import text_of
from orientalis_site.petition.texts import Text

SMALL = 5
"""A country with fewer confirmed signatures is not named."""
OTHER = "other"


def addresses(petition: Petition, language: str) -> dict[str, str | None]:
    """Where to read on."""
    name = f"petitions/{petition.slug}"
    page = links.whole(links.page(language, name))
    return {
        "page": page,
        "json": links.whole(links.twin(language, name, "json")),
        "csv": links.whole(links.twin(language, name, "csv")),
        "supporters": f"{page}supporters.json",
        "feed": f"{page}feed.atom",
        "embed": f"{page}embed/",
        "sign": f"{page}sign/" if petition.state == Petition.State.OPEN else None,
    }


def summary(petition: Petition, language: str) -> dict[str, Any]:
    """A petition in short; it has its version and count with it."""
    text, supporters = text_of(petition.current), petition.supporters
    following = [goal for goal in petition.goals if goal > supporters]
    is_open = petition.state == Petition.State.OPEN
    return {
        "slug": petition.slug,
        "language": language,
        "title": str(text.title),
        "summary": str(text.summary),
        "state": petition.state,
        "supporters": supporters,
        "counted_elsewhere": {"count": petition.counted_elsewhere, "source": petition.counted_source},
        "confirmed": petition.count.confirmed,
        "goal": following[0] if following and is_open else None,
        "text_hash": petition.current.text_hash,
        "evidence_hash": petition.current.evidence_hash,
        **{
            f"{one}_at": getattr(petition, f"{one}_at")
            for one in ("opened", "closes", "closed", "delivered", "answered")
        },
        "urls": addresses(petition, language),
    }


def whole(petition: Petition, language: str, now: datetime | None = None) -> dict[str, Any]:
    """A petition whole."""
    now = now or timezone.now()
    text = text_of(petition.current)
    offices = {office.target: office for office in Office.objects.filter(petition=petition)}
    shown = Response.objects.filter(office__petition=petition, state=Response.State.SHOWN).select_related("office")
    responses = list(shown.order_by("received_at", "id"))
    return {
        **summary(petition, language),
        "body": list(text.body.here()),
        "version": petition.current.number,
        "versions": [
            {
                "number": one.number,
                "text_hash": one.text_hash,
                "evidence_hash": one.evidence_hash,
                "bundle_hash": one.bundle_hash,
                "published_at": one.published_at,
                "confirmed": max(0, petition.count.versions.get(str(one.number), 0)),
            }
            for one in Version.objects.filter(petition=petition, published_at__isnull=False).order_by("number")
        ],
        "demands": [
            {
                "id": one.id,
                "title": str(one.title),
                "text": str(one.text),
                "targets": list(one.targets),
                "findings": list(one.findings),
                "has_figure": bool(one.findings),
            }
            for one in text.demands
        ],
        "targets": _targets(text, offices, responses, now),
        "responses": [_response(one) for one in responses],
        "goals": list(petition.goals),
        "milestones": [
            {"goal": one.goal, "reached_at": one.reached_at} for one in Milestone.objects.filter(petition=petition)
        ],
        "countries": by_country(petition.count.countries),
        "growth": by_day(petition.count.days),
        "counted_at": petition.count.folded_at,
        "alternates": dict(links.alternates(f"petitions/{petition.slug}")),
    }


def by_country(held: dict[str, int]) -> list[dict[str, Any]]:
    """Signatures by country, the most first; small countries together."""
    large = {code: n for code, n in held.items() if n >= SMALL and countries.is_code(code)}
    found = [
        {"code": code, "name": countries.name(code), "confirmed": n}
        for code, n in sorted(large.items(), key=lambda item: (-item[1], item[0]))
    ]
    rest = sum(held.values()) - sum(large.values())
    return [*found, {"code": OTHER, "name": _("Other countries"), "confirmed": rest}] if rest > 0 else found


def by_day(held: dict[str, int]) -> list[dict[str, Any]]:
    """What each day changed, and the sum so far."""
    days = sorted(held.items())
    return [
        {"day": day, "change": change, "confirmed": total}
        for (day, change), total in zip(days, accumulate(change for _day, change in days), strict=True)
    ]


def _targets(text: Text, offices: dict[str, Office], responses: list[Response], now: datetime) -> list[dict[str, Any]]:
    first = {one.office.target: one.received_at for one in reversed(responses)}
    found = []
    for target in text.targets:
        office = offices.get(target.id)
        delivered = office.delivered_at if office else None
        answered = first.get(target.id)
        days = max(0, (now - delivered).days) if delivered and not answered else None
        found.append(
            {
                "id": target.id,
                "name": str(target.name),
                "country": target.country,
                "delivered_at": delivered,
                "answered_at": answered,
                "days_without_answer": days,
            }
        )
    return found


def _response(response: Response) -> dict[str, Any]:
    return {
        "target": response.office.target,
        "language": response.language,
        "received_at": response.received_at,
        "signed_by": response.signed_by,
        "text": response.text,
        "answers": [
            {"demand": one.get("demand", ""), "stance": one.get("stance", "none"), "text": one.get("text", "")}
            for one in response.answers
        ],
    }
