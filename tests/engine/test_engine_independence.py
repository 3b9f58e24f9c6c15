"""One animal's fate leaves years, weather and distant animals as they were; scenarios share their worlds."""

import numpy as np
import pytest

from orientalis.engine.codes import Cause, Life, Sex
from orientalis.engine.life_cycle import LIFE_CYCLE
from orientalis.engine.simulate import begin, run_year, simulate
from orientalis.scenario import compile_batch
from orientalis.verify.worlds import spec_of
from tests.engine.worlds import LEOPARD, begun, busy_spec, closed_spec, living, records_of, two_lands, watcher

YEARS = 12


def traced(world):
    """Run a begun world; events as a list per uid of replicate 0, mothers by uid, environment by year."""
    mothers, weather = {}, []

    def watch(now):
        alive = living(now)
        mothers.update(zip(now.animals.uid[alive].tolist(), now.animals.mother[alive].tolist(), strict=True))
        if now.clock.month == 0:
            weather.append((now.rates.death.copy(), now.rates.conceive.copy(), now.rates.catastrophe.copy()))

    # Before the deaths of the month, so that newborns are seen even when they die at once.
    cycle = list(LIFE_CYCLE)
    cycle.insert([process.name for process in cycle].index("birth") + 1, watcher(watch))
    events = {}
    for event in records_of(world, YEARS, tuple(cycle)).events:
        events.setdefault(int(event["uid"]), []).append(event.tolist())
    return events, mothers, weather


def line_of(uid, *mothers):
    """An animal and all that descend from it."""
    line = {uid}
    known = {}
    for table in mothers:
        known.update(table)
    while True:
        more = {child for child, mother in known.items() if mother in line} - line
        if not more:
            return line
        line |= more


def kill(world, s):
    world.animals.life[0, s] = Life.DIED
    world.animals.cause[0, s] = Cause.PEOPLE
    return int(world.animals.uid[0, s])


def make_pregnant(world, s):
    world.animals.gestation[0, s] = 0
    return int(world.animals.uid[0, s])


def a_mother(world, column_below=None):
    """Slot of a young adult female of replicate 0 that is not pregnant (with a range west of a column)."""
    for s in np.nonzero(living(world)[0])[0]:
        is_adult = world.animals.sex[0, s] == Sex.FEMALE and 48 <= world.animals.age[0, s] < 90
        if is_adult and world.animals.gestation[0, s] < 0 and world.animals.dependants[0, s] == 0:
            column = (world.ranges.cell[0, s] & ((1 << world.land.shift) - 1)) - 1 if column_below else -1
            if column_below is None or (column < column_below and world.ranges.size[0, s] > 0):
                return s
    raise AssertionError("no such female")


def same_weather(one, two):
    for year in zip(one, two, strict=True):
        for a, b in zip(*year, strict=True):
            np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize("change", [kill, make_pregnant])
def test_without_a_map_a_change_touches_one_line_of_descent(change):
    spec = closed_spec(years=YEARS)
    events, mothers, weather = traced(begun(spec, replicates=1))
    world = begun(spec, replicates=1)
    uid = change(world, a_mother(world))
    other_events, other_mothers, other_weather = traced(world)
    line = line_of(uid, mothers, other_mothers)
    rest = {key: value for key, value in events.items() if key not in line}
    assert len(rest) > 50
    assert rest == {key: value for key, value in other_events.items() if key not in line}
    assert events != other_events
    same_weather(weather, other_weather)


@pytest.mark.parametrize("change", [kill, make_pregnant])
def test_on_a_map_a_change_leaves_the_far_land_alone(change):
    spec = spec_of(LEOPARD, animals=60, years=YEARS, tick="month", landscape=two_lands(), seed=11, is_recorded=True)
    plain, changed = begun(spec, replicates=2), begun(spec, replicates=2)
    change(changed, a_mother(changed, column_below=20))
    one, two = (records_of(world, YEARS, LIFE_CYCLE) for world in (plain, changed))
    columns = plain.land.columns - 2
    far = [records.events[records.events["cell"] % columns >= 60] for records in (one, two)]
    assert len(far[0]) > 100
    np.testing.assert_array_equal(*far)
    other = [records.events[records.events["replicate"] == 1] for records in (one, two)]
    np.testing.assert_array_equal(*other)
    assert len(one.events) != len(two.events) or (one.events != two.events).any()


def weather_of(spec, years=8):
    world = begin(compile_batch(spec, 0, 4))
    found = []
    for year in range(years):
        run_year(world, year)
        found.append((world.rates.death.copy(), world.rates.conceive.copy(), world.rates.catastrophe.copy()))
    return found


def test_scenarios_share_good_and_bad_years():
    change = {"parameter": "killing.adult", "multiply": 3.0}
    base = weather_of(busy_spec(years=8))
    same_weather(base, weather_of(busy_spec(years=8, changes=[change], scenario="other")))
    same_weather(base, weather_of(busy_spec(years=8, animals=9)))
    years = [death for death, _, _ in base]
    assert not np.array_equal(years[0], years[1])
    assert not np.array_equal(years[0][0], years[0][1])  # replicates differ
    different = weather_of(busy_spec(years=8, seed=4))
    assert not np.array_equal(base[0][0], different[0][0])


def test_a_change_without_effect_changes_nothing():
    change = {"parameter": "killing.adult", "multiply": 1.0}
    one = simulate(compile_batch(busy_spec(), 0, 2))
    two = simulate(compile_batch(busy_spec(changes=[change], scenario="other"), 0, 2))
    np.testing.assert_array_equal(one.events, two.events)


def test_changes_act_in_their_years_and_zones():
    changes = [
        {"parameter": "killing.adult", "multiply": 0.0, "years": [2, 3], "zone": "west"},
        {"parameter": "killing.adult", "add": 0.3, "years": [3, 3]},
    ]
    spec = busy_spec(years=6, changes=changes)
    inputs = compile_batch(spec, 0, 2)
    west = inputs.zone_members[inputs.zone_names.index("west")]
    assert west.any() and not west.all()
    world = begin(inputs)
    base = 1.0 - np.exp(-0.1 / 12)
    raised = 1.0 - np.exp(-0.4 / 12)
    only_added = 1.0 - np.exp(-0.3 / 12)
    expected = {0: (base, base), 1: (base, base), 2: (0.0, base), 3: (only_added, raised), 4: (base, base)}
    for year in range(6):
        run_year(world, year)
        here, elsewhere = expected.get(year, (base, base))
        kill_adult = world.rates.kill[0, :, 3]
        np.testing.assert_allclose(kill_adult[west], here, atol=1e-15)
        np.testing.assert_allclose(kill_adult[~west], elsewhere, atol=1e-15)
        np.testing.assert_allclose(world.rates.kill[0, :, 0], base, atol=1e-15)


def test_people_kill_only_where_and_when_they_are_let():
    stages = ("cub", "juvenile", "subadult", "adult")
    changes = [{"parameter": f"killing.{stage}", "set": 0.0} for stage in stages]
    changes += [{"parameter": f"killing.{stage}", "set": 0.8, "years": [3, 4], "zone": "west"} for stage in stages]
    inputs = compile_batch(busy_spec(years=8, changes=changes), 0, 6)
    west = inputs.zone_members[inputs.zone_names.index("west")]
    tallies = simulate(inputs).tallies
    killed = sum(column for name, column in tallies.items() if name.endswith(".people"))
    struck = killed > 0
    assert killed.sum() > 20
    assert west[tallies["zone"][struck]].all()
    assert set(tallies["year"][struck].tolist()) <= {4, 5}  # the flows of years 3 and 4, counted from 0
