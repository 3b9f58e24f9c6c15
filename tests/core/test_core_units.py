"""Units convert within a dimension, never across."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orientalis.core.errors import InputError
from orientalis.core.units import UNITS, check_unit, convert, convert_survival, expected_units

NAMES = st.sampled_from(sorted(UNITS))
NUMBERS = st.floats(1e-6, 1e6)


@given(NAMES, NAMES, NUMBERS)
def test_there_and_back(given_unit: str, wanted: str, value: float) -> None:
    if UNITS[given_unit].dimension == UNITS[wanted].dimension:
        back = convert(convert(value, given_unit, wanted), wanted, given_unit)
        assert math.isclose(back, value, rel_tol=1e-12)
    else:
        with pytest.raises(InputError):
            convert(value, given_unit, wanted)


@pytest.mark.parametrize(
    ("value", "given_unit", "wanted", "expected"),
    [
        (3.0, "year", "month", 36.0),
        (97.0, "day", "month", 97.0 * 12.0 / 365.25),
        (0.5, "1/month", "1/year", 6.0),
        (3.15, "kg/day", "kg/year", 3.15 * 365.25),
        (120.0, "mile2", "km2", 310.7985732403),
        (100.0, "ha", "km2", 1.0),
        (29.0, "percent", "1", 0.29),
        (0.98, "animals/100km2", "animals/km2", 0.0098),
    ],
)
def test_known_conversions(value: float, given_unit: str, wanted: str, expected: float) -> None:
    assert convert(value, given_unit, wanted) == pytest.approx(expected, rel=1e-12)


def test_periods_of_probabilities_do_not_mix() -> None:
    for wrong in ("probability/stage", "probability/month", "probability", "1/year"):
        with pytest.raises(InputError, match="wrong unit"):
            check_unit(wrong, "probability/year")


def test_survival_over_a_stage_becomes_a_year() -> None:
    assert convert_survival(0.722, "probability/stage", "probability/year", 66.0) == pytest.approx(0.9425, abs=1e-4)
    assert convert_survival(0.0, "probability/stage", "probability/year", 66.0) == 0.0
    with pytest.raises(InputError, match="length"):
        convert_survival(0.5, "probability/stage", "probability/year", 0.0)
    with pytest.raises(InputError, match="wrong unit"):
        convert_survival(0.5, "1/year", "probability/year", 12.0)


@given(st.floats(1e-6, 1.0), st.floats(0.5, 120.0))
def test_survival_there_and_back(value: float, months: float) -> None:
    there = convert_survival(value, "probability/stage", "probability/year", months)
    if there > 1e-300:
        back = convert_survival(there, "probability/year", "probability/stage", months)
        assert math.isclose(back, value, rel_tol=1e-9)


def test_the_message_of_an_unknown_unit_offers_the_nearest() -> None:
    with pytest.raises(InputError) as caught:
        check_unit("months", "month")
    assert str(caught.value).endswith('Did you mean "month"?')
    assert expected_units("month") == "month (or year, day)"
    assert expected_units("kg") == "kg"
