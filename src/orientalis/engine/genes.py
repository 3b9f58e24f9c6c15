"""Genes by slot, where their alleles come from, and what inbreeding does to a life.

Gene drop (MacCluer and others 1986): every first animal carries named alleles at 64 unlinked loci, each cub gets one of
each parent's two; a locus whose two alleles are the same founder allele is identical by descent, and F is the share of
such loci. Arrays have length 0 in their second dimension when genetics is off.
"""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from orientalis.engine import scalars as p
from orientalis.engine.codes import Domain, Stream
from orientalis.engine.kernel import inline_kernel, kernel
from orientalis.engine.life import class_at
from orientalis.engine.parameters import Layout, Rates
from orientalis.engine.rng import bits, offspring_uid, thing_uid, uniform
from orientalis.engine.state import Animals, ClassTable, Floats, Ints, Shorts

Alleles = npt.NDArray[np.uint16]

LOCI = 64
"""Loci that are followed: one bit each of a 64-bit word."""
NOT_DRAWN = -1
"""Loci identical by descent of a newborn before it has its genes."""
MATERNAL, PATERNAL, LITTER, FOUNDER = 0, 1, 2, 16
"""Indices in the stream of genes, tick 0: the words that choose the mother's and the father's alleles, whether a cub
is lost or has a sibling; from FOUNDER on, 2 * locus + side: an allele of a first animal."""
TRIES = 16
"""Draws at most for who would be homozygous for a lethal."""

_STREAM = int(Stream.GENES)
_LOCUS = int(Domain.LOCUS)
_ONE = np.uint64(1)
_LEAST = 1e-12


class Genes(NamedTuple):
    """What animals carry, [replicate, slot, …].

    alleles [locus, side]: founder alleles, the mother's first; sire [locus, side]: those of the male that sired the
    litter she carries; inbred: loci identical by descent, or NOT_DRAWN; sire_slot: the male by whom she conceived in
    this tick, else -1.
    """

    alleles: Alleles
    sire: Alleles
    inbred: Shorts
    sire_slot: Ints


class Origin(NamedTuple):
    """Where alleles come from and what F is measured against.

    pool [replicate, 2, locus, copy]: founder alleles in the generations before the first animals, two in turn; start
    [replicate]: the F at which load is 0; spared [replicate]: -log of the chance that a cub of the first animals
    escapes their lethals; weight [replicate or 1, sex, stage, class]: see `weigh`; counted [locus, allele]: working
    memory of counts.
    """

    pool: Alleles
    start: Floats
    spared: Floats
    weight: Floats
    counted: Ints


def empty_genes(replicates: int, slots: int) -> Genes:
    """Nobody carries anything yet; slots 0 when genetics is off."""
    shape = (replicates, slots)
    alleles, sire = np.zeros((*shape, LOCI, 2), np.uint16), np.zeros((*shape, LOCI, 2), np.uint16)
    return Genes(alleles, sire, np.zeros(shape, np.int16), np.full(shape, -1, np.int32))


def empty_origin(replicates: int, values: Floats, classes: int, founders: int, is_on: bool) -> Origin:
    """Room for the pools of all replicates; values [replicate or 1, zone, parameter]."""
    copies = int(values[:, 0, p.BURN_IN_SIZE].max() * 2.0 + 0.5) if is_on else 0
    alleles = max(copies, 2 * founders) if is_on else 0
    return Origin(
        np.zeros((replicates if is_on else 0, 2, LOCI, copies), np.uint16),
        np.zeros(replicates),
        np.zeros(replicates),
        np.zeros((len(values), 2, 2, classes)),
        np.zeros((LOCI, alleles), np.int32),
    )


@inline_kernel
def slope_of(values: Floats) -> float:
    """What F costs a whole life, without the lethals: half the diploid lethal equivalents, B; values [parameter]."""
    return 0.5 * values[p.LETHAL_EQUIVALENTS] * (1.0 - values[p.LETHAL_SHARE])


@inline_kernel
def load_at(
    values: Floats, weight: Floats, first_year: int, end: int, age: int, cls: int, excess: float, spared: float
) -> float:
    """Hazard a tick that inbreeding adds at an age in ticks; `excess` is F less that of the first animals.

    weight [stage, class] * B * the stage's share of the load * excess: in the first year, then until `end`
    (`grown_up`), then nothing. `spared`: the hazard of lethals in the first year that the base rates contain.
    """
    load = 0.0
    if age < first_year:
        load = weight[0, cls] * (slope_of(values) * values[p.FIRST_YEAR_SHARE] * excess - spared)
    elif age < end:
        rest = 1.0 - values[p.FECUNDITY_SHARE] - values[p.FIRST_YEAR_SHARE]
        load = weight[1, cls] * (slope_of(values) * rest * excess)
    return load


@inline_kernel
def grown_up(rates: Rates, row: int, sex: int, first_year: int) -> int:
    """Age in ticks from which no load is left: the first breeding age, but later than the first year by a tick."""
    age = rates.ages[row, sex]
    return age if age > first_year else first_year + 1


@kernel
def weigh(origin: Origin, rates: Rates, layout: Layout, classes: ClassTable, first_year: int) -> None:
    """Fill origin.weight: what a tick at an age of each class bears of the load of its stage, 1 in sum over the stage.

    In proportion to the class's published hazard in zone 0, so that being less inbred than the first animals can save
    lives throughout the stage; evenly where nobody dies.
    """
    for row in range(rates.values.shape[0]):
        for sex in range(2):
            end = grown_up(rates, row, sex, first_year)
            for stage in range(2):
                total = 0.0
                for age in range(first_year * stage, end if stage == 1 else first_year):
                    cls = class_at(classes, age)
                    total += published_hazard(rates.values[row, 0], layout, classes, sex, cls)
                ticks = end - first_year if stage == 1 else first_year
                for cls in range(layout.classes):
                    hazard = published_hazard(rates.values[row, 0], layout, classes, sex, cls)
                    origin.weight[row, sex, stage, cls] = hazard / total if total > 0.0 else 1.0 / ticks


@inline_kernel
def published_hazard(values: Floats, layout: Layout, classes: ClassTable, sex: int, cls: int) -> float:
    """-log(survival) of a class, all causes, a month; survival at least 1e-12."""
    survival = values[layout.survival + sex * layout.classes + cls]
    return -math.log(survival if survival > _LEAST else _LEAST) / classes.period[cls]


@kernel
def cubs_of(
    animals: Animals, genes: Genes, origin: Origin, values: Floats, key: np.uint64, r: int, mother: int, place: int
) -> int:
    """Cubs at a place of the litter: 1, or 0 where lost to the mother's inbreeding, or 2 where she is less inbred.

    Their mean is m = exp(-B * fecundity's share * excess), at most 2: lost with chance 1 - m, doubled with m - 1; the
    uniform stands at the cub's uid, tick 0.
    """
    mean = math.exp(-(slope_of(values) * values[p.FECUNDITY_SHARE] * excess_of(genes, origin, r, mother)))
    cub = offspring_uid(animals.uid[r, mother], animals.litters[r, mother], place)
    u = uniform(key, cub, 0, _STREAM, LITTER)
    if mean < 1.0:
        return 1 if u < mean else 0
    return 2 if u < mean - 1.0 else 1


@kernel
def lethal_chance(values: Floats) -> float:
    """Chance that a founder allele is a recessive lethal: B times the lethals' share, over the loci."""
    chance = values[p.LETHAL_SHARE] * 0.5 * values[p.LETHAL_EQUIVALENTS] / LOCI
    return min(chance, 1.0)


@kernel
def is_lethal(key: np.uint64, locus: int, allele: int, chance: float) -> bool:
    """Whether a founder allele is a recessive lethal: uniform at (address of the locus, tick 0), index the allele."""
    return chance > 0.0 and uniform(key, thing_uid(_LOCUS, locus), 0, _STREAM, allele) < chance


@kernel
def inherit(genes: Genes, key: np.uint64, uid: np.uint64, r: int, s: int, mother: int) -> None:
    """Give the cub in slot `s` its alleles: by one bit a locus, 1 for the second of the parent's two."""
    from_mother = bits(key, uid, np.uint64(0), _STREAM, MATERNAL)
    from_father = bits(key, uid, np.uint64(0), _STREAM, PATERNAL)
    inbred = 0
    for locus in range(LOCI):
        one = genes.alleles[r, mother, locus, np.int64(from_mother & _ONE)]
        two = genes.sire[r, mother, locus, np.int64(from_father & _ONE)]
        genes.alleles[r, s, locus, 0] = one
        genes.alleles[r, s, locus, 1] = two
        inbred += one == two
        from_mother = from_mother >> _ONE
        from_father = from_father >> _ONE
    genes.inbred[r, s] = inbred


@kernel
def dies_of_lethals(genes: Genes, key: np.uint64, r: int, s: int, chance: float) -> bool:
    """Whether the animal is homozygous for a lethal at any locus."""
    if chance <= 0.0 or genes.inbred[r, s] == 0:
        return False
    for locus in range(LOCI):
        allele = genes.alleles[r, s, locus, 0]
        if allele == genes.alleles[r, s, locus, 1] and is_lethal(key, locus, int(allele), chance):
            return True
    return False


@inline_kernel
def excess_of(genes: Genes, origin: Origin, r: int, s: int) -> float:
    """F of an animal less the F at which load is 0."""
    return genes.inbred[r, s] / LOCI - origin.start[r]
