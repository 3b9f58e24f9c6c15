"""Environment: yearly variation of survival and breeding, and catastrophes."""

import math
from functools import lru_cache

import numpy as np

from orientalis.engine.codes import Domain, Stream
from reference.twin.chance import normal_quantile, uniform
from reference.twin.rates import MONTHS, Rates
from reference.twin.world import World

ROOT_THREE = 1.7320508075688772
LEAST = 1e-12
CUB = 1
ADULT = 2
# The quadrature's nodes are a table of constants, as printed in books; only the table comes from numpy.
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(15)
GAUSS = list(zip(_NODES.tolist(), (_WEIGHTS / _WEIGHTS.sum()).tolist(), strict=True))


def logistic(x: float) -> float:
    """From the logit scale to a probability."""
    return 1.0 / (1.0 + math.exp(-x))


def moments(location: float, spread: float) -> tuple[float, float, float]:
    """Mean of p, of p**2 and of p (1 - p), with p = logistic(location + spread Z), by 15-point quadrature."""
    mean = square = slope = 0.0
    for node, weight in GAUSS:
        p = logistic(location + spread * node)
        mean += weight * p
        square += weight * p * p
        slope += weight * p * (1.0 - p)
    return mean, square, slope


@lru_cache(maxsize=4096)
def logit_normal(mean: float, sd: float) -> tuple[float, float]:
    """Location and spread with that mean and standard deviation.

    In turn: Newton's steps of at most 1 for the location until the mean is met; then the spread in proportion to the
    standard deviation that is missing, never above 5.
    """
    location = math.log(mean / (1.0 - mean))
    spread = min(sd / (mean * (1.0 - mean)), 5.0)
    for _ in range(60):
        location = _meet_mean(mean, location, spread)
        got, square, _ = moments(location, spread)
        variance = square - got * got
        if variance <= 0.0:
            break
        ratio = sd / math.sqrt(variance)
        if abs(ratio - 1.0) < 1e-7 or (spread >= 5.0 and ratio > 1.0):
            break
        spread = min(spread * ratio, 5.0)
    return location, spread


def _meet_mean(mean: float, location: float, spread: float) -> float:
    for _ in range(50):
        got, _, slope = moments(location, spread)
        location += max(-1.0, min(1.0, (mean - got) / slope))
        if abs(mean - got) < 1e-14:
            break
    return location


def varied(world: World, mean: float, sd: float, z: float, u: float) -> float:
    """This year's value of a probability whose mean and standard deviation over years are given."""
    if sd <= 0.0 or not LEAST < mean < 1.0 - LEAST:
        return mean
    if world.inputs.settings.has_uniform_variation:
        return min(max(mean + sd * ROOT_THREE * (2.0 * u - 1.0), LEAST), 1.0)
    location, spread = logit_normal(mean, sd)
    return logistic(location + spread * z)


def environment(world: World) -> None:
    """Apply the year's changes of parameters; draw survival, breeding and catastrophe of the year."""
    world.rates = Rates(world.inputs, world.index, world.year)
    address = Domain.YEAR << 56
    u = [uniform(world.environment_key, address, world.year, Stream.ENVIRONMENT, index) for index in range(4)]
    z_adult, z_own, z_breeding = (normal_quantile(each) for each in u[:3])
    for zone, numbers in enumerate(world.rates.of_zone):
        rho = numbers["variation.correlation"]
        z_cub = rho * z_adult + math.sqrt(1.0 - rho * rho) * z_own
        world.rates.death.append([_death(world, zone, sex, (z_cub, u[1]), (z_adult, u[0])) for sex in range(2)])
        world.rates.conceive.append(_conception(world, zone, z_breeding, u[2]))
        world.rates.struck.append(_catastrophe(world, numbers, u[3]))


def _base_hazard(world: World, zone: int, sex: int, cls: int) -> float:
    """Yearly hazard of a class, less what causes that are processes of their own take."""
    survival = max(world.rates.survival[zone][sex][cls], LEAST)
    shares = world.rates.infanticide_share[zone][cls] + world.rates.people_share[zone][cls]
    hazard = -math.log(survival) * MONTHS / world.period[cls] * (1.0 - shares) - world.rates.taken[zone][cls]
    return max(hazard, 0.0)


def _death(world: World, zone: int, sex: int, cub: tuple[float, float], adult: tuple[float, float]) -> list[float]:
    """Chance a tick to die of the base causes, by class."""
    numbers = world.rates.of_zone[zone]
    hazards = [_base_hazard(world, zone, sex, cls) for cls in range(len(world.variation))]
    whole_youth = 0.0
    for cls, hazard in enumerate(hazards):
        if world.variation[cls] == CUB:
            whole_youth += hazard * (world.class_months[cls] / MONTHS)
    chances = []
    for cls, hazard in enumerate(hazards):
        this_year = hazard
        if world.variation[cls] == CUB and whole_youth > 0.0:
            chance = varied(world, math.exp(-whole_youth), numbers["variation.cub_survival"], *cub)
            this_year = hazard * (-math.log(chance) / whole_youth)
        elif world.variation[cls] == ADULT:
            this_year = -math.log(varied(world, math.exp(-hazard), numbers["variation.adult_survival"], *adult))
        chances.append(1.0 - math.exp(-this_year * (world.months / MONTHS)))
    return chances


def _conception(world: World, zone: int, z: float, u: float) -> list[float]:
    """Chance that a ready female comes into oestrus, by month; the whole year's in every month of a yearly tick."""
    numbers = world.rates.of_zone[zone]
    yearly = varied(world, numbers["reproduction.litter_probability"], numbers["variation.breeding"], z, u)
    log_none = math.log(1.0 - min(yearly, 1.0 - LEAST))
    weights = world.rates.season[zone] if world.months == 1 else [1.0] * MONTHS
    return [1.0 - math.exp(log_none * weight) for weight in weights]


def _catastrophe(world: World, numbers: dict[str, float], u: float) -> float:
    """Chance a tick to die in the year's catastrophe: 0 in most years."""
    per_generation = numbers["catastrophe.per_generation"]
    if not world.inputs.settings.has_catastrophes or per_generation <= 0.0:
        return 0.0
    yearly = 1.0 - math.exp(math.log(max(1.0 - per_generation, LEAST)) * MONTHS / numbers["catastrophe.generation"])
    if u >= yearly:
        return 0.0
    return 1.0 - math.exp(math.log(max(numbers["catastrophe.survival"], LEAST)) * (world.months / MONTHS))
