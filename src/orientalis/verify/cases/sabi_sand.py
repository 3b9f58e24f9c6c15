"""V4: leopards of Sabi Sand (Balme et al. 2013; LEOPARD-MP): the matrix of females, and the engine at its rates.

Survival is that of `sabi_sand_survival`, but of females over 84 months it is 0.722**(12/66) a year: 0.722 is survival
over 66 months, not a year.
"""

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from orientalis.engine.codes import Life, Sex
from orientalis.engine.simulate import begin, run_year
from orientalis.methods.matrix import age_matrix, growth_rate, stable_shares
from orientalis.scenario import compile_batch
from orientalis.verify.row import Case, Row, between, exact, statistical
from orientalis.verify.worlds import SPECIES, spec_of

SURVIVAL = (0.3271, 0.7197, 0.9615, 0.8882, 0.9730, 0.9382, 0.9231, 0.9425)
LITTERS = (0.0, 0.0, 0.0, 1.857, 1.842, 1.857, 1.923, 1.845)
_FEMALE_SHARE = 0.5
_BURN_IN, _COUNTED = 30, 20


def females(litters_a_year: float) -> npt.NDArray[np.float64]:
    """The matrix of the eight classes of females, each a year long, the last without end."""
    return age_matrix(SURVIVAL, [litters_a_year * size * _FEMALE_SHARE for size in LITTERS])


def mean_litter(litters_a_year: float) -> float:
    """Litter over all ages that gives the same growth: the mean, weighted by the stable number of breeders.

    The engine has one distribution of litter sizes for all ages.
    """
    shares = stable_shares(females(litters_a_year))[3:]
    return float(np.dot(shares, LITTERS[3:]) / shares.sum())


def leslie(quick: bool) -> list[Row]:
    """Growth rate of the matrix at 0.5 and at 0.69 litters a year."""
    return [
        exact("V4.leslie.litters_50", 1.036, growth_rate(females(0.5)), 0.001),
        exact("V4.leslie.litters_69", 1.065, growth_rate(females(0.69)), 0.001),
    ]


def _counts(litters_a_year: float, animals: int, replicates: int) -> Iterator[npt.NDArray[np.int64]]:
    """Females by class [replicate, 7], after each year's births, survival and ageing.

    Newborns of the year are a year old then, so the classes are those of the matrix from the second one on.
    """
    two = mean_litter(litters_a_year) - 1.0
    spec = spec_of(
        SPECIES / "sabi_sand.toml",
        animals=animals,
        years=_BURN_IN + _COUNTED,
        parameters={
            "reproduction.litter_probability": litters_a_year,
            "reproduction.litter_size": (1.0 - two, two),
        },
        start={"ages": "uniform", "youngest": 1, "oldest": 8},
    )
    world = begin(compile_batch(spec, 0, replicates))
    for year in range(_BURN_IN + _COUNTED):
        run_year(world, year)
        is_counted = (world.animals.life == Life.LIVING) & (world.animals.sex == Sex.FEMALE)
        age = np.minimum(world.animals.age, 7)
        yield np.stack([((age == k) & is_counted).sum(axis=1) for k in range(1, 8)], axis=1)


def engine(quick: bool) -> list[Row]:
    """The engine grows at the matrix's rate and has its stable ages after 30 years; errors by replicates.

    The worst age class is reported, as its distance from the stable share in standard errors.
    """
    litters = 0.5
    counts = list(_counts(litters, 400 if quick else 2_000, 40))
    first, last = counts[_BURN_IN - 1].sum(axis=1), counts[-1].sum(axis=1)
    ratio, error = _ratio(last, first)
    growth = ratio ** (1.0 / _COUNTED)
    classes = counts[-1]
    stable = stable_shares(females(litters))[1:]
    stable = stable / stable.sum()
    distance = []
    for k in range(7):
        share, error_of_share = _ratio(classes[:, k], last)
        distance.append((share - stable[k]) / error_of_share)
    worst = max(distance, key=abs)
    return [
        statistical("V4.engine.growth", growth_rate(females(litters)), growth, growth * error / ratio / _COUNTED),
        between("V4.engine.ages", "statistical", 0.0, worst, -5.0, 5.0),
    ]


def _ratio(top: npt.NDArray[np.int64], bottom: npt.NDArray[np.int64]) -> tuple[float, float]:
    """Ratio of sums over replicates and its standard error."""
    ratio = float(top.sum() / bottom.sum())
    residual = top - ratio * bottom
    return ratio, math.sqrt(float((residual * residual).sum()) * len(top) / (len(top) - 1)) / float(bottom.sum())


LESLIE = Case(("V4.leslie.litters_50", "V4.leslie.litters_69"), leslie)
ENGINE = Case(("V4.engine.growth", "V4.engine.ages"), engine)
