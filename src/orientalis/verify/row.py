"""One line of the table of `orientalis verify`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["exact", "statistical", "calibration", "comparison"]
STANDARD_ERRORS = 5.0


@dataclass(frozen=True)
class Row:
    """A published or exact value and what came out here.

    case: its name; kind; target; got; low, high: between which `got` must lie; passed: whether it does, None for a
    comparison.
    """

    case: str
    kind: Kind
    target: float
    got: float
    low: float
    high: float
    passed: bool | None


@dataclass(frozen=True)
class Case:
    """Rows that are computed together: their names, and the function that makes them (its argument: quick)."""

    rows: tuple[str, ...]
    run: Callable[[bool], list[Row]]


def exact(case: str, target: float, got: float, tolerance: float) -> Row:
    """A row that must lie within `tolerance` of its target."""
    return between(case, "exact", target, got, target - tolerance, target + tolerance)


def statistical(case: str, target: float, got: float, error: float, tolerance: float = 0.0) -> Row:
    """A row that must lie within five standard errors of its target, and the tolerance that comes with the target."""
    room = STANDARD_ERRORS * error + tolerance
    return between(case, "statistical", target, got, target - room, target + room)


def between(case: str, kind: Kind, target: float, got: float, low: float, high: float) -> Row:
    """A row whose bounds are given."""
    return Row(case, kind, float(target), float(got), float(low), float(high), bool(low <= got <= high))


def compared(case: str, target: float, got: float) -> Row:
    """A row that is shown beside its target and neither passes nor fails."""
    return Row(case, "comparison", float(target), float(got), float(target), float(target), None)
