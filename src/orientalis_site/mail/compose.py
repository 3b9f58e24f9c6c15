"""A letter as it goes out: text and HTML of the same content, and headers without anything that a signer wrote."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import override

from orientalis_site.kit import languages
from orientalis_site.kit.keys import keys
from orientalis_site.mail import identity
from orientalis_site.mail.environment import PROVIDERS
from orientalis_site.mail.kinds import Content, Link, Part, Purpose, language_of
from orientalis_site.mail.models import Letter
from orientalis_site.mail.registry import KINDS
from orientalis_site.pages import links


class NoAddress(ValueError):
    """A letter has nobody to go to."""


def compose(letter: Letter, made: Mapping[Purpose, str]) -> EmailMultiAlternatives:
    """The message of a letter that was begun. `made`: its tokens."""
    language = language_of(letter)
    with override(language):
        content = KINDS[letter.kind].content(letter, addresses(letter, made))
        return message(letter, content, language)


def addresses(letter: Letter, made: Mapping[Purpose, str]) -> dict[Purpose, str]:
    """The whole addresses of the links of a letter."""
    place = f"petitions/{letter.petition.slug}" if letter.petition_id else ""
    language = language_of(letter)
    paths = {purpose: f"{place}/{purpose.value}/{token}" for purpose, token in made.items()}
    return {purpose: links.whole(links.page(language, path)) for purpose, path in paths.items()}


def message(letter: Letter, content: Content, language: str) -> EmailMultiAlternatives:
    """Headers, text and HTML."""
    subject = line(content.subject)
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    headers = {
        "Message-ID": identity.message_id(letter),
        "Date": format_datetime(letter.created_at),
        "Auto-Submitted": "auto-generated",
        "Content-Language": languages.TAGS[language],
    }
    if content.unsubscribe:
        headers["List-Unsubscribe"] = f"<{content.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    page = {"subject": subject, "tag": languages.TAGS[language], "content": content, "sender": name or address}
    to = [recipient(letter)]
    made = EmailMultiAlternatives(subject, text(content), settings.DEFAULT_FROM_EMAIL, to, headers=headers)
    made.attach_alternative(render_to_string("mail/letter.html", page), "text/html")
    if settings.MAIL.name in PROVIDERS:
        made.metadata = {"letter": identity.name(letter)}  # type: ignore[attr-defined]
    return made


def recipient(letter: Letter) -> str:
    """The address a letter goes to. NoAddress where none is held any more."""
    sealed = letter.to_sealed or (letter.signature.email_sealed if letter.signature else "")
    if not sealed:
        raise NoAddress("no address is held")
    address = keys().open(sealed)
    if any(ord(one) < 33 for one in address):
        raise NoAddress("the address holds spaces or control characters")
    return address


def text(content: Content) -> str:
    """The content in plain text: each address on a line of its own, never broken."""
    feet = ["————", *map(_plain, content.feet)] if content.feet else []
    return "\n\n".join([*map(_plain, content.parts), "\n".join(feet)]).rstrip() + "\n"


def line(words: str) -> str:
    """Words for a header: one line, no control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())


def _plain(part: Part) -> str:
    return f"{part.words}:\n{part.address}" if isinstance(part, Link) else part
