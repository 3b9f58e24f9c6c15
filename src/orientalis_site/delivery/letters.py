"""The letter to an office: what it was handed, and the link with which it answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from orientalis_site.kit import numerals
from orientalis_site.mail.kinds import Content, Link, Need, Purpose, language_of, page_of, title_of
from orientalis_site.mail.models import Letter
from orientalis_site.pages import links
from orientalis_site.petition.models import Office, Response
from orientalis_site.petition.snapshots import text_of
from orientalis_site.petition.states import State

KIND = "office"


def topic(office: Office) -> str:
    """The topic of the letter to an office."""
    return f"{KIND}:{office.pk}"


class OfficeLetter:
    """To each office that a delivered petition names and that has an address."""

    def need(self, letter: Letter, now: datetime) -> Need | None:
        """The link to answer; nothing once its answer is shown, or where the petition is hidden."""
        office = _office(letter)
        if office is None or letter.petition.state not in (State.DELIVERED, State.ANSWERED):
            return None
        if Response.objects.filter(office=office, state=Response.State.SHOWN).exists():
            return None
        return Need({Purpose.ANSWER: None}, office)

    def content(self, letter: Letter, made: Mapping[Purpose, str]) -> Content:
        """What was handed over, and how to answer."""
        office, petition = _office(letter), letter.petition
        target = text_of(petition.current).target(office.target) if office else None
        words = {
            "title": title_of(petition),
            "office": str(target.name) if target else "",
            "supporters": numerals.number(petition.supporters),
        }
        delivery = links.whole(links.page(language_of(letter), f"petitions/{petition.slug}/delivery"))
        return Content(
            _("A petition to your office: %(title)s") % words,
            (
                _("To: %(office)s") % words,
                _(
                    "The petition “%(title)s” names your office. It is handed to you with this mail. "
                    "Its supporters: %(supporters)s."
                )
                % words,
                _("Dossier, list of signatures and signed manifest:"),
                Link(_("What is handed over"), delivery),
                _(
                    "Each demand can be answered on its own: accepted, accepted in part, rejected, or without a "
                    "position. The petition's page counts the days until you answer and shows your words as you "
                    "write them."
                ),
                Link(_("Answer the petition"), made[Purpose.ANSWER]),
            ),
            (
                _(
                    "This link is for your office alone. Whoever has it can answer in its name: please do not "
                    "pass it on."
                ),
                Link(_("The petition"), page_of(letter)),
            ),
        )


def _office(letter: Letter) -> Office | None:
    number = letter.topic.partition(":")[2]
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return Office.objects.filter(pk=int(number), petition_id=letter.petition_id).first()
