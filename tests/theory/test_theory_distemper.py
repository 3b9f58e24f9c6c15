"""Distemper against closed forms: force, fatality, immunity, vaccination, and survival at the reference state."""

import math

import numpy as np
import pytest

from orientalis.engine import scalars as p
from orientalis.engine.codes import INFECTED, VACCINATED, Cause, Life, Stream
from orientalis.engine.processes.distemper import DISTEMPER, force_at
from orientalis.engine.state import Clock
from orientalis.verify.worlds import spec_of
from reference.twin.chance import uniform
from tests.engine.worlds import LEOPARD, begun
from tests.theory.worlds import paired_survival

FORCE = 0.3
PLAIN = {
    "distemper.force": FORCE,
    "distemper.outbreak_probability": 0.0,
    "distemper.immune_at_start": 0.0,
    "distemper.fatality": 0.0,
}


def ward(parameters, animals=4_000, replicates=1, seed=6):
    """Animals of a year and more without a map, none of them immune unless `parameters` say so."""
    spec = spec_of(
        LEOPARD,
        animals=animals,
        years=1,
        tick="month",
        parameters={**PLAIN, **parameters},
        start={"cubs": False},
        seed=seed,
        threats=("distemper",),
    )
    return begun(spec, replicates=replicates)


def go_on(world, years):
    """Run distemper alone: nobody is born, nobody ages or dies of anything else, the dead lie where they fell."""
    for tick in range(12 * years):
        world.clock = Clock(tick, tick // 12, tick % 12, 1)
        DISTEMPER.step(world)
    return world


def immune_share(world):
    """Share of the living that are immune."""
    living = world.animals.life == Life.LIVING
    return float((world.animals.is_immune[living] > 0).mean()), int(living.sum())


def near(got, wanted, number):
    """Whether a share of `number` lies within five standard errors of what was wanted."""
    return abs(got - wanted) < 5 * math.sqrt(wanted * (1.0 - wanted) / number)


@pytest.mark.parametrize("outbreak, factor", [(0.0, 1.0), (1.0, 4.0)])
def test_the_share_infected_in_a_year_is_that_of_the_force(outbreak, factor):
    world = go_on(ward({"distemper.outbreak_probability": outbreak, "distemper.outbreak_factor": 4.0}), 1)
    share, number = immune_share(world)
    assert number == 4_000
    assert near(share, 1.0 - math.exp(-FORCE * factor), number)
    assert world.tally[..., INFECTED].sum() == round(share * number)


def test_years_of_outbreaks_come_by_their_chance_and_are_the_whole_replicate_s():
    world = go_on(ward({"distemper.outbreak_probability": 0.3, "distemper.outbreak_factor": 8.0}, 200, 400), 1)
    share = (world.animals.is_immune[:, :200] > 0).mean(axis=1)
    usual, outbreak = 1.0 - math.exp(-FORCE), 1.0 - math.exp(-8.0 * FORCE)
    assert (np.minimum(abs(share - usual), abs(share - outbreak)) < 0.2).all()
    assert near((share > (usual + outbreak) / 2.0).mean(), 0.3, 400)


def test_deaths_are_infected_times_fatality_and_the_rest_are_immune():
    world = go_on(ward({"distemper.fatality": 0.37}), 2)
    infected = int(world.tally[..., INFECTED].sum())
    dead = int((world.animals.cause == Cause.DISTEMPER).sum())
    assert dead == int((world.animals.life == Life.DIED).sum())
    assert dead + int(world.animals.is_immune.sum()) == infected
    assert near(dead / infected, 0.37, infected)


def test_the_immune_share_without_births_follows_the_closed_form():
    """Of those alive after t years, (1 - c)(1 - e^-ft) / (e^-ft + (1 - c)(1 - e^-ft)) have lived through it."""
    world = go_on(ward({"distemper.fatality": 0.5}), 4)
    open_to_it = math.exp(-4 * FORCE)
    through = 0.5 * (1.0 - open_to_it)
    share, number = immune_share(world)
    assert near(number / 4_000, open_to_it + through, 4_000)
    assert near(share, through / (open_to_it + through), number)


def test_waning_immunity_comes_to_an_equilibrium():
    """A tick turns p of those open to it immune, and q of the immune open: p / (p + q) in the long run."""
    share, number = immune_share(go_on(ward({"distemper.waning": 0.5}), 15))
    gained, lost = 1.0 - math.exp(-FORCE / 12.0), 1.0 - math.exp(-0.5 / 12.0)
    assert near(share, gained / (gained + lost), number)


def test_as_many_are_vaccinated_in_a_year_as_asked_for():
    world = go_on(ward({"distemper.force": 0.0, "distemper.vaccinated": 9.0}, 60, 1_000), 1)
    number = world.tally[..., VACCINATED].sum(axis=1)
    assert abs(number.mean() - 9.0) < 5 * number.std() / math.sqrt(len(number))
    assert number.sum() == world.animals.is_immune.sum()


def test_nobody_is_vaccinated_twice_and_all_are_when_that_is_asked_for():
    world = go_on(ward({"distemper.force": 0.0, "distemper.vaccinated": 1_000.0}, 50, 4), 1)
    assert (world.tally[..., VACCINATED].sum(axis=1) == 50).all()


def test_vaccinated_dogs_scale_the_force_exactly():
    world = ward({"distemper.dog_share": 0.4, "distemper.outbreak_factor": 5.0})
    values = world.rates.values[0, 0].copy()
    for share, people in ((0.0, 1.0), (0.25, 1.0), (1.0, 1.0), (0.25, 2.5), (1.0, 0.0)):
        values[p.DISTEMPER_DOGS_VACCINATED] = share
        wanted = FORCE * (0.6 + 0.4 * people * (1.0 - share))
        assert force_at(values, people, False) == pytest.approx(wanted, rel=1e-12)
        assert force_at(values, people, True) == pytest.approx(5.0 * wanted, rel=1e-12)


def test_founders_are_immune_by_their_address_and_in_their_share():
    world = ward({"distemper.immune_at_start": 0.211})
    share, number = immune_share(world)
    assert near(share, 0.211, number)
    key = int(world.inputs.keys[0, 1])
    for slot in range(200):
        u = uniform(key, int(world.animals.uid[0, slot]), 0, Stream.START, 8)
        assert (world.animals.is_immune[0, slot] == 1) == (u < 0.211)


def test_adults_survive_as_the_species_says_with_the_threat_on_or_off():
    """Grown animals on the real map at the reference state, 200 paired replicates: the same within one point."""
    grown = ("adult", "subadult")
    constant, explicit, error = paired_survival(
        "distemper",
        deaths=tuple(f"deaths.{stage}" for stage in grown),
        numbers=tuple(f"number.{stage}" for stage in grown),
    )
    print(constant, explicit, error)
    assert 5 * error < 0.01
    assert abs(explicit - constant) < 0.01
    assert explicit != constant
