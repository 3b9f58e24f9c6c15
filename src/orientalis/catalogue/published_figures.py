"""Figures published about a wild population that are no counts: what a page sets beside a statement.

A file `published/NAME.toml` has a table a figure, [SECTION.KEY]; its id is "SECTION.KEY".
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import StrictStr

from orientalis.catalogue.number_range import NumberTable
from orientalis.catalogue.references import load_references
from orientalis.catalogue.table_model import check_unit_known, read_table
from orientalis.catalogue.toml_file import read_toml
from orientalis.core.errors import InputError, nearest_name
from orientalis.core.quantity import Kind

PUBLISHED_FOLDER = Path(__file__).resolve().parent / "published"
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class PublishedFigure:
    """One published figure: what it measures, its number or range, who says so and where, and of which kind it is.

    `value` None: only a range was published; `low` without `high`: a minimum. `source` is a key of the references or
    "assumed". `kind`: measured (counted, recorded or enacted), estimated, analogue (of another population or
    species), expert, assumed (also: recalled and not verified).
    """

    id: str
    meaning: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    source: str
    where: str
    kind: Kind
    note: str

    @property
    def is_assumed(self) -> bool:
        """Whether the number rests on judgement or memory rather than on a source that was read."""
        return self.kind == "assumed"


class _FigureTable(NumberTable):
    meaning: StrictStr
    source: StrictStr
    where: StrictStr
    kind: Kind
    note: StrictStr = ""


def published_names() -> tuple[str, ...]:
    """Return the names of the files of published figures, sorted."""
    return tuple(sorted(path.stem for path in PUBLISHED_FOLDER.glob("*.toml")))


def load_published(name: str, *, file: Path | None = None) -> dict[str, PublishedFigure]:
    """Return the published figures of this name by id, in the order of the file.

    InputError for an unknown name (with the nearest) and for anything wrong in the file.
    """
    if file is None:
        names = published_names()
        if name not in names:
            nearest = nearest_name(name, names)
            expected = "one of " + ", ".join(names)
            raise InputError("unknown published figures", value=name, expected=expected, nearest=nearest)
        file = PUBLISHED_FOLDER / f"{name}.toml"
    found: dict[str, PublishedFigure] = {}
    for section, tables in read_toml(file, "file of published figures").items():
        if not isinstance(tables, dict):
            raise InputError("not a table", file=file, key=section, value=tables, expected="tables [SECTION.KEY]")
        for key, data in tables.items():
            figure = _figure(f"{section}.{key}", data, file)
            found[figure.id] = figure
    return found


def _figure(path: str, data: Any, file: Path) -> PublishedFigure:
    for part in path.split("."):
        if not _NAME.fullmatch(part):
            expected = "small letters, digits and _, a letter first"
            raise InputError("not a name for a figure", file=file, key=path, value=part, expected=expected)
    table = read_table(_FigureTable, data, file, path)
    if not table.has_number:
        raise InputError("a figure without a number", file=file, key=path, expected="value, low or high")
    check_unit_known(table.unit, file, f"{path}.unit")
    for key in ("meaning", "where"):
        if not getattr(table, key).strip():
            raise InputError("a text is missing", file=file, key=f"{path}.{key}", expected="a text in quotes")
    known = load_references()
    if table.source != "assumed" and table.source not in known:
        raise InputError(
            "unknown source",
            file=file,
            key=f"{path}.source",
            value=table.source,
            expected='a key of references.bib, or "assumed"',
            nearest=nearest_name(table.source, known),
        )
    if table.source == "assumed" and table.kind not in ("assumed", "expert"):
        expected = '"assumed" or "expert", since the source is "assumed"'
        raise InputError(
            "a kind without its source", file=file, key=f"{path}.kind", value=table.kind, expected=expected
        )
    return PublishedFigure(id=path, **table.model_dump())
