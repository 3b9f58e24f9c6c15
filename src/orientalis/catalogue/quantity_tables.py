"""Tables of quantities in one TOML file: every refusal names the file, the key, the value and what was expected."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError

from orientalis.catalogue.field import Field
from orientalis.core.errors import InputError, nearest_name
from orientalis.core.quantity import Quantity
from orientalis.core.units import UNITS, check_unit, expected_units


class TableReader:
    """Turns tables of one file into quantities; every refusal names the file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def fail(self, what: str, key: str, value: object = None, expected: str | None = None) -> NoReturn:
        """Refuse what stands at a key."""
        raise InputError(what, file=self.file, key=key, value=value, expected=expected)

    def only_known(self, table: Mapping[str, Any], known: Iterable[str], where: str) -> None:
        """Refuse a key that is not known, with the nearest that is."""
        known = tuple(known)
        for key in table:
            if key not in known:
                raise InputError(
                    "unknown key",
                    file=self.file,
                    key=join(where, key),
                    expected="one of " + ", ".join(known),
                    nearest=nearest_name(key, known),
                )

    def table(self, value: Any, where: str) -> dict[str, Any]:
        """Return what must be a table."""
        if not isinstance(value, dict):
            self.fail("not a table", where, value, f"[{where}] with keys below it")
        return value

    def text(self, table: Mapping[str, Any], key: str, where: str) -> str:
        """Return a text that must be there."""
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            self.fail("a text is missing", join(where, key), value, "a text in quotes")
        return value

    def word(self, table: Mapping[str, Any], key: str, where: str, words: tuple[str, ...]) -> str:
        """Return what must be one of the words."""
        value = table.get(key)
        if value not in words:
            raise InputError(
                "not one of the words allowed here" if key in table else "a key is missing",
                file=self.file,
                key=join(where, key),
                value=value,
                expected=" or ".join(f'"{word}"' for word in words),
                nearest=nearest_name(value, words) if isinstance(value, str) else None,
            )
        return str(value)

    def whole(self, table: Mapping[str, Any], key: str, where: str) -> int:
        """Return what must be a whole number of months."""
        value = table.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 600:
            self.fail(
                "not a number of months" if key in table else "a key is missing",
                join(where, key),
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
            path = join(where, key)
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
        """Refuse a number where a list is wanted, and a list of another length or sum."""
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


def join(where: str, key: str) -> str:
    """Return the dotted path of a key."""
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
