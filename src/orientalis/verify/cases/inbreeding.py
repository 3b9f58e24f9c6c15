"""V5: inbreeding of a known pedigree, loss of heterozygosity, and the load over one cohort's life.

Full sibs mated for generations: F = 0, .25, .375, .5, .59375. An ideal population of N: H_t = H_0 (1 - 1/2N)^t. Load:
survival * exp(-(LE/2) F); in the engine a cohort whose F lies dF above that of the first animals is born and reaches
breeding age exp(-6 dF) times as often at 12 diploid lethal equivalents.
"""

import math

import numpy as np
import numpy.typing as npt

from orientalis.engine.codes import BIRTHS, Life, Sex
from orientalis.engine.genes import LOCI, Genes, empty_genes, inherit
from orientalis.engine.simulate import begin, run_year
from orientalis.engine.world import World
from orientalis.scenario import compile_batch
from orientalis.verify.row import Case, Row, exact, statistical
from orientalis.verify.worlds import spec_of

FULL_SIBS = (0.0, 0.25, 0.375, 0.5, 0.59375)
LOAD = {0.0625: 0.687, 0.125: 0.472, 0.25: 0.223}
"""Survival at 12 diploid lethal equivalents, by F."""
SIZE, GENERATIONS = 10, 12
COHORT_YEARS = 5
_SEASON = (1.0, *(0.0 for _ in range(11)))
LEOPARD = "panthera_pardus_orientalis"
Floats = npt.NDArray[np.float64]


def _mate(genes: Genes, r: int, child: int, mother: int, father: int, key: int, uid: int) -> None:
    genes.sire[r, mother] = genes.alleles[r, father]
    inherit(genes, np.uint64(key), np.uint64(uid), r, child, mother)


def _mean(values: Floats) -> tuple[float, float]:
    return float(values.mean()), float(values.std(ddof=1)) / math.sqrt(len(values))


def full_sibs(replicates: int) -> list[tuple[float, float]]:
    """F in five generations of full sibs mated: means over replicates and their errors."""
    genes = empty_genes(replicates, 4)
    genes.alleles[:, :2] = np.arange(4, dtype=np.uint16).reshape(2, 1, 2)
    found = []
    for generation in range(len(FULL_SIBS)):
        old = 2 * (generation % 2)
        for r in range(replicates):
            for k in range(2):
                _mate(genes, r, 2 - old + k, old, old + 1, 1_000 + r, 2 * generation + k)
        found.append(_mean(genes.inbred[:, 2 - old] / LOCI))
    return found


def diversity(alleles: npt.NDArray[np.uint16]) -> Floats:
    """1 - sum p^2, mean over loci, [replicate]; alleles [replicate, animal, locus, side]."""
    squares = np.zeros(len(alleles))
    for allele in np.unique(alleles):
        share = (alleles == allele).mean(axis=(1, 3))
        squares += (share * share).mean(axis=1)
    return 1.0 - squares


def ideal_population(replicates: int) -> tuple[float, float]:
    """Gene diversity kept after the generations, of N animals with parents drawn with replacement, and its error."""
    random = np.random.default_rng(5)
    genes = empty_genes(replicates, 2 * SIZE)
    genes.alleles[:, :SIZE] = np.arange(2 * SIZE, dtype=np.uint16).reshape(SIZE, 1, 2)
    for generation in range(GENERATIONS):
        old = SIZE * (generation % 2)
        for r in range(replicates):
            for k in range(SIZE):
                mother, father = (old + int(parent) for parent in random.integers(0, SIZE, 2))
                _mate(genes, r, SIZE - old + k, mother, father, 1 + r, generation * SIZE + k)
    young = SIZE * (GENERATIONS % 2)
    return _mean(diversity(genes.alleles[:, young : young + SIZE]) / (1.0 - 1.0 / (2 * SIZE)))


def set_inbreeding(world: World, loci: int, at_start: int) -> None:
    """Make all cubs of the living identical by descent at so many loci, as their mothers are."""
    genes, animals = world.genes, world.animals
    genes.alleles[:] = 0
    is_male = animals.sex == Sex.MALE
    for side in range(2):
        genes.alleles[:, :, loci:, side] = np.where(is_male, 3 + side, 1 + side)[:, :, None]
    genes.inbred[:] = loci
    world.origin.start[:] = at_start / LOCI


def cohort(loci: int, at_start: int, replicates: int, survival: float = 0.9) -> tuple[Floats, Floats]:
    """Cubs of the first year, born and alive four years later, [replicate]; yearly survival of the young past cubhood.

    All conceive in January, so that nobody makes up for a lost litter within the year. The animals' F is loci / 64,
    that at which the load is 0 is at_start / 64; 12 lethal equivalents.
    """
    young = ("juvenile", "subadult")
    rates = {f"survival.{name}.{sex.name.lower()}": survival for name in young for sex in Sex}
    spec = spec_of(
        LEOPARD,
        animals=60,
        years=COHORT_YEARS,
        tick="month",
        threats=("genetics",),
        parameters={**rates, "genetics.lethal_equivalents": 12.0, "reproduction.conception_season": _SEASON},
        start={"ages": "uniform", "youngest": 5, "oldest": 6},
        seed=3,
    )
    world = begin(compile_batch(spec, 0, replicates))
    set_inbreeding(world, loci, at_start)
    for year in range(COHORT_YEARS):
        run_year(world, year)
        if year == 0:
            births = world.tally[:, 0, BIRTHS : BIRTHS + 2].sum(axis=1).astype(np.float64)
    age = world.animals.age
    last = COHORT_YEARS * 12
    alive = (world.animals.life == Life.LIVING) & (age > last - 12) & (age <= last) & (world.animals.mother > 0)
    return births, alive.sum(axis=1).astype(np.float64)


def ratio(some: Floats, others: Floats) -> tuple[float, float]:
    """Ratio of two totals and its error by replicates."""
    value = float(some.sum() / others.sum())
    residual = some - value * others
    return value, float(np.sqrt((residual * residual).sum()) / others.sum())


def run(quick: bool) -> list[Row]:
    """All rows; the cohort's, at every F of the table."""
    rows = []
    for generation, (mean, error) in enumerate(full_sibs(400 if quick else 3_000)):
        rows.append(statistical(f"V5.inbreeding.generation_{generation + 1}", FULL_SIBS[generation], mean, error))
    mean, error = ideal_population(60 if quick else 400)
    kept = math.exp(GENERATIONS * math.log(1.0 - 1.0 / (2 * SIZE)))
    rows.append(statistical("V5.heterozygosity", kept, mean, error))
    replicates = 60 if quick else 400
    _, base = cohort(0, 0, replicates)
    for inbreeding, survival in LOAD.items():
        rows.append(exact(f"V5.load.formula_{_name(inbreeding)}", survival, math.exp(-6.0 * inbreeding), 0.0005))
        _, alive = cohort(int(inbreeding * LOCI), 0, replicates)
        got, error = ratio(alive, base)
        rows.append(statistical(f"V5.load.cohort_{_name(inbreeding)}", math.exp(-6.0 * inbreeding), got, error))
    return rows


def _name(inbreeding: float) -> str:
    return f"{inbreeding:g}".partition(".")[2]


INBREEDING = Case(
    (
        *(f"V5.inbreeding.generation_{k + 1}" for k in range(len(FULL_SIBS))),
        "V5.heterozygosity",
        *(f"V5.load.{what}_{_name(f)}" for f in LOAD for what in ("formula", "cohort")),
    ),
    run,
)
