"""What holds in every world: books balance, nobody dead acts, names are unique, order plays no part."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orientalis.engine.codes import Event, Life, Sex, Status
from orientalis.engine.life_cycle import LIFE_CYCLE
from orientalis.engine.simulate import begin, run_year, simulate
from orientalis.scenario import compile_batch
from orientalis.verify.worlds import spec_of
from tests.engine.worlds import begun, busy_spec, closed_spec, living, records_of, same_records, settings_of, watcher

WORLDS = settings(max_examples=12)


@st.composite
def studies(draw):
    """Busy maps, closed populations and yearly ones, with rates from none to harsh."""
    parameters = {
        "killing.adult": draw(st.sampled_from([0.0, 0.05, 0.6])),
        "survival.adult.female": draw(st.sampled_from([0.5, 0.93, 1.0])),
        "reproduction.male_share": draw(st.sampled_from([0.0, 0.5, 0.9])),
        "reproduction.litter_probability": draw(st.sampled_from([0.0, 0.6, 1.0])),
    }
    common = {"seed": draw(st.integers(0, 2**32)), "animals": draw(st.integers(1, 60)), "parameters": parameters}
    kind = draw(st.sampled_from(["map", "closed", "year"]))
    if kind == "map":
        parameters["territory.contest_death"] = draw(st.sampled_from([0.0, 0.6, 1.0]))
        return busy_spec(years=5, **common)
    if kind == "closed":
        return closed_spec(years=6, **common)
    return spec_of(
        "panthera_pardus_orientalis", tick="year", years=12, ceiling=draw(st.sampled_from([0, 20])), **common
    )


def columns(records, prefix):
    return sum((column.astype(int) for name, column in records.tallies.items() if name.startswith(prefix)))


def by_year(records, prefix, replicates, years):
    """Sum over zones of the items of a prefix, [replicate, year]."""
    total = np.zeros((replicates, years + 1), int)
    np.add.at(total, (records.tallies["replicate"], records.tallies["year"]), columns(records, prefix))
    return total


@given(studies())
@WORLDS
def test_births_less_deaths_are_the_change_in_numbers(spec):
    records = simulate(compile_batch(spec, 0, 3))
    number, births, deaths = (by_year(records, prefix, 3, spec.years) for prefix in ("number.", "births.", "deaths."))
    assert (births[:, 0] == 0).all() and (deaths[:, 0] == 0).all()
    np.testing.assert_array_equal(np.diff(number, axis=1), (births - deaths)[:, 1:])


@given(studies())
@WORLDS
def test_events_and_tallies_tell_the_same(spec):
    inputs = settings_of(compile_batch(spec, 0, 3), records_events=True)
    records = simulate(inputs)
    events = records.events
    year = events["tick"] // (12 // inputs.settings.months_a_tick) + 1
    for kind, prefix in ((Event.BIRTH, "births."), (Event.DEATH, "deaths."), (Event.SETTLEMENT, "settled.")):
        found = np.zeros((3, spec.years + 1), int)
        chosen = events["kind"] == kind
        np.add.at(found, (events["replicate"][chosen], year[chosen]), 1)
        np.testing.assert_array_equal(found, by_year(records, prefix, 3, spec.years), err_msg=prefix)


@given(studies())
@WORLDS
def test_nobody_is_born_or_dies_twice_or_acts_after_death(spec):
    events = simulate(settings_of(compile_batch(spec, 0, 3), records_events=True)).events
    for replicate in range(3):
        mine = events[events["replicate"] == replicate]
        for kind in (Event.BIRTH, Event.DEATH):
            uid = mine["uid"][mine["kind"] == kind]
            assert len(np.unique(uid)) == len(uid)
        born = dict(zip(*(mine[mine["kind"] == Event.BIRTH][key].tolist() for key in ("uid", "tick")), strict=True))
        died = dict(zip(*(mine[mine["kind"] == Event.DEATH][key].tolist() for key in ("uid", "tick")), strict=True))
        for event in mine:
            tick, uid = int(event["tick"]), int(event["uid"])
            assert born.get(uid, -1) <= tick <= died.get(uid, 10**9)


def check_books(world):
    """Everything that the arrays say twice agrees."""
    animals, slots = world.animals, world.slots
    assert not (animals.life == Life.DIED).any()
    for r in range(world.settings.replicates):
        high = int(slots.high[r])
        alive = np.nonzero(animals.life[r] == Life.LIVING)[0]
        assert (alive < high).all() and len(alive) == slots.living[r]
        free = slots.free[r, : slots.available[r]]
        assert sorted(free.tolist()) == [s for s in range(high) if animals.life[r, s] == Life.FREE]
        uid = animals.uid[r, alive]
        assert len(np.unique(uid)) == len(uid) and (uid != 0).all()
        young = alive[animals.is_dependent[r, alive] > 0]
        mothers = animals.mother_slot[r, young]
        assert (animals.life[r, mothers] == Life.LIVING).all()
        np.testing.assert_array_equal(animals.uid[r, mothers], animals.mother[r, young])
        held = np.bincount(mothers, minlength=animals.life.shape[1])
        np.testing.assert_array_equal(held[alive], animals.dependants[r, alive])
        pregnant = alive[animals.gestation[r, alive] >= 0]
        assert (animals.sex[r, pregnant] == Sex.FEMALE).all()
        if world.settings.is_spatial:
            check_ranges(world, r, alive)


def check_ranges(world, r, alive):
    ranges, land = world.ranges, world.land
    claims = np.zeros_like(land.claims[r], dtype=int)
    for s in alive:
        size = int(ranges.size[r, s])
        assert (size > 0) == (ranges.status[r, s] == Status.RESIDENT)
        assert (ranges.status[r, s] == Status.DEPENDENT) == bool(world.animals.is_dependent[r, s])
        cells = ranges.cells[r, s, :size]
        assert len(np.unique(cells)) == size and land.is_habitat[0, cells].all()
        np.add.at(claims[world.animals.sex[r, s]], cells, 1)
        assert land.kind[ranges.cell[r, s]] == 1
    np.testing.assert_array_equal(claims, land.claims[r])
    assert claims[Sex.FEMALE].max() <= 2


@given(studies())
@settings(max_examples=8)
def test_the_books_agree_after_every_tick(spec):
    world = begin(compile_batch(spec, 0, 2))
    check_books(world)
    for year in range(spec.years):
        run_year(world, year, (*LIFE_CYCLE, watcher(check_books)))


@pytest.mark.parametrize("make", [busy_spec, closed_spec])
def test_one_batch_of_six_is_two_of_three(make):
    spec = make()
    whole = simulate(compile_batch(spec, 0, 6))
    parts = [simulate(compile_batch(spec, first, 3)) for first in (0, 3)]
    for name, column in whole.tallies.items():
        halves = [part.tallies.get(name, np.zeros(len(part.tallies["year"]), column.dtype)) for part in parts]
        np.testing.assert_array_equal(column, np.concatenate(halves), err_msg=name)
    np.testing.assert_array_equal(whole.events, np.concatenate([part.events for part in parts]))
    for group in ("maps", "histograms"):
        for name, array in getattr(whole, group).items():
            np.testing.assert_array_equal(array, sum(getattr(part, group)[name] for part in parts), err_msg=name)


def test_draws_do_not_depend_on_the_batch():
    """With a row of parameters for each replicate, a replicate alone gives what it gives among others."""
    inputs = compile_batch(busy_spec(), 0, 4)
    values = np.repeat(inputs.values, 4, axis=0)
    values[:, :, 12:17] *= np.array([0.0, 0.5, 1.0, 2.0])[:, None, None]
    many = simulate(replace(inputs, values=values))
    one = compile_batch(busy_spec(), 2, 1)
    alone = simulate(replace(one, values=values[2:3])).tallies
    mine = many.tallies["replicate"] == 2
    for name in ("year", "zone", "number.adult_female", "births.male", "litters"):
        np.testing.assert_array_equal(many.tallies[name][mine], alone[name], err_msg=name)


def test_rates_are_laid_out_alike_with_and_without_draws():
    """An array in another order is another type to numba, and every kernel would be compiled again for it."""
    inputs = compile_batch(busy_spec(), 0, 4)
    world = begin(replace(inputs, values=np.repeat(inputs.values, 4, axis=0)))
    assert [name for name, array in world.rates._asdict().items() if not array.flags.c_contiguous] == []


def test_there_is_room_for_all_cubs_of_the_founders():
    """The first cubs are put into slots without asking for room: there must be some for the largest litter of each."""
    spec = closed_spec(animals=400, parameters={"reproduction.male_share": 0.0})
    inputs = compile_batch(spec, 0, 1)
    assert inputs.founders.litter_share > 0.0
    assert inputs.settings.slots >= inputs.founders.animals * (1 + inputs.layout.largest_litter)


def shuffled(world, seed, extra=7):
    """The world with its animals in other slots, some free ones between them, and the free list in another order."""
    random = np.random.default_rng(seed)
    replicates, length = world.animals.life.shape
    world.slots.high[:] += extra
    for r in range(replicates):
        high = int(world.slots.high[r])
        place = np.arange(length)
        place[:high] = random.permutation(high)  # slot s moves to place[s]
        for group in (world.animals, world.ranges):
            for array in group:
                if array.shape[1] > 0:
                    array[r, place] = array[r].copy()
        world.animals.mother_slot[r] = place[world.animals.mother_slot[r]]
        if world.settings.is_spatial:
            guardian = world.ranges.guardian_slot[r]
            world.ranges.guardian_slot[r] = np.where(guardian >= 0, place[guardian], -1)
        free = np.nonzero(world.animals.life[r, :high] == Life.FREE)[0]
        world.slots.free[r, : len(free)] = random.permutation(free)
        world.slots.available[r] = len(free)
    return world


@pytest.mark.parametrize("make", [busy_spec, closed_spec])
@pytest.mark.parametrize("seed", [1, 2])
def test_slots_play_no_part(make, seed):
    spec = make(years=8)
    plain = records_of(begun(spec), 8, LIFE_CYCLE)
    world = shuffled(begun(spec), seed)
    assert (world.slots.available > 0).all() and not (world.animals.life == begun(spec).animals.life).all()
    same_records(plain, records_of(world, 8, LIFE_CYCLE))


def test_slots_play_no_part_under_a_ceiling():
    spec = spec_of("benchmark_population", animals=60, years=20, ceiling=50, is_recorded=True)
    plain = records_of(begun(spec), 20, LIFE_CYCLE)
    same_records(plain, records_of(shuffled(begun(spec), 4), 20, LIFE_CYCLE))


@pytest.mark.parametrize("make", [busy_spec, closed_spec])
def test_a_full_table_of_slots_grows_and_changes_nothing(make):
    spec = make(years=10, parameters={"killing.adult": 0.0, "catastrophe.per_generation": 0.0})
    roomy = begun(spec)
    needed = int(roomy.slots.high.max())
    tight = begun(spec, slots=needed)
    wide = records_of(begun(spec, slots=4000), 10, LIFE_CYCLE)
    same_records(wide, records_of(tight, 10, LIFE_CYCLE))
    assert tight.animals.life.shape[1] > needed


def test_a_ceiling_holds_at_every_census():
    spec = spec_of("benchmark_population", animals=80, years=30, ceiling=60)
    records = simulate(compile_batch(spec, 0, 20))
    number = by_year(records, "number.", 20, 30)
    culled = sum((column for name, column in records.tallies.items() if name.endswith(".ceiling")))
    assert number[:, 1:].max() == 60
    struck = records.tallies["year"][culled > 0]
    assert len(struck) > 0
    whole = number[records.tallies["replicate"][culled > 0], struck]
    assert (whole == 60).all()


@pytest.mark.parametrize("tick", ["month", "year"])
def test_no_animal_outlives_longevity(tick):
    spec = spec_of(
        "panthera_pardus_orientalis",
        animals=80,
        years=25,
        tick=tick,
        parameters={"life_history.longevity": 96.0, "survival.old.female": 1.0, "survival.adult.female": 1.0},
        is_recorded=True,
    )
    world = begun(spec)
    limit = 96 if tick == "month" else 8
    records = records_of(world, 25, LIFE_CYCLE)
    assert int(world.animals.age[living(world)].max()) <= limit
    assert sum(int(c.sum()) for name, c in records.tallies.items() if name.endswith(".old_age")) > 0
