"""Good and bad years keep the mean, and the length of a tick changes nothing that matters."""

import math
from dataclasses import replace

import numpy as np
import pytest

from orientalis.engine.codes import Life
from orientalis.engine.simulate import begin, run_year
from orientalis.scenario import compile_batch
from orientalis.verify.worlds import SPECIES, spec_of

REPLICATES = 40_000
LEOPARD = "panthera_pardus_orientalis"


def rates_of(species, tick, parameters=None):
    """Rates of the first year, with so many years' draws as replicates."""
    spec = spec_of(species, animals=1, years=1, tick=tick, parameters=parameters, start={"cubs": False})
    return begin(compile_batch(spec, 0, REPLICATES)), list(spec.species.classes)


def yearly(world, sex, cls):
    """Yearly survival of a class in each replicate's first year."""
    ticks = 12 // world.settings.months_a_tick
    return (1.0 - world.rates.death[:, 0, sex, cls]) ** ticks


def mean_of(world, sex, cls):
    """Yearly survival in the table: the base hazard without the shares that other processes model."""
    layout, values = world.inputs.layout, world.inputs.values[0, 0]
    share = values[layout.shares + cls] + values[layout.shares + layout.classes + cls]
    period = world.inputs.classes.period[cls]
    return math.exp(math.log(values[layout.survival + sex * layout.classes + cls]) * 12.0 / period * (1.0 - share))


@pytest.mark.parametrize("distribution", ["logit_normal", "uniform"])
def test_yearly_variation_preserves_the_mean(distribution):
    spec = spec_of(LEOPARD, animals=1, years=1, tick="month", start={"cubs": False})
    inputs = compile_batch(spec, 0, REPLICATES)
    world = begin(replace(inputs, settings=replace(inputs.settings, has_uniform_variation=distribution == "uniform")))
    classes = spec.species.classes
    for sex in range(2):
        for cls, entry in enumerate(classes):
            if entry.variation == "adult" and mean_of(world, sex, cls) + 3**0.5 * 0.03 < 1.0:
                survival = yearly(world, sex, cls)
                assert abs(survival.mean() - mean_of(world, sex, cls)) < 0.002, entry.name
                assert survival.std() == pytest.approx(0.03, rel=0.05), entry.name
        cubs = [cls for cls, entry in enumerate(classes) if entry.variation == "cub"]
        years = [classes[cls].months / 12.0 for cls in cubs]
        through = np.prod([yearly(world, sex, cls) ** part for cls, part in zip(cubs, years, strict=True)], axis=0)
        mean = math.prod(mean_of(world, sex, cls) ** part for cls, part in zip(cubs, years, strict=True))
        assert abs(through.mean() - mean) < 0.002 + 5 * 0.1 / math.sqrt(REPLICATES)
        assert through.std() == pytest.approx(0.1, rel=0.05)
    conceive = 1.0 - np.prod(1.0 - world.rates.conceive[:, 0], axis=1)
    if distribution == "logit_normal":
        assert abs(conceive.mean() - 0.9) < 0.002
        assert conceive.std() == pytest.approx(0.1, rel=0.05)


def test_adults_and_cubs_share_their_years():
    world, classes = rates_of(LEOPARD, "month")
    adult = [entry.name for entry in classes].index("adult")
    one, two = (np.log(s / (1.0 - s)) for s in (yearly(world, 0, adult), yearly(world, 0, 0)))
    assert np.corrcoef(one, two)[0, 1] == pytest.approx(0.5, abs=0.03)


def test_a_month_and_a_year_mean_the_same_survival():
    calm = {f"variation.{name}": 0.0 for name in ("adult_survival", "cub_survival", "breeding")}
    month, year = (rates_of(LEOPARD, tick, calm) for tick in ("month", "year"))
    for sex in range(2):
        for cls in range(len(month[1])):
            assert yearly(month[0], sex, cls)[0] == pytest.approx(yearly(year[0], sex, cls)[0], rel=1e-12)
            assert yearly(month[0], sex, cls)[0] == pytest.approx(mean_of(month[0], sex, cls), rel=1e-12)
    half = 1.0 - month[0].rates.death[0, 0, 0, 5]
    assert abs((math.sqrt(half) ** 24) / half**12 - 1.0) < 0.005
    yearly_chance = 1.0 - np.prod(1.0 - month[0].rates.conceive[0, 0])
    assert yearly_chance == pytest.approx(year[0].rates.conceive[0, 0, 0], rel=1e-12)


def test_monthly_growth_is_within_half_a_per_cent_of_continuous_time():
    """Births at 0.25 and deaths at 0.15 a year grow by exp(0.1) a year in continuous time, the limit of short ticks."""
    spec = spec_of(
        SPECIES / "birth_death.toml",
        animals=3_000,
        years=10,
        tick="month",
        parameters={
            "reproduction.litter_probability": 1.0 - math.exp(-0.25),
            "survival.all.female": math.exp(-0.15),
        },
        start={"ages": "uniform", "youngest": 1, "oldest": 1},
    )
    inputs = compile_batch(spec, 0, 20)
    world = begin(replace(inputs, settings=replace(inputs.settings, is_newborn_safe=True)))
    for year in range(10):
        run_year(world, year)
    number = (world.animals.life == Life.LIVING).sum(axis=1)
    growth = (number / 3_000.0) ** 0.1
    error = growth.std(ddof=1) / math.sqrt(len(growth))
    assert abs(growth.mean() / math.exp(0.1) - 1.0) < 0.005 + 5 * error
    assert 5 * error < 0.005
