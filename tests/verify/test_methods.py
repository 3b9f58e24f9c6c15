"""Matrix models and Kaplan-Meier against published values and sums done by hand."""

import math

import numpy as np
import pytest

from orientalis.methods.kaplan_meier import survival_between
from orientalis.methods.matrix import age_matrix, growth_rate, stable_shares

KILLER_WHALE = [[0, 0.0043, 0.1132, 0], [0.9775, 0.9111, 0, 0], [0, 0.0736, 0.9534, 0], [0, 0, 0.0452, 0.9804]]


def test_killer_whales_grow_at_the_published_rate():
    assert growth_rate(KILLER_WHALE) == pytest.approx(1.0254413, abs=1e-6)


def test_stable_shares_stay_as_they_are():
    shares = stable_shares(KILLER_WHALE)
    assert shares.sum() == pytest.approx(1.0)
    assert np.asarray(KILLER_WHALE) @ shares == pytest.approx(growth_rate(KILLER_WHALE) * shares)


def test_age_matrix_lets_the_survivors_bear():
    matrix = age_matrix([0.5, 0.8], [0.0, 1.5])
    assert matrix == pytest.approx(np.array([[0.75, 1.2], [0.5, 0.8]]))


@pytest.mark.parametrize("wrong", [[[1.0, 2.0]], [[1.0, -0.1], [0.5, 0.0]], [[math.nan]]])
def test_no_matrix_of_a_population(wrong):
    with pytest.raises(ValueError, match="matrix"):
        growth_rate(wrong)


def test_kaplan_meier_with_late_entry_by_hand():
    # Deaths at 2 (a, b, c at risk; d comes at 3) and at 5 (c, d at risk): 2/3 and 1/2.
    entry, left, died = [0, 0, 1, 3], [2, 4, 5, 7], [True, False, True, False]
    alive, error = survival_between(entry, left, died, 0, 12)
    assert alive == pytest.approx(2 / 3 * 1 / 2)
    assert error == pytest.approx(alive * math.sqrt(1 / (3 * 2) + 1 / (2 * 1)))
    assert survival_between(entry, left, died, 2, 12)[0] == pytest.approx(1 / 2)
    assert survival_between(entry, left, died, 5, 12) == (1.0, 0.0)


def test_kaplan_meier_when_the_last_dies():
    assert survival_between([0, 0], [3, 3], [True, True], 0, 12) == (0.0, 0.0)
    with pytest.raises(ValueError, match="lengths"):
        survival_between([0], [1, 2], [True], 0, 1)
