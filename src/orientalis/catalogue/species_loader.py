"""Load a species from its TOML file, refusing everything that is not in `species_fields`."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError

from orientalis.catalogue.species_entry import Species, SurvivalClass
from orientalis.catalogue.species_fields import (
    MOST_CLASSES,
    REQUIRED_SECTIONS,
    SECTIONS,
    SHARES,
    SURVIVAL,
    SURVIVAL_UNITS,
    VARIATION_DISTRIBUTIONS,
    VARIATIONS,
    Field,
)
from orientalis.catalogue.toml_file import read_toml
from orientalis.core.canonical import sha256_hex
from orientalis.core.errors import InputError, nearest_name
from orientalis.core.quantity import Quantity
from orientalis.core.units import UNITS, check_unit, expected_units

SPECIES_FOLDER = Path(__file__).resolve().parent / "species"
_WHAT = "species file"
_PLAIN = ("name", "scientific_name", "common_names", "note")
_CLASS_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CLASS_PLAIN = ("from_months", "to_months", "variation")


def species_names() -> tuple[str, ...]:
    """Return the names of the species in the catalogue, sorted."""
    return tuple(sorted(path.stem for path in SPECIES_FOLDER.glob("*.toml")))


def load_species(name_or_path: str | Path) -> Species:
    """Return the species of this name in the catalogue, or of this TOML file (a path, or a text ending in ".toml").

    InputError for an unknown name (with the nearest) and for anything wrong in the file.
    """
    return parse_species(_file_of(name_or_path))


def _file_of(name_or_path: str | Path) -> Path:
    text = str(name_or_path)
    if isinstance(name_or_path, Path) or text.endswith(".toml") or "/" in text or "\\" in text:
        return Path(name_or_path)
    names = species_names()
    if text not in names:
        raise InputError(
            "unknown species", value=text, expected="one of " + ", ".join(names), nearest=nearest_name(text, names)
        )
    return SPECIES_FOLDER / f"{text}.toml"


def parse_species(path: Path) -> Species:
    """Return the species in one TOML file; InputError names file, key, value and what was expected."""
    data = read_toml(path, _WHAT)
    reader = _Reader(path)
    reader.only_known(data, (*_PLAIN, *SECTIONS, "survival", "shares"), "")
    for section in REQUIRED_SECTIONS:
        if section not in data:
            raise InputError(
                "a section is missing", file=path, key=f"[{section}]", expected=f"a table [{section}] or [{section}.…]"
            )
    names = reader.table(data.get("common_names", {}), "common_names")
    quantities: dict[str, Quantity] = {}
    for section, fields in SECTIONS.items():
        if section in data:
            plain = ("distribution",) if section == "variation" else ()
            quantities |= reader.section(data[section], section, fields, plain)
    classes, survival = reader.survival(data["survival"])
    quantities |= survival
    if "shares" in data:
        quantities |= reader.shares(data["shares"], classes)
    return Species(
        name=reader.text(data, "name", ""),
        scientific_name=reader.text(data, "scientific_name", ""),
        common_names={language: reader.text(names, language, "common_names") for language in names},
        note=reader.text(data, "note", "") if "note" in data else "",
        classes=classes,
        variation_distribution=reader.word(data["variation"], "distribution", "variation", VARIATION_DISTRIBUTIONS),
        file=path,
        sha256=sha256_hex(path.read_bytes()),
        _quantities=_checked_together(quantities, path),
    )


class _Reader:
    """Turns tables of one file into quantities; every refusal names the file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def fail(self, what: str, key: str, value: object = None, expected: str | None = None) -> NoReturn:
        raise InputError(what, file=self.file, key=key, value=value, expected=expected)

    def only_known(self, table: Mapping[str, Any], known: Iterable[str], where: str) -> None:
        known = tuple(known)
        for key in table:
            if key not in known:
                raise InputError(
                    "unknown key",
                    file=self.file,
                    key=_join(where, key),
                    expected="one of " + ", ".join(known),
                    nearest=nearest_name(key, known),
                )

    def table(self, value: Any, where: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            self.fail("not a table", where, value, f"[{where}] with keys below it")
        return value

    def text(self, table: Mapping[str, Any], key: str, where: str) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            self.fail("a text is missing", _join(where, key), value, "a text in quotes")
        return value

    def word(self, table: Mapping[str, Any], key: str, where: str, words: tuple[str, ...]) -> str:
        value = table.get(key)
        if value not in words:
            raise InputError(
                "not one of the words allowed here" if key in table else "a key is missing",
                file=self.file,
                key=_join(where, key),
                value=value,
                expected=" or ".join(f'"{word}"' for word in words),
                nearest=nearest_name(value, words) if isinstance(value, str) else None,
            )
        return str(value)

    def whole(self, table: Mapping[str, Any], key: str, where: str) -> int:
        value = table.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 600:
            self.fail(
                "not a number of months" if key in table else "a key is missing",
                _join(where, key),
                value,
                "a whole number from 0 to 600",
            )
        return value

    def section(
        self, value: Any, where: str, fields: Mapping[str, Field], plain: tuple[str, ...] = ()
    ) -> dict[str, Quantity]:
        """Read a section that must have every field; `plain` keys are left to the caller."""
        table = self.table(value, where)
        self.only_known(table, (*fields, *plain), where)
        found = {}
        for key, wanted in fields.items():
            path = _join(where, key)
            if key not in table:
                self.fail("a key is missing", path, expected=f'a quantity (unit "{wanted.unit}"): {wanted.meaning}')
            found[path] = self.checked(self.quantity(table[key], path, wanted.unit), path, wanted)
        return found

    def quantity(self, value: Any, path: str, unit: str) -> Quantity:
        """Read one quantity; `unit` is the one wanted, named when the file's is unknown."""
        if not isinstance(value, dict):
            self.fail("a bare value", path, value, "a quantity: {value = …, unit = …, source = …, kind = …}")
        given = value.get("unit")
        if isinstance(given, str) and given not in UNITS:
            raise InputError(
                "unknown unit",
                file=self.file,
                key=f"{path}.unit",
                value=given,
                expected=expected_units(unit),
                nearest=nearest_name(given, UNITS),
            )
        try:
            return Quantity.model_validate(value)
        except ValidationError as error:
            raise _as_input_error(error, self.file, path) from None

    def checked(self, quantity: Quantity, path: str, wanted: Field) -> Quantity:
        """Check unit, shape, range and sum; return the quantity in the wanted unit."""
        try:
            check_unit(quantity.unit, wanted.unit)
        except InputError as error:
            self.fail("wrong unit", f"{path}.unit", quantity.unit, error.expected)
        quantity = quantity.to(wanted.unit)
        self.check_shape(quantity, path, wanted)
        for number in quantity.numbers():
            if not wanted.minimum <= number <= wanted.maximum:
                self.fail("outside its range", path, number, wanted.span)
        return quantity

    def check_shape(self, quantity: Quantity, path: str, wanted: Field) -> None:
        if isinstance(quantity.value, tuple) != wanted.is_list:
            self.fail("wrong shape", f"{path}.value", quantity.value, "a list" if wanted.is_list else "one number")
        for name in ("value", "low", "high"):
            part = getattr(quantity, name)
            if not isinstance(part, tuple):
                continue
            if wanted.length and len(part) != wanted.length:
                self.fail("wrong length", f"{path}.{name}", len(part), f"{wanted.length} numbers")
            if wanted.sums_to_one and abs(sum(part) - 1.0) > 1e-9:
                self.fail("does not sum to 1", f"{path}.{name}", list(part), f"a sum of 1, not {sum(part):.10g}")

    def survival(self, value: Any) -> tuple[tuple[SurvivalClass, ...], dict[str, Quantity]]:
        """Read all classes of survival, sorted by age, and check that they cover every age once."""
        tables = self.table(value, "survival")
        if not 1 <= len(tables) <= MOST_CLASSES:
            self.fail("no usable number of classes", "survival", len(tables), f"1 to {MOST_CLASSES} classes")
        classes: list[SurvivalClass] = []
        found: dict[str, Quantity] = {}
        for name, entry in tables.items():
            where = f"survival.{name}"
            if not _CLASS_NAME.fullmatch(name):
                self.fail("not a name for a class", where, name, "small letters, digits and _, a letter first")
            table = self.table(entry, where)
            self.only_known(table, (*_CLASS_PLAIN, *SURVIVAL), where)
            span = (self.whole(table, "from_months", where), self.whole(table, "to_months", where))
            classes.append(SurvivalClass(name, *span, self.word(table, "variation", where, VARIATIONS)))
            found |= self.rates(table, where, has_end=span[1] > 0)
        classes.sort(key=lambda entry: entry.from_months)
        self.check_contiguous(classes)
        order = {entry.name: place for place, entry in enumerate(classes)}
        return tuple(classes), dict(sorted(found.items(), key=lambda item: order[item[0].split(".")[1]]))

    def rates(self, table: Mapping[str, Any], where: str, has_end: bool) -> dict[str, Quantity]:
        found = {}
        for sex, wanted in SURVIVAL.items():
            path = f"{where}.{sex}"
            if sex not in table:
                self.fail("a key is missing", path, expected=f"a quantity: {wanted.meaning}")
            quantity = self.quantity(table[sex], path, wanted.unit)
            if quantity.unit not in SURVIVAL_UNITS:
                self.fail("wrong unit", f"{path}.unit", quantity.unit, " or ".join(SURVIVAL_UNITS))
            if quantity.unit == "probability/stage" and not has_end:
                self.fail(
                    "a class without end has no survival over a stage",
                    f"{path}.unit",
                    quantity.unit,
                    "probability/year",
                )
            self.check_shape(quantity, path, wanted)
            found[path] = quantity
        return found

    def check_contiguous(self, classes: list[SurvivalClass]) -> None:
        expected = 0
        for place, entry in enumerate(classes):
            where = f"survival.{entry.name}"
            before = f" (survival.{classes[place - 1].name} ends there)" if place else ""
            if entry.from_months != expected:
                what = "a gap between classes" if entry.from_months > expected else "classes overlap"
                self.fail(what, f"{where}.from_months", entry.from_months, f"{expected} months{before}")
            is_last = place == len(classes) - 1
            if is_last and entry.to_months != 0:
                self.fail("the oldest class must have no end", f"{where}.to_months", entry.to_months, "0, no end")
            if not is_last and entry.to_months == 0:
                self.fail("two classes without end", f"{where}.to_months", 0, "an end for all but the oldest class")
            if not is_last and entry.to_months <= entry.from_months:
                self.fail(
                    "a class ends before it begins",
                    f"{where}.to_months",
                    entry.to_months,
                    f"more than {entry.from_months} months",
                )
            expected = entry.to_months

    def shares(self, value: Any, classes: tuple[SurvivalClass, ...]) -> dict[str, Quantity]:
        tables = self.table(value, "shares")
        self.only_known(tables, [entry.name for entry in classes], "shares")
        found: dict[str, Quantity] = {}
        for entry in classes:
            where = f"shares.{entry.name}"
            if entry.name not in tables:
                self.fail("a class has no shares", where, expected="shares of every class in [survival]")
            found |= self.section(tables[entry.name], where, SHARES)
            total = sum(found[f"{where}.{key}"].number for key in SHARES)
            if total > 1.0:
                self.fail("shares of a hazard sum to more than 1", where, total, "at most 1")
        return found


def _checked_together(quantities: dict[str, Quantity], path: Path) -> dict[str, Quantity]:
    """Check pairs of quantities that depend on each other."""
    pairs = [("life_history.independence_first", "life_history.independence_last")]
    if "territory.smallest_area" in quantities:
        pairs.append(("territory.smallest_area", "territory.largest_area"))
    for low, high in pairs:
        if quantities[low].number > quantities[high].number:
            raise InputError(
                f"{low} is more than {high}",
                file=path,
                key=low,
                value=quantities[low].number,
                expected=f"at most {quantities[high].number:g}",
            )
    return quantities


def _join(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key


def _as_input_error(error: ValidationError, file: Path, path: str) -> InputError:
    """Make our one-paragraph error of pydantic's complaints: of the unknown key if there is one, else of the first."""
    complaints = sorted(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
    first = complaints[0]
    known = tuple(Quantity.model_fields)
    if first["type"] == "extra_forbidden":
        key = str(first["loc"][-1])
        near = nearest_name(key, known)
        return InputError(
            "unknown key", file=file, key=f"{path}.{key}", expected="one of " + ", ".join(known), nearest=near
        )
    at = ".".join([path, *(str(part) for part in first["loc"] if part in known)])
    parts = first.get("ctx", {})
    if first["type"] == "missing":
        return InputError("a key is missing", file=file, key=at, expected="value, unit, source and kind at least")
    if first["type"] == "refused":
        return InputError(parts["what"], file=file, key=at, value=parts["value"], expected=parts["expected"])
    value = first["input"] if first["loc"] else None
    if first["type"] == "literal_error":
        words = str(parts["expected"]).replace("'", '"')
        return InputError("not one of the words allowed here", file=file, key=at, value=value, expected=words)
    reason = str(parts["error"]) if "error" in parts else str(first["msg"])
    return InputError(reason, file=file, key=at, value=value)
