"""A number with its unit, its range and who said so."""

from math import inf, isfinite, sqrt
from statistics import NormalDist
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, StrictStr, model_validator
from pydantic_core import PydanticCustomError

from orientalis.core.units import UNITS, convert

Distribution = Literal["uniform", "triangular", "normal_truncated", "fixed"]
Kind = Literal["measured", "estimated", "analogue", "expert", "assumed"]

_NORMAL = NormalDist()
_SD_PER_RANGE = 1.0 / (2.0 * 1.959963984540054)


def _number(value: Any) -> Any:
    """Make floats of integers and tuples of lists; refuse everything else, true and false too."""
    if isinstance(value, (list, tuple)):
        if not value:
            raise ValueError("an empty list is no value")
        return tuple(_number(item) for item in value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError("expected a number or a list of numbers")  # noqa: TRY004 (pydantic wants it)
    try:
        number = float(value)
    except OverflowError:
        number = inf
    if not isfinite(number):
        raise ValueError("expected a finite number")
    return number


Number = Annotated[float | tuple[float, ...], BeforeValidator(_number)]


def _refusal(what: str, value: float, expected: str) -> PydanticCustomError:
    """Make an error that keeps its parts, for whoever turns it into a message of one paragraph."""
    parts = {"what": what, "value": value, "expected": expected}
    return PydanticCustomError("refused", "{what}: {value}; expected {expected}", parts)


class Quantity(BaseModel):
    """A value with unit, range, distribution over that range, source and kind. Frozen; unknown keys are errors.

    `value`, `low` and `high` are floats, or tuples of one length (a distribution over sizes, weights of months).
    For floats low ≤ value ≤ high. For tuples `low` and `high` are the two ends of a path through `value`: draws
    move along it, so that shares which sum to one at all three points do so at every draw. `source` is a key of the
    references or "assumed"; `where` the page, table or file in it. With distribution "fixed" the range may be left
    out.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: Number
    unit: StrictStr
    low: Number | None = None
    high: Number | None = None
    distribution: Distribution = "fixed"
    source: StrictStr
    where: StrictStr = ""
    kind: Kind
    note: StrictStr = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.unit not in UNITS:
            raise ValueError(f'unknown unit "{self.unit}"')
        if (self.low is None) != (self.high is None):
            raise ValueError("low and high come together")
        if self.distribution != "fixed" and self.low is None:
            raise ValueError(f'distribution "{self.distribution}" needs low and high')
        if self.source == "assumed" and self.kind not in ("assumed", "expert"):
            raise ValueError('source "assumed" needs kind "assumed" or "expert"')
        if not self.source.strip():
            raise ValueError("a source is missing")
        self._check_order()
        self._check_probabilities()
        return self

    def _check_order(self) -> None:
        if self.low is None or self.high is None:
            return
        if isinstance(self.value, tuple):
            for end in (self.low, self.high):
                if not isinstance(end, tuple) or len(end) != len(self.value):
                    raise ValueError(f"low and high need {len(self.value)} numbers each, as value has")
        elif isinstance(self.low, tuple) or isinstance(self.high, tuple):
            raise ValueError("low and high are single numbers, as value is")  # noqa: TRY004
        elif not self.low <= self.value <= self.high:
            raise _refusal("a value outside its own low and high", self.value, f"{self.low!r} to {self.high!r}")

    def _check_probabilities(self) -> None:
        if not self.unit.startswith("probability"):
            return
        for number in self.numbers():
            if not 0.0 <= number <= 1.0:
                raise _refusal("a probability outside [0, 1]", number, "0 to 1")

    def numbers(self) -> tuple[float, ...]:
        """Return all numbers of value, low and high, in this order."""
        found: list[float] = []
        for part in (self.value, self.low, self.high):
            if part is not None:
                found.extend(part if isinstance(part, tuple) else (part,))
        return tuple(found)

    @property
    def is_assumed(self) -> bool:
        """Whether the number rests on judgement rather than on a source."""
        return self.kind == "assumed"

    @property
    def number(self) -> float:
        """Return the value of a quantity that is a single number (TypeError for a tuple)."""
        if isinstance(self.value, tuple):
            raise TypeError("this quantity is a list of numbers")
        return self.value

    def to(self, unit: str) -> "Quantity":
        """Return the same quantity in another unit of its dimension (InputError for another dimension)."""
        if unit == self.unit:
            return self

        def over(part: float | tuple[float, ...] | None) -> float | tuple[float, ...] | None:
            if part is None:
                return None
            if isinstance(part, tuple):
                return tuple(convert(number, self.unit, unit) for number in part)
            return convert(part, self.unit, unit)

        changed = {"value": over(self.value), "low": over(self.low), "high": over(self.high), "unit": unit}
        return self.model_copy(update=changed)

    def draw(self, u: float) -> float | tuple[float, ...]:
        """Return the value at the quantile `u`, 0 < u < 1, of the distribution over [low, high].

        Never falls as `u` rises (for a tuple: moves along the path low, value, high). "uniform" over the range;
        "triangular" with its mode at value; "normal_truncated" around value, low and high at the two ends of a 95 %
        interval, cut there; "fixed" gives value.
        """
        if not 0.0 < u < 1.0:
            raise ValueError(f"a uniform draw lies strictly between 0 and 1: {u!r}")
        if self.distribution == "fixed" or self.low is None or self.high is None:
            return self.value
        if isinstance(self.value, tuple):
            assert isinstance(self.low, tuple) and isinstance(self.high, tuple)
            place = _quantile(self.distribution, -1.0, 0.0, 1.0, u)
            end = self.low if place < 0.0 else self.high
            share = abs(place)
            return tuple(a + share * (b - a) for a, b in zip(self.value, end, strict=True))
        assert isinstance(self.low, float) and isinstance(self.high, float)
        return _quantile(self.distribution, self.low, self.value, self.high, u)


def _quantile(distribution: Distribution, low: float, value: float, high: float, u: float) -> float:
    """Return the quantile `u` of one of the three spread distributions, kept within [low, high]."""
    if not low < high:
        return value
    if distribution == "uniform":
        drawn = low + u * (high - low)
    elif distribution == "triangular":
        split = (value - low) / (high - low)
        if u < split:
            drawn = low + sqrt(u * (high - low) * (value - low))
        else:
            drawn = high - sqrt((1.0 - u) * (high - low) * (high - value))
    else:
        sd = (high - low) * _SD_PER_RANGE
        first, last = _NORMAL.cdf((low - value) / sd), _NORMAL.cdf((high - value) / sd)
        drawn = value + sd * _NORMAL.inv_cdf(first + u * (last - first))
    return min(max(drawn, low), high)
