"""The engine equals its plain twin bit for bit, in worlds where everything happens."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import pytest

from orientalis.catalogue import threat_names
from orientalis.engine.codes import Cause, Event, Stream
from orientalis.engine.life_cycle import LIFE_CYCLE
from orientalis.engine.record import Records
from orientalis.engine.simulate import begin, simulate
from orientalis.engine.world import Inputs
from reference import twin
from reference.twin import chance, dens, dying, food_web, heredity, life_cycle, living, moving, people, sickness, woods
from tests.twin import small_worlds
from tests.twin.compare import differences

WORLDS: dict[str, Callable[[Path], Inputs]] = {
    world.__name__: world
    for world in (
        small_worlds.benchmark,
        small_worlds.monthly_without_map,
        small_worlds.monthly_on_a_map,
        small_worlds.drawn_on_a_map,
        small_worlds.yearly_on_a_map,
        small_worlds.crowded,
        small_worlds.widening_ranges,
        small_worlds.threatened_on_a_map,
        small_worlds.inbred_without_map,
        small_worlds.inbred_by_years,
        small_worlds.threatened_by_years,
    )
}
ON_A_MAP = "monthly_on_a_map"
THREATENED = "threatened_on_a_map"
WITHOUT_MAP = "monthly_without_map"
THREATS = tuple(stream for stream in Stream if stream >= Stream.DISTEMPER)
"""Streams of threats: nothing is drawn from them where these are off."""


class Run(NamedTuple):
    """A world and what the engine makes of it."""

    inputs: Inputs
    engine: Records


@cache
def run(name: str) -> Run:
    """The engine's run of a world, once for all tests."""
    with TemporaryDirectory() as folder:
        inputs = WORLDS[name](Path(folder))
    return Run(inputs, simulate(inputs))


@pytest.mark.parametrize("name", WORLDS)
def test_the_engine_equals_its_twin(name: str) -> None:
    inputs, engine = run(name)
    assert differences(engine, twin.simulate(inputs)) == []


def total(name: str, *parts: str) -> int:
    """Sum of the columns of a world's tallies whose names hold all parts."""
    tallies = run(name).engine.tallies
    return sum(int(column.sum()) for item, column in tallies.items() if set(parts) <= set(item.split(".")))


@pytest.mark.parametrize("cause", [cause.name.lower() for cause in Cause if cause not in (Cause.NONE, Cause.CEILING)])
def test_every_cause_of_death_occurs_on_the_map(cause: str) -> None:
    assert total(ON_A_MAP, "deaths", cause) + total(THREATENED, "deaths", cause) > 0


def test_the_ceiling_culls_without_a_map() -> None:
    assert total(WITHOUT_MAP, "deaths", "ceiling") > 0
    assert total("benchmark", "deaths", "ceiling") > 0


@pytest.mark.parametrize(
    "item",
    [
        "litters", "ready", "unmated", "residents.female", "residents.male", "dispersers", "settled.female",
        "settled.male", "takeovers", "births.female", "births.male", "deaths.juvenile_female.infanticide",
    ],
)  # fmt: skip
def test_every_item_is_counted_on_the_map(item: str) -> None:
    assert total(ON_A_MAP, *item.split(".")) > 0


THREATS_COUNT = (
    "infected", "vaccinated", "genes.diversity", "genes.inbred", "genes.alleles", "burnt",
    "field", "grass", "conifer", "habitat", "logged", "poaching.days",
    "snares.set", "snares.found", "patrol.km", "people.met", "arrests", "found",
    "prey.sika", "prey.roe", "prey.boar", "prey.red_deer", "prey.small", "prey.eaten", "tigers.adults",
)  # fmt: skip


@pytest.mark.parametrize("item", THREATS_COUNT)
def test_every_item_of_a_threat_is_counted(item: str) -> None:
    assert total(THREATENED, *item.split(".")) > 0


def test_every_kind_of_event_is_recorded() -> None:
    events = run(ON_A_MAP).engine.events
    assert events is not None
    assert set(events["kind"].tolist()) == {kind.value for kind in Event}
    assert len(set(events["cell"].tolist())) > 20


def test_rare_turns_of_life_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: dict[str, int] = {"depart": 0, "leave_mother": 0, "redraw": 0}

    def counted(name: str, function: Callable[..., None]) -> Callable[..., None]:
        def wrapper(*args: object, **options: object) -> None:
            taken[name] += 1
            function(*args, **options)

        return wrapper

    monkeypatch.setattr(moving, "depart", counted("depart", moving.depart))
    monkeypatch.setattr(moving, "release", counted("redraw", moving.release))
    monkeypatch.setattr(dying, "leave_mother", counted("leave_mother", dying.leave_mother))
    twin.simulate(run(ON_A_MAP).inputs)
    takeovers = total(ON_A_MAP, "takeovers")
    assert taken["depart"] > takeovers  # residents left ranges that yield too little
    assert taken["redraw"] > taken["depart"]  # others drew theirs anew and stayed
    assert takeovers > total(ON_A_MAP, "deaths", "contest")  # losers of a contest lived
    assert taken["leave_mother"] > 0  # orphans old enough lived on


def test_guardians_of_the_first_litters_are_males_that_live() -> None:
    world = begin(run(ON_A_MAP).inputs)
    mothers = np.argwhere((world.animals.dependants > 0) & (world.ranges.guardian_slot >= 0))
    assert len(mothers) > 3
    for replicate, slot in mothers:
        male = world.ranges.guardian_slot[replicate, slot]
        assert world.ranges.guardian[replicate, slot] == world.animals.uid[replicate, male]


def test_the_table_of_slots_grew_in_the_crowded_world() -> None:
    inputs, engine = run("crowded")
    numbers = sum(column for item, column in engine.tallies.items() if item.startswith("number."))
    peaks: dict[tuple[int, int], int] = {}
    for replicate, year, number in zip(engine.tallies["replicate"], engine.tallies["year"], numbers, strict=True):
        peaks[replicate, year] = peaks.get((replicate, year), 0) + int(number)
    assert max(peaks.values()) > inputs.settings.slots - inputs.founders.animals


@pytest.mark.parametrize("stream", Stream, ids=lambda stream: stream.name)
def test_another_stream_number_in_the_twin_is_noticed(stream: Stream, monkeypatch: pytest.MonkeyPatch) -> None:
    philox = chance.philox

    def other(counter: tuple[int, int, int, int], key: tuple[int, int]) -> tuple[int, int, int, int]:
        shift = 100 << 16 if counter[3] >> 16 == stream else 0
        return philox((*counter[:3], counter[3] + shift), key)

    monkeypatch.setattr(chance, "philox", other)
    inputs, engine = run(THREATENED if stream in THREATS else WITHOUT_MAP if stream == Stream.CEILING else ON_A_MAP)
    assert differences(engine, twin.simulate(inputs)) != []


PROCESSES = {
    "environment": life_cycle,
    "forest": woods,
    "habitat": woods,
    "fire": woods,
    "tigers": food_web,
    "ungulates": food_web,
    "rangers": people,
    "poaching": people,
    "killing": dying,
    "tiger_attacks": food_web,
    "distemper": sickness,
    "dens": dens,
    "territory": moving,
    "dispersal": moving,
    "infanticide": dying,
    "mating": living,
    "conception": heredity,
    "birth": living,
    "inheritance": heredity,
    "catastrophe": dying,
    "hunger": food_web,
    "survival": dying,
    "ceiling": dying,
    "bury": dying,
    "ageing": living,
    "census": living,
}


OF_THREATS = (*threat_names(), "habitat", "tiger_attacks", "conception", "inheritance", "hunger")


def test_the_twin_has_every_process() -> None:
    assert list(PROCESSES) == [process.name for process in LIFE_CYCLE]


@pytest.mark.parametrize("name", [name for name in PROCESSES if name not in ("environment", "bury")])
def test_a_process_missing_in_the_twin_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PROCESSES[name], name, lambda world: None)
    inputs, engine = run(THREATENED if name in OF_THREATS else WITHOUT_MAP if name == "ceiling" else ON_A_MAP)
    try:
        found = differences(engine, twin.simulate(inputs))
    except IndexError:  # without its genes no cub can be counted
        return
    assert found != []
