"""Tables of a TOML file as pydantic models: a refusal is one paragraph with file, key, value and what was expected."""

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from orientalis.core.errors import InputError, nearest_name
from orientalis.core.units import UNITS

Model = TypeVar("Model", bound="Table")
_PLAIN_WORDS = {
    "tuple": "a list",
    "dictionary": "a table",
    "string": "a text in quotes",
    "integer": "a whole number",
    "number": "a number",
}


class Table(BaseModel):
    """A table of a file: frozen, no unknown keys, no text where a number belongs nor a number where a text does."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def read_table(model: type[Model], data: Any, file: Path, where: str = "") -> Model:
    """Return `data` as a model; InputError names the key below `where`, an unknown one before all else."""
    if not isinstance(data, dict):
        raise InputError("not a table", file=file, key=where, value=data, expected=f"a table with {_keys(model)}")
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise _as_input_error(error, model, file, where) from None


def check_unit_known(unit: str, file: Path, key: str) -> None:
    """Refuse a unit that is not in the list of units; InputError names the nearest."""
    if unit not in UNITS:
        raise InputError(
            "unknown unit",
            file=file,
            key=key,
            value=unit,
            expected="one of " + ", ".join(UNITS),
            nearest=nearest_name(unit, UNITS),
        )


def _keys(model: type[BaseModel]) -> str:
    return ", ".join(model.model_fields)


def _as_input_error(error: ValidationError, model: type[BaseModel], file: Path, where: str) -> InputError:
    first = min(error.errors(include_url=False), key=lambda one: one["type"] != "extra_forbidden")
    steps = [str(part) for part in first["loc"]]
    key = ".".join([where, *steps] if where else steps)
    if first["type"] == "extra_forbidden":
        nearest = nearest_name(steps[-1], model.model_fields)
        return InputError("unknown key", file=file, key=key, expected=f"one of {_keys(model)}", nearest=nearest)
    if first["type"] == "missing":
        return InputError("a key is missing", file=file, key=key)
    if first["type"] == "value_error":
        return InputError(str(first["ctx"]["error"]), file=file, key=key or None)
    if first["type"] == "literal_error":
        words = str(first["ctx"]["expected"]).replace("'", '"')
        near = nearest_name(str(first["input"]), words.replace('"', "").replace(" or ", ", ").split(", "))
        what = "not one of the words allowed here"
        return InputError(what, file=file, key=key, value=first["input"], expected=words, nearest=near)
    expected = first["msg"].removeprefix("Input should be ").removeprefix("a valid ")
    expected = _PLAIN_WORDS.get(expected, expected)
    return InputError("not a value for this key", file=file, key=key, value=first["input"], expected=expected)
