"""The downloads of a bundle as CSV: comma, UTF-8, a header line, a point in decimals."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from orientalis.core.canonical import canonical_json
from orientalis.evidence.cells import safe_cell
from orientalis.evidence.records import Count, Figure, Finding, Series


def findings_table(findings: Iterable[Finding]) -> bytes:
    """A line a finding."""
    head = ("id", "key", "scenario", "year", "value", "low", "high", "level", "covers", "unit", "n", "method",
            "assumed", "run_hash", "date", "parameters", "sources")  # fmt: skip
    rows = []
    for one in findings:
        held = one.parameters
        ends = (one.interval.low, one.interval.high, one.interval.level, one.interval.covers)
        rows.append((one.id, one.key, held.get("scenario"), held.get("year"), one.value, *ends, one.unit, one.n,
                     one.method, one.assumed, one.run_hash, one.date.isoformat(), canonical_json(held),
                     " ".join(one.sources)))  # fmt: skip
    return table(head, rows)


def figures_table(figures: Iterable[Figure]) -> bytes:
    """A line a quantity; the members of a list stand apart by spaces."""
    names = tuple(Figure.model_fields)
    return table(names, [[getattr(one, name) for name in names] for one in figures])


def counts_table(counts: Iterable[Count]) -> bytes:
    """A line a count."""
    names = tuple(Count.model_fields)
    return table(names, [[getattr(one, name) for name in names] for one in counts])


def series_table(series: Sequence[Series]) -> bytes:
    """Series of one shape under one another: scenario, area and animals where they have them, then the columns."""
    keys = [key for key in ("scenario", "area", "animals") if any(key in one.parameters for one in series)]
    names = list(dict.fromkeys(name for one in series for name in one.columns))
    rows = []
    for one in series:
        for index in range(len(one.columns["year"])):
            cells = [one.columns[name][index] if name in one.columns else None for name in names]
            rows.append([*(one.parameters.get(key) for key in keys), *cells])
    return table([*keys, *names], rows)


def long_table(series: Sequence[Series]) -> bytes:
    """Series of unlike shape: a line a scenario, series, year and what is counted, with the ends of its interval."""
    rows = []
    for one in series:
        names = [name for name in one.columns if name != "year" and not name.endswith(("_low", "_high"))]
        for name in names:
            nothing = (None,) * len(one.columns["year"])
            columns = (one.columns[name], *(one.columns.get(name + end, nothing) for end in ("_low", "_high")))
            for year, *cells in zip(one.columns["year"], *columns, strict=True):
                rows.append([one.parameters.get("scenario"), one.key, name, year, *cells, one.units[name]])
    return table(("scenario", "series", "what", "year", "value", "low", "high", "unit"), rows)


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The bytes of a CSV file."""
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([cell(value) for value in row] for row in rows)
    return sink.getvalue().encode("utf-8")


def cell(value: Any) -> str:
    """A cell: numbers in their shortest form, nothing for None, text that cannot be taken for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return repr(int(value) if float(value).is_integer() and abs(value) < 2**53 else value)
    if isinstance(value, tuple):
        return " ".join(cell(item) for item in value)
    return safe_cell(str(value))
