"""A petition in facts, as the rest of the program sees it: who asked whom for what, and what stands beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from orientalis.catalogue.count_series import Count
from orientalis.catalogue.published_figures import PublishedFigure
from orientalis.catalogue.references import cited_keys
from orientalis.core.errors import InputError, nearest_name
from orientalis.core.quantity import Quantity

State = Literal["open", "closed", "delivered", "answered"]
Cited = PublishedFigure | Quantity | Count


@dataclass(frozen=True)
class Written:
    """The numbers as the petition prints them, where its unit had to be read as another."""

    low: float
    high: float
    unit: str


@dataclass(frozen=True)
class Statement:
    """One statement of a petition: its number as we read it, and the ids of what stands beside it.

    `is_demand`: it asks rather than tells. `as_written`: set where unit or numbers were read otherwise than printed.
    `no_figure` with its `reason`: nothing stands beside it.
    """

    id: str
    is_demand: bool
    value: float | None
    low: float | None
    high: float | None
    unit: str
    as_written: Written | None
    figures: tuple[str, ...]
    findings: tuple[str, ...]
    no_figure: bool
    reason: str
    note: str
    source: str


@dataclass(frozen=True)
class Petition:
    """A petition in facts. `supporters` is the count of its own page; `cited` holds every figure by its id."""

    name: str
    title: str
    campaign: str
    addressed_to: tuple[str, ...]
    state: State
    supporters: int
    source: str
    note: str
    species: str
    statements: tuple[Statement, ...]
    cited: Mapping[str, Cited] = field(repr=False)

    def statement(self, key: str) -> Statement:
        """Return the statement of this id; InputError with the nearest id when there is none."""
        by_id = {statement.id: statement for statement in self.statements}
        if key not in by_id:
            raise InputError("the petition has no such statement", value=key, nearest=nearest_name(key, by_id))
        return by_id[key]

    def references(self) -> tuple[str, ...]:
        """Return the keys of all sources that the petition, its statements and their figures cite, sorted."""
        keys = {self.source}
        for statement in self.statements:
            keys.update(cited_keys("assumed", f"{statement.note} {statement.reason}"))
        for one in self.cited.values():
            keys.update(cited_keys(one.source, "" if isinstance(one, Count) else one.note))
        return tuple(sorted(keys))
