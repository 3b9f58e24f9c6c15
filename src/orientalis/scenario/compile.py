"""From a run specification to the arrays that the engine sees."""

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from orientalis.catalogue import THREATS
from orientalis.core.errors import InputError
from orientalis.engine.codes import Cell
from orientalis.engine.food_web import FoodWeb, no_food_web
from orientalis.engine.ground import Ground, no_ground
from orientalis.engine.parameters import Layout, Schedule, layout_for, refresh
from orientalis.engine.people import Villages, no_villages
from orientalis.engine.scalars import LARGEST_AREA, MALE_AREA, SCALARS
from orientalis.engine.state import ClassTable, Founders
from orientalis.engine.world import Inputs, Settings
from orientalis.scenario.draws import drawn_values
from orientalis.scenario.food_web import food_web
from orientalis.scenario.ground import ground_of
from orientalis.scenario.map import Map, map_of, no_map
from orientalis.scenario.people import check_people
from orientalis.scenario.spec import RunSpec
from orientalis.scenario.structure import stable
from orientalis.scenario.taken import taken_from
from orientalis.scenario.villages import villages_of

MONTHS = 12
_VARIATIONS = {"none": 0, "cub": 1, "adult": 2}
_OLDEST = 64 * MONTHS


def compile_batch(spec: RunSpec, first: int, count: int) -> Inputs:
    """Inputs for replicates [first, first + count) of a specification."""
    _check_life(spec)
    check_people(spec)
    months = 1 if spec.content["tick"] == "month" else MONTHS
    ground = _ground(spec)
    layout = layout_of(spec)
    values = parameter_table(spec, layout, ground.zones, first, count)
    schedule = schedule_of(spec, layout, ground)
    animals = spec.content["start"]["animals"]
    has_poaching = spec.species.has("poaching")
    ceiling = spec.content["ceiling"]
    settings = Settings(
        first_replicate=first,
        replicates=count,
        years=spec.years,
        months_a_tick=months,
        slots=max(3 * max(animals, ceiling), animals * (1 + layout.largest_litter)) + 32,
        zones=ground.zones,
        is_spatial=spec.landscape is not None,
        is_single_sex=spec.content["parameters"]["reproduction.male_share"]["value"] == 0.0,
        has_uniform_variation=spec.species.variation_distribution == "uniform",
        ceiling=ceiling,
        largest_range=_largest_range(spec, values, schedule, ground),
        has_killing=spec.species.has("killing") and not has_poaching,
        has_infanticide=spec.species.has("infanticide") and spec.landscape is not None,
        has_catastrophes=spec.species.has("catastrophe"),
        has_strain=spec.species.has("ungulates") or spec.species.has("genetics"),
        **{f"has_{threat}": spec.species.has(threat) for threat in THREATS},
        map_years=tuple(spec.content["map_years"]),
        records_events=spec.content["events"],
    )
    founders = founders_of(spec, ground, months)
    return Inputs(
        settings=settings,
        layout=layout,
        classes=class_table(spec, months),
        keys=keys_of(spec, first, count),
        values=values,
        schedule=schedule,
        founders=founders,
        land=ground.land(count),
        zone_names=ground.zone_names[1],
        zone_members=ground.members,
        blocks=ground.blocks,
        ground=_lie_of(spec, ground) if settings.has_forest else no_ground(),
        food_web=_food_web(settings, values, ground, founders),
        villages=_villages(spec, ground, founders) if has_poaching else no_villages(),
        people_mean=ground.people_mean(spec.content["start"]["zone"]),
    )


def _food_web(settings: Settings, values: npt.NDArray[np.float64], ground: Map, founders: Founders) -> FoodWeb:
    """Prey and tigers at the reference state, where they are on."""
    if not settings.has_ungulates:
        return no_food_web()
    prey = ground.prey * (ground.kind == Cell.LAND)
    cells, area = founders.cells, ground.cell_km2
    return food_web(values, ground.blocks, prey, ground.is_habitat, cells, area, has_tigers=settings.has_tigers)


_grounds: dict[str, Map] = {}
"""The maps of this process's last studies: making one takes longer than a small batch."""


def _ground(spec: RunSpec) -> Map:
    if spec.landscape is None:
        return no_map()
    key = spec.landscape.sha256 + repr(spec.content["land"])
    if key not in _grounds:
        if len(_grounds) >= 4:
            _grounds.clear()
        _grounds[key] = map_of(spec.landscape, spec.content["land"])
    return _grounds[key]


_lies: dict[str, Ground] = {}
"""What forest and fire find on those maps."""


def _lie_of(spec: RunSpec, ground: Map) -> Ground:
    key = "" if spec.landscape is None else spec.landscape.sha256 + repr(spec.content["land"])
    if key not in _lies:
        if len(_lies) >= 4:
            _lies.clear()
        _lies[key] = ground_of(spec.landscape, spec.content["land"], ground)
    return _lies[key]


def _villages(spec: RunSpec, ground: Map, founders: Founders) -> Villages:
    key = f"{id(ground)}:{spec.content['start']}:{spec.species.has('rangers')}"
    if key not in _found:
        _found.clear()
        _found[key] = villages_of(ground, founders.cells, has_rangers=spec.species.has("rangers"))
    return _found[key]


_found: dict[str, Villages] = {}
"""The villages of this process's last map."""


def _check_life(spec: RunSpec) -> None:
    """Refuse species that cannot live on a map, or in a study without one."""
    values = {path: entry["value"] for path, entry in spec.content["parameters"].items()}
    if spec.landscape is None:
        return
    for section in ("territory", "dispersal", "mating", "prey"):
        if not spec.species.has(section):
            raise InputError(
                "the species has no ranges: a section is missing for a study with a map",
                file=spec.species.file,
                key=f"[{section}]",
                expected='the section, or landscape = "none"',
            )
    if values["life_history.independence_last"] < 1.0:
        raise InputError(
            "a study with a map needs young that leave their mother",
            file=spec.species.file,
            key="life_history.independence_last",
            value=values["life_history.independence_last"],
            expected="1 month or more",
        )


def layout_of(spec: RunSpec) -> Layout:
    """Where parameters stand in the table."""
    litter = spec.content["parameters"]["reproduction.litter_size"]["value"]
    return layout_for(len(spec.species.classes), len(litter))


def class_table(spec: RunSpec, months: int) -> ClassTable:
    """Age classes as the engine counts them."""
    classes = spec.species.classes
    of_age = np.zeros(_OLDEST // months, np.int16)
    for index, entry in enumerate(classes):
        of_age[entry.from_months // months :] = index
    period = [_period(spec, entry.name, entry.months) for entry in classes]
    return ClassTable(
        of_age,
        np.array([entry.months for entry in classes], np.int64),
        np.array(period),
        np.array([_VARIATIONS[entry.variation] for entry in classes], np.int64),
    )


def _period(spec: RunSpec, name: str, months: int) -> float:
    unit = spec.content["parameters"][f"survival.{name}.female"]["unit"]
    return float(months) if unit == "probability/stage" else float(MONTHS)


def parameter_table(spec: RunSpec, layout: Layout, zones: int, first: int, count: int) -> npt.NDArray[np.float64]:
    """The table [replicate or 1, zone, parameter]; with draws, replicate r uses draw r modulo their number."""
    if not spec.draws:
        row = table_row({path: entry["value"] for path, entry in spec.content["parameters"].items()}, spec, layout)
        return np.repeat(row[None, None, :], zones, axis=1)
    rows = {}
    for replicate in range(first, first + count):
        draw = replicate % spec.draws
        if draw not in rows:
            rows[draw] = table_row(drawn_values(spec, draw), spec, layout)
    table = np.stack([rows[replicate % spec.draws] for replicate in range(first, first + count)])
    return np.repeat(table[:, None, :], zones, axis=1)


def table_row(values: Mapping[str, Any], spec: RunSpec, layout: Layout) -> npt.NDArray[np.float64]:
    """One row of the table of parameters."""
    row = np.zeros(layout.length)
    for index, path in enumerate(SCALARS):
        row[index] = values.get(path, 0.0)
    row[layout.season : layout.season + MONTHS] = values["reproduction.conception_season"]
    row[layout.litter : layout.litter + layout.largest_litter] = values["reproduction.litter_size"]
    is_spatial = spec.landscape is not None
    killers = {
        "infanticide": spec.species.has("infanticide") and is_spatial,
        "orphaned": values["life_history.orphan_age"] > 0.0,
        "people": spec.species.has("killing"),
    }
    blocks = (("infanticide", "orphaned"), ("people",))  # the engine keeps shares by what a study may change apart
    for cls, entry in enumerate(spec.species.classes):
        for sex, name in enumerate(("female", "male")):
            row[layout.survival + sex * layout.classes + cls] = values[f"survival.{entry.name}.{name}"]
        # A share leaves the base hazard only where its process runs; otherwise the base keeps it.
        for block, causes in enumerate(blocks):
            shares = [values.get(f"shares.{entry.name}.{cause}", 0.0) for cause in causes if killers[cause]]
            row[layout.shares + block * layout.classes + cls] = sum(shares)
    row[layout.taken : layout.taken + layout.classes] = taken_from(values, spec.species.classes)
    return row


def index_of(path: str, spec: RunSpec, layout: Layout) -> int:
    """Index of a single-number parameter in the table."""
    if path in SCALARS:
        return SCALARS.index(path)
    section, name, key = path.split(".", 2)
    cls = [entry.name for entry in spec.species.classes].index(name)
    if section == "survival":
        return layout.survival + ("female", "male").index(key) * layout.classes + cls
    return layout.shares + layout.classes + cls  # people: the only share that may change (see spec)


def schedule_of(spec: RunSpec, layout: Layout, ground: Map) -> Schedule:
    """The scenario's changes as arrays."""
    changes = spec.changes
    years = [change.years or (0, spec.years - 1) for change in changes]
    zone = np.zeros((len(changes), ground.zones), np.bool_)
    for index, change in enumerate(changes):
        zone[index] = ground.members[ground.zone_names[1].index(change.zone)]
    return Schedule(
        np.array([first for first, _ in years], np.int64),
        np.array([last for _, last in years], np.int64),
        np.array([index_of(change.parameter, spec, layout) for change in changes], np.int64),
        zone,
        np.array([change.factor for change in changes], np.float64),
        np.array([change.offset for change in changes], np.float64),
    )


def keys_of(spec: RunSpec, first: int, count: int) -> npt.NDArray[np.uint64]:
    """Two 64-bit keys a replicate, environment and chance: a hash of (seed, replicate, domain).

    Neither scenario nor draw enters, unless the study asks for unpaired worlds.
    """
    world = "" if spec.content["world"] is None else f":{spec.content['world']}"
    keys = np.empty((count, 2), np.uint64)
    for index in range(count):
        for column, domain in enumerate(("environment", "chance")):
            text = f"orientalis:{spec.content['seed']}:{first + index}:{domain}{world}"
            keys[index, column] = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")
    return keys


def founders_of(spec: RunSpec, ground: Map, months: int) -> Founders:
    """How the first animals come about: uniform or stable ages, sexes, places, cubs at the mother's side."""
    start = spec.content["start"]
    values = {path: entry["value"] for path, entry in spec.content["parameters"].items()}
    for entry in spec.species.classes:
        for sex in ("female", "male"):
            values[f"period.{entry.name}.{sex}"] = _period(spec, entry.name, entry.months)
    found = stable(values, spec.species.classes, months == 1)
    if start["ages"] == "uniform":
        years = range(start["youngest"], start["oldest"] + 1)
        males = values["reproduction.male_share"]
        entries = [(year * MONTHS, sex, (1.0 - males, males)[sex]) for year in years for sex in range(2)]
        ages = np.array([entry[0] for entry in entries])
        sexes = np.array([entry[1] for entry in entries], np.uint8)
        share = np.array([entry[2] for entry in entries])
    else:
        ages, sexes, share = found.ages, found.sexes, found.share
    cub_ages = np.array([7, 8, 9] if months == 1 else [0], np.int64)
    has_cubs = start["cubs"] and months == 1 and start["ages"] == "stable"
    return Founders(
        animals=start["animals"],
        ages=(ages // months).astype(np.int16),
        sexes=sexes,
        cumulative=np.cumsum(share / share.sum()),
        cells=ground.start_cells(start["zone"], start["shares"]),
        litter_share=min(found.litters_a_year, 1.0) if has_cubs else 0.0,
        cub_ages=(cub_ages // months).astype(np.int16),
        cub_cumulative=np.cumsum(np.full(len(cub_ages), 1.0 / len(cub_ages))),
        cub_survival=found.alive[cub_ages],
    )


def _largest_range(spec: RunSpec, values: npt.NDArray[np.float64], schedule: Schedule, ground: Map) -> int:
    """Most cells that any range may hold in any year."""
    if spec.landscape is None:
        return 0
    years = {0, *schedule.first.tolist(), *(schedule.last + 1).tolist()}  # a change may also end
    tables = [refresh(values, schedule, year) for year in years]
    largest = max(float(table[:, :, [LARGEST_AREA, MALE_AREA]].max()) for table in tables)
    return int(np.ceil(largest / ground.cell_km2))
