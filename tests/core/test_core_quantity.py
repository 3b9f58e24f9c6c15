"""A quantity refuses what it cannot be, and draws stay in range, rise with u and keep sums."""

import math
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from orientalis.core.errors import InputError
from orientalis.core.quantity import Quantity

SHAPES = st.sampled_from(["uniform", "triangular", "normal_truncated"])
OPEN = st.floats(0.0, 1.0, exclude_min=True, exclude_max=True)
FINITE = st.floats(-1e6, 1e6)


def make(**changes: Any) -> Quantity:
    parts: dict[str, Any] = {"value": 0.5, "unit": "km", "source": "assumed", "kind": "assumed"}
    return Quantity.model_validate(parts | changes)


@given(SHAPES, st.tuples(FINITE, FINITE, FINITE), OPEN, OPEN)
def test_draws_stay_in_range_and_rise(shape: str, ends: tuple[float, float, float], u: float, v: float) -> None:
    low, value, high = sorted(ends)
    quantity = make(value=value, low=low, high=high, distribution=shape)
    first, second = quantity.draw(min(u, v)), quantity.draw(max(u, v))
    assert isinstance(first, float)
    assert isinstance(second, float)
    assert low <= first <= second <= high or math.isclose(first, second, rel_tol=1e-9, abs_tol=1e-9)


@given(SHAPES, OPEN, st.lists(st.floats(0.001, 1.0), min_size=9, max_size=9))
def test_a_drawn_distribution_still_sums_to_one(shape: str, u: float, weights: list[float]) -> None:
    parts = [weights[at : at + 3] for at in (0, 3, 6)]
    low, value, high = ([x / sum(part) for x in part] for part in parts)
    drawn = make(value=value, low=low, high=high, unit="probability", distribution=shape).draw(u)
    assert isinstance(drawn, tuple)
    assert math.isclose(sum(drawn), 1.0, rel_tol=1e-12)
    assert all(0.0 <= x <= 1.0 for x in drawn)


@pytest.mark.parametrize("shape", ["uniform", "triangular", "normal_truncated"])
def test_means_of_draws(shape: str) -> None:
    quantity = make(value=3.0, low=1.0, high=5.0, distribution=shape)
    draws = [quantity.draw((at + 0.5) / 2000) for at in range(2000)]
    assert sum(draws) / 2000 == pytest.approx(3.0, abs=1e-6)  # type: ignore[arg-type]
    skewed = make(value=1.0, low=0.0, high=5.0, distribution="triangular")
    assert sum(skewed.draw((at + 0.5) / 2000) for at in range(2000)) / 2000 == pytest.approx(2.0, abs=1e-4)  # type: ignore[misc]


def test_the_middle_of_a_path_is_the_value() -> None:
    quantity = make(value=[0.2, 0.8], low=[0.5, 0.5], high=[0.0, 1.0], unit="probability", distribution="uniform")
    assert quantity.draw(0.5) == (0.2, 0.8)
    assert quantity.draw(0.25) == pytest.approx((0.35, 0.65))
    assert quantity.draw(0.75) == pytest.approx((0.1, 0.9))


def test_fixed_draws_its_value() -> None:
    assert make(low=0.0, high=1.0).draw(0.9) == 0.5
    assert make().draw(0.1) == 0.5


@pytest.mark.parametrize("u", [0.0, 1.0, -0.1, math.nan])
def test_draw_needs_an_open_unit_interval(u: float) -> None:
    with pytest.raises(ValueError, match="strictly between"):
        make().draw(u)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"value": True}, "expected a number"),
        ({"value": "0.5"}, "expected a number"),
        ({"value": []}, "empty list"),
        ({"value": [0.5, "x"]}, "expected a number"),
        ({"value": math.inf}, "finite"),
        ({"value": 10**400}, "finite"),
        ({"unit": "furlong"}, "unknown unit"),
        ({"low": 0.1}, "come together"),
        ({"low": 0.6, "high": 0.7}, "outside its own low and high"),
        ({"low": [0.1], "high": [0.9]}, "single numbers"),
        ({"value": [0.5, 0.5], "low": 0.1, "high": 0.9}, "2 numbers each"),
        ({"value": [0.5, 0.5], "low": [0.1], "high": [0.9]}, "2 numbers each"),
        ({"distribution": "uniform"}, "needs low and high"),
        ({"distribution": "normal"}, "Input should be"),
        ({"unit": "probability", "value": 1.5}, r"outside \[0, 1\]"),
        ({"unit": "probability/year", "low": -0.1, "high": 0.9}, r"outside \[0, 1\]"),
        ({"source": " "}, "source is missing"),
        ({"kind": "measured"}, 'needs kind "assumed"'),
        ({"kind": "guess"}, "Input should be"),
        ({"colour": "red"}, "Extra inputs"),
    ],
)
def test_bad_quantities_are_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        make(**changes)


def test_a_quantity_is_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        make().value = 3.0  # type: ignore[misc]


@given(FINITE, FINITE)
def test_units_change_with_the_range(one: float, two: float) -> None:
    assume(one <= two)
    quantity = make(value=one, low=one, high=two, unit="year").to("month")
    assert quantity.unit == "month"
    assert quantity.value == pytest.approx(one * 12)
    assert quantity.high == pytest.approx(two * 12)
    assert quantity.to("month") is quantity


def test_a_list_changes_unit_and_has_no_single_number() -> None:
    quantity = make(value=[1, 2], unit="percent")
    assert quantity.to("1").value == (0.01, 0.02)
    with pytest.raises(TypeError):
        _ = quantity.number
    with pytest.raises(InputError, match="wrong unit"):
        quantity.to("km")
    assert make(value=[1, 2], low=[0, 3], high=[2, 1]).numbers() == (1, 2, 0, 3, 2, 1)
    assert make().is_assumed
