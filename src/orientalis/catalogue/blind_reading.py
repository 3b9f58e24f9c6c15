"""Blind second readings: another person reads each published number from its source, without seeing the species file.

The file `second_reading/NAME.toml` has one table a quantity, named by its path:

    ["section.key"]
    value = 0.5             # or a list
    unit = "probability"    # any unit of the same dimension
    where = "abstract"
    reader = "initials"

`compare` converts units before it compares, a survival over a stage to a yearly one too.
"""

from pathlib import Path
from typing import Any, NamedTuple

from orientalis.catalogue.species_entry import Species
from orientalis.catalogue.species_fields import field_of
from orientalis.catalogue.toml_file import read_toml
from orientalis.core.errors import InputError, nearest_name
from orientalis.core.quantity import Quantity
from orientalis.core.units import UNITS, convert, convert_survival

READING_FOLDER = Path(__file__).resolve().parent / "second_reading"
TOLERANCE = 0.005
_KEYS = ("value", "unit", "where", "reader")


class Difference(NamedTuple):
    """A quantity whose second reading lacks, has another unit, or another value."""

    path: str
    what: str


def needs_reading(species: Species) -> dict[str, Quantity]:
    """Return the quantities that a second person must read: those with a source that are not named assumed."""
    return {
        path: quantity
        for path, quantity in species.quantities().items()
        if quantity.source != "assumed" and quantity.kind != "assumed"
    }


def may_be_read(species: Species) -> dict[str, Quantity]:
    """Return the quantities that start from a source but rest on judgement: a reading is welcome, not needed."""
    return {
        path: quantity
        for path, quantity in species.quantities().items()
        if quantity.source != "assumed" and quantity.kind == "assumed"
    }


def template(species: Species) -> str:
    """Return an empty file of readings: path, meaning, source and where, without any number of the species.

    What only may be read follows as comments.
    """
    lines = [
        f"# Second reading of {species.name}, to be filled by a person who has not seen the species file.",
        "# Read each number from the source named; write value and unit as read or derived (within 0.5 %).",
    ]
    for path, quantity in needs_reading(species).items():
        lines += _form(path, quantity)
    lines += ["", "# ---- These rest on judgement as well: fill those whose rule the source or the place names."]
    for path, quantity in may_be_read(species).items():
        form = _form(path, quantity)
        lines += form[:3] + [f"# {line}" for line in form[3:]]
    return "\n".join(lines) + "\n"


def _form(path: str, quantity: Quantity) -> list[str]:
    found = field_of(path)
    return [
        "",
        f"# {found.meaning if found else path}",
        f"# source: {quantity.source}; where: {quantity.where}",
        f'["{path}"]',
        "value = ",
        'unit = ""',
        'where = ""',
        'reader = ""',
    ]


def load_readings(
    file: Path, needed: tuple[str, ...] = _KEYS, optional: tuple[str, ...] = ()
) -> dict[str, dict[str, Any]]:
    """Return the readings of a file by path; InputError for anything but tables of value, unit, where, reader.

    `needed` and `optional` name the keys where they are others.
    """
    data = read_toml(file, "second reading")
    for path, entry in data.items():
        if not isinstance(entry, dict):
            raise InputError("not a table", file=file, key=path, value=entry, expected='["path"] with value and unit')
        for key in entry:
            known = (*needed, *optional)
            if key not in known:
                raise InputError("unknown key", file=file, key=f"{path}.{key}", nearest=nearest_name(key, known))
        for key in needed:
            if key not in entry:
                raise InputError("a key is missing", file=file, key=f"{path}.{key}")
        for key in ("value", "low", "high"):
            if key in entry:
                _check_number(entry[key], file, f"{path}.{key}")
        if entry["unit"] not in UNITS:
            raise InputError(
                "unknown unit",
                file=file,
                key=f"{path}.unit",
                value=entry["unit"],
                nearest=nearest_name(str(entry["unit"]), UNITS),
            )
    return data


def _check_number(value: Any, file: Path, key: str) -> None:
    numbers = value if isinstance(value, list) and value else [value]
    if not all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in numbers):
        raise InputError("not a number", file=file, key=key, value=value, expected="a number, or a list of numbers")


def compare(species: Species, readings: dict[str, dict[str, Any]]) -> list[Difference]:
    """Return every quantity whose reading lacks or differs, and every reading of no such quantity."""
    quantities = species.quantities()
    found = [Difference(path, "no second reading") for path in needs_reading(species) if path not in readings]
    for path, entry in readings.items():
        if path not in quantities:
            found.append(Difference(path, "the species has no such quantity"))
            continue
        found.extend(_differences(species, path, quantities[path], entry))
    return found


def _differences(species: Species, path: str, quantity: Quantity, entry: dict[str, Any]) -> list[Difference]:
    read = entry["value"] if isinstance(entry["value"], list) else [entry["value"]]
    ours = quantity.value if isinstance(quantity.value, tuple) else (quantity.value,)
    if len(read) != len(ours):
        return [Difference(path, f"{len(read)} numbers read, {len(ours)} in the species")]
    for number, wanted in zip(read, ours, strict=True):
        try:
            same = _converted(species, path, float(number), entry["unit"], quantity.unit)
        except InputError as error:
            return [Difference(path, f"unit {entry['unit']} read, {quantity.unit} in the species ({error.what})")]
        if not agrees(same, wanted):
            return [Difference(path, f"{same:.6g} {quantity.unit} read, {wanted:.6g} in the species")]
    return []


def agrees(one: float, other: float) -> bool:
    """Whether two readings are the same number but for rounding (`TOLERANCE`)."""
    return abs(one - other) <= TOLERANCE * max(abs(one), abs(other)) + 1e-12


def _converted(species: Species, path: str, value: float, given: str, wanted: str) -> float:
    if given != wanted and path.startswith("survival."):
        name = path.split(".")[1]
        months = next(entry.months for entry in species.classes if entry.name == name)
        if "probability/stage" not in (given, wanted) or months:
            return convert_survival(value, given, wanted, float(months or 12))
    return convert(value, given, wanted)
