"""Kinds of letters: whom each goes to, whether it still has something to say, and what.

A kind is a class with one instance in `mail/registry.py`. It is asked when the letter is sent, not when it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.utils.translation import gettext as _

from orientalis_site.kit import languages
from orientalis_site.mail.models import Letter
from orientalis_site.pages import links
from orientalis_site.petition.models import Office, Petition, Response, Signature, Token, Update
from orientalis_site.petition.snapshots import text_of
from orientalis_site.petition.states import SHOWN

Purpose = Token.Purpose
State = Signature.State
CONFIRM_DAYS = 14
"""As long as a pending signature is kept."""


@dataclass(frozen=True)
class Need:
    """The links that a letter needs, each with the time until which it is good; an office's are its own."""

    purposes: dict[Purpose, datetime | None]
    office: Office | None = None


@dataclass(frozen=True)
class Link:
    """An address with its words."""

    words: str
    address: str


Part = str | Link
"""A paragraph, or a link that stands out."""


@dataclass(frozen=True)
class Content:
    """What a letter says; text and HTML are both made of it. `feet` stand below a line."""

    subject: str
    parts: tuple[Part, ...]
    feet: tuple[Part, ...] = ()
    unsubscribe: str = ""
    """The address that takes the reader off the list at once."""


class Kind(Protocol):
    """A kind of letter."""

    def need(self, letter: Letter, now: datetime) -> Need | None:
        """What it needs; None: there is nothing to say any more. Asked within the transaction that begins sending."""

    def content(self, letter: Letter, made: Mapping[Purpose, str]) -> Content:
        """What it says, in the active language. `made`: the addresses of the links it asked for."""


def language_of(letter: Letter) -> str:
    """The language of a letter, one of the site's."""
    return letter.language if letter.language in languages.CODES else languages.CODES[0]


def title_of(petition: Petition) -> str:
    """A petition's title in the active language, on one line."""
    return " ".join(str(text_of(petition.current).title).split())


def page_of(letter: Letter) -> str:
    """The whole address of a letter's petition."""
    return links.whole(links.page(language_of(letter), f"petitions/{letter.petition.slug}"))


def _rights(made: Mapping[Purpose, str]) -> tuple[Part, ...]:
    """What every letter to a signer ends with."""
    return (
        Link(_("Withdraw the signature"), made[Purpose.WITHDRAW]),
        Link(_("This was not me: erase what you hold of me"), made[Purpose.NOT_ME]),
    )


class Sign:
    """The answer to the form: what it says depends on where the signature stands when it is sent."""

    def need(self, letter: Letter, now: datetime) -> Need | None:
        """Links to confirm where that is waited for; nothing for a signature that is no more or was refused."""
        signature, rights = letter.signature, {Purpose.WITHDRAW: None, Purpose.NOT_ME: None}
        if signature is None:
            return None
        if signature.state == State.PENDING and letter.petition.state == Petition.State.OPEN:
            return Need({Purpose.CONFIRM: now + timedelta(days=CONFIRM_DAYS), **rights})
        if signature.state == State.CONFIRMED and letter.petition.state in SHOWN:
            return Need({**rights})
        return None

    def content(self, letter: Letter, made: Mapping[Purpose, str]) -> Content:
        """Please confirm, or: you have signed already."""
        title = title_of(letter.petition)
        if Purpose.CONFIRM in made:
            # The name stays out: whoever filled in the form could write to a stranger with it.
            return Content(
                _("Please confirm your signature: %(title)s") % {"title": title},
                (
                    _("Somebody, we hope you, signed the petition “%(title)s” with this mail address.")
                    % {"title": title},
                    _("The signature counts once you have opened this page and pressed the button on it:"),
                    Link(_("Confirm the signature"), made[Purpose.CONFIRM]),
                    _("If you do nothing, it will not count, and what was entered is deleted within weeks."),
                ),
                (Link(_("The petition"), page_of(letter)), *_rights(made)),
            )
        return Content(
            _("You have signed already: %(title)s") % {"title": title},
            (
                _("The petition “%(title)s” was signed with this mail address once more.") % {"title": title},
                _("It counts already, under the name %(name)s. There is nothing left for you to do.")
                % {"name": letter.signature.name},
                Link(_("The petition"), page_of(letter)),
            ),
            _rights(made),
        )


class Delivery:
    """The handing over to an office, by its topic such as office:3: where the dossier stands, and where to answer."""

    def need(self, letter: Letter, now: datetime) -> Need | None:
        """A link to answer; nothing where the petition is shown no more or the office has no address."""
        office = Office.objects.filter(pk=_number(letter), petition_id=letter.petition_id).first()
        if office is None or not letter.to_sealed or letter.petition.state not in SHOWN:
            return None
        return Need({Purpose.ANSWER: None}, office)

    def content(self, letter: Letter, made: Mapping[Purpose, str]) -> Content:
        """A petition is addressed to you."""
        title = {"title": title_of(letter.petition)}
        return Content(
            _("A petition to your office: %(title)s") % title,
            (
                _("The petition “%(title)s” is addressed to your office and is handed over with this letter.") % title,
                _("Its demands, the findings they rest on and the dossier to download stand on its page:"),
                Link(_("The petition and its dossier"), page_of(letter)),
                _("Please answer each demand on this page. The link is your office's own: do not pass it on."),
                Link(_("Answer the petition"), made[Purpose.ANSWER]),
            ),
        )


class News:
    """News for those who agreed to hear of it, once a topic and signature. `story` says what there is to tell."""

    def __init__(self, story: Callable[[Letter], tuple[str, tuple[Part, ...]] | None]) -> None:
        self.story = story

    def need(self, letter: Letter, now: datetime) -> Need | None:
        """Nothing for who no longer agrees, or whose mailbox does not exist, or about what is hidden."""
        signature = letter.signature
        is_wanted = (
            signature is not None
            and signature.state == State.CONFIRMED
            and signature.updates
            and signature.bounced_at is None
            and letter.petition.state in SHOWN
        )
        if not is_wanted or self.story(letter) is None:
            return None
        return Need({Purpose.UNSUBSCRIBE: None, Purpose.WITHDRAW: None, Purpose.NOT_ME: None})

    def content(self, letter: Letter, made: Mapping[Purpose, str]) -> Content:
        """The story, and the ways out."""
        told = self.story(letter)
        assert told is not None, "need() looked"
        subject, parts = told
        stop = Link(_("No more news of this petition"), made[Purpose.UNSUBSCRIBE])
        why = _("You are written to because you signed and asked for news.")
        return Content(
            subject,
            (*parts, Link(_("The petition"), page_of(letter))),
            (why, stop, *_rights(made)),
            made[Purpose.UNSUBSCRIBE],
        )


def _number(letter: Letter) -> int:
    """The number in a topic such as update:7; 0 where there is none."""
    tail = letter.topic.partition(":")[2]
    return int(tail) if tail.isascii() and tail.isdigit() and len(tail) < 19 else 0


def update(letter: Letter) -> tuple[str, tuple[Part, ...]] | None:
    """An update that two people published."""
    found = Update.objects.filter(
        pk=_number(letter), petition_id=letter.petition_id, published_at__isnull=False
    ).first()
    if found is None:
        return None
    language = language_of(letter)
    title = " ".join(str(in_language(found.title, language)).split())
    text = in_language(found.text, language)
    paragraphs = text if isinstance(text, list) else str(text).split("\n\n")
    subject = _("News of the petition: %(title)s") % {"title": title_of(letter.petition)}
    return subject, (title, *(str(one).strip() for one in paragraphs if str(one).strip()))


def in_language(held: Mapping[str, object], language: str) -> object:
    """The words of a language out of what the staff wrote, whichever way the language is spelt; else the English."""
    return held.get(language) or held.get(language.replace("-", "_")) or held.get("en") or ""


def closed(letter: Letter) -> tuple[str, tuple[Part, ...]] | None:
    """The end of signing."""
    title = {"title": title_of(letter.petition)}
    return _("The petition is closed: %(title)s") % title, (
        _("The petition “%(title)s” no longer takes signatures. It will be handed to the offices it names.") % title,
    )


def delivered(letter: Letter) -> tuple[str, tuple[Part, ...]] | None:
    """The handing over."""
    title = {"title": title_of(letter.petition)}
    return _("The petition was delivered: %(title)s") % title, (
        _("The petition “%(title)s” was handed to the offices it names. The page counts the days they take to answer.")
        % title,
    )


def answered(letter: Letter) -> tuple[str, tuple[Part, ...]] | None:
    """The answer of an office, once it is shown."""
    found = Response.objects.filter(
        pk=_number(letter), office__petition_id=letter.petition_id, state=Response.State.SHOWN
    ).select_related("office")
    response = found.first()
    if response is None:
        return None
    targets = {one.id: one for one in text_of(letter.petition.current).targets}
    named = targets.get(response.office.target)
    words = {"title": title_of(letter.petition), "office": str(named.name) if named else response.office.target}
    return _("An office has answered: %(title)s") % words, (
        _("%(office)s has answered the petition “%(title)s”. Its answer stands on the petition's page, in full.")
        % words,
    )
