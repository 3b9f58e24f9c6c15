"""Cubs in their dens: hazards by cell and age exactly as stated; the survival of cubs stays the species' own."""

import math

import numpy as np
import pytest

from orientalis.catalogue import load_species, load_threat
from orientalis.engine.codes import Cause, Life, Stream
from orientalis.engine.processes import dens
from orientalis.engine.processes.dens import DENS
from orientalis.engine.state import Clock
from orientalis.engine.surroundings import first_cover
from orientalis.geography import synthetic
from orientalis.scenario.taken import by_threat
from orientalis.verify.worlds import spec_of
from reference.twin.chance import uniform
from tests.engine.worlds import LEOPARD, begun
from tests.theory.worlds import paired_survival

PARAMETERS = {
    "dens.until": 4.5,
    "dens.predators": 1.5,
    "dens.disturbance": 2.0,
    "dens.road": 2.5,
    "dens.dogs_controlled": 0.25,
    "dens.closed": 0.1,
    "dens.fire": 0.6,
}
CUBS = 2_500


def land_with_roads():
    """20 x 25 cells: people thicken to the east, a main and a minor road cross the land."""
    y, x = np.mgrid[0:20, 0:25]
    return synthetic((20, 25), prey=300.0, people=x / 24.0, roads=np.where(y == 5, 2, y == 12))


def nursery(parameters=None, tick="month"):
    """A world whose animals have become cubs, aged 0 to 6 ticks, put on all cells in turn; the clock stands at 40."""
    spec = spec_of(
        LEOPARD,
        animals=CUBS,
        years=1,
        tick=tick,
        landscape=land_with_roads(),
        parameters={**PARAMETERS, **(parameters or {})},
        threats=("dens",),
        seed=4,
    )
    world = begun(spec, replicates=1, settling_rounds=1)
    cells = np.nonzero(world.land.kind == 1)[0]
    number = world.slots.high[0]
    world.animals.age[0, :number] = np.arange(number) % 7
    world.ranges.cell[0, :number] = cells[(np.arange(number) // 7) % len(cells)]
    world.clock = Clock(40, 3, 4, world.clock.months)
    return world


def hazard(world, slot, *, burnt=None, logged=None):
    """Hazards of predators and disturbance in this tick of the cub in a slot, written out."""
    values = {**{k: q.value for k, q in load_threat("dens").quantities.items()}, **PARAMETERS}
    months = world.clock.months
    cell = world.ranges.cell[0, slot]
    age = int(world.animals.age[0, slot])
    share = max(0.0, min(months, values["dens.until"] - (age - 1) * months)) / 12.0 if age else 0.0
    people = world.land.people[cell] / world.inputs.people_mean
    road = {0: 0.0, 1: 0.5, 2: 1.0}[round(world.land.roads[cell] * 2)]
    if logged is not None and logged[cell]:
        road = max(road, 0.5)
    dogs = values["dens.dog_share"]
    load = people * (1.0 - dogs) + people * dogs * (1.0 - values["dens.dogs_controlled"])
    load += values["dens.road"] * road
    disturbed = values["dens.disturbance"] * (1.0 - values["dens.closed"]) * load * share
    if share and burnt is not None and burnt[cell]:
        disturbed += -math.log(1.0 - values["dens.fire"])
    return values["dens.predators"] * share, disturbed


def check(world, **what):
    """Every cub dies, of its cause, exactly where its uniform says so; nobody else does."""
    DENS.step(world)
    seen = {Cause.NONE: 0, Cause.PREDATOR: 0, Cause.DISTURBANCE: 0}
    key = int(world.inputs.keys[0, 1])
    for slot in range(world.slots.high[0]):
        taken, disturbed = hazard(world, slot, **what)
        u = uniform(key, int(world.animals.uid[0, slot]), 40, Stream.DENS, 0)
        chance = 1.0 - math.exp(-(taken + disturbed))
        wanted = Cause.NONE
        if u < chance:
            wanted = Cause.PREDATOR if u < chance * taken / (taken + disturbed) else Cause.DISTURBANCE
        assert world.animals.cause[0, slot] == wanted, slot
        assert (world.animals.life[0, slot] == Life.DIED) == (wanted != Cause.NONE)
        seen[wanted] += 1
    assert min(seen.values()) > 40, seen
    return seen


def test_cubs_die_exactly_by_the_hazards_of_their_cells():
    check(nursery())


def test_nobody_dies_before_the_first_tick_or_after_the_last():
    world = nursery()
    DENS.step(world)
    age = world.animals.age[0, : world.slots.high[0]]
    died = world.animals.life[0, : world.slots.high[0]] == Life.DIED
    assert set(age[died].tolist()) == {1, 2, 3, 4, 5}  # 4.5 months: half of the fifth


def test_a_den_that_burns_now_costs_cubs_and_one_that_burnt_before_does_not():
    world = nursery()
    world.cover = first_cover(np.zeros(len(world.land.kind), np.uint8), 1)
    world.cover.burnt[0, ::2] = 40
    world.cover.burnt[0, 1::2] = 39
    burnt = check(world, burnt=world.cover.burnt[0] == 40)
    plain = check(nursery())
    assert burnt[Cause.DISTURBANCE] > plain[Cause.DISTURBANCE]


def test_a_logging_road_counts_as_a_minor_road():
    world = nursery()
    world.cover = first_cover(np.zeros(len(world.land.kind), np.uint8), 1)
    world.cover.road[0, ::3] = 7
    check(world, logged=world.cover.road[0] > 0)


def test_a_yearly_tick_takes_the_same_months_at_once():
    world = nursery(tick="year")
    DENS.step(world)
    age = world.animals.age[0, : world.slots.high[0]]
    assert set(age[world.animals.life[0, : world.slots.high[0]] == Life.DIED].tolist()) == {1}
    chosen = [slot for slot in range(world.slots.high[0]) if age[slot] == 1]
    share = np.mean([world.animals.life[0, slot] == Life.DIED for slot in chosen])
    wanted = np.mean([1.0 - math.exp(-sum(hazard(world, slot))) for slot in chosen])
    assert abs(share - wanted) < 5 * math.sqrt(wanted * (1.0 - wanted) / len(chosen))


def test_the_kernel_splits_disturbance_by_people_dogs_and_roads():
    world = nursery()
    values = world.rates.values[0, 0]
    got = dens.disturbance_at(values, 1.6, 0.5)
    assert got == pytest.approx(2.0 * 0.9 * (1.6 * (1.0 - 0.3 * 0.25) + 2.5 * 0.5), rel=1e-12)


def test_the_base_hazard_gives_up_what_the_threat_takes():
    leopard = load_species(LEOPARD)
    values = {path: q.value for path, q in load_threat("dens").quantities.items()}
    taken = {entry.name: by_threat(values, entry)["dens"] for entry in leopard.classes}
    assert taken["cub_0_3"] == pytest.approx(0.55)
    assert sum(taken.values()) == taken["cub_0_3"]
    longer = {entry.name: by_threat({**values, "dens.until": 4.5}, entry)["dens"] for entry in leopard.classes}
    assert longer["cub_3_6"] == pytest.approx(0.275)  # 1.5 of its 3 months
    fire = {entry.name: by_threat({**values, "fire.any": 1.0}, entry)["dens"] for entry in leopard.classes}
    assert fire["cub_0_3"] == pytest.approx(0.55 - 0.05 * math.log(0.7))


def test_cubs_survive_as_the_species_says_with_the_threat_on_or_off():
    """First year on the real map at the reference state, 200 paired replicates: the same within one point."""
    constant, explicit, error = paired_survival("dens", births="births.", deaths=("deaths.cub_",))
    print(constant, explicit, error)
    assert 5 * error < 0.01
    assert abs(explicit - constant) < 0.01
    assert explicit != constant


def test_causes_of_death_stand_in_proportion_to_the_hazards():
    world = begun(spec_of(LEOPARD, animals=CUBS, years=1, tick="month", threats=("dens",), seed=4), replicates=1)
    number = world.slots.high[0]
    world.animals.age[0, :number] = 1
    DENS.step(world)
    for cause, rate in ((Cause.PREDATOR, 0.3), (Cause.DISTURBANCE, 0.25)):
        died = int((world.animals.cause[0, :number] == cause).sum())
        wanted = (1.0 - math.exp(-0.55 / 12.0)) * rate / 0.55
        assert abs(died / number - wanted) < 5 * math.sqrt(wanted / number)
