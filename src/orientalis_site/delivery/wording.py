"""The dossier's own words."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orientalis_site.delivery.tally import FEW, Tally
from orientalis_site.kit import numerals
from orientalis_site.petition.models import Petition


def words() -> dict[str, str]:
    """Headings and labels."""
    return {
        "kind": _("Petition"),
        "dossier": _("Dossier of a petition"),
        "to": _("Addressed to"),
        "hashes": _("What was signed, as SHA-256"),
        "contents": _("Contents"),
        "petition": _("The petition"),
        "demands": _("What is asked"),
        "asked_of": _("Asked of:"),
        "finding": _("What the model says"),
        "value": _("Value"),
        "interval": _("How sure"),
        "run": _("Run"),
        "no_figure": _("No figure yet: nobody has computed what this would change."),
        "assumed": _("A dotted line marks a figure that rests on something assumed, which nobody has measured."),
        "covers": _("What the intervals hold"),
        "pictures": _("The figures in pictures"),
        "signatures": _("Who signed"),
        "country": _("Country"),
        "number": _("Signatures"),
        "share": _("Share"),
        "all": _("All"),
        "nobody": _("No signature has been confirmed on this site."),
        "growth": _("Signatures by day of confirmation, added up"),
        "day": _("Day"),
        "versions": _("By version of the text"),
        "version": _("Version"),
        "text_hash": _("SHA-256 of the text"),
        "versions_note": _(
            "The text was changed while people signed. Each signature belongs to the text that was signed; "
            "all versions stand in petition.json."
        ),
        "counting": _("How it is counted"),
        "verifying": _("How anyone verifies this"),
        "runs": _("The runs behind the figures"),
        "sources": _("Sources"),
        "page": _("Page"),
    }


def standing(moment: datetime, *, is_final: bool) -> str:
    """What this paper is: the one that was handed over, or a look at a petition that still runs."""
    text = _("As handed over on {day}") if is_final else _("As of {day}; not yet handed over")
    return text.format(day=numerals.day(moment))


def other_countries(count: int) -> str:
    """The row of the countries that are shown as one."""
    text = ngettext("{count} other country", "{count} other countries", count)
    return text.format(count=numerals.number(count))


def counting(petition: Petition, tally: Tally) -> list[str]:
    """How the number on the title page comes about."""
    said = [
        _(
            "A signature counts once its mailbox has confirmed it: a letter is sent, its link opens a page, and the "
            "button on that page confirms. One mailbox counts once, whatever the spelling of its address."
        ),
        _(
            "Signatures that were withdrawn, erased at their owner's wish or struck out by a moderator do not count. "
            "What moderators strike out is recorded in a log that cannot be changed afterwards."
        ),
        _("Countries with fewer than {few} signatures are shown as one, so that nobody is found by a country.").format(
            few=numerals.number(FEW)
        ),
    ]
    if petition.counted_elsewhere:
        text = _(
            "The number of supporters is {elsewhere}, counted elsewhere, and {confirmed}, confirmed here. "
            "For those counted elsewhere there are no rows here: their source is {source}."
        )
        said.insert(
            0,
            text.format(
                elsewhere=numerals.number(petition.counted_elsewhere),
                confirmed=numerals.number(tally.confirmed),
                source=petition.counted_source or _("not recorded"),
            ),
        )
    return said


def verifying(address: str, *, is_final: bool) -> list[str]:
    """What a reader does who does not want to take our word for it."""
    if not is_final:
        return [
            _(
                "This paper was made while the petition was not yet handed over. At delivery the site signs a list of "
                "all files with their SHA-256, and everybody can check them."
            ),
            _(
                "The text and the evidence that people sign have the SHA-256 of the title page; the page of the "
                "petition shows the same."
            ),
        ]
    return [
        _(
            "This paper is one file of a delivery. Its manifest names every file with size and SHA-256, says how many "
            "signed which version, and is signed with the site's Ed25519 key. Everything can be fetched from {address}"
        ).format(address=f"{address}delivery/"),
        _(
            "With the program Orientalis installed, one command checks the key's signature, every file, every hash and "
            "the number of rows:"
        ),
    ]


def growth_alt(tally: Tally) -> str:
    """The curve of growth in words."""
    if not tally.days:
        return ""
    first, last = min(tally.days), max(tally.days)
    return _("From {first} to {last} the number rose to {count}.").format(
        first=numerals.day(datetime.fromisoformat(first)),
        last=numerals.day(datetime.fromisoformat(last)),
        count=numerals.number(tally.confirmed),
    )
