"""The table of signatures as it is handed over: no address, a name only where its owner agreed, safe in spreadsheets.

It is read and written row by row: a million rows take no more memory than a few thousand.
"""

from __future__ import annotations

import csv
import unicodedata
from typing import TextIO

from django.db.models import Count

from orientalis.evidence import safe_cell
from orientalis_site.delivery.tally import FEW, Tally
from orientalis_site.petition.models import Petition, Signature, Version

COLUMNS = ("number", "confirmed_on", "country", "name", "version", "text_hash")
AT_ONCE = 2000
_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of what follows them, in other cells too."""


def write_signatures(file: TextIO, petition: Petition) -> Tally:
    """Write the confirmed signatures of this moment, in the order in which they were made; what they add up to."""
    texts = Version.objects.filter(petition=petition).values_list("pk", "number", "text_hash")
    versions = {pk: (number, text) for pk, number, text in texts}
    tally = Tally()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    rows = Signature.objects.filter(petition=petition, state=Signature.State.CONFIRMED).order_by("id")
    counts = rows.order_by().values("country").annotate(number=Count("pk"))
    small = {one["country"] for one in counts if one["number"] < FEW}
    fields = rows.values_list("id", "confirmed_at", "country", "name", "show_name", "version_id")
    for identifier, confirmed_at, country, name, show_name, version_id in fields.iterator(chunk_size=AT_ONCE):
        number, text_hash = versions[version_id]
        day = confirmed_at.date().isoformat()
        shown = cell(name) if show_name else ""
        tally.confirmed += 1
        tally.named += bool(shown)
        tally.last = identifier
        tally.countries[country] += 1
        tally.days[day] += 1
        tally.versions[number] += 1
        # Who did not agree to be shown is not found by a country from which few signed.
        place = cell(country) if shown or country not in small else ""
        writer.writerow((tally.confirmed, day, place, shown, number, text_hash))
    return tally


def cell(text: str) -> str:
    """One line of text without control marks, which no spreadsheet takes for a formula."""
    kept = "".join(" " if unicodedata.category(mark) in ("Cc", "Zl", "Zp") else mark for mark in text)
    return str(safe_cell(" ".join("".join(mark for mark in kept if mark not in _TURNING).split())))
