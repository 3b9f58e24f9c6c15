"""The span over draws is net of simulation noise."""

import numpy as np
import pytest
from scipy import stats

from orientalis.analysis.draws import draw_of, fit_beta_binomial, span_of_mean, span_of_share


def test_replicate_belongs_to_its_draw() -> None:
    assert draw_of(np.array([0, 63, 64, 130]), 64).tolist() == [0, 63, 0, 2]


def test_equal_draws_show_no_spread() -> None:
    random = np.random.default_rng(3)
    replicates = np.arange(64 * 8)
    found = span_of_share(random.random(replicates.size) < 0.3, replicates, 64)
    assert found.centre == pytest.approx(0.3, abs=0.06)
    assert found.low is not None and found.high is not None and found.high - found.low < 0.25


def test_never_and_always() -> None:
    replicates = np.arange(32)
    never = span_of_share(np.zeros(32, bool), replicates, 8)
    assert (never.centre, never.low, never.high, never.is_separated) == (0, 0, 0, False)
    assert span_of_share(np.ones(32, bool), replicates, 8).centre == 1
    assert span_of_share(np.zeros(0, bool), np.zeros(0, int), 8).centre is None


def test_beta_is_found_again() -> None:
    """400 draws of 20 from Beta(2, 6): its 5 and 95 % points within 0.04, though raw shares spread wider."""
    random = np.random.default_rng(5)
    draws, each = 400, 20
    truth = random.beta(2, 6, draws)
    replicates = np.arange(draws * each)
    happened = random.random(replicates.size) < truth[replicates % draws]
    found = span_of_share(happened, replicates, draws)
    assert (found.low, found.high) == pytest.approx(tuple(stats.beta.ppf((0.05, 0.95), 2, 6)), abs=0.04)
    a, b = fit_beta_binomial(np.array([0, 5, 10, 0, 10]), np.full(5, 10))
    assert a < 1 and b < 1


def test_means_are_drawn_in_by_their_noise() -> None:
    random = np.random.default_rng(7)
    draws, each = 200, 8
    replicates = np.arange(draws * each)
    truth = random.normal(100, 10, draws)
    values = truth[replicates % draws] + random.normal(0, 30, replicates.size)
    found = span_of_mean(values, replicates, draws)
    assert found.low is not None and found.high is not None
    assert found.high - found.low == pytest.approx(2 * 1.645 * 10, rel=0.2)
    noise = span_of_mean(random.normal(0, 1, replicates.size), replicates, draws)
    assert noise.low is not None and noise.high is not None and noise.high - noise.low < 0.6
    assert span_of_mean(np.zeros(0), np.zeros(0, int), 4).centre is None
