"""Counts made in the field, shown beside the runs. Nothing here enters the model."""

from __future__ import annotations

from importlib.resources import files
from io import StringIO

import pandas as pd

AREAS = {"russia": "Russia", "china": "China"}


def counts(area: str) -> pd.DataFrame:
    """Counts of one country (zone name): year, estimate, low, high, method, animals, source, url.

    Counts of unlike method, area or class are separate series and the countries are never summed. Where only a range
    was published the estimate is empty; `middle` then gives the place of the mark. Recalled numbers are left out.
    """
    text = (files("orientalis.report") / "counts.csv").read_text(encoding="utf-8")
    table = pd.read_csv(StringIO(text))
    table = table[table["area"] == AREAS.get(area, "")].reset_index(drop=True)
    table["middle"] = table["estimate"].fillna((table["low"] + table["high"]) / 2)
    table["low"] = table["low"].fillna(table["middle"])
    table["high"] = table["high"].fillna(table["middle"])
    return table
