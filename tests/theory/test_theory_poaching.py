"""Poaching and patrols against what they must give: quantal response, snares at rest, chances of coverage, the same
survival as the constant form at the reference state."""

import math
from functools import cache

import numpy as np
import pytest

from orientalis.engine import scalars as p
from orientalis.engine.codes import CLASSES
from orientalis.engine.hunting import CELLS, chance_met, choose, penalty, share_seized, weigh, weight_of
from orientalis.engine.people import SNARES, TRADE, WAYS
from orientalis.engine.simulate import begin, run_year, simulate
from orientalis.engine.today import snares_left
from orientalis.geography import load_landscape, synthetic
from orientalis.scenario import compile_batch
from orientalis.verify.worlds import spec_of
from tests.engine.worlds import LEOPARD
from tests.poachers import ITEMS, process, threatened

KILLING = {f"killing.{stage}": 0.08 for stage in ("cub", "juvenile", "subadult", "adult")}


@cache
def country():
    """60 x 60 cells with villages in the middle, a road, and a lake."""
    y, x = np.mgrid[0:60, 0:60]
    people = np.exp(-((y - 30.0) ** 2 + (x - 30.0) ** 2) / 120.0)
    is_lake = (y > 21) & (y < 24) & (x > 26) & (x < 33)
    return synthetic((60, 60), people=people, roads=np.where(y == 30, 2, 0), land=~is_lake)


def begun(parameters=None):
    spec = threatened(country(), rangers=True, parameters=parameters, animals=20)
    return begin(compile_batch(spec, 0, 1))


def efforts(world, **values):
    """Effort [way, block] with other values of parameters, nobody remembering patrols."""
    table = world.rates.values[0].copy()
    for path, value in values.items():
        table[:, p.SCALARS.index(f"poaching.{path}")] = value
    effort = np.zeros((WAYS, len(world.inputs.blocks.size)))
    inputs = world.inputs
    weigh(inputs.villages, world.poachers, inputs.blocks, table, inputs.villages.game, np.zeros(0))
    choose(inputs.villages, world.poachers, table, effort)
    return effort


def places_in_reach(villages, size):
    """Number of choices of each village but the job: ways times blocks, by their share of land."""
    return np.array(
        [
            WAYS * (size[villages.place[first:end]] / CELLS).sum()
            for first, end in zip(villages.first[:-1], villages.first[1:], strict=True)
        ]
    )


def test_all_choices_are_alike_without_rationality():
    world = begun()
    villages, size = world.inputs.villages, world.inputs.blocks.size
    effort = efforts(world, rationality=0.0, households=100.0, attitude=0.1, days=20.0)
    days = 100.0 * villages.people[villages.block] * 0.1 * 20.0
    choices = places_in_reach(villages, size)
    assert effort.sum() == pytest.approx((days * choices / (1.0 + choices)).sum(), rel=1e-12)
    per_land = effort[:, size > 0] * CELLS / size[size > 0]
    assert np.ptp(per_land, axis=0) == pytest.approx(0.0, abs=1e-9)


def test_shares_of_choices_are_their_weights():
    world = begun()
    villages, size = world.inputs.villages, world.inputs.blocks.size
    effort = efforts(world)
    table = world.rates.values[0, 0]
    expected = np.zeros_like(effort)
    for v, home in enumerate(villages.block):
        hunters = table[p.POACHING_HOUSEHOLDS] * villages.people[home] * table[p.POACHING_ATTITUDE]
        days = hunters * table[p.POACHING_DAYS]
        at = slice(villages.first[v], villages.first[v + 1])
        place, km = villages.place[at], villages.km[villages.ring[at]]
        habitat, game = villages.habitat[place], villages.game[place]
        deer = table[p.POACHING_DEER_VALUE] * game
        price = table[p.POACHING_SKIN_PRICE] + table[p.POACHING_BONE_PRICE]
        catches = (price * table[p.POACHING_TRADE_CHANCE] * habitat,
                   deer * table[p.POACHING_GUN_CATCH], deer * table[p.POACHING_SNARE_CATCH])  # fmt: skip
        cost = table[p.POACHING_DISTANCE_COST] * km + table[p.POACHING_OFFROAD_COST] * (1.0 - villages.track[place])
        weights = [
            np.exp(table[p.POACHING_RATIONALITY]
                   * (catch - cost - table[p.POACHING_ARREST + way] * penalty(table, way))) * size[place] / CELLS
            for way, catch in enumerate(catches)
        ]  # fmt: skip
        job = math.exp(table[p.POACHING_RATIONALITY] * table[p.POACHING_WAGE])
        total = job + np.sum(weights)
        for way in range(WAYS):
            np.add.at(expected[way], place, days * weights[way] / total)
    np.testing.assert_allclose(effort, expected, rtol=1e-9)


def test_the_best_choice_takes_all_with_much_rationality():
    world = begun()
    rich = efforts(world, rationality=1.5e4, skin_price=2.0, trade_chance=0.004)
    assert rich[TRADE].sum() / rich.sum() > 0.999
    poor = efforts(world, rationality=1.5e4, skin_price=0.0, bone_price=0.0, deer_value=0.0)
    assert poor.sum() < 1e-9


def test_an_arrest_costs_fine_and_prison_by_conviction():
    table = begun().rates.values[0, 0]
    leopard = 2.0 + 0.2 * 250.0 * 0.004
    expected = (0.04 * 0.7 * leopard, 0.3 * 0.7 * 0.1, 0.2 * 0.7 * 0.1, 0.1 * 0.7 * leopard)
    assert [penalty(table, channel) for channel in range(4)] == pytest.approx(expected, rel=1e-12)


def test_exponents_are_kept_within_bounds():
    assert weight_of(1e5, 1.0) == weight_of(1e5, 2.0) == math.exp(300.0)
    assert weight_of(1e5, -1.0) == math.exp(-300.0)


def test_snares_come_to_rest_at_what_is_set_over_what_is_lost():
    """Without patrols the stock tends to set / (1 - exp(-decay / 4)), from the reference state at once."""
    world = begin(compile_batch(threatened(country(), animals=20), 0, 1))
    table = world.rates.values[0, 0]
    per_quarter = table[p.POACHING_SNARES_A_DAY] * world.poachers.effort[0, SNARES] * 3.0
    at_rest = per_quarter / (1.0 - math.exp(-table[p.POACHING_SNARE_DECAY] / 4.0))
    np.testing.assert_allclose(world.poachers.snares[0], at_rest, rtol=1e-12)
    world.poachers.snares[:] = 0.0
    for year in range(8):
        run_year(world, year)
    left = math.exp(-table[p.POACHING_SNARE_DECAY] * 8.0)
    np.testing.assert_allclose(world.poachers.snares[0], at_rest * (1.0 - left), rtol=1e-9)


def test_coverage_gives_its_chances():
    values = begun().rates.values[0, 0]
    for km in (0.0, 1.0, 40.0, 3_000.0):
        met = 1.0 - math.exp(-values[p.RANGERS_MEET] * km)
        assert chance_met(values, km) == pytest.approx(met, rel=1e-12, abs=1e-15)
        left = math.exp(-values[p.RANGERS_FIND] * values[p.RANGERS_PERSONS] / 4.0 * km)
        assert snares_left(values, km) == pytest.approx(left, rel=1e-12)
    half = math.log(2.0) / values[p.RANGERS_FIND] * 4.0 / values[p.RANGERS_PERSONS] / 4.0  # km in 25 km2
    assert 870.0 <= half <= 4_300.0
    assert values[p.RANGERS_MEET] / values[p.RANGERS_FIND] == pytest.approx(20.0)


def test_what_patrols_do_in_a_month_follows_from_what_they_walked():
    """Snares found, people met and arrests of one month, from the km walked in each block."""
    world = begun({"rangers.find": 0.001, "rangers.meet": 0.02})
    values = world.rates.values[0, 0]
    snares, effort = world.poachers.snares[0].copy(), world.poachers.effort[0].sum(axis=0)
    before = world.fields.patrol[0].copy()
    world.poachers.rest[:] = 0.0
    world.tally[:] = 0
    process("rangers").step(world)
    walked = world.poachers.walked[0]
    assert walked.sum() == pytest.approx(6 * 150.0 * 0.8)
    found = snares * (1.0 - np.exp(-0.001 * walked))
    np.testing.assert_allclose(world.poachers.snares[0], snares - found, rtol=1e-12)
    met = (effort * (1.0 - np.exp(-0.02 * walked))).sum()
    counted = world.tally[0].sum(axis=0)
    gathered = world.poachers.rest[0].sum(axis=0)
    total = {name: counted[item] + gathered[at] for name, item, at in ITEMS}
    assert total["people.met"] == pytest.approx(met)
    assert total["snares.found"] == pytest.approx(found.sum())
    assert total["arrests"] == pytest.approx(met * values[p.RANGERS_ARREST] * (1.0 - values[p.RANGERS_CORRUPTION]))
    assert share_seized(values) == pytest.approx(0.5 * 0.8)
    keep = math.exp(-1.0 / values[p.RANGERS_MEMORY])
    np.testing.assert_allclose(world.fields.patrol[0], keep * before + (1.0 - keep) * walked, rtol=1e-12)


def test_memory_of_patrols_keeps_its_mean_at_the_reference_state():
    world = begun()
    before = world.fields.patrol[0].sum()
    for year in range(3):
        run_year(world, year)
    assert world.fields.patrol[0].sum() == pytest.approx(before, rel=1e-9)  # each team walks all its km


def test_danger_is_one_where_animals_start():
    spec = threatened(country(), parameters={"poaching.trade_share": 0.3}, animals=20)
    world = begin(compile_batch(spec, 0, 1))
    run_year(world, 0)
    start = world.inputs.villages.start
    by_channel = np.diff(world.poachers.danger[0], axis=1, prepend=0.0)
    np.testing.assert_allclose(start @ by_channel, [0.3, 0.25, 0.25, 0.1, 0.1], rtol=1e-9)
    np.testing.assert_allclose(world.fields.hunting[0][world.poachers.take[0] > 0], 1.0, rtol=1e-12)


def yearly_survival(records, years):
    """Of animals of a year or more: 1 - deaths by people over animals at risk, [replicate]."""
    tallies = records.tallies
    replicates = 1 + int(tallies["replicate"].max())
    dead, at_risk = np.zeros(replicates), np.zeros(replicates)
    causes = ("people", "trade", "chance", "snare", "retaliation", "accident")
    for name, column in tallies.items():
        parts = name.split(".")
        if parts[0] == "number" and not parts[1].startswith("cub"):
            before = tallies["year"] < years
            np.add.at(at_risk, tallies["replicate"][before], column[before])
        if parts[0] == "deaths" and not parts[1].startswith("cub") and parts[2] in causes:
            np.add.at(dead, tallies["replicate"], column)
    assert dead.sum() > 100
    return 1.0 - dead / at_risk


@pytest.mark.parametrize("rangers", [False, True])
def test_the_explicit_form_kills_as_many_as_the_constant_one(rangers):
    """At the reference state, where people are the same everywhere, the hazards agree; five standard errors."""
    land = synthetic((30, 30), people=0.5, roads=1.0)
    years = 4
    off = simulate(compile_batch(spec_of(LEOPARD, animals=60, years=years, tick="month", landscape=land,
                                         parameters=KILLING, seed=5), 0, 60))  # fmt: skip
    on = simulate(compile_batch(threatened(land, rangers=rangers, parameters=KILLING, animals=60, years=years), 0, 60))
    difference = yearly_survival(on, years) - yearly_survival(off, years)
    error = difference.std(ddof=1) / math.sqrt(len(difference))
    assert abs(difference.mean()) < 5.0 * error
    assert 5.0 * error < 0.02
    assert abs(difference.mean()) < 0.01


def test_both_forms_agree_on_the_flagship():
    """In the first year from the start of the main job, before animals sort themselves out over safe and risky land."""
    start = {"zone": "range_today", "shares": {"russia": 0.65, "china": 0.35}}
    land = load_landscape("southwest_primorye")
    constant = spec_of(LEOPARD, animals=170, years=1, tick="month", landscape=land, start=start)
    off = simulate(compile_batch(constant, 0, 120))
    spec = threatened(land, rangers=True, animals=170, years=1, seed=1, **start)
    difference = yearly_survival(simulate(compile_batch(spec, 0, 120)), 1) - yearly_survival(off, 1)
    error = difference.std(ddof=1) / math.sqrt(len(difference))
    print(f"difference of yearly survival {difference.mean():+.4f} (standard error {error:.4f})")
    assert 5.0 * error < 0.01
    assert abs(difference.mean()) < 0.01


def test_shares_of_deaths_are_the_shares_of_channels():
    land = synthetic((30, 30), people=0.5, roads=1.0)
    spec = threatened(land, parameters={**KILLING, "poaching.found_share": 0.4}, animals=60, years=4)
    tallies = simulate(compile_batch(spec, 0, 60)).tallies
    causes = ("trade", "chance", "snare", "retaliation", "accident")
    dead = np.array([sum(int(tallies.get(f"deaths.{name}.{cause}", np.zeros(1)).sum()) for name in CLASSES)
                     for cause in causes])  # fmt: skip
    share = np.array([0.2, 0.35, 0.25, 0.1, 0.1])
    total = dead.sum()
    assert total > 400
    assert (np.abs(dead - share * total) < 5.0 * np.sqrt(total * share * (1.0 - share))).all()
    assert abs(tallies["found"].sum() - 0.4 * total) < 5.0 * math.sqrt(total * 0.4 * 0.6)


def test_the_share_found_does_not_touch_the_animals():
    path = "poaching.found_share"
    runs = [
        simulate(compile_batch(threatened(country(), parameters={**KILLING, path: share}, years=3), 0, 3))
        for share in (0.33, 1.0)
    ]
    for name, column in runs[0].tallies.items():
        if name != "found":
            np.testing.assert_array_equal(column, runs[1].tallies[name], err_msg=name)
