"""Compensation: found where it was put in, and said not to be told where it cannot."""

import numpy as np
import pytest

from orientalis.analysis.compensation import (
    KILLING,
    LEAST_RUNS,
    NO_CAPACITY,
    NO_DIFFERENCE,
    TOO_FEW,
    compensation,
    fieller,
    kills,
)
from orientalis.analysis.panel import Panel

RUNS, YEARS = 60, 40


def made(scenario: str, kill: float, made_up_for: float, number: int = 200, runs: int = RUNS) -> Panel:
    """Runs around a steady number: people kill a share of the animals, of which others live instead in part."""
    random = np.random.default_rng(7)
    shape = (runs, YEARS + 1)
    alive = random.poisson(number, shape)
    killed = np.zeros(shape, np.int64)
    other = np.zeros(shape, np.int64)
    killed[:, 1:] = random.binomial(alive[:, :-1], kill)
    other[:, 1:] = random.binomial(alive[:, :-1], 0.15 - made_up_for * kill)
    half = alive // 2
    items = {
        "number.adult_female": half,
        "number.adult_male": alive - half,
        "deaths.adult_male.snare": killed,
        "deaths.adult_female.natural": other,
        "deaths.cub_male.natural": 5 * other,
    }
    return Panel(scenario, np.arange(runs), YEARS, items)


@pytest.mark.parametrize(("made_up_for", "wanted"), [(0.0, 1.0), (1.0, 0.0), (0.5, 0.5), (-0.4, 1.4)])
def test_what_was_put_in_is_found(made_up_for: float, wanted: float) -> None:
    near, low = compensation(made("a", 0.02, made_up_for), made("b", 0.08, made_up_for))
    assert near.value is not None and near.low is not None and near.high is not None
    # The standard error of a rate is near 0.0005, that of the quotient near 0.015; five of them.
    assert near.value == pytest.approx(wanted, abs=0.075)
    assert near.low < near.value < near.high and near.high - near.low < 0.15
    assert near.kills == pytest.approx((0.02, 0.08), abs=0.003) and near.runs == RUNS
    assert low.value is None and low.why == TOO_FEW and low.runs < LEAST_RUNS


def test_low_numbers_are_those_of_the_baseline() -> None:
    few = made("few", 0.02, 0.0)
    items = dict(few.items)
    for name in ("number.adult_female", "number.adult_male"):  # the first half of the years at a quarter of the end's
        items[name] = np.where(np.arange(YEARS + 1) < YEARS // 2, items[name] // 4, items[name])
    baseline = Panel("few", few.replicates, YEARS, items)
    near, low = compensation(baseline, made("b", 0.08, 0.0))
    # Of the later years a few in a thousand fall below 0.8 of the capacity by chance.
    assert low.run_years == RUNS * (YEARS // 2) and 0.98 < near.run_years / (RUNS * (YEARS - YEARS // 2)) <= 1.0


def test_without_a_difference_it_cannot_be_told() -> None:
    same = made("a", 0.02, 0.0)
    near, _ = compensation(same, Panel("b", same.replicates, YEARS, same.items))
    assert near.value is None and near.why == NO_DIFFERENCE and near.kills is not None
    dead = Panel("dead", np.arange(RUNS), YEARS, {})
    assert [row.why for row in compensation(dead, same)] == [NO_CAPACITY, NO_CAPACITY]
    assert compensation(made("a", 0.02, 0.0, runs=5), made("b", 0.08, 0.0, runs=5))[0].why == TOO_FEW


def test_only_people_kill() -> None:
    panel = made("a", 0.02, 0.0)
    assert kills(panel).sum() == panel.items["deaths.adult_male.snare"].sum() > 0
    assert "distemper" not in KILLING and "tiger" not in KILLING


def test_fieller_covers_as_often_as_it_says() -> None:
    random = np.random.default_rng(11)
    hits = 0
    for _ in range(400):
        bottom = random.normal(1.0, 2.0, 80)
        found = fieller(2.0 * bottom + random.normal(0.0, 1.0, 80), bottom)
        hits += found is not None and found[1] <= 2.0 <= found[2]
    assert 0.95 * 400 - 5 * np.sqrt(400 * 0.05 * 0.95) <= hits <= 400
    assert fieller(np.ones(30), np.zeros(30)) is None
