"""A petition in facts: who asked whom for what, each statement with its figures and what stands beside it.

A file `petition/NAME.toml` has the petition's own facts and one [[statement]] each. A statement's `figures` name
published figures, quantities of the species by their path, or counts as "count:YEAR:ZONE:SOURCE"; `findings` name
findings of a bundle, which alone can say whether they exist.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StrictStr

from orientalis.catalogue.count_series import Count, load_counts
from orientalis.catalogue.number_range import Number, NumberTable
from orientalis.catalogue.published_figures import PublishedFigure, load_published
from orientalis.catalogue.references import load_references
from orientalis.catalogue.species_loader import load_species
from orientalis.catalogue.table_model import Table, check_unit_known, read_table
from orientalis.catalogue.toml_file import read_toml
from orientalis.core.errors import InputError, nearest_name
from orientalis.core.quantity import Quantity

PETITION_FOLDER = Path(__file__).resolve().parent / "petition"
State = Literal["open", "closed", "delivered", "answered"]
Texts = Annotated[tuple[StrictStr, ...], Field(strict=False)]
Cited = PublishedFigure | Quantity | Count


class _WrittenTable(Table):
    low: Number
    high: Number
    unit: StrictStr


class _StatementTable(NumberTable):
    id: StrictStr
    demand: bool = False
    as_written: _WrittenTable | None = None
    figures: Texts = ()
    findings: Texts = ()
    no_figure: bool = False
    reason: StrictStr = ""
    note: StrictStr = ""


class _PetitionTable(Table):
    title: StrictStr
    campaign: StrictStr
    addressed_to: Texts
    state: State
    supporters: Annotated[int, Field(ge=0)]
    source: StrictStr
    note: StrictStr = ""
    species: StrictStr
    published: StrictStr
    counts: StrictStr
    statement: Annotated[tuple[dict[str, object], ...], Field(strict=False)]


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


def petition_names() -> tuple[str, ...]:
    """Return the names of the petitions of the catalogue, sorted."""
    return tuple(sorted(path.stem for path in PETITION_FOLDER.glob("*.toml")))


def load_petition(name: str, *, file: Path | None = None) -> Petition:
    """Return the petition of this name; InputError for an unknown name or figure and for anything wrong in the file."""
    if file is None:
        names = petition_names()
        if name not in names:
            expected = "one of " + ", ".join(names)
            raise InputError("unknown petition", value=name, expected=expected, nearest=nearest_name(name, names))
        file = PETITION_FOLDER / f"{name}.toml"
    table = read_table(_PetitionTable, read_toml(file, "petition"), file)
    if table.source not in load_references():
        nearest = nearest_name(table.source, load_references())
        raise InputError("unknown source", file=file, key="source", value=table.source, nearest=nearest)
    known = _known(table, file)
    statements: list[Statement] = []
    for place, data in enumerate(table.statement, start=1):
        given = data.get("id")
        where = f"statement {given}" if isinstance(given, str) else f"statement {place}"
        read = read_table(_StatementTable, data, file, where)
        if read.id in {other.id for other in statements}:
            raise InputError("a statement is given twice", file=file, key=where, value=read.id)
        _check(read, known, file, where)
        statements.append(_statement(read, table.source))
    cited = {key: known[key] for statement in statements for key in statement.figures}
    facts = table.model_dump(exclude={"statement", "published", "counts"})
    return Petition(name=file.stem, statements=tuple(statements), cited=cited, **facts)


def _known(table: _PetitionTable, file: Path) -> dict[str, Cited]:
    """Return everything that a statement may name; an id that two of them share is refused."""
    published = load_published(table.published)
    quantities = load_species(table.species).quantities()
    for key in published:
        if key in quantities:
            what = "a published figure has the name of a quantity of the species"
            raise InputError(what, file=file, key="published", value=key)
    return {**published, **quantities, **{count.key: count for count in load_counts(table.counts)}}


def _check(read: _StatementTable, known: Mapping[str, Cited], file: Path, where: str) -> None:
    if read.has_number:
        check_unit_known(read.unit, file, f"{where}.unit")
    if read.as_written is not None:
        check_unit_known(read.as_written.unit, file, f"{where}.as_written.unit")
    for key in read.figures:
        if key not in known:
            raise InputError(
                "unknown figure",
                file=file,
                key=f"{where}.figures",
                value=key,
                expected='a published figure, a quantity of the species, or "count:YEAR:ZONE:SOURCE"',
                nearest=nearest_name(key, known),
            )
    has_any = bool(read.figures or read.findings)
    if not has_any and not (read.no_figure and read.reason.strip()):
        expected = "figures, findings, or no_figure = true with a reason"
        raise InputError("nothing stands beside a statement", file=file, key=where, expected=expected)
    if has_any and (read.no_figure or read.reason):
        expected = "neither no_figure nor reason, since figures or findings are named"
        raise InputError("a statement contradicts itself", file=file, key=where, expected=expected)


def _statement(read: _StatementTable, source: str) -> Statement:
    parts = read.model_dump(exclude={"demand", "as_written"})
    written = Written(**read.as_written.model_dump()) if read.as_written else None
    return Statement(is_demand=read.demand, as_written=written, source=source, **parts)
