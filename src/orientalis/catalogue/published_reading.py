"""Blind second readings of published figures: another person reads each number without seeing the first file.

The file `second_reading/published_NAME.toml` has one table a figure, named by its id:

    ["range.historical"]
    value = 0.5             # value, low, high: those that the form asks for
    unit = "km2"            # any unit of the same dimension
    where = "abstract"
    reader = "initials"
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from orientalis.catalogue.blind_reading import READING_FOLDER, Difference, agrees, load_readings
from orientalis.catalogue.published_figures import PublishedFigure
from orientalis.core.errors import InputError
from orientalis.core.units import convert

PARTS = ("value", "low", "high")


def published_reading_file(name: str) -> Path:
    """Return where the second reading of the published figures of this name lies."""
    return READING_FOLDER / f"published_{name}.toml"


def load_published_readings(file: Path) -> dict[str, dict[str, Any]]:
    """Return the readings by id; InputError for a missing file, unknown keys or units, or what is no single number."""
    readings = load_readings(file, needed=("unit", "where", "reader"), optional=PARTS)
    for path, entry in readings.items():
        for part in PARTS:
            if isinstance(entry.get(part), list):
                raise InputError("not a number", file=file, key=f"{path}.{part}", value=entry[part])
    return readings


def figures_to_read(figures: Mapping[str, PublishedFigure]) -> dict[str, PublishedFigure]:
    """Return the figures that a second person must read: those that are not assumed."""
    return {key: figure for key, figure in figures.items() if not figure.is_assumed}


def published_template(figures: Mapping[str, PublishedFigure]) -> str:
    """Return an empty file of readings: id, meaning, source, where and the parts to fill, without any number."""
    lines = [
        "# Second reading of published figures, to be filled by a person who has not seen the first file.",
        "# Read each number from the source named; any unit of the same dimension will do (within 0.5 %).",
    ]
    for key, figure in figures_to_read(figures).items():
        lines += ["", f"# {figure.meaning}", f"# source: {figure.source}; where: {figure.where}", f'["{key}"]']
        lines += [f"{part} = " for part in PARTS if getattr(figure, part) is not None]
        lines += [f'unit = ""  # such as "{figure.unit}"', 'where = ""', 'reader = ""']
    return "\n".join(lines) + "\n"


def compare_published(
    figures: Mapping[str, PublishedFigure], readings: Mapping[str, Mapping[str, Any]]
) -> list[Difference]:
    """Return every figure whose reading lacks or differs in unit, parts or numbers, and every reading of none."""
    wanted = figures_to_read(figures)
    found = [Difference(key, "no second reading") for key in wanted if key not in readings]
    for key, entry in readings.items():
        if key not in wanted:
            found.append(Difference(key, "no figure of this id needs a reading"))
            continue
        found += [Difference(key, what) for part in PARTS if (what := _difference(wanted[key], entry, part))]
    return found


def _difference(figure: PublishedFigure, entry: Mapping[str, Any], part: str) -> str:
    """Say how one part differs; an empty text when it agrees, or lacks in both."""
    first, second = getattr(figure, part), entry.get(part)
    if first is None or second is None:
        return "" if first is second else f"{part} stands in one reading only"
    try:
        same = convert(float(second), entry["unit"], figure.unit)
    except InputError as error:
        return f"unit {entry['unit']} read, {figure.unit} in the first reading ({error.what})"
    return "" if agrees(same, first) else f"{part}: {same:.6g} {figure.unit} read, {first:.6g} in the first reading"
