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
    counts = []
    for age in ages:
        at_risk = sum(1 for start, end in zip(entry, exit, strict=True) if start < age <= end)
        counts.append((at_risk, sum(1 for end, is_dead in zip(exit, died, strict=True) if is_dead and end == age)))
    return product_limit(counts)


def product_limit(counts: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """Chance to live through all ages of death, and its standard error, from (animals at risk, deaths) at each.

    ValueError when more died than were at risk.
    """
    alive, variance = 1.0, 0.0
    for at_risk, deaths in counts:
        if not 0 <= deaths <= at_risk:
            raise ValueError(f"{deaths} deaths among {at_risk} at risk")
        if deaths == at_risk > 0:
            return 0.0, 0.0
        if deaths > 0:
            alive *= 1.0 - deaths / at_risk
            variance += deaths / (at_risk * (at_risk - deaths))
    return alive, alive * math.sqrt(variance)
