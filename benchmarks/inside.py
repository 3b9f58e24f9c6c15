"""Timings inside one process: what each process of the life cycle takes, and how cost grows with animals."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from orientalis.catalogue import NEEDS, threat_names
from orientalis.engine.life_cycle import LIFE_CYCLE
from orientalis.engine.process import Process
from orientalis.engine.record import Records
from orientalis.engine.simulate import simulate
from orientalis.engine.world import World
from orientalis.scenario import RunSpec, compile_batch, load_study, resolve


class Share(NamedTuple):
    """A process, its seconds and its share of the whole."""

    name: str
    seconds: float
    share: float


class Growth(NamedTuple):
    """Animals at the start, replicates, seconds, individual-years and nanoseconds for one of them."""

    animals: int
    replicates: int
    seconds: float
    individual_years: int
    nanoseconds: float


def specification(file: Path, sets: Sequence[str], scenario: str) -> RunSpec:
    """A study's specification of one scenario."""
    return next(spec for spec in resolve(load_study(file, sets)) if spec.scenario == scenario)


def switched(off: str | None = None) -> tuple[list[str], list[str]]:
    """Settings with every threat of the catalogue on, but for `off` and those that need it; and the names off."""
    names_off = [] if off is None else [off]
    for name in names_off:  # grows while it is read: whatever needs one that is off
        names_off += [other for other, needed in NEEDS.items() if name in needed and other not in names_off]
    return [f"threats.{name}={str(name not in names_off).lower()}" for name in threat_names()], names_off


def whole(file: Path, scenario: str, replicates: int, years: int, sets: Sequence[str]) -> float:
    """Seconds of one batch, compiled before."""
    spec = specification(file, [f"run.years={years}", *sets], scenario)
    simulate(compile_batch(spec, 0, 2))
    inputs = compile_batch(spec, 0, replicates)
    begin = time.perf_counter()
    simulate(inputs)
    return time.perf_counter() - begin


def shares(file: Path, scenario: str, replicates: int, years: int, sets: Sequence[str] = ()) -> list[Share]:
    """Seconds of every process over one batch; what is left over is the start, the records and the loop."""
    spec = specification(file, [f"run.years={years}", *sets], scenario)
    simulate(compile_batch(spec, 0, 2))
    clocks = {process.name: 0.0 for process in LIFE_CYCLE}

    def timed(process: Process) -> Callable[[World], None]:
        def step(world: World) -> None:
            begin = time.perf_counter()
            process.step(world)
            clocks[process.name] += time.perf_counter() - begin

        return step

    cycle = tuple(replace(process, step=timed(process)) for process in LIFE_CYCLE)
    inputs = compile_batch(spec, 0, replicates)
    begin = time.perf_counter()
    simulate(inputs, cycle)
    whole = time.perf_counter() - begin
    clocks["start, records, loop"] = whole - sum(clocks.values())
    clocks = {name: seconds for name, seconds in clocks.items() if seconds > 0.0}
    return [Share(name, seconds, seconds / whole) for name, seconds in clocks.items()]


def growth(file: Path, numbers: Sequence[int], work: int) -> list[Growth]:
    """The workload without a map from each number of animals, ceiling at 15/8 of it, in about `work` founders."""
    rows = []
    for animals in numbers:
        replicates = max(1, work // animals)
        sets = [f"start.animals={animals}", f"ceiling.capacity={animals * 15 // 8}"]
        spec = specification(file, sets, "status_quo")
        simulate(compile_batch(replace(spec, years=1), 0, 1))
        inputs = compile_batch(spec, 0, replicates)
        begin = time.perf_counter()
        records = simulate(inputs)
        seconds = time.perf_counter() - begin
        years = individual_years(records, spec.years)
        rows.append(Growth(animals, replicates, seconds, years, 1e9 * seconds / years))
    return rows


def individual_years(records: Records, years: int) -> int:
    """The sum of all censuses but the last."""
    before_last = records.tallies["year"] < years
    return sum(int(v[before_last].sum()) for name, v in records.tallies.items() if name.startswith("number."))
