"""Small worlds for tests of the engine: a busy map with every process on, two lands apart, and a closed population."""

from dataclasses import replace
from functools import cache

import numpy as np

from orientalis.engine.codes import Life, Stage
from orientalis.engine.process import Process
from orientalis.engine.record import Recorder
from orientalis.engine.simulate import begin, run_year
from orientalis.geography import synthetic
from orientalis.scenario import compile_batch
from orientalis.verify.worlds import spec_of

LEOPARD = "panthera_pardus_orientalis"
# Rates that make much happen in few years.
BUSY = {
    "killing.adult": 0.1,
    "killing.cub": 0.1,
    "killing.juvenile": 0.1,
    "killing.subadult": 0.1,
    "catastrophe.per_generation": 0.9,
    "dispersal.hazard": 0.3,
    "dispersal.people_hazard": 0.5,
    "variation.adult_survival": 0.05,
}


@cache
def small_map():
    """48 x 60 km, richer in the south, with a lake, people in the east, an open edge and zones that overlap."""
    ny, nx = 24, 30
    y, x = np.mgrid[0:ny, 0:nx]
    land = np.ones((ny, nx))
    land[8:12, 5:10] = 0
    return synthetic(
        (ny, nx),
        habitat=np.where((x + y) % 7 == 0, 0.3, 0.9),
        prey=150.0 + 10.0 * y,
        people=x / (nx - 1.0),
        land=land,
        is_open=True,
        zones={"west": x < 15, "south": y >= 12, "middle": (x > 8) & (x < 20)},
    )


def busy_spec(years=6, animals=40, seed=3, parameters=None, **more):
    """Every process on a small map, month by month, events recorded."""
    return spec_of(
        LEOPARD,
        animals=animals,
        years=years,
        tick="month",
        landscape=small_map(),
        parameters={**BUSY, **(parameters or {})},
        seed=seed,
        is_recorded=True,
        **more,
    )


@cache
def two_lands():
    """Two pieces of land with 80 km of water between them; the halves of the map are zones."""
    ny, nx = 16, 80
    _, x = np.mgrid[0:ny, 0:nx]
    return synthetic((ny, nx), land=(x < 20) | (x >= 60), prey=250.0, zones={"west": x < 40, "east": x >= 40})


def closed_spec(years=10, animals=60, seed=5, parameters=None, **more):
    """No map, no ceiling: animals that only meet in years and mates."""
    return spec_of(
        LEOPARD, animals=animals, years=years, tick="month", parameters=parameters, seed=seed, is_recorded=True, **more
    )


def settings_of(inputs, **changed):
    """The inputs with other settings."""
    return replace(inputs, settings=replace(inputs.settings, **changed))


def watcher(watch, name="watcher"):
    """A process that looks at the world after each tick and changes nothing."""
    return Process(
        name=name, summary="Looks on.", cadence="tick", reads=(), writes=(), streams=(), parameters=(), step=watch
    )


def records_of(world, years, life_cycle):
    """Run a begun world for some years."""
    recorder = Recorder()
    for year in range(years):
        run_year(world, year, life_cycle)
        recorder.keep_year(world, year + 1)
    return recorder.finish(world)


def begun(spec, replicates=3, **changed):
    """A world before its first tick."""
    return begin(settings_of(compile_batch(spec, 0, replicates), **changed))


def same_records(one, two):
    """Whether two records are the same bit for bit; raises AssertionError where they are not."""
    assert set(one.tallies) == set(two.tallies)
    for name in one.tallies:
        np.testing.assert_array_equal(one.tallies[name], two.tallies[name], err_msg=name)
    for part in ("maps", "histograms"):
        assert set(getattr(one, part)) == set(getattr(two, part))
        for name, array in getattr(one, part).items():
            np.testing.assert_array_equal(array, getattr(two, part)[name], err_msg=name)
    assert (one.events is None) == (two.events is None)
    if one.events is not None:
        np.testing.assert_array_equal(one.events, two.events)


def living(world):
    """Mask of the living, [replicate, slot]."""
    return world.animals.life == Life.LIVING


ADULT_MONTHS = 48
STAGES = len(Stage)
