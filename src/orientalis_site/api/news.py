"""What happened to petitions, for readers of feeds: from the tables, so that nothing is told that is not shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import override

from orientalis_site.api.routes import opened
from orientalis_site.kit import languages, numerals
from orientalis_site.pages import links
from orientalis_site.petition import front
from orientalis_site.petition.models import Milestone, Petition, Response, Update
from orientalis_site.petition.snapshots import text_of

SHOWN = 50
KEPT_SECONDS = 60
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Item:
    """One piece of news. `mark` tells it from the others of its petition, for ever."""

    petition: Petition
    mark: str
    at: datetime
    title: str
    words: str


def feed(request: HttpRequest, language: str, slug: str = "") -> HttpResponse:
    """The news of all petitions, or of one, the newest first."""
    petitions = [front.find(slug)] if slug else front.shown()
    with override(language):
        name = f"petitions/{slug}" if slug else "petitions"
        title = str(text_of(petitions[0].current).title) if slug else _("Orientalis: petitions")
        atom = Atom1Feed(
            title=plain(title),
            link=links.whole(links.page(language, name)),
            description=_("What happens to the petitions: goals, news, answers."),
            language=languages.TAGS[language],
            feed_url=links.whole(f"/{language}/{name}/feed.atom"),
        )
        for item in sorted(items(petitions, language), key=lambda one: one.at, reverse=True)[:SHOWN]:
            page = links.whole(links.page(language, f"petitions/{item.petition.slug}"))
            atom.add_item(
                title=plain(item.title),
                link=page,
                description=plain(item.words),
                unique_id=f"{page}#{item.mark}",
                pubdate=item.at,
                updateddate=item.at,
            )
        text = atom.writeString("utf-8")
    response = opened(HttpResponse(text, content_type="application/atom+xml; charset=utf-8"))
    response.kept_seconds = KEPT_SECONDS  # type: ignore[attr-defined]
    return response


def items(petitions: Iterable[Petition], language: str) -> Iterator[Item]:
    """All news of some petitions: what the petitions hold, and three queries more."""
    held = {one.pk: one for one in petitions}
    titles = {pk: str(text_of(one.current).title) for pk, one in held.items()}
    for petition in held.values():
        yield from _states(petition, titles[petition.pk])
    for milestone in Milestone.objects.filter(petition__in=held).order_by("-reached_at")[:SHOWN]:
        goal = numerals.number(milestone.goal)
        words = _("The petition has {goal} supporters.").format(goal=goal)
        petition = held[milestone.petition_id]
        yield Item(petition, f"goal-{milestone.goal}", milestone.reached_at, titles[petition.pk], words)
    for update in Update.objects.filter(petition__in=held, published_at__isnull=False)[:SHOWN]:
        assert update.published_at is not None
        title, words = in_language(update.title, language), in_language(update.text, language)
        yield Item(held[update.petition_id], f"update-{update.pk}", update.published_at, title, words)
    shown = Response.objects.filter(office__petition__in=held, state=Response.State.SHOWN)
    for response in shown.select_related("office").order_by("-received_at")[:SHOWN]:
        petition = held[response.office.petition_id]
        at = response.decided_at or response.received_at
        yield Item(petition, f"answer-{response.pk}", at, _answered(petition, response), response.text)


def _states(petition: Petition, title: str) -> Iterator[Item]:
    words = {
        "opened": _("The petition is open for signatures."),
        "closed": _("The petition is closed."),
        "delivered": _("The petition was handed over to the offices it names."),
        "answered": _("The petition was answered."),
    }
    for state, said in words.items():
        at = getattr(petition, f"{state}_at")
        if at is not None:
            yield Item(petition, state, at, title, said)


def _answered(petition: Petition, response: Response) -> str:
    names = {target.id: str(target.name) for target in text_of(petition.current).targets}
    return _("An answer: {office}").format(office=names.get(response.office.target, response.office.target))


def in_language(held: Any, language: str) -> str:
    """The words of a language, English where there are none; paragraphs become one text."""
    if not isinstance(held, dict):
        return str(held or "")
    found = held.get(language) or held.get(language.replace("-", "_")) or held.get("en") or ""
    return "\n\n".join(map(str, found)) if isinstance(found, (list, tuple)) else str(found)


def plain(text: str) -> str:
    """A text without the characters that XML does not know."""
    return _CONTROL.sub("", text)
