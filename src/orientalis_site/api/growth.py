"""How signatures grew, as CSV: a row a day, a row a country."""

from __future__ import annotations

import csv
import io

from django.http import HttpResponse

from orientalis.evidence.cells import safe_cell
from orientalis_site.api import content
from orientalis_site.petition.models import Petition

COLUMNS = ("record", "key", "name", "change", "confirmed", "supporters")


def as_csv(petition: Petition, language: str) -> HttpResponse:
    """The table; `total` holds what was counted elsewhere beside what was confirmed here."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    total = {"record": "total", "key": petition.slug, "confirmed": petition.count.confirmed}
    rows = [
        {**total, "supporters": petition.supporters},
        {"record": "elsewhere", "name": petition.counted_source, "supporters": petition.counted_elsewhere},
        *({"record": "country", "key": one["code"], **one} for one in content.by_country(petition.count.countries)),
        *({"record": "day", "key": one["day"], **one} for one in content.by_day(petition.count.days)),
    ]
    for row in rows:
        writer.writerow({key: safe_cell(row[key]) for key in COLUMNS if key in row})
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="orientalis-{petition.slug}-{language}.csv"'
    return response
