"""Every process of the life cycle keeps to what it declares."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from orientalis.catalogue import threat_names
from orientalis.engine.codes import CLASSES, Stream
from orientalis.engine.life_cycle import LIFE_CYCLE
from orientalis.engine.scalars import SCALARS
from orientalis.engine.simulate import begin, run_year, simulate
from orientalis.scenario import Change, compile_batch
from tests.engine.worlds import begun, busy_spec, settings_of

PARTS = (
    *("animals", "slots", "ranges", "land", "rates", "events", "scratch"),
    *("cover", "tinder", "fields", "strain", "genes", "origin", "food_state", "poachers"),
)
NAMES = [process.name for process in LIFE_CYCLE]


def arrays_of(world):
    """Copies of all arrays that the world holds, by dotted name."""
    found = {"tally": world.tally.copy(), "distances": world.distances.copy(), "keys": world.inputs.keys.copy()}
    found["push"] = world.push.copy()
    for part in PARTS:
        for name, value in getattr(world, part)._asdict().items():
            if isinstance(value, np.ndarray):
                found[f"{part}.{name}"] = value.copy()
    for name in ("values", "zone_members"):
        found[f"inputs.{name}"] = getattr(world.inputs, name).copy()
    for name, value in {**world.inputs.founders._asdict(), **world.inputs.classes._asdict()}.items():
        if isinstance(value, np.ndarray):
            found[f"inputs.{name}"] = value.copy()
    return found


@cache
def changed_by_process():
    """Names of the arrays that each process changed in four busy years with a ceiling."""
    changed = {name: set() for name in NAMES}

    def watched(process):
        def step(world):
            before = arrays_of(world)
            process.step(world)
            after = arrays_of(world)
            assert set(before) == set(after)
            for name, old in before.items():
                if not np.array_equal(old, after[name], equal_nan=old.dtype.kind == "f"):
                    changed[process.name].add(name)

        return replace(process, step=step)

    hunger = Change(parameter="prey.crop_share", multiply=0.3, years=(2, 3))  # so that ranges must be drawn anew
    cycle = tuple(watched(process) for process in LIFE_CYCLE)
    for threats in ((), threat_names()):
        world = begun(busy_spec(years=4, changes=[hunger], threats=threats), ceiling=50, slots=600)
        for year in range(4):
            run_year(world, year, cycle)
    return changed


def is_declared(name, process):
    return any(name == entry or name.startswith(f"{entry}.") for entry in process.writes)


@pytest.mark.parametrize("process", LIFE_CYCLE, ids=NAMES)
def test_process_writes_only_what_it_declares(process):
    changed = changed_by_process()[process.name]
    assert changed, f"{process.name} did nothing in a busy world"
    assert sorted(name for name in changed if not is_declared(name, process)) == []


@pytest.mark.parametrize("process", LIFE_CYCLE, ids=NAMES)
def test_process_declares_what_exists(process):
    world = begun(busy_spec(years=1, threats=threat_names()), replicates=1)
    known = set(arrays_of(world)) | set(PARTS)
    assert sorted(set(process.reads + process.writes) - known) == []
    assert process.summary.endswith(".")
    sections = {*threat_names()} | {path.split(".")[0] for path in SCALARS} | {"survival", "shares"}
    for path in process.parameters:
        assert path in SCALARS or path in sections or path.startswith("reproduction."), path


def test_life_cycle_is_not_empty_and_has_no_name_twice():
    assert len(LIFE_CYCLE) >= 13
    assert len(set(NAMES)) == len(NAMES)


def test_processes_share_no_lethal_stream():
    owner = {}
    for process in LIFE_CYCLE:
        for stream in process.streams:
            if stream not in (Stream.SENIORITY, Stream.LIFETIME):
                assert owner.setdefault(stream, process.name) == process.name


def test_an_unused_process_is_never_stepped():
    def refuse(world):
        raise AssertionError("a process that is off was stepped")

    off = {"killing": "has_killing", "infanticide": "has_infanticide", "catastrophe": "has_catastrophes"}
    inputs = settings_of(compile_batch(busy_spec(years=2), 0, 2), **dict.fromkeys(off.values(), False))
    cycle = tuple(replace(p, step=refuse) if p.name in (*off, "ceiling") else p for p in LIFE_CYCLE)
    simulate(inputs, cycle)


@pytest.mark.parametrize(
    ("setting", "cause"),
    [("has_killing", "people"), ("has_infanticide", "infanticide"), ("has_catastrophes", "catastrophe")],
)
def test_a_process_that_is_off_kills_nobody(setting, cause):
    spec = busy_spec(years=6)
    dead = [f"deaths.{name}.{cause}" for name in CLASSES]
    on = simulate(compile_batch(spec, 0, 3))
    off = simulate(settings_of(compile_batch(spec, 0, 3), **{setting: False}))
    assert sum(int(on.tallies[name].sum()) for name in dead if name in on.tallies) > 0
    assert not any(name in off.tallies and off.tallies[name].any() for name in dead)


def test_step_order_matters_to_nobody_after_their_death():
    """The dead of a tick stay as they are until they are buried: later processes skip them."""
    seen = {}
    failures = []

    def watched(process):
        def step(world):
            dead = world.animals.life == 2
            before = {name: getattr(world.animals, name)[dead].copy() for name in ("cause", "age", "gestation", "uid")}
            process.step(world)
            if process.name == "bury":
                return
            for name, old in before.items():
                if not np.array_equal(getattr(world.animals, name)[dead], old):
                    failures.append((process.name, name))
            if not (world.animals.life[dead] == 2).all():
                failures.append((process.name, "life"))
            seen[process.name] = seen.get(process.name, 0) + int(dead.sum())

        return replace(process, step=step)

    world = begin(compile_batch(busy_spec(years=4), 0, 3))
    for year in range(4):
        run_year(world, year, tuple(watched(process) for process in LIFE_CYCLE))
    assert failures == []
    for name in ("territory", "dispersal", "mating", "birth", "survival"):
        assert seen[name] > 0, f"{name} met no dead animal"
