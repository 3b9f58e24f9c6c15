"""Survival by Kaplan and Meier, with late entry (left truncation) and censoring; standard error by Greenwood."""

import math
from collections.abc import Sequence


def survival_between(
    entry: Sequence[float], exit: Sequence[float], died: Sequence[bool], first: float, last: float
) -> tuple[float, float]:
    """Chance to live from age `first` to age `last`, and its standard error.

    entry, exit: ages between which an animal was watched; died: whether it died at `exit`. An animal is at risk at age
    t when entry < t <= exit. Deaths at `last` count, those at `first` do not. (1, 0) when nobody died in between.
    ValueError when the lengths differ.
    """
    if not len(entry) == len(exit) == len(died):
        raise ValueError(f"lengths differ: {len(entry)}, {len(exit)}, {len(died)}")
    ages = sorted({age for age, is_dead in zip(exit, died, strict=True) if is_dead and first < age <= last})
    alive, variance = 1.0, 0.0
    for age in ages:
        at_risk = sum(1 for start, end in zip(entry, exit, strict=True) if start < age <= end)
        deaths = sum(1 for end, is_dead in zip(exit, died, strict=True) if is_dead and end == age)
        if deaths == at_risk:
            return 0.0, 0.0
        alive *= 1.0 - deaths / at_risk
        variance += deaths / (at_risk * (at_risk - deaths))
    return alive, alive * math.sqrt(variance)
