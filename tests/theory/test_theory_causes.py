"""A cause in explicit form gives back what its share takes out of the base hazard, at the reference state.

The reference state is today's range at the numbers of 2023 on the real map. Yearly survival must agree with the
catalogue's, all causes included, within one point.
"""

import math
from dataclasses import replace

import numpy as np

from orientalis.catalogue import load_species
from orientalis.engine.simulate import simulate
from orientalis.scenario import compile_batch
from tests.theory.test_theory_start import by_year, real_spec

REPLICATES, YEARS = 60, 8


def test_the_first_year_of_cubs_costs_what_the_catalogue_says():
    """Of the cubs born in years 2 to 8, as many live to 12 months as the published survival says (± 1 point)."""
    calm = {f"variation.{name}": 0.0 for name in ("adult_survival", "cub_survival", "breeding")}
    inputs = compile_batch(real_spec(170, YEARS, calm), 0, REPLICATES)
    records = simulate(replace(inputs, settings=replace(inputs.settings, has_catastrophes=False)))
    counted = slice(2, YEARS + 1)
    births = by_year(records, "births.", REPLICATES, YEARS)[:, counted].sum(axis=1)
    deaths = by_year(records, "deaths.cub_", REPLICATES, YEARS)[:, counted].sum(axis=1)
    survival = 1.0 - deaths.sum() / births.sum()
    left_out = 1.0 - (deaths.sum() - deaths) / (births.sum() - births)
    error = math.sqrt((REPLICATES - 1) * np.var(left_out))
    leopard = load_species("panthera_pardus_orientalis")
    wanted = math.prod(leopard.value(f"survival.{name}.female") for name in ("cub_0_3", "cub_3_6", "cub_6_12"))
    assert error < 0.004
    assert abs(survival - wanted) < 0.01 + 5 * error, (survival, error, wanted)
