"""The records of a bundle, as they stand in its JSON files. Frozen; unknown keys are errors.

Numbers are plain: no text, no rounding, no language. Whoever shows them words and rounds them.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

BUNDLE_FORMAT = (1, 0)
"""Major and minor version. A reader refuses another major one and a newer minor one, and reads an older minor one."""

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,120}$")]
"""A name that is fit for a path and an address on every system."""
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Number = Annotated[float, Field(allow_inf_nan=False)]
Year = Annotated[int, Field(ge=0, le=9999)]
"""A calendar year, or a year of a run without a calendar: what a chart can have on its axis."""
Parameter = str | int | Number
LayerClass = Literal["observed", "derived", "modelled", "synthetic", "schematic"]
Covers = Literal["simulation_error", "parameter_draws", "futures", "published", "none"]
"""What an interval holds: chance alone; what is not known about the parameters; the spread of single futures; what a
source gave; nothing, where there is no interval."""


class Record(BaseModel):
    """Frozen, no unknown keys, and no number that is none."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Interval(Record):
    """The ends of an interval, its level (0..1) and what it covers; an end that cannot be bounded is None.

    `level` None with ends: they come from an interval each of many parts, so no level holds for the whole.
    """

    low: Number | None = None
    high: Number | None = None
    level: Annotated[float, Field(gt=0, lt=1)] | None = None
    covers: Covers

    @model_validator(mode="after")
    def _in_order(self) -> Interval:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("low is above high")
        return self


class Finding(Record):
    """One number that a page may state: what, of which run, how sure, by which method, on which sources.

    `key` names the sentence that words it; `parameters` hold what the sentence fills in besides (scenario, year,
    threshold, area …). `value` None: not defined. `n`: replicates, or parameter draws where the interval covers them.
    `assumed`: whether any quantity behind it is assumed.
    """

    id: Name
    key: Name
    parameters: dict[str, Parameter]
    value: Number | None
    interval: Interval
    unit: str
    n: Annotated[int, Field(ge=0)]
    method: Name
    run_hash: Hash
    sources: tuple[Name, ...]
    assumed: bool
    date: date


class Series(Record):
    """Columns of numbers by year or by another index: what a chart draws. All columns have one length."""

    id: Name
    key: Name
    parameters: dict[str, Parameter]
    columns: dict[str, tuple[Number | str | None, ...]]
    units: dict[str, str]
    n: Annotated[int, Field(ge=0)]
    method: Name
    run_hash: Hash
    assumed: bool
    date: date

    @model_validator(mode="after")
    def _one_length(self) -> Series:
        if len({len(column) for column in self.columns.values()}) > 1:
            raise ValueError("columns of different length")
        if set(self.units) != set(self.columns):
            raise ValueError("each column has a unit")
        return self


class Figure(Record):
    """A quantity of the catalogue, or a published figure, with unit, range and source.

    `value` None with `low` and `high`: only a range was published. `used`: the value that the runs used, where a
    study changed it. `kind`: measured, estimated, analogue, expert or assumed. `is_parameter`: a quantity of the runs;
    else published for comparison.
    """

    id: Name
    value: Number | tuple[Number, ...] | None
    unit: str
    low: Number | tuple[Number, ...] | None = None
    high: Number | tuple[Number, ...] | None = None
    source: Name
    where: str = ""
    kind: Literal["measured", "estimated", "analogue", "expert", "assumed"]
    note: str = ""
    used: Number | tuple[Number, ...] | None = None
    is_parameter: bool = False

    @property
    def is_assumed(self) -> bool:
        """True where nobody has measured it, or the measurement could not be read."""
        return self.kind == "assumed" or self.source == "assumed"


class Count(Record):
    """A count made in the field; `low` without `high` is a minimum."""

    id: Name
    year: Year
    area: str
    zone: str
    group: Literal["adults", "all"]
    estimate: Number | None
    low: Number | None
    high: Number | None
    method: str
    standing: Literal["published", "announced", "secondary", "recalled"]
    source: Name
    where: str = ""


class Claim(Record):
    """A statement of the petition with its figures, and the ids of what stands beside it today.

    `figures` name Figure or Count ids, `findings` Finding ids; both empty: no figure yet.
    """

    id: Name
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    unit: str = ""
    source: Name
    figures: tuple[Name, ...] = ()
    findings: tuple[Name, ...] = ()


class Source(Record):
    """A reference: citation in one line, short form, address of a page on the web ("" where there is none)."""

    id: Name
    kind: str
    text: str
    short: str
    address: Annotated[str, StringConstraints(pattern=r"^(https?://\S+)?$")]
    is_verified: bool


class Run(Record):
    """One scenario of a run: what makes it reproducible. `draws` 0: default parameters alone."""

    run_hash: Hash
    study: Name
    scenario: Name
    title: str
    replicates: Annotated[int, Field(ge=0)]
    draws: Annotated[int, Field(ge=0)]
    years: Year
    start_year: Year | None
    seed: int
    changes: tuple[str, ...]
    settings: tuple[str, ...]
    versions: dict[str, str]
    study_file: str
    command: str


Runs = Annotated[tuple[int, int, tuple[int, ...]], "row, first column, counts of consecutive cells"]


class Raster(Record):
    """A layer of cells. `cells`: runs of cells above zero as (row, first column, values); value / `scale` is in `unit`.

    For occupancy `scale` is the number of replicates, so that the shares are exact.
    """

    id: Name
    key: Name
    parameters: dict[str, Parameter]
    layer_class: LayerClass
    unit: str
    scale: Annotated[int, Field(ge=1)]
    cells: tuple[Runs, ...]
    run_hash: Hash | None = None
    n: int = 0


class Lines(Record):
    """A layer of lines or outlines: each part x0, y0, x1, y1 … in tenths of a cell from the upper left corner."""

    id: Name
    layer_class: LayerClass
    parts: tuple[tuple[int, ...], ...]


class Place(Record):
    """A named point; `x` and `y` in tenths of a cell. `kind`: settlement, country, reserve."""

    name: str
    kind: Literal["settlement", "country", "reserve"]
    x: int
    y: int
    population: int = 0


class Landscape(Record):
    """The map under the rasters: north is up, cells are square. Never holds a real animal, den or snare."""

    name: Name
    rows: Annotated[int, Field(ge=1, le=10_000)]
    columns: Annotated[int, Field(ge=1, le=10_000)]
    cell_km: Annotated[float, Field(gt=0)]
    crs: str
    attribution: str
    lines: tuple[Lines, ...]
    places: tuple[Place, ...]
    classes: dict[str, LayerClass]


class File(Record):
    """A file of the bundle: its path with forward slashes, size in bytes, checksum and media type."""

    path: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*$")]
    size: Annotated[int, Field(ge=0)]
    sha256: Hash
    type: str


class Manifest(Record):
    """`manifest.json`: format, subject, date, scenarios in order (the first is the baseline), every file."""

    format: tuple[int, int]
    name: Name
    species: Name
    date: date
    orientalis: str
    baseline: Name
    scenarios: tuple[Name, ...]
    start_year: Year | None
    years: Year
    files: tuple[File, ...]
