"""What a run rests on: the quantities of the catalogue, which of them are assumed, and where the others come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from orientalis.catalogue import Reference
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


SET_IN_STUDY = "set in the study"


def assumptions(species: SpeciesLike, used: Mapping[str, Any]) -> tuple[Assumption, ...]:
    """All quantities, assumed ones first; `used` holds the run's own entries, path -> {value, unit}.

    Where the run had another value than the catalogue has now, the run's is shown and counts as assumed.
    """
    rows = []
    for path, quantity in species.quantities().items():
        held = used.get(path, {}).get("value", quantity.value)
        value = tuple(held) if isinstance(held, list) else held
        is_other = value != quantity.value
        has_range = quantity.low is not None and quantity.high is not None
        rows.append(
            Assumption(
                path=path,
                value=figures(value),
                unit=quantity.unit,
                span=f"{figures(quantity.low)} to {figures(quantity.high)}" if has_range else "",
                kind=SET_IN_STUDY if is_other else quantity.kind,
                source="assumed" if is_other else quantity.source,
                where="" if is_other else quantity.where,
                note=SET_IN_STUDY if is_other else quantity.note,
                is_assumed=is_other or quantity.kind == "assumed" or quantity.source == "assumed",
            )
        )
    return tuple(sorted(rows, key=lambda row: not row.is_assumed))


def sources(rows: tuple[Assumption, ...], references: Mapping[str, Reference]) -> tuple[Source, ...]:
    """The references that the quantities cite, in order of their keys."""
    used: dict[str, list[str]] = {}
    for row in rows:
        if row.source and row.source != "assumed":
            used.setdefault(row.source, []).append(row.path)
    found = []
    for key, paths in sorted(used.items()):
        entry = references.get(key)
        text, url = (key, "") if entry is None else (entry.as_text(), entry.address)
        found.append(Source(key, text, url, tuple(paths)))
    return tuple(found)
