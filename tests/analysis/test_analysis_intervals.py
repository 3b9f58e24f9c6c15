"""Intervals against published values."""

import numpy as np
import pytest

from orientalis.analysis.compare import compare_shares, independent_interval, paired_interval
from orientalis.analysis.convergence import advice, replicates_needed, running
from orientalis.analysis.intervals import SIMULATION_ERROR_ONLY, mean, proportion, quantile, ratio


def test_wilson_as_published() -> None:
    """Newcombe (1998), Statistics in Medicine 17: 857-872, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29."""
    for k, n, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        found = proportion(k, n)
        assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)
        assert found.words == SIMULATION_ERROR_ONLY


def test_clopper_pearson_as_published() -> None:
    """The same table: 81 of 263 and 0 of 20."""
    assert proportion(81, 263, method="exact").low == pytest.approx(0.2527, abs=5e-5)
    assert proportion(0, 20, method="exact").high == pytest.approx(0.1684, abs=5e-5)


def test_paired_difference_as_published() -> None:
    """Newcombe (1998), Statistics in Medicine 17: 2635-2650, method 10: cells 36, 12, 2, 0 give 0.0569 to 0.3404."""
    assert paired_interval(36, 12, 2, 0) == pytest.approx((0.0569, 0.3404), abs=5e-5)


def test_independent_difference_as_published() -> None:
    """Newcombe (1998), Statistics in Medicine 17: 873-890, method 10: 56/70 and 48/80 give 0.0524 to 0.3339."""
    assert independent_interval(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_paired_interval_is_symmetric_and_holds_its_value() -> None:
    low, high = paired_interval(10, 5, 3, 82)
    assert paired_interval(10, 3, 5, 82) == pytest.approx((-high, -low))
    assert low < 0.02 < high


def test_compare_shares_by_hand() -> None:
    baseline, other = np.array([1, 1, 0, 0, 0], bool), np.array([1, 1, 1, 0, 0], bool)
    found = compare_shares(baseline, other)
    assert (found.both, found.baseline_only, found.other_only, found.neither) == (2, 0, 1, 2)
    assert found.value == pytest.approx(0.2) and found.p_value == 1.0
    assert found.correlation == pytest.approx(2 / 3)
    assert found.variance_ratio == pytest.approx(3.0)


def test_mcnemar_is_the_binomial_test_of_those_that_differ() -> None:
    first = np.array([True] * 8 + [False] * 12)
    second = np.array([False] * 8 + [True] * 1 + [False] * 11)
    assert compare_shares(first, second).p_value == pytest.approx(2 * (1 + 9) / 2**9)


def test_same_worlds_and_same_answers_differ_by_nothing() -> None:
    same = compare_shares(np.zeros(50, bool), np.zeros(50, bool))
    assert same.value == 0 and same.correlation is None and same.variance_ratio is None and same.p_value == 1
    assert compare_shares(np.zeros(0, bool), np.zeros(0, bool)).value is None


def test_mean_quantile_ratio() -> None:
    found = mean([1.0, 2.0, 3.0])
    assert (found.value, found.low) == pytest.approx((2.0, 2 - 4.302653 / 3**0.5), abs=1e-5)
    assert mean([]).value is None and mean([4.0]).low is None
    middle = quantile(np.arange(100), 0.5)
    assert (middle.value, middle.low, middle.high) == (49.5, 39.0, 60.0)
    assert quantile([1.0, 2.0], 0.05).low is None
    assert ratio([1, 2], [2, 4]).value == 0.5 and ratio([1, 2], [2, 4]).low == pytest.approx(0.5)
    assert ratio([0, 0], [0, 0]).value is None


def test_how_many_replicates() -> None:
    """At one half, +-0.02 needs about 1.96 squared / (4 x 0.02 squared) = 2,401, Wilson a little less."""
    assert replicates_needed(0.5) == 2400
    assert replicates_needed(0.0) < 200
    assert advice(0.5, 100) == "Raise replicates to 2400 for ±0.02 (now ±0.096 from 100)."
    assert advice(0.0, 1000).startswith("1000 replicates are enough")
    assert advice(None, 0).startswith("No replicate")
    table = running(np.array([True, False] * 50))
    assert table["replicates"].iloc[-1] == 100 and table["value"].iloc[-1] == 0.5
    assert len(running(np.zeros(0, bool))) == 0
