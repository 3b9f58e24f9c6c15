"""The parameters of a year in one replicate, by name, and the chances that follow from them."""

import math
from itertools import accumulate
from typing import Any

from orientalis.engine.scalars import SCALARS
from orientalis.engine.world import Inputs

MONTHS = 12
ROOT_HALF = 0.7071067811865476
COSINES = (1.0, ROOT_HALF, 0.0, -ROOT_HALF, -1.0, -ROOT_HALF, 0.0, ROOT_HALF)
NO_HEADING = 8
STAGES = ("cub", "juvenile", "subadult", "adult")


class Rates:
    """What holds in a replicate during a year.

    of_zone [zone]: parameters by dotted path; survival, infanticide_share, people_share, taken [zone][...]: by class
    of survival; death [zone][sex][class], conceive [zone][month], struck [zone]: chances a tick, drawn each year.
    """

    def __init__(self, inputs: Inputs, replicate: int, year: int) -> None:
        self.months = inputs.settings.months_a_tick
        layout = inputs.layout
        rows = _changed(inputs, replicate, year)
        self.of_zone = [dict(zip(SCALARS, row, strict=False)) for row in rows]
        self.season = [row[layout.season : layout.season + MONTHS] for row in rows]
        n, at = layout.classes, layout.survival
        self.survival = [(row[at : at + n], row[at + n : at + 2 * n]) for row in rows]
        at = layout.shares
        self.infanticide_share = [row[at : at + n] for row in rows]
        self.people_share = [row[at + n : at + 2 * n] for row in rows]
        self.taken = [row[layout.taken : layout.taken + n] for row in rows]
        self.litter = list(accumulate(rows[0][layout.litter : layout.litter + layout.largest_litter]))
        self.fits: dict[tuple[float, float], tuple[float, float]] = {}
        self.death: list[list[list[float]]] = []
        self.conceive: list[list[float]] = []
        self.struck: list[float] = []
        self._set_ages()
        self._set_steps()
        self.killed = [
            [1.0 - math.exp(-zone[f"killing.{stage}"] * self.months / MONTHS) for stage in STAGES]
            for zone in self.of_zone
        ]

    def _set_ages(self) -> None:
        """Ages and durations in ticks, to the nearest; None for an age that is not set."""
        self.first_breeding = (
            self._ticks("life_history.first_breeding_female"),
            self._ticks("life_history.first_breeding_male"),
        )
        self.last_breeding = self._limit("life_history.last_breeding")
        self.longevity = self._limit("life_history.longevity")
        self.gestation = self._ticks("life_history.gestation")
        self.independence = (
            self._ticks("life_history.independence_first"),
            self._ticks("life_history.independence_last"),
        )
        self.orphan_age = self._ticks("life_history.orphan_age")

    def _ticks(self, path: str) -> int:
        return math.floor(self.of_zone[0][path] / self.months + 0.5)

    def _limit(self, path: str) -> float:
        return self._ticks(path) if self.of_zone[0][path] != 0.0 else math.inf

    def _set_steps(self) -> None:
        """Weights of a step by the suitability of the cell (256: a barrier) and by the turn from the last step."""
        zone = self.of_zone[0]
        self.walk = [math.exp(zone["dispersal.preference"] * (level / 255.0)) for level in range(256)] + [0.0]
        self.turn = [math.exp(zone["dispersal.persistence"] * cosine) for cosine in COSINES]


def _changed(inputs: Inputs, replicate: int, year: int) -> list[list[float]]:
    """The replicate's table [zone][parameter] with the changes of the year applied in their order."""
    shared = len(inputs.values) == 1
    table: list[list[float]] = inputs.values[0 if shared else replicate].tolist()
    schedule = inputs.schedule
    changes: Any = zip(
        schedule.first.tolist(),
        schedule.last.tolist(),
        schedule.parameter.tolist(),
        schedule.zone.tolist(),
        schedule.factor.tolist(),
        schedule.offset.tolist(),
        strict=True,
    )
    for first, last, parameter, zones, factor, offset in changes:
        if first <= year <= last:
            for zone, is_meant in enumerate(zones):
                if is_meant:
                    table[zone][parameter] = table[zone][parameter] * factor + offset
    return table
