"""The reference state with a threat in constant and in explicit form, in pairs."""

from dataclasses import replace
from functools import cache

import numpy as np

from orientalis.engine.simulate import simulate
from orientalis.scenario import compile_batch
from orientalis.verify.worlds import spec_of
from tests.theory.test_theory_start import by_year, real_map

REPLICATES, YEARS = 200, 8


@cache
def records_with(threats, replicates=REPLICATES, years=YEARS, parameters=()):
    """Today's range at the numbers of 2023 on the real map, good and bad years and catastrophes off."""
    calm = {f"variation.{name}": 0.0 for name in ("adult_survival", "cub_survival", "breeding")}
    spec = spec_of(
        "panthera_pardus_orientalis",
        animals=170,
        years=years,
        tick="month",
        landscape=real_map(),
        parameters={**calm, **dict(parameters)},
        start={"zone": "range_today"},
        seed=2023,
        threats=threats,
    )
    inputs = compile_batch(spec, 0, replicates)
    return simulate(replace(inputs, settings=replace(inputs.settings, has_catastrophes=False)))


def paired_survival(threat, *, deaths, births=None, numbers=()):
    """Yearly survival without the threat and with it, and the jackknife error of the difference.

    births: survival = 1 - deaths / births, from year 2 on; numbers: exp(-deaths / mean of the numbers at the ends of
    each year).
    """
    found = []
    for threats in ((), (threat,)):
        records = records_with(threats)
        dead = sum(by_year(records, prefix, REPLICATES, YEARS) for prefix in deaths)
        if births:
            found.append((dead[:, 2:].sum(axis=1), by_year(records, births, REPLICATES, YEARS)[:, 2:].sum(axis=1)))
        else:
            living = sum(by_year(records, prefix, REPLICATES, YEARS) for prefix in numbers)
            found.append((dead[:, 1:].sum(axis=1), (living[:, 1:] + living[:, :-1]).sum(axis=1) / 2.0))
    share = [(dead.sum() / at_risk.sum(), _left_out(dead, at_risk)) for dead, at_risk in found]
    alive = [(1.0 - one, 1.0 - each) if births else (np.exp(-one), np.exp(-each)) for one, each in share]
    error = np.sqrt((REPLICATES - 1) * np.var(alive[1][1] - alive[0][1]))
    return alive[0][0], alive[1][0], error


def _left_out(dead, at_risk):
    return (dead.sum() - dead) / (at_risk.sum() - at_risk)
