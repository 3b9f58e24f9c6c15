"""Good and bad years: yearly variation of survival and breeding, and catastrophes.

All zones of a replicate share four uniforms a year, at (address of the domain YEAR, the year) under key_environment:
index 0 is for adults, 1 cubs, 2 breeding, 3 whether a catastrophe strikes. As normals, cubs = rho adults +
sqrt(1 - rho^2) own; uniform variation takes the cubs' own uniform and so knows no correlation.
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from orientalis.engine import scalars as p
from orientalis.engine.codes import Domain, Stream
from orientalis.engine.kernel import allocating_kernel, kernel
from orientalis.engine.parameters import Layout, Rates
from orientalis.engine.process import Process
from orientalis.engine.rng import normal_quantile, thing_uid, uniform
from orientalis.engine.state import ClassTable, Clock, Floats, Words

if TYPE_CHECKING:
    from orientalis.engine.world import World

_ENVIRONMENT = int(Stream.ENVIRONMENT)
_YEAR = int(Domain.YEAR)
_ROOT_THREE = 1.7320508075688772
_LEAST = 1e-12
_MONTHS = float(p.MONTHS)
CUB = 1
ADULT = 2

# Gauss-Hermite nodes and weights for the standard normal distribution, 15 points: exact to degree 29.
_HERMITE = np.polynomial.hermite_e.hermegauss(15)
_NODES = tuple(float(x) for x in _HERMITE[0])
_WEIGHTS = tuple(float(w) for w in _HERMITE[1] / _HERMITE[1].sum())


@kernel
def expected_logistic(location: float, spread: float) -> tuple[float, float, float]:
    """Mean, mean of the square and mean of p (1 - p) of p = logistic(location + spread Z), Z standard normal.

    By 15-point Gauss-Hermite quadrature, summed from the lowest node up.
    """
    mean = 0.0
    square = 0.0
    slope = 0.0
    for node in range(15):
        value = 1.0 / (1.0 + math.exp(-(location + spread * _NODES[node])))
        mean += _WEIGHTS[node] * value
        square += _WEIGHTS[node] * value * value
        slope += _WEIGHTS[node] * value * (1.0 - value)
    return mean, square, slope


@kernel
def logit_normal(mean: float, sd: float) -> tuple[float, float]:
    """Location and spread of the logit-normal distribution with the given mean and standard deviation.

    The mean is preserved (to 1e-12); the standard deviation to 1e-6, or the spread stops at 5 where sd is out of reach.
    From location logit(mean) and spread sd / (mean (1 - mean)), in turn, at most 60 times: Newton steps of at most 1
    for the location, until the mean before the step was off by under 1e-14 or 50 were made; the spread times wanted /
    reached sd, until that ratio is 1 to 1e-7.
    """
    location = math.log(mean / (1.0 - mean))
    spread = sd / (mean * (1.0 - mean))
    if spread > 5.0:
        spread = 5.0
    for _ in range(60):
        for _ in range(50):
            got, square, slope = expected_logistic(location, spread)
            step = (mean - got) / slope
            if step > 1.0:
                step = 1.0
            if step < -1.0:
                step = -1.0
            location += step
            if abs(mean - got) < 1e-14:
                break
        got, square, slope = expected_logistic(location, spread)
        variance = square - got * got
        if variance <= 0.0:
            break
        ratio = sd / math.sqrt(variance)
        if abs(ratio - 1.0) < 1e-7 or (spread >= 5.0 and ratio > 1.0):
            break
        spread = spread * ratio
        if spread > 5.0:
            spread = 5.0
    return location, spread


@kernel
def base_hazard(values: Floats, layout: Layout, classes: ClassTable, sex: int, cls: int) -> float:
    """Yearly hazard of class `cls` without the shares that other processes model; values [parameter].

    -log(survival) * 12 / period * (1 - (infanticide's share + people's share)) - what threats take, survival at least
    1e-12, the hazard at least 0.
    """
    survival = values[layout.survival + sex * layout.classes + cls]
    if survival < _LEAST:
        survival = _LEAST
    share = values[layout.shares + cls] + values[layout.shares + layout.classes + cls]
    hazard = -math.log(survival) * _MONTHS / classes.period[cls] * (1.0 - share) - values[layout.taken + cls]
    return hazard if hazard > 0.0 else 0.0


@kernel
def cub_hazard(values: Floats, layout: Layout, classes: ClassTable, sex: int) -> float:
    """Hazard summed over all classes that vary as cubs: minus the log of the chance to pass them."""
    total = 0.0
    for cls in range(layout.classes):
        if classes.variation[cls] == CUB:
            total += base_hazard(values, layout, classes, sex, cls) * (classes.months[cls] / _MONTHS)
    return total


@kernel
def varied(mean: float, sd: float, z: float, u: float, is_uniform: bool, location: float, spread: float) -> float:
    """This year's value of a probability with the given mean and standard deviation over years.

    The mean itself where sd is 0 or the mean within 1e-12 of 0 or 1; uniform: mean + sd √3 (2 u - 1), cut to 1e-12..1
    (where it is cut the mean shifts); else logit-normal at the standard normal z.
    """
    if sd <= 0.0 or mean <= _LEAST or mean >= 1.0 - _LEAST:
        return mean
    if is_uniform:
        value = mean + sd * _ROOT_THREE * (2.0 * u - 1.0)
        if value < _LEAST:
            return _LEAST
        return value if value < 1.0 else 1.0
    return 1.0 / (1.0 + math.exp(-(location + spread * z)))


@kernel
def fit_spread(mean: float, sd: float, known: tuple[float, float]) -> tuple[float, float]:
    """Location and spread for `varied`; `known` when it was fitted already (spread not negative), 0 when not needed."""
    if known[1] >= 0.0:
        return known
    if sd <= 0.0 or mean <= _LEAST or mean >= 1.0 - _LEAST:
        return 0.0, 0.0
    return logit_normal(mean, sd)


@allocating_kernel
def fit_variation(rates: Rates, layout: Layout, classes: ClassTable) -> None:
    """Fill rates.location and rates.spread for the refreshed parameters; zones alike are fitted once."""
    for row in range(rates.values.shape[0]):
        for zone in range(rates.values.shape[1]):
            values = rates.values[row, zone]
            alike = zone > 0
            if alike:
                for column in range(layout.length):
                    if values[column] != rates.values[row, zone - 1, column]:
                        alike = False
                        break
            if alike:
                rates.location[row, zone] = rates.location[row, zone - 1]
                rates.spread[row, zone] = rates.spread[row, zone - 1]
                continue
            for sex in range(2):
                known = (0.0, -1.0)  # all cub classes of a sex share one fit
                for cls in range(layout.classes):
                    pair = (0.0, 0.0)
                    if classes.variation[cls] == CUB:
                        mean = math.exp(-cub_hazard(values, layout, classes, sex))
                        known = fit_spread(mean, values[p.VARIATION_CUB], known)
                        pair = known
                    elif classes.variation[cls] == ADULT:
                        mean = math.exp(-base_hazard(values, layout, classes, sex, cls))
                        pair = fit_spread(mean, values[p.VARIATION_ADULT], (0.0, -1.0))
                    rates.location[row, zone, sex, cls] = pair[0]
                    rates.spread[row, zone, sex, cls] = pair[1]
            pair = fit_spread(values[p.LITTER_PROBABILITY], values[p.VARIATION_BREEDING], (0.0, -1.0))
            rates.location[row, zone, 0, layout.classes] = pair[0]
            rates.spread[row, zone, 0, layout.classes] = pair[1]


@kernel
def draw_survival(
    rates: Rates,
    layout: Layout,
    classes: ClassTable,
    row: int,
    r: int,
    zone: int,
    part: float,
    z: tuple[float, float],
    u: tuple[float, float],
    is_uniform: bool,
) -> None:
    """Fill this year's rates.death of a zone; z, u: this year's draws for adults and for cubs.

    A class's yearly survival S = exp(-base_hazard) becomes varied(S); its hazard -log S follows. Cub classes share one
    multiplier of their hazards, -log varied(C) / -log C, where C is the chance to pass them all, so that the mean of C
    is kept.
    """
    values = rates.values[row, zone]
    for sex in range(2):
        total = cub_hazard(values, layout, classes, sex)
        for cls in range(layout.classes):
            hazard = base_hazard(values, layout, classes, sex, cls)
            location = rates.location[row, zone, sex, cls]
            spread = rates.spread[row, zone, sex, cls]
            if classes.variation[cls] == CUB and total > 0.0:
                year = varied(math.exp(-total), values[p.VARIATION_CUB], z[1], u[1], is_uniform, location, spread)
                hazard = hazard * (-math.log(year) / total)
            elif classes.variation[cls] == ADULT:
                year = varied(math.exp(-hazard), values[p.VARIATION_ADULT], z[0], u[0], is_uniform, location, spread)
                hazard = -math.log(year)
            rates.death[r, zone, sex, cls] = 1.0 - math.exp(-hazard * part)


@kernel
def draw_breeding(
    rates: Rates, layout: Layout, row: int, r: int, zone: int, z: float, u: float, is_uniform: bool, is_monthly: bool
) -> None:
    """Fill this year's rates.conceive of a zone.

    A litter probability P spreads over the months as hazard -log(1 - P) * weight, all of it in a yearly tick.
    """
    values = rates.values[row, zone]
    location = rates.location[row, zone, 0, layout.classes]
    spread = rates.spread[row, zone, 0, layout.classes]
    mean = values[p.LITTER_PROBABILITY]
    chance = min(varied(mean, values[p.VARIATION_BREEDING], z, u, is_uniform, location, spread), 1.0 - _LEAST)
    for month in range(p.MONTHS):
        weight = values[layout.season + month] if is_monthly else 1.0
        rates.conceive[r, zone, month] = 1.0 - math.exp(math.log(1.0 - chance) * weight)


@kernel
def catastrophe_chance(values: Floats, part: float, u: float) -> float:
    """Chance a tick to die in this year's catastrophe, 0 in a year without one; values [parameter].

    A chance c a generation of g months is 1 - (1 - c)^(12 / g) a year; survival s of the year is spread over its ticks.
    """
    if values[p.CATASTROPHE_PER_GENERATION] <= 0.0:
        return 0.0
    spared = math.log(max(1.0 - values[p.CATASTROPHE_PER_GENERATION], _LEAST))
    if u >= 1.0 - math.exp(spared * _MONTHS / values[p.CATASTROPHE_GENERATION]):
        return 0.0
    return 1.0 - math.exp(math.log(max(values[p.CATASTROPHE_SURVIVAL], _LEAST)) * part)


@kernel
def draw_year(
    rates: Rates,
    layout: Layout,
    classes: ClassTable,
    keys: Words,
    clock: Clock,
    is_uniform: bool,
    has_catastrophes: bool,
) -> None:
    """Fill this year's rates.death, rates.conceive, rates.catastrophe and rates.most.

    Draws of a replicate stand at (year 0's address, year), indices 0 to 3: adults, cubs, breeding, catastrophe. Cubs'
    good years correlate with adults': z = rho z_adults + sqrt(1 - rho^2) z_own.
    """
    address = thing_uid(_YEAR, 0)
    part = clock.months / _MONTHS
    for r in range(rates.death.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        u_adult = uniform(keys[r, 0], address, clock.year, _ENVIRONMENT, 0)
        u_cub = uniform(keys[r, 0], address, clock.year, _ENVIRONMENT, 1)
        u_breeding = uniform(keys[r, 0], address, clock.year, _ENVIRONMENT, 2)
        u_catastrophe = uniform(keys[r, 0], address, clock.year, _ENVIRONMENT, 3)
        z_adult = normal_quantile(u_adult)
        z_own = normal_quantile(u_cub)
        z_breeding = normal_quantile(u_breeding)
        rates.most[r, 0] = 0.0
        rates.most[r, 1] = 0.0
        for zone in range(rates.values.shape[1]):
            values = rates.values[row, zone]
            rho = values[p.VARIATION_CORRELATION]
            z_cub = rho * z_adult + math.sqrt(1.0 - rho * rho) * z_own
            draw_survival(rates, layout, classes, row, r, zone, part, (z_adult, z_cub), (u_adult, u_cub), is_uniform)
            draw_breeding(rates, layout, row, r, zone, z_breeding, u_breeding, is_uniform, clock.months == 1)
            strike = 0.0
            if has_catastrophes:
                strike = catastrophe_chance(values, part, u_catastrophe)
            rates.catastrophe[r, zone] = strike
            for sex in range(2):
                for cls in range(layout.classes):
                    rates.most[r, 0] = max(rates.most[r, 0], rates.death[r, zone, sex, cls])
            for stage in range(4):
                rates.most[r, 1] = max(rates.most[r, 1], rates.kill[row, zone, stage])


def step(world: "World") -> None:
    """Apply the year's schedule and draw the year."""
    world.renew_rates(world.clock.year)
    inputs = world.inputs
    if world.rates.spread[0, 0, 0, 0] < 0.0:
        fit_variation(world.rates, inputs.layout, inputs.classes)
    draw_year(
        world.rates,
        inputs.layout,
        inputs.classes,
        inputs.keys,
        world.clock,
        inputs.settings.has_uniform_variation,
        inputs.settings.has_catastrophes,
    )


ENVIRONMENT = Process(
    name="environment",
    summary="Applies the year's changes of parameters, draws good and bad years and catastrophes.",
    cadence="year_start",
    reads=("rates.values",),
    writes=("rates", "land.food"),
    streams=(Stream.ENVIRONMENT,),
    parameters=(
        "survival",
        "shares",
        "variation",
        "reproduction.litter_probability",
        "reproduction.conception_season",
        "catastrophe",
    ),
    step=step,
)
