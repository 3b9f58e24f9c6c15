"""Genes of the first animals: drift among few ancestors before the start, so that the founders are related.

`burn_in_generations` generations of Wright and Fisher's drift: 2 * burn_in_size copies of a locus, all different at
first, are drawn with replacement from the copies before, and the first animals' alleles from the last of them, which
is the last generation. So the first animals' mean F is 1 - (1 - 1/(2 N))^t. With 0 generations no two are related.
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from orientalis.engine import scalars as p
from orientalis.engine.codes import Domain, Life, Stream
from orientalis.engine.genes import FOUNDER, LOCI, MATERNAL, TRIES, Genes, Origin, is_lethal, lethal_chance
from orientalis.engine.kernel import kernel
from orientalis.engine.parameters import Rates
from orientalis.engine.rng import bits, thing_uid, uniform
from orientalis.engine.state import Animals, Slots, Words

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LIVING = int(Life.LIVING)
_STREAM = int(Stream.GENES)
_LOCUS = int(Domain.LOCUS)
_ONE = np.uint64(1)
_LEAST = 1e-12


@kernel
def drift(origin: Origin, key: np.uint64, r: int, locus: int, copies: int, generations: int, chance: float) -> int:
    """Drift at a locus before the first animals; returns which of the two pools holds the last generation.

    Copies 2 i and 2 i + 1 make an ancestor; one homozygous for a lethal draws its second copy again. Draws stand at
    (address of the locus, generation * TRIES + try), index the copy; generations count from 1.
    """
    pool = origin.pool
    for copy in range(copies):
        pool[r, 0, locus, copy] = copy
    now = 0
    for generation in range(1, generations):
        for copy in range(copies):
            for attempt in range(TRIES):
                u = uniform(key, thing_uid(_LOCUS, locus), generation * TRIES + attempt, _STREAM, copy)
                allele = pool[r, now, locus, int(u * copies)]
                pool[r, 1 - now, locus, copy] = allele
                if copy % 2 == 0 or pool[r, 1 - now, locus, copy - 1] != allele:
                    break
                if not is_lethal(key, locus, int(allele), chance):
                    break
        now = 1 - now
    return now


@kernel
def found(animals: Animals, genes: Genes, origin: Origin, rates: Rates, keys: Words, founders: int) -> None:
    """Alleles of the founders, who fill the first slots; draws at (uid, the try), index FOUNDER + 2 locus + side."""
    for r in range(animals.life.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        values = rates.values[row, 0]
        key = keys[r, 1]
        copies = int(values[p.BURN_IN_SIZE] * 2.0 + 0.5)
        generations = int(values[p.BURN_IN_GENERATIONS] + 0.5)
        chance = lethal_chance(values)
        for locus in range(LOCI):
            now = drift(origin, key, r, locus, copies, generations, chance)
            for s in range(founders):
                if generations == 0:
                    genes.alleles[r, s, locus, 0] = 2 * s
                    genes.alleles[r, s, locus, 1] = 2 * s + 1
                    continue
                u = uniform(key, animals.uid[r, s], 0, _STREAM, FOUNDER + 2 * locus)
                genes.alleles[r, s, locus, 0] = origin.pool[r, now, locus, int(u * copies)]
                for attempt in range(TRIES):
                    u = uniform(key, animals.uid[r, s], attempt, _STREAM, FOUNDER + 2 * locus + 1)
                    allele = origin.pool[r, now, locus, int(u * copies)]
                    genes.alleles[r, s, locus, 1] = allele
                    if genes.alleles[r, s, locus, 0] != allele:
                        break
                    if not is_lethal(key, locus, int(allele), chance):
                        break


@kernel
def found_cubs(animals: Animals, slots: Slots, genes: Genes, rates: Rates, keys: Words, founders: int) -> None:
    """Alleles of the cubs at the founders' side: one of the mother's two, and one of any founder's for the father's.

    The father is unknown: the uniform at (cub, the try), index FOUNDER + 2 locus + 1, chooses among all 2 n founder
    alleles of the locus. A cub homozygous for a lethal draws that again.
    """
    for r in range(animals.life.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        chance = lethal_chance(rates.values[row, 0])
        key = keys[r, 1]
        for s in range(founders, slots.high[r]):
            word = bits(key, animals.uid[r, s], np.uint64(0), _STREAM, MATERNAL)
            for locus in range(LOCI):
                one = genes.alleles[r, animals.mother_slot[r, s], locus, np.int64(word & _ONE)]
                word = word >> _ONE
                genes.alleles[r, s, locus, 0] = one
                for attempt in range(TRIES):
                    u = uniform(key, animals.uid[r, s], attempt, _STREAM, FOUNDER + 2 * locus + 1)
                    place = int(u * (2 * founders))
                    allele = genes.alleles[r, place // 2, locus, place % 2]
                    genes.alleles[r, s, locus, 1] = allele
                    if one != allele or not is_lethal(key, locus, int(allele), chance):
                        break


@kernel
def measure(animals: Animals, slots: Slots, genes: Genes, origin: Origin, rates: Rates, keys: Words) -> None:
    """The first animals' loci identical by descent, their mean F and their burden of lethals.

    spared = -sum over loci of log(1 - sum of p^2 over the lethal alleles), p their frequency among the first animals.
    Where F counts absolutely both stay 0.
    """
    for r in range(animals.life.shape[0]):
        values = rates.values[r if rates.values.shape[0] > 1 else 0, 0]
        inbred = 0
        number = 0
        for s in range(slots.high[r]):
            if animals.life[r, s] != _LIVING:
                continue
            number += 1
            genes.inbred[r, s] = 0
            for locus in range(LOCI):
                genes.inbred[r, s] += genes.alleles[r, s, locus, 0] == genes.alleles[r, s, locus, 1]
            inbred += genes.inbred[r, s]
        origin.start[r] = 0.0
        origin.spared[r] = 0.0
        if number == 0 or values[p.ABSOLUTE] > 0.0:
            continue
        origin.start[r] = inbred / (LOCI * number)
        chance = lethal_chance(values)
        if chance > 0.0:
            origin.spared[r] = burden(animals, slots, genes, origin, keys[r, 1], r, number, chance)


@kernel
def burden(
    animals: Animals, slots: Slots, genes: Genes, origin: Origin, key: np.uint64, r: int, number: int, chance: float
) -> float:
    """-log of the chance that a cub of parents drawn at random from the living escapes all lethals."""
    total = 0.0
    for locus in range(LOCI):
        for allele in range(origin.counted.shape[1]):
            origin.counted[locus, allele] = 0
        for s in range(slots.high[r]):
            if animals.life[r, s] == _LIVING:
                origin.counted[locus, genes.alleles[r, s, locus, 0]] += 1
                origin.counted[locus, genes.alleles[r, s, locus, 1]] += 1
        squares = 0
        for allele in range(origin.counted.shape[1]):
            count = int(origin.counted[locus, allele])
            if count > 0 and is_lethal(key, locus, allele, chance):
                squares += count * count
        escapes = 1.0 - squares / (4.0 * number * number)
        total -= math.log(max(escapes, _LEAST))
    return total


def give_founders_genes(world: "World") -> None:
    """Genes of all that live at the start."""
    inputs = world.inputs
    founders = inputs.founders.animals
    found(world.animals, world.genes, world.origin, world.rates, inputs.keys, founders)
    if inputs.founders.litter_share > 0.0:
        found_cubs(world.animals, world.slots, world.genes, world.rates, inputs.keys, founders)
    measure(world.animals, world.slots, world.genes, world.origin, world.rates, inputs.keys)
