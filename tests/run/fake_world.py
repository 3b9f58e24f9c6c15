"""A small world in place of the engine, for tests of store and run.

The same records for the same absolute replicate.
"""

import os
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from orientalis.core.canonical import canonical_json, sha256_hex
from orientalis.core.errors import InputError
from orientalis.store import Zones

ZONES = Zones(("everywhere", "russia", "china"), ((True, True, True), (True, False, True), (False, True, True)))
CLASSES = [f"{stage}_{sex}" for stage in ("cub", "juvenile", "subadult", "adult") for sex in ("female", "male")]


@dataclass(frozen=True)
class FakeSpec:
    """Stands for a RunSpec. `behaviour` makes a batch misbehave; it is not hashed."""

    scenario: str = "status_quo"
    years: int = 6
    seed: int = 1
    batch: int = 4
    replicates: int = 12
    draws: int = 0
    has_events: bool = True
    behaviour: str = ""
    folder: str = ""
    settings: Mapping[str, float] = field(default_factory=lambda: {"survival": 0.8})

    def canonical(self) -> dict[str, Any]:
        """Everything but replicates and behaviour."""
        return {
            "scenario": self.scenario,
            "years": self.years,
            "seed": self.seed,
            "batch": self.batch,
            "draws": self.draws,
            "settings": dict(self.settings),
        }

    @property
    def run_hash(self) -> str:
        """Hash of the canonical form."""
        return sha256_hex(canonical_json(self.canonical()))


@dataclass(frozen=True)
class FakeRecords:
    """Stands for the engine's Records."""

    tallies: dict[str, np.ndarray]
    maps: dict[str, np.ndarray]
    histograms: dict[str, np.ndarray]
    events: np.ndarray | None


def simulate(spec: FakeSpec, first: int, count: int) -> tuple[FakeRecords, Zones]:
    """Simulate, after misbehaving if the specification says so."""
    misbehave(spec, first)
    return records(spec, first, count), ZONES


def records(spec: FakeSpec, first: int, count: int) -> FakeRecords:
    """Every replicate is drawn from a generator of its own; replicate 3 dies out in year 2."""
    rows: dict[str, list[int]] = {"replicate": [], "year": [], "zone": []}
    items = [f"number.{name}" for name in CLASSES] + ["births.female", "births.male", "litters", "ready"]
    items += ["deaths.adult_female.natural", "deaths.cub_male.infanticide", "takeovers"]
    columns: dict[str, list[int]] = {name: [] for name in items}
    maps = np.zeros((2, 3, 4), np.int32)
    histogram = np.zeros(100, np.int64)
    events = []
    for replicate in range(first, first + count):
        chance = np.random.default_rng([spec.seed, replicate])
        for year in range(spec.years + 1):
            for zone in range(3):
                drawn = chance.poisson(3.0, len(items))
                is_empty = replicate == 3 and year >= 2
                rows["replicate"].append(replicate)
                rows["year"].append(year)
                rows["zone"].append(zone)
                for name, value in zip(items, drawn, strict=True):
                    columns[name].append(0 if is_empty or name == "takeovers" else int(value))
        maps += chance.integers(0, 5, maps.shape, dtype=np.int32)
        histogram[:10] += chance.integers(0, 5, 10)
        events.append((replicate, 5, 0, 1, 2**63 + replicate, 0, 40, 7, 4))
    tallies = {name: np.array(values, np.int32) for name, values in (rows | columns).items()}
    kinds = [("replicate", "i4"), ("tick", "i4"), ("species", "u1"), ("kind", "u1"), ("uid", "u8")]
    kinds += [("sex", "u1"), ("age", "i2"), ("cell", "i4"), ("cause", "u1")]
    events_array = np.array(events, dtype=kinds) if spec.has_events else None
    return FakeRecords(tallies, {"animals": maps}, {"dispersal.female": histogram}, events_array)


def misbehave(spec: FakeSpec, first: int) -> None:
    """Be slow, die once, die always, raise, or refuse the input, in the second batch."""
    behaviour, _, number = spec.behaviour.partition(":")
    if behaviour == "slow":
        Path(spec.folder, f"begun-{spec.scenario}-{first}").touch()
        time.sleep(float(number))
    if first != spec.batch:
        return
    if behaviour == "die_always":
        os.kill(os.getpid(), signal.SIGKILL)
    if behaviour == "die":
        for attempt in range(int(number)):
            marker = Path(spec.folder, f"died-{attempt}")
            if not marker.exists():
                marker.touch()
                os.kill(os.getpid(), signal.SIGKILL)
    if behaviour == "raise":
        raise ZeroDivisionError("a bug")
    if behaviour == "refuse":
        raise InputError("the table of animals is full", key="run.slots", value=100, expected="more")
