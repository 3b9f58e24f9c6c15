"""V5.effective_size: variance effective size of about 27 animals, as the engine's own mating and survival make it.

Gene diversity falls by 1/(2 Ne) a generation; a generation is the mean age of the parents of the newborn. Published:
7-16 in 2000-2008 (Sugimoto et al. 2014, abstract), when 27-34 animals were counted. A comparison: the burn-in of the
model uses that figure, the engine does not.
"""

import numpy as np

from orientalis.engine.codes import GENE_DIVERSITY, NUMBER, Life
from orientalis.engine.simulate import begin, run_year
from orientalis.engine.world import World
from orientalis.geography import synthetic
from orientalis.scenario import compile_batch
from orientalis.verify.row import Case, Row
from orientalis.verify.worlds import spec_of

ANIMALS = 27
_YEARS, _BURN_IN = 30, 6
_NAME = "V5.effective_size"


def parents_ages(world: World) -> list[int]:
    """Ages in months, at the birth, of the living parents of the living cubs under 12 months."""
    animals = world.animals
    found = []
    for r in range(len(animals.life)):
        alive = animals.life[r] == Life.LIVING
        age_of = dict(zip(animals.uid[r, alive].tolist(), animals.age[r, alive].tolist(), strict=True))
        for s in np.nonzero(alive & (animals.age[r] < 12) & (animals.mother[r] > 0))[0]:
            for parent in (int(animals.mother[r, s]), int(animals.father[r, s])):
                if parent in age_of:
                    found.append(age_of[parent] - int(animals.age[r, s]))
    return found


def emergent(replicates: int, side: int = 11, prey: float = 230.0) -> tuple[float, float, float]:
    """Effective size, mean number of animals of 12 months or more, years a generation, on a closed map.

    side: cells; prey: kg a cell, which with the side sets how many live there. Replicates that keep 5 animals count.
    """
    spec = spec_of(
        "panthera_pardus_orientalis",
        animals=ANIMALS,
        years=_YEARS,
        tick="month",
        landscape=synthetic((side, side), prey=prey),
        threats=("genetics",),
        parameters={"genetics.lethal_equivalents": 0.0, "genetics.burn_in_generations": 0.0},
        seed=27,
    )
    world = begin(compile_batch(spec, 0, replicates))
    kept, numbers, ages = [], [], []
    for year in range(_YEARS):
        run_year(world, year)
        kept.append(world.tally[:, 0, GENE_DIVERSITY].astype(np.float64))
        numbers.append(world.tally[:, :, NUMBER + 2 : NUMBER + 8].sum(axis=(1, 2)))
        world.tally[:] = 0
        if year >= _BURN_IN:
            ages += parents_ages(world)
    counts = numbers[-1] >= 5
    generation = float(np.mean(ages)) / 12.0
    share = kept[-1][counts].mean() / kept[_BURN_IN][counts].mean()
    a_generation = share ** (generation / (_YEARS - 1 - _BURN_IN))
    return 1.0 / (2.0 * (1.0 - a_generation)), float(np.mean(numbers[_BURN_IN:], axis=0)[counts].mean()), generation


def run(quick: bool) -> list[Row]:
    """The effective size beside the published range, and the number of animals it belongs to."""
    size, number, _ = emergent(20 if quick else 200)
    return [
        Row(_NAME, "comparison", 11.5, size, 7.0, 16.0, None),
        Row(f"{_NAME}.animals", "comparison", float(ANIMALS), number, 27.0, 34.0, None),
    ]


EFFECTIVE_SIZE = Case((_NAME, f"{_NAME}.animals"), run)
