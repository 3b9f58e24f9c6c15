"""What the leopard's numbers amount to: a quick Euler-Lotka check of growth at low density, with every cause of death.

No map, no density, no search for mates or ranges; 0.51 litters a year for an adult female is what the default
chance of conceiving, season, dependence and losses of litters give in an individual-based sketch. It guards the
defaults against slips, and says that the ranges span decline and growth; it is no result.
"""

import math
import random
from collections.abc import Callable

from orientalis.catalogue import load_species

LEOPARD = load_species("panthera_pardus_orientalis")
LITTERS = 0.51
FIRST_LITTER = 4
Value = Callable[[str], float]


def default(path: str) -> float:
    """The default of a path; the mean for a distribution of litters."""
    return mean_litter(LEOPARD.values(path)) if path.endswith("litter_size") else LEOPARD.value(path)


def mean_litter(chances: tuple[float, ...]) -> float:
    """Cubs a litter."""
    return sum((at + 1) * chance for at, chance in enumerate(chances))


def yearly_hazards(value: Value) -> list[float]:
    """Hazards of females by age in years: published ones, with people's share replaced by killing."""
    monthly: list[float] = []
    for entry in LEOPARD.classes:
        path = f"survival.{entry.name}.female"
        months = entry.months if LEOPARD.quantity(path).unit == "probability/stage" else 12
        natural = -math.log(value(path)) / months * (1 - value(f"shares.{entry.name}.people"))
        monthly += [natural] * (entry.months or 300)
    ages = range(int(value("life_history.longevity")) // 12)
    killing = ["cub", "juvenile", "subadult", "adult"]
    return [sum(monthly[12 * age : 12 * age + 12]) + value(f"killing.{killing[min(age, 3)]}") for age in ages]


def growth(value: Value) -> float:
    """The growth rate a year: λ of Σ λ^-x l(x) m(x) = 1, less what catastrophes take."""
    hazards = yearly_hazards(value)
    alive = [math.exp(-sum(hazards[:age])) for age in range(len(hazards))]
    daughters = LITTERS * value("reproduction.litter_size") * (1 - value("reproduction.male_share"))
    low, high = 0.5, 2.0
    for _ in range(60):
        middle = (low + high) / 2
        sum_ = sum(daughters * alive[age] * middle**-age for age in range(FIRST_LITTER, len(alive)))
        low, high = (middle, high) if sum_ > 1 else (low, middle)
    generations = value("catastrophe.generation") / 12
    return low * math.exp(value("catastrophe.per_generation") / generations * math.log(value("catastrophe.survival")))


def test_cubs_and_adults_are_as_stated() -> None:
    hazards = yearly_hazards(default)
    published = math.prod(LEOPARD.value(f"survival.{name}.female") for name in ("cub_0_3", "cub_3_6", "cub_6_12"))
    assert 0.50 < published < 0.55
    assert 0.75 < math.exp(-hazards[1]) < 0.82
    assert 0.90 < math.exp(-hazards[4]) < 0.93


def test_growth_at_low_density_is_moderate() -> None:
    assert 1.02 < growth(default) < 1.08


def group(path: str) -> str:
    """What moves together in a draw: survival of cubs, of adults, the shares of one cause, killing."""
    section, _, rest = path.partition(".")
    if section == "survival":
        return "cubs" if rest.startswith(("cub", "juvenile")) else "adults"
    return f"shares {rest.rpartition('.')[2]}" if section == "shares" else "killing" if section == "killing" else path


def drawn_growth(chance: random.Random) -> float:
    """The growth rate of one draw over the ranges."""
    quantiles = {group(path): chance.uniform(1e-9, 1 - 1e-9) for path in LEOPARD.quantities()}
    drawn = {path: quantity.draw(quantiles[group(path)]) for path, quantity in LEOPARD.quantities().items()}

    def value(path: str) -> float:
        found = drawn[path]
        return mean_litter(found) if isinstance(found, tuple) else found

    return growth(value)


def test_the_ranges_span_decline_and_growth() -> None:
    chance = random.Random(1)
    rates = sorted(drawn_growth(chance) for _ in range(400))
    assert rates[20] < 0.98
    assert rates[380] > 1.03
    assert 0.3 < sum(rate > 1 for rate in rates) / 400 < 0.9
