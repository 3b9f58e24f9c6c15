"""Load a species from its TOML file, refusing everything that is not in `species_fields`."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from orientalis.catalogue.quantity_tables import TableReader
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
)
from orientalis.catalogue.toml_file import read_toml
from orientalis.core.canonical import sha256_hex
from orientalis.core.errors import InputError, nearest_name
from orientalis.core.quantity import Quantity

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
    reader = _SpeciesReader(path)
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


class _SpeciesReader(TableReader):
    """Reads what only a species has: its classes of age, with rates and shares."""

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
