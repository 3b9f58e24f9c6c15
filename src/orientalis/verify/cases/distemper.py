"""V8: what distemper does to small populations of Amur tigers (Gilbert et al. 2014, 2020). V9: leopards, by direction.

Their tables of rates could not be read. Tigers here have the rates of `species/amur_tiger.toml`, a ceiling at the first
number, and at the start the share of immune animals found in the wild. Distemper comes on top of those rates. Extinct:
no animal, or only one sex. Two forces of infection are used:

- FITTED makes 25 animals 1.65 times as likely to be extinct in 50 years as without distemper, the figure of 2014;
- FROM_LOSS gives the loss of 5 % a year on top of others that Robinson et al. (2015) report: 0.05 = force *
  (1 + 0.1 * (5 - 1)) * 0.5 with the catalogue's outbreaks and fatality. Nothing was fitted for it.

The level of 2020, 15.8 % and with vaccination 5.7 %, is compared, not met: it hangs on rates that people's killing
sets, which are not known. What is scored is the fall, 50 to 75 %, at FROM_LOSS. At FITTED no vaccination could reach
it: taking all of distemper away lowers extinction by 1 - 1/1.65 = 39 %. The two publications do not agree with one
force of infection in this model. That dogs alone are "not enough" was published without a number: half of all dogs are
taken here, and scored against two tigers a year; what all dogs would do is shown beside a fall of a half.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from orientalis.engine.simulate import simulate
from orientalis.scenario import compile_batch
from orientalis.verify.row import STANDARD_ERRORS, Case, Row, between, compared
from orientalis.verify.worlds import SPECIES, counted, spec_of

FITTED = 0.0105
FROM_LOSS = 0.05 / (1.4 * 0.5)
_BATCH = 5_000
_RATIO, _FALL = 1.65, 1.0 - 0.057 / 0.158
VACCINATED = {"distemper.vaccinated": 2.0}
HALF_OF_DOGS, ALL_DOGS = ({"distemper.dogs_vaccinated": share} for share in (0.5, 1.0))

Flags = npt.NDArray[np.bool_]


def extinct_tigers(animals: int, force: float, replicates: int, action: Mapping[str, float] | None = None) -> Flags:
    """Which replicates are extinct after 50 years. The force is a change, so that nothing leaves the other rates."""
    return extinct(
        str(SPECIES / "amur_tiger.toml"),
        animals,
        50,
        replicates,
        {"distemper.force": force, **(action or {})},
        tick="year",
        threats=("distemper",),
        parameters={"distemper.force": 0.0},
    )


def extinct(
    species: str,
    animals: int,
    years: int,
    replicates: int,
    action: Mapping[str, float],
    *,
    tick: str,
    threats: Sequence[str],
    parameters: Mapping[str, Any] | None = None,
) -> Flags:
    """Which replicates, with a ceiling at the first number, end without animals or with only one sex."""
    spec = spec_of(
        species,
        animals=animals,
        years=years,
        tick=tick,
        ceiling=animals,
        seed=8,
        parameters=parameters,
        threats=threats,
        changes=[{"parameter": path, "set": value} for path, value in action.items()],
    )
    found = []
    for first in range(0, replicates, _BATCH):
        count = min(_BATCH, replicates - first)
        records = simulate(compile_batch(spec, first, count))
        stages = ("cub", "juvenile", "subadult", "adult")
        sexes = [
            sum(counted(records, count, years, f"number.{stage}_{sex}", first) for stage in stages)
            for sex in ("female", "male")
        ]
        found.append((sexes[0] == 0) | (sexes[1] == 0))
    return np.concatenate(found)


def ratio_of(top: Flags, bottom: Flags) -> tuple[float, float]:
    """Ratio of two shares of the same replicates, and its standard error."""
    ratio = float(top.mean() / bottom.mean())
    residual = top - ratio * bottom
    return ratio, float(residual.std(ddof=1)) / math.sqrt(len(top)) / float(bottom.mean())


def lower(case: str, before: Flags, after: Flags) -> Row:
    """A row on how much less often the same replicates are extinct `after`: by more than five standard errors."""
    less = before.astype(float) - after
    least = STANDARD_ERRORS * float(less.std(ddof=1)) / math.sqrt(len(less))
    return between(case, "statistical", float(less.mean()), float(less.mean()), least, 1.0)


def tigers(quick: bool) -> list[Row]:
    """The ratio that was fitted; levels, compared; the fall by vaccinating two a year; half of the dogs do less."""
    replicates = 6_000 if quick else 15_000
    few = 2_000 if quick else 15_000
    none, fitted, loss = (extinct_tigers(25, force, few) for force in (0.0, FITTED, FROM_LOSS))
    thirty = extinct_tigers(30, FROM_LOSS, replicates)
    vaccinated = extinct_tigers(30, FROM_LOSS, replicates, VACCINATED)
    dogs, all_dogs = (extinct_tigers(30, FROM_LOSS, replicates, action) for action in (HALF_OF_DOGS, ALL_DOGS))
    ratio, error = ratio_of(fitted, none)
    left, error_left = ratio_of(vaccinated, thirty)
    room, room_left = STANDARD_ERRORS * error, STANDARD_ERRORS * error_left
    return [
        between("V8.tigers.ratio_25", "calibration", _RATIO, ratio, _RATIO - room, _RATIO + room),
        compared("V8.tigers.ratio_25_from_loss", _RATIO, ratio_of(loss, none)[0]),
        compared("V8.tigers.extinct_30", 0.158, float(thirty.mean())),
        compared("V8.tigers.extinct_30_vaccinated", 0.057, float(vaccinated.mean())),
        between("V8.tigers.fall", "statistical", _FALL, 1.0 - left, 0.5 - room_left, 0.75 + room_left),
        lower("V8.tigers.half_of_dogs_do_less", dogs, vaccinated),
        compared("V8.tigers.fall_all_dogs", 0.5, 1.0 - ratio_of(all_dogs, thirty)[0]),
    ]


def leopards(quick: bool) -> list[Row]:
    """Vaccinating two leopards a year, and controlling and vaccinating half of the dogs, lowers extinction."""
    action = {**VACCINATED, "distemper.dogs_vaccinated": 0.5, "dens.dogs_controlled": 0.5}
    before, after = (
        extinct(
            "panthera_pardus_orientalis",
            20,
            100,
            600 if quick else 4_000,
            changes,
            tick="month",
            threats=("distemper", "dens"),
        )
        for changes in ({}, action)
    )
    return [lower("V9.vaccination_and_dogs", before, after)]


TIGERS = Case(
    (
        "V8.tigers.ratio_25",
        "V8.tigers.ratio_25_from_loss",
        "V8.tigers.extinct_30",
        "V8.tigers.extinct_30_vaccinated",
        "V8.tigers.fall",
        "V8.tigers.half_of_dogs_do_less",
        "V8.tigers.fall_all_dogs",
    ),
    tigers,
)
LEOPARDS = Case(("V9.vaccination_and_dogs",), leopards)
