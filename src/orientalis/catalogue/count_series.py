"""Counts of the wild population, as published: what a report shows as dots, never what the model is set by."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from orientalis.catalogue.references import load_references
from orientalis.catalogue.toml_file import read_text
from orientalis.core.errors import InputError, nearest_name

COUNTS_FOLDER = Path(__file__).resolve().parent / "counts"
FIRST_HELD_OUT_YEAR = 2018
STANDINGS = ("published", "announced", "secondary", "recalled")
GROUPS = ("adults", "all")
SERIES = {"panthera_pardus_orientalis": "amur_leopard"}
"""The series of counts of a species."""
_COLUMNS = ("year", "area", "zone", "group", "estimate", "low", "high", "method", "standing", "source", "where")


@dataclass(frozen=True)
class Count:
    """One count: a year, an area, a number of animals or its range, how it was made and who says so.

    `zone` is the landscape's zone that it covers ("": none fits). `group` is "adults" or "all", as the source says.
    `standing`: "published" in a journal, "announced" by those who counted, "secondary" (a page without sources),
    "recalled" (not verified). `low` without `high` is a minimum.
    """

    year: int
    area: str
    zone: str
    group: str
    estimate: float | None
    low: float | None
    high: float | None
    method: str
    standing: str
    source: str
    where: str

    @property
    def key(self) -> str:
        """Return the name by which others cite this count: count:YEAR:ZONE:SOURCE, the zone empty where none fits."""
        return f"count:{self.year}:{self.zone}:{self.source}"

    @property
    def recalled(self) -> bool:
        """Whether the figure was recalled and not verified; such rows are unused by default."""
        return self.standing == "recalled"

    @property
    def held_out(self) -> bool:
        """Whether the count is later than 2017, and so may only test the model, never inform it."""
        return self.year >= FIRST_HELD_OUT_YEAR

    @property
    def middle(self) -> float:
        """Return the estimate, else the middle of the range, else the one end that is given: where to draw the dot."""
        if self.estimate is not None:
            return self.estimate
        ends = [end for end in (self.low, self.high) if end is not None]
        return sum(ends) / len(ends)


def count_names() -> tuple[str, ...]:
    """Return the names of the series of counts, sorted."""
    return tuple(sorted(path.stem for path in COUNTS_FOLDER.glob("*.csv")))


def load_counts(name: str, *, recalled: bool = False, file: Path | None = None) -> tuple[Count, ...]:
    """Return the counts of a series by year, recalled rows only when asked for.

    InputError for an unknown name (with the nearest) and for a row that cannot be read (with its line).
    """
    if file is None:
        if name not in count_names():
            known = count_names()
            raise InputError(
                "unknown counts", value=name, expected="one of " + ", ".join(known), nearest=nearest_name(name, known)
            )
        file = COUNTS_FOLDER / f"{name}.csv"
    rows = csv.DictReader(io.StringIO(read_text(file, "file of counts")))
    if tuple(rows.fieldnames or ()) != _COLUMNS:
        raise InputError("wrong columns", file=file, value=list(rows.fieldnames or ()), expected=", ".join(_COLUMNS))
    counts = [_count(row, file, rows.line_num) for row in rows]
    return tuple(count for count in sorted(counts, key=lambda one: one.year) if recalled or not count.recalled)


def _count(row: dict[str, str], file: Path, line: int) -> Count:
    if None in row or None in row.values():
        raise InputError(
            "a row with too few or too many columns", file=file, key=f"line {line}", expected=", ".join(_COLUMNS)
        )
    numbers: dict[str, float | None] = {}
    for key in ("estimate", "low", "high"):
        numbers[key] = _number(row[key], file, f"line {line}, {key}") if row[key] else None
    if all(number is None for number in numbers.values()):
        raise InputError("a count without a number", file=file, key=f"line {line}", expected="estimate, low or high")
    for key, words in (("standing", STANDINGS), ("group", GROUPS), ("source", tuple(load_references()))):
        if row[key] not in words:
            raise InputError(
                "not one of the words allowed here",
                file=file,
                key=f"line {line}, {key}",
                value=row[key],
                expected="a key of references.bib" if key == "source" else " or ".join(words),
                nearest=nearest_name(row[key], words),
            )
    texts = {key: row[key] for key in ("area", "zone", "group", "method", "standing", "source", "where")}
    year = _number(row["year"], file, f"line {line}, year")
    return Count(year=int(year), estimate=numbers["estimate"], low=numbers["low"], high=numbers["high"], **texts)


def _number(text: str, file: Path, key: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise InputError("not a number", file=file, key=key, value=text, expected="a number") from None
