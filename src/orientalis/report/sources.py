"""What a run rests on: the quantities of the catalogue, which of them are assumed, and where the others come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from orientalis.core.quantity import Quantity
from orientalis.report.words import number


@dataclass(frozen=True)
class Assumption:
    """A quantity as the report shows it."""

    path: str
    value: str
    unit: str
    span: str
    kind: str
    source: str
    where: str
    note: str
    is_assumed: bool


@dataclass(frozen=True)
class Source:
    """A reference: its key, the text of the citation and its address, empty where there is none."""

    key: str
    text: str
    url: str
    used_for: tuple[str, ...]


class SpeciesLike(Protocol):
    """What the report needs of a catalogue species."""

    def quantities(self) -> dict[str, Quantity]:
        """Quantities by dotted path."""


def figures(value: float | tuple[float, ...] | None) -> str:
    """A quantity's value; the members of a list apart by middle dots."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return " · ".join(figures(part) for part in value)
    digits = 0 if float(value).is_integer() else 2 if abs(value) >= 1 else 3
    text = number(value, digits)
    return text.rstrip("0").rstrip(".") if "." in text else text


def assumptions(species: SpeciesLike) -> tuple[Assumption, ...]:
    """All quantities, assumed ones first."""
    rows = []
    for path, quantity in species.quantities().items():
        low, high = quantity.low, quantity.high
        reach = ""
        if low is not None and high is not None:
            reach = f"{figures(low)} to {figures(high)}"
        rows.append(
            Assumption(
                path,
                figures(quantity.value),
                quantity.unit,
                reach,
                quantity.kind,
                quantity.source,
                quantity.where,
                quantity.note,
                quantity.kind == "assumed" or quantity.source == "assumed",
            )
        )
    return tuple(sorted(rows, key=lambda row: not row.is_assumed))


def sources(rows: tuple[Assumption, ...], references: Mapping[str, object]) -> tuple[Source, ...]:
    """The references that the quantities cite, in order of their keys."""
    used: dict[str, list[str]] = {}
    for row in rows:
        if row.source and row.source != "assumed":
            used.setdefault(row.source, []).append(row.path)
    return tuple(_source(key, references.get(key), tuple(paths)) for key, paths in sorted(used.items()))


def _source(key: str, reference: object, paths: tuple[str, ...]) -> Source:
    if reference is None:
        return Source(key, key, "", paths)
    held = {
        name: str(getattr(reference, name, "") or "")
        for name in ("author", "authors", "year", "title", "journal", "doi", "url")
    }
    author = held["author"] or held["authors"]
    parts = [
        part for part in (author, f"({held['year']})" if held["year"] else "", held["title"], held["journal"]) if part
    ]
    url = held["url"] or (f"https://doi.org/{held['doi']}" if held["doi"] else "")
    return Source(key, " ".join(parts) or key, url, paths)
