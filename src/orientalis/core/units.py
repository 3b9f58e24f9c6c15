"""Units of the catalogue: a closed list of names, each with a dimension and a factor.

Units of one dimension convert by a factor. Probabilities of different periods do not: a yearly survival and a
survival over a stage are different dimensions, and only `convert_survival`, which is told the length of the stage,
goes from one to the other.
"""

import math
from typing import NamedTuple

from orientalis.core.errors import InputError, nearest_name

MONTHS_PER_YEAR = 12.0
DAYS_PER_YEAR = 365.25


class Unit(NamedTuple):
    """The dimension of a unit, and how many of the dimension's first unit make one of it."""

    dimension: str
    factor: float


UNITS: dict[str, Unit] = {
    "1": Unit("number", 1.0),
    "percent": Unit("number", 0.01),
    "animals": Unit("animals", 1.0),
    "people": Unit("people", 1.0),
    "probability": Unit("probability", 1.0),
    "probability/year": Unit("probability a year", 1.0),
    "probability/month": Unit("probability a month", 1.0),
    "probability/stage": Unit("probability over a stage", 1.0),
    "probability/generation": Unit("probability a generation", 1.0),
    "month": Unit("time", 1.0),
    "year": Unit("time", MONTHS_PER_YEAR),
    "day": Unit("time", MONTHS_PER_YEAR / DAYS_PER_YEAR),
    "1/year": Unit("rate", 1.0),
    "1/month": Unit("rate", MONTHS_PER_YEAR),
    "km": Unit("length", 1.0),
    "m": Unit("length", 0.001),
    "mile": Unit("length", 1.609344),
    "km2": Unit("area", 1.0),
    "ha": Unit("area", 0.01),
    "mile2": Unit("area", 2.589988110336),
    "kg": Unit("mass", 1.0),
    "kg/day": Unit("mass a time", DAYS_PER_YEAR),
    "kg/month": Unit("mass a time", MONTHS_PER_YEAR),
    "kg/year": Unit("mass a time", 1.0),
    "kg/km2": Unit("mass an area", 1.0),
    "kg/animals": Unit("mass an animal", 1.0),
    "animals/km2": Unit("density", 1.0),
    "animals/100km2": Unit("density", 0.01),
    "USD": Unit("money", 1.0),
    "kUSD": Unit("money", 1000.0),
    "kUSD/day": Unit("money a day", 1.0),
    "kUSD/km": Unit("money a length", 1.0),
    "1/kUSD": Unit("choices a money", 1.0),
    "1/km": Unit("number a length", 1.0),
    "km/month": Unit("length a time", 1.0),
    "USD/year": Unit("money a time", 1.0),
    "USD/month": Unit("money a time", MONTHS_PER_YEAR),
    "RUB": Unit("roubles", 1.0),
    "month/km": Unit("effect of patrols", 1.0),
}
"""Every unit that a file may use. Times are counted in months, rates a year, lengths in km, areas in km²."""


def check_unit(given: str, wanted: str) -> None:
    """Refuse `given` (InputError) unless it is a known unit of the same dimension as `wanted`."""
    check_known(given)
    if UNITS[given].dimension != UNITS[wanted].dimension:
        raise InputError("wrong unit", value=given, expected=expected_units(wanted))


def check_known(given: str) -> None:
    """Refuse (InputError) a unit that is not in `UNITS`."""
    if given not in UNITS:
        known = ", ".join(UNITS)
        raise InputError("unknown unit", value=given, expected=f"one of {known}", nearest=nearest_name(given, UNITS))


def expected_units(wanted: str) -> str:
    """Say in words which units stand for `wanted`: "month (or year, day: time)"."""
    dimension = UNITS[wanted].dimension
    others = [name for name, unit in UNITS.items() if unit.dimension == dimension and name != wanted]
    return f"{wanted} (or {', '.join(others)})" if others else wanted


def convert(value: float, given: str, wanted: str) -> float:
    """Convert `value` from unit `given` to unit `wanted` of the same dimension, else InputError."""
    check_unit(given, wanted)
    if given == wanted:
        return value
    return value * (UNITS[given].factor / UNITS[wanted].factor)


def convert_survival(value: float, given: str, wanted: str, stage_months: float) -> float:
    """Convert a survival probability between a year, a month and a stage of `stage_months`, by equal hazards.

    S_wanted = S_given ** (months of wanted / months of given). `value` in [0, 1]; `stage_months` > 0.
    """
    lengths = {"probability/year": MONTHS_PER_YEAR, "probability/month": 1.0, "probability/stage": stage_months}
    for unit in (given, wanted):
        if unit not in lengths:
            raise InputError("wrong unit of a survival", value=unit, expected="one of " + ", ".join(lengths))
    if not stage_months > 0.0:
        raise InputError("a stage needs a length", value=stage_months, expected="more than 0 months")
    if value <= 0.0 or given == wanted:
        return value
    return math.exp(math.log(value) * (lengths[wanted] / lengths[given]))
