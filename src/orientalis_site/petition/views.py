"""The pages that anybody reads: the list of petitions and each of them."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from orientalis_site.delivery import answers
from orientalis_site.kit import languages
from orientalis_site.pages import frame, links
from orientalis_site.pages import views as pages
from orientalis_site.petition import front
from orientalis_site.petition.joining import join_today
from orientalis_site.petition.models import Petition, Update
from orientalis_site.petition.snapshots import evidence_of, text_of

KEPT_SECONDS = 5
"""For how long a petition's page may be kept: with the tick's two seconds a signature is seen within ten (assumed)."""


def kept(response: HttpResponse, language: str, seconds: int = KEPT_SECONDS) -> HttpResponse:
    """A page that is the same for everybody, for a few seconds."""
    response.headers["Content-Language"] = languages.TAGS[language]
    response.is_kept = True  # type: ignore[attr-defined]
    response.kept_seconds = seconds  # type: ignore[attr-defined]
    return response


def home(request: HttpRequest, language: str) -> HttpResponse:
    """The first page, with the open petition beside the answer; without it while the database does not answer."""
    try:
        petition = front.for_home()
    except DatabaseError:
        petition = None
    with override(language):
        more = {"front": petition and {"petition": petition, "text": text_of(petition.current), **progress(petition)}}
        return kept(pages.show(request, language, more=more), language)


def listing(request: HttpRequest, language: str) -> HttpResponse:
    """All petitions."""
    with override(language):
        held = [{"petition": one, "text": text_of(one.current), **progress(one)} for one in front.shown()]
        title = _("Petitions")
        context = frame.base(
            language, "petitions", title, _("What is asked for the Amur leopard, of whom, and by how many.")
        )
        return kept(render(request, "petition/listing.html", {**context, "petitions": held}), language)


def show(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """A petition: what is asked, on which figures, by how many, and what came of it."""
    petition = front.find(slug)
    with override(language):
        text = text_of(petition.current)
        name = f"petitions/{slug}"
        context = {
            **frame.base(language, name, str(text.title), str(text.summary)),
            "here": links.page(language, name),
            "share_image": links.whole(f"/{language}/{name}/share.png"),
            "twins": {"json": links.twin(language, name, "json")},
            **content(petition),
        }
        return kept(render(request, "petition/petition.html", context), language)


def content(petition: Petition) -> dict[str, Any]:
    """What the page of a petition holds: at most two queries more."""
    text, evidence = text_of(petition.current), evidence_of(petition.current)
    targets = {target.id: target for target in text.targets}
    return {
        "petition": petition,
        "text": text,
        "version": petition.current,
        "evidence": evidence,
        "demands": [
            {
                "demand": demand,
                "findings": evidence.of(demand.findings),
                "targets": [targets[one] for one in demand.targets],
            }
            for demand in text.demands
        ],
        "joining": join_today(petition, timezone.now()) if petition.state == Petition.State.OPEN else None,
        "updates": list(Update.objects.filter(petition=petition, published_at__isnull=False)[:20]),
        "earlier": {
            number: count for number, count in petition.count.versions.items() if number != str(petition.current.number)
        },
        **answers.context(petition),
        **progress(petition),
    }


def progress(petition: Petition) -> dict[str, Any]:
    """The count, and how far it is to the next goal."""
    supporters = petition.supporters
    following = [goal for goal in petition.goals if goal > supporters]
    return {
        "supporters": supporters,
        "goal": following[0] if following and petition.state == Petition.State.OPEN else None,
    }
