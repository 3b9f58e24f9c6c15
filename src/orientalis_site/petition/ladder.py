"""The goals of a petition, reached or not, and since when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

AHEAD = 3
"""So many goals that are not reached yet are told of."""


@dataclass(frozen=True)
class Rung:
    """A goal. `day`: when the count stood at it first at a day's end; none where it was reached elsewhere, or not."""

    goal: int
    is_reached: bool
    day: date | None = None
    was_elsewhere: bool = False


def ladder(goals: Sequence[int], elsewhere: int, days: Mapping[str, int], *, is_running: bool) -> list[Rung]:
    """Goals from the lowest to a few beyond the count; only those reached where no more signatures are taken.

    A goal once reached stays reached, also where withdrawals take the count below it.
    """
    total = elsewhere
    reached: dict[int, date] = {}
    rising = sorted(set(goals))
    for at, change in sorted(days.items()):
        total += change
        for goal in rising:
            if elsewhere < goal <= total:
                reached.setdefault(goal, date.fromisoformat(at))
    rungs = [Rung(goal, True, None, True) for goal in rising if goal <= elsewhere]
    rungs += [Rung(goal, True, reached[goal]) for goal in rising if goal in reached]
    ahead = [Rung(goal, False) for goal in rising if goal > elsewhere and goal not in reached]
    return rungs + (ahead[:AHEAD] if is_running else [])
