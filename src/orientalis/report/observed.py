"""Counts made in the field, shown beside the runs. Nothing here enters the model."""

from __future__ import annotations

import pandas as pd

from orientalis.catalogue import Count, load_counts, load_references
from orientalis.catalogue.count_series import SERIES

AREAS = {"russia": "Russia", "china": "China"}
FIRST_YEAR = 2000
STANDINGS = ("published", "announced")
COLUMNS = ["area", "year", "estimate", "low", "high", "middle", "group", "method", "source", "key"]


def counts(species: str | None, zone: str) -> pd.DataFrame:
    """Counts of one zone from 2000 on, published in a journal or announced by those who counted; else no rows.

    Counts of unlike method, area or class are separate series and countries are never summed. Where only a range was
    published the estimate is empty; `middle` is the place of the mark, `low` and `high` the ends of its rule.
    """
    if species not in SERIES:
        return pd.DataFrame(columns=COLUMNS)
    references = load_references()
    rows = []
    for one in load_counts(SERIES[species]):
        if one.zone == zone and one.year >= FIRST_YEAR and one.standing in STANDINGS:
            name = references[one.source].short if one.source in references else one.source
            rows.append(
                (AREAS.get(zone, zone), one.year, one.estimate, *_ends(one), one.group, one.method, name, one.source)
            )
    return pd.DataFrame(rows, columns=COLUMNS)


def _ends(one: Count) -> tuple[float, float, float]:
    """Low, high and middle; an end that was not published falls on the middle."""
    low = one.middle if one.low is None else one.low
    high = one.middle if one.high is None else one.high
    return low, high, one.middle
