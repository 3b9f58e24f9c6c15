"""The stable structure from which founders are drawn: ages, sexes, and how many females have cubs."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from orientalis.catalogue import SurvivalClass

MONTHS = 12
_OLDEST = 40 * MONTHS


class Structure(NamedTuple):
    """ages in months [entry], sexes [entry], share [entry] (sums to 1); litters per adult female and year; growth."""

    ages: npt.NDArray[np.int64]
    sexes: npt.NDArray[np.uint8]
    share: npt.NDArray[np.float64]
    litters_a_year: float
    growth: float
    alive: npt.NDArray[np.float64]


def survivorship(values: Mapping[str, Any], classes: Sequence[SurvivalClass], sex: str) -> npt.NDArray[np.float64]:
    """Chance to be alive at the age of 0, 1, … 480 months, all causes, from the catalogue's survival."""
    alive = np.ones(_OLDEST + 1)
    longevity = values["life_history.longevity"] or _OLDEST
    for month in range(_OLDEST):
        entry = next(c for c in reversed(classes) if month >= c.from_months)
        chance = max(values[f"survival.{entry.name}.{sex}"], 1e-12)
        period = float(values[f"period.{entry.name}.{sex}"])
        alive[month + 1] = alive[month] * math.exp(math.log(chance) / period) if month < longevity else 0.0
    return alive


def litters_a_year(values: Mapping[str, Any], alive: npt.NDArray[np.float64]) -> float:
    """Litters per adult female and year, from the expected interval between births.

    Interval = gestation + wait of a ready female + (time with a litter: to independence if one of its mean number of
    cubs lives, else to its loss, taken at a third of that time). A chance of 1 means a litter every year.
    """
    chance = min(values["reproduction.litter_probability"], 1.0 - 1e-9)
    wait = MONTHS / -math.log(1.0 - chance) if chance > 0.0 else math.inf
    first, last = values["life_history.independence_first"], values["life_history.independence_last"]
    together = 0.5 * (first + last)
    sizes = values["reproduction.litter_size"]
    lost = sum(share * (1.0 - alive[int(together)]) ** (k + 1) for k, share in enumerate(sizes))
    interval = values["life_history.gestation"] + wait + (1.0 - lost) * together + lost * together / 3.0
    return MONTHS / interval if math.isfinite(interval) else 0.0


def stable(values: Mapping[str, Any], classes: Sequence[SurvivalClass], is_monthly: bool) -> Structure:
    """The stable structure of animals of 12 months or more at the catalogue's survival, at the start of January.

    Euler and Lotka: sum over x of l(x) m(x) g**-x = 1. With a monthly tick births are taken to fall in May, so that
    ages are 12 k + 8 months, one month more or less.
    """
    alive = {sex: survivorship(values, classes, sex) for sex in ("female", "male")}
    if is_monthly:
        litters = litters_a_year(values, alive["female"])
    else:
        litters = values["reproduction.litter_probability"]
    young = litters * sum((k + 1) * share for k, share in enumerate(values["reproduction.litter_size"]))
    males = values["reproduction.male_share"]
    first = values["life_history.first_breeding_female"] + values["life_history.gestation"]
    last = values["life_history.last_breeding"] or _OLDEST
    ages = np.arange(0, _OLDEST, MONTHS)
    breeding = [x for x in ages if first <= x < last]
    growth = _root(lambda g: sum(young * (1 - males) * alive["female"][x] * g ** (-x / MONTHS) for x in breeding) - 1.0)
    offsets = (7, 8, 9) if is_monthly else (0,)
    entries = [
        (k * MONTHS + offset, sex, weight * alive[name][k * MONTHS + offset] * growth ** -float(k))
        for k in range(1, _OLDEST // MONTHS - 1)
        for offset in offsets
        for sex, name, weight in ((0, "female", 1.0 - males), (1, "male", males))
    ]
    entries = [entry for entry in entries if entry[2] > 1e-9]
    share = np.array([entry[2] for entry in entries])
    return Structure(
        np.array([entry[0] for entry in entries]),
        np.array([entry[1] for entry in entries], np.uint8),
        share / share.sum(),
        litters,
        growth,
        alive["female"],
    )


def _root(excess: Any) -> float:
    """Growth rate a year at which `excess`, which falls with it, is zero; between 0.2 and 5."""
    low, high = 0.2, 5.0
    for _ in range(100):
        middle = 0.5 * (low + high)
        if excess(middle) > 0.0:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)
