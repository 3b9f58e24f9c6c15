"""Carnivores on their prey: at most 90 kg on 10,000 kg (Carbone and Gittleman 2002), on the land of 28,000 sika."""

import numpy as np
import pytest

from orientalis.engine.simulate import simulate
from orientalis.scenario import compile_batch
from tests.engine.prey_worlds import SIKA_ALONE, plain, spec_with

SIKA, MASS, AREA = 28_000, 60.0, 5_710.0
CELLS, REPLICATES, YEARS = 38, 2, 40
CEILING, BESIDE_TIGERS, TIGERS = 378.0, 261.0, 39.0
A_TIGER = (CEILING - BESIDE_TIGERS) / TIGERS
"""Leopards that a tiger stands for: three."""


@pytest.mark.parametrize("threats", [("ungulates",), ("ungulates", "tigers")], ids=["leopards_alone", "beside_tigers"])
def test_the_land_of_28_000_sika_carries_more_than_57_leopards_and_fewer_than_the_ceiling(threats):
    land = plain((CELLS, CELLS), prey=SIKA * MASS / AREA)
    area = CELLS * CELLS * land.cell_km2
    numbers = {**SIKA_ALONE, "catastrophe.per_generation": 0.0}
    if "tigers" in threats:
        numbers["tigers.prey_per_adult"] = SIKA * MASS / TIGERS
    spec = spec_with(land, numbers, threats, animals=150, years=YEARS)
    tallies = simulate(compile_batch(spec, 0, REPLICATES)).tallies
    late = tallies["year"] > YEARS // 2

    def mean(*names):
        years = REPLICATES * (YEARS - YEARS // 2)
        return sum(float(tallies[name][late].sum()) for name in names if name in tallies) / years / area * AREA

    adults = mean("number.adult_female", "number.adult_male")
    independent = adults + mean("number.subadult_female", "number.subadult_male")
    tigers = mean("tigers.adults") / 100.0
    sika = mean("prey.sika") / MASS
    print(f"{adults:.0f} adults, {independent:.0f} independent, {tigers:.1f} tigers, {sika:.0f} sika")
    assert ("tigers" in threats) == (tigers > 5.0)
    assert adults > 57.0
    assert independent + A_TIGER * tigers < CEILING
    assert np.isfinite(sika) and sika > 5_000
