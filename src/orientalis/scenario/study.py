"""A study: one TOML file that says which species, where, from what start, and what changes in each scenario."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from orientalis.catalogue import read_text, read_toml
from orientalis.core.errors import InputError, nearest_name

WHAT = "study"
Years = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Run(_Table):
    """`[run]`: how much is computed."""

    replicates: int = Field(ge=1, le=10_000_000)
    years: int = Field(default=100, ge=1, le=2_000)
    tick: Literal["month", "year"] = "month"
    seed: int = Field(default=1, ge=0, le=2**63 - 1)
    batch: int = Field(default=100, ge=1, le=100_000)
    paired: bool = True
    start_year: int | None = Field(default=None, ge=1800, le=3000)


class Draws(_Table):
    """`[draws]`: extra runs with parameters drawn from the catalogue's ranges (Latin hypercube)."""

    number: int = Field(ge=2, le=100_000)
    replicates_each: int = Field(default=8, ge=1)


class Record(_Table):
    """`[record]`: what is kept besides the yearly tallies."""

    events: bool = False
    map_years: tuple[Annotated[int, Field(ge=0)], ...] = ()


class Start(_Table):
    """`[start]`: the first animals. Their number counts those of 12 months or more.

    `shares` divides them over zones (within `zone`), such as {russia = 0.6, china = 0.4}.
    """

    animals: int = Field(ge=1, le=10_000_000)
    ages: Literal["stable", "uniform"] = "stable"
    youngest: int = Field(default=1, ge=0, le=100)
    oldest: int = Field(default=10, ge=0, le=100)
    zone: str = "everywhere"
    shares: Mapping[str, Annotated[float, Field(gt=0.0, le=1.0)]] = Field(default_factory=dict)
    cubs: bool = True

    @model_validator(mode="after")
    def _order(self) -> "Start":
        if self.oldest < self.youngest:
            raise ValueError(f"oldest ({self.oldest}) is below youngest ({self.youngest})")
        if self.shares and abs(sum(self.shares.values()) - 1.0) > 1e-9:
            raise ValueError(f"the shares of the start sum to {sum(self.shares.values()):g}; expected 1")
        return self


class Ceiling(_Table):
    """`[ceiling]`: a plain carrying capacity, for work without a map."""

    capacity: int = Field(ge=1)


class Land(_Table):
    """`land` of a scenario: which part of the map can be lived in; for sensitivity and for worlds without expansion."""

    threshold: float | None = Field(default=None, ge=0.0, le=1.0)
    within: str = "everywhere"
    trim_km: float = Field(default=0.0, ge=0.0, le=200.0)


class Change(_Table):
    """`[[scenario.change]]`: exactly one of multiply, add, set, over years (inclusive, from 0) in a zone."""

    parameter: str
    multiply: float | None = None
    add: float | None = None
    set: float | None = None
    years: Years | None = None
    zone: str = "everywhere"

    @model_validator(mode="after")
    def _one(self) -> "Change":
        given = [name for name in ("multiply", "add", "set") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"exactly one of multiply, add, set is needed; {len(given)} given")
        if self.years is not None and self.years[1] < self.years[0]:
            raise ValueError(f"years are in the wrong order: {list(self.years)}; expected [first, last]")
        return self

    @property
    def factor(self) -> float:
        """New value = old * factor + offset."""
        if self.multiply is not None:
            return self.multiply
        return 1.0 if self.add is not None else 0.0

    @property
    def offset(self) -> float:
        """New value = old * factor + offset."""
        return self.add if self.add is not None else self.set if self.set is not None else 0.0


class Scenario(_Table):
    """`[[scenario]]`: a named future; the first one is the baseline.

    `replicates` caps those of the study, for side scenarios; `draws = false` leaves out its runs over parameter draws.
    """

    name: str
    title: str = ""
    replicates: int | None = Field(default=None, ge=1)
    draws: bool = True
    start: Mapping[str, Any] = Field(default_factory=dict)
    ceiling: Ceiling | None = None
    land: Land = Land()
    change: tuple[Change, ...] = ()

    @field_validator("name")
    @classmethod
    def _plain(cls, name: str) -> str:
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,63}", name):
            raise ValueError("a name has small letters, digits, - and _ only, 64 at most, a letter or digit first")
        return name


class Study(_Table):
    """A study as its file gives it.

    threats: which parts of the model are on, by name: true, false, or the file that takes the catalogue's place.
    """

    title: str = ""
    species: str
    landscape: str = "none"
    run: Run
    draws: Draws | None = None
    record: Record = Record()
    start: Mapping[str, Any] = Field(default_factory=dict)
    ceiling: Ceiling | None = None
    threats: Mapping[str, bool | str] = Field(default_factory=dict)
    parameters: Mapping[str, float | tuple[float, ...]] = Field(default_factory=dict)
    scenario: tuple[Scenario, ...] = Field(min_length=1)
    file: Path = Path()
    text: str = ""

    @model_validator(mode="after")
    def _names(self) -> "Study":
        names = [scenario.name for scenario in self.scenario]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f'two scenarios have the name "{name}"')
        return self

    def start_of(self, scenario: Scenario) -> Start:
        """The start of a scenario: the study's, with what the scenario says otherwise."""
        merged = {**self.start, **scenario.start}
        try:
            return Start.model_validate(merged)
        except ValidationError as error:
            raise _as_input_error(error, self.file, f"start of scenario {scenario.name}", Start) from None


def load_study(path: str | Path, sets: Sequence[str] = ()) -> Study:
    """Read a study; `sets` are PATH=VALUE settings applied on top (study keys, else parameters of the species).

    InputError names file, key, value and what was expected.
    """
    file = Path(path)
    data = read_toml(file, WHAT)
    for setting in sets:
        _apply(data, setting)
    if "file" in data or "text" in data:
        key = "file" if "file" in data else "text"
        raise InputError("unknown key", file=file, key=key, expected="one of " + ", ".join(_keys(Study)))
    try:
        study = Study.model_validate({**data, "file": file, "text": read_text(file, WHAT)})
    except ValidationError as error:
        raise _as_input_error(error, file, "", Study) from None
    for scenario in study.scenario:
        study.start_of(scenario)
    return study


def _apply(data: dict[str, Any], setting: str) -> None:
    """Apply one PATH=VALUE; VALUE is read as TOML, a bare word as text."""
    import tomllib

    path, mark, value = setting.partition("=")
    path = path.strip()
    if not mark or not path:
        raise InputError("a setting is not understood", key="--set", value=setting, expected="PATH=VALUE")
    try:
        parsed = tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        parsed = value.strip()
    head = path.split(".")[0]
    if head not in Study.model_fields or head == "parameters":
        data.setdefault("parameters", {})[path.removeprefix("parameters.")] = parsed
        return
    table = data
    parts = path.split(".")
    for part in parts[:-1]:
        table = table.setdefault(part, {})
        if not isinstance(table, dict):
            raise InputError("a setting is not understood", key=path, value=value, expected="the path of a single key")
    table[parts[-1]] = parsed


def _keys(model: type[BaseModel]) -> list[str]:
    return [name for name in model.model_fields if name not in ("file", "text")]


_WANTED = {
    "greater_than_equal": "{ge} or more",
    "greater_than": "more than {gt}",
    "less_than_equal": "{le} or less",
    "less_than": "less than {lt}",
    "literal_error": "{expected}",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_parsing": "a number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "string_type": "a text in quotes",
    "tuple_type": "a list in square brackets",
    "too_short": "at least {min_length}",
    "too_long": "at most {max_length}",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "mapping_type": "a table",
    "dict_type": "a table",
}
"""What was expected, by pydantic's type of error; other errors carry our own words."""


def _as_input_error(error: ValidationError, file: Path, where: str, model: type[BaseModel]) -> InputError:
    """One paragraph from the first thing that was wrong."""
    first = error.errors(include_url=False)[0]
    steps = [str(part) if isinstance(part, str) else f"[{part + 1}]" for part in first["loc"]]
    key = ".".join([where, *steps] if where else steps).replace(".[", "[")
    kind = first["type"]
    value = first.get("input")
    if kind == "extra_forbidden":
        known = _keys(_model_at(model, first["loc"]))
        nearest = nearest_name(str(first["loc"][-1]), known)
        return InputError("unknown key", file=file, key=key, expected="one of " + ", ".join(known), nearest=nearest)
    if kind == "missing":
        return InputError("a key is missing", file=file, key=key)
    wanted = _WANTED.get(kind)
    expected = wanted.format(**first.get("ctx", {})) if wanted else None
    what = "a value cannot be used" if expected else first["msg"].removeprefix("Value error, ")
    shown = None if isinstance(value, dict | BaseModel) else value
    return InputError(what, file=file, key=key or None, value=shown, expected=expected)


def _model_at(model: type[BaseModel], path: Sequence[str | int]) -> type[BaseModel]:
    """The table that holds the key at the end of `path`."""
    tables: dict[str, type[BaseModel]] = {
        "run": Run,
        "draws": Draws,
        "record": Record,
        "ceiling": Ceiling,
        "land": Land,
        "change": Change,
        "scenario": Scenario,
    }
    found = model
    for part in path[:-1]:
        if isinstance(part, str):
            found = tables.get(part, found)
    return found
