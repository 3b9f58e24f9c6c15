"""Load a petition in facts from its TOML file: who asked whom for what, and what stands beside each statement.

A file `petition/NAME.toml` has the petition's own facts and one [[statement]] each. A statement's `figures` name
published figures, quantities of the species by their path, or counts as "count:YEAR:ZONE:SOURCE"; `findings` name
findings of a bundle, which alone can say whether they exist.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field, StrictStr

from orientalis.catalogue.count_series import load_counts
from orientalis.catalogue.number_range import Number, NumberTable
from orientalis.catalogue.petition_entry import Cited, Petition, State, Statement, Written
from orientalis.catalogue.published_figures import load_published
from orientalis.catalogue.references import load_references
from orientalis.catalogue.species_loader import load_species
from orientalis.catalogue.table_model import Table, check_unit_known, read_table
from orientalis.catalogue.toml_file import read_toml
from orientalis.core.errors import InputError, nearest_name

PETITION_FOLDER = Path(__file__).resolve().parent / "petition"
Texts = Annotated[tuple[StrictStr, ...], Field(strict=False)]
_STATEMENT = re.compile(r"[a-z][a-z0-9_]*")
_FINDING = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


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
    try:
        published = load_published(table.published)
        quantities = load_species(table.species).quantities()
        counts = load_counts(table.counts)
    except InputError as error:
        error.file = error.file or file
        raise
    for key in published:
        if key in quantities:
            what = "a published figure has the name of a quantity of the species"
            raise InputError(what, file=file, key="published", value=key)
    return {**published, **quantities, **{count.key: count for count in counts}}


def _check(read: _StatementTable, known: Mapping[str, Cited], file: Path, where: str) -> None:
    if not _STATEMENT.fullmatch(read.id):
        expected = "small letters, digits and _, a letter first"
        raise InputError("not a name for a statement", file=file, key=where, value=read.id, expected=expected)
    for key in read.findings:
        if not _FINDING.fullmatch(key):
            expected = "letters, digits, _ . and -"
            raise InputError(
                "not a name of a finding", file=file, key=f"{where}.findings", value=key, expected=expected
            )
    if read.has_number:
        check_unit_known(read.unit, file, f"{where}.unit")
    if read.as_written is not None:
        check_unit_known(read.as_written.unit, file, f"{where}.as_written.unit")
        if read.as_written.low > read.as_written.high:
            raise InputError("low and high are not in order", file=file, key=f"{where}.as_written")
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
