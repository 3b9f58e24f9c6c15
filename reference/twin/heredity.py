"""Genes, animal by animal: where they come from, how they pass on, what inbreeding does."""

import math

from orientalis.engine.codes import GENE_ALLELES, GENE_DIVERSITY, GENES_INBRED, Cause, Domain, Stream
from orientalis.engine.genes import FOUNDER, LITTER, LOCI, MATERNAL, PATERNAL, TRIES
from reference.twin.chance import bits, mix, offspring_uid, thing_uid
from reference.twin.rates import MONTHS
from reference.twin.world import Animal, World

Pair = tuple[int, int]


def found(world: World) -> None:
    """Genes of all that live at the start, their mean F and their burden of lethals."""
    numbers = world.rates.of_zone[0]
    copies = int(numbers["genetics.burn_in_size"] * 2.0 + 0.5)
    generations = int(numbers["genetics.burn_in_generations"] + 0.5)
    founders = list(world.animals.values())[: world.inputs.founders.animals]
    cubs = list(world.animals.values())[world.inputs.founders.animals :]
    for locus in range(LOCI):
        pool = _drift(world, locus, copies, generations)
        for index, animal in enumerate(founders):
            pair = (2 * index, 2 * index + 1)
            if generations > 0:
                first = pool[int(_draw(world, animal.uid, 0, FOUNDER + 2 * locus) * copies)]
                pair = _mate_for(world, animal, locus, first, pool)
            animal.genes.append(pair)
        everyone = [allele for animal in founders for allele in animal.genes[locus]]
        for cub in cubs:
            assert cub.mother is not None
            first = cub.mother.genes[locus][_bit(world, cub, MATERNAL, locus)]
            cub.genes.append(_mate_for(world, cub, locus, first, everyone))
    _measure(world)


def _drift(world: World, locus: int, copies: int, generations: int) -> list[int]:
    """Founder alleles in the last generation before the first animals."""
    pool = list(range(copies))
    for generation in range(1, generations):
        drawn: list[int] = []
        for copy in range(copies):
            allele = -1
            for attempt in range(TRIES):
                u = _draw(world, thing_uid(Domain.LOCUS, locus), generation * TRIES + attempt, copy)
                allele = pool[int(u * copies)]
                if copy % 2 == 0 or drawn[-1] != allele or not _is_lethal(world, locus, allele):
                    break
            drawn.append(allele)
        pool = drawn
    return pool


def _mate_for(world: World, animal: Animal, locus: int, first: int, pool: list[int]) -> Pair:
    """The first allele with one from the pool beside it, drawn again where both are the same lethal."""
    second = first
    for attempt in range(TRIES):
        u = _draw(world, animal.uid, attempt, FOUNDER + 2 * locus + 1)
        second = pool[int(u * len(pool))]
        if second != first or not _is_lethal(world, locus, second):
            break
    return first, second


def _measure(world: World) -> None:
    numbers, living = world.rates.of_zone[0], world.living()
    for animal in living:
        animal.inbred = _same(animal)
    if not living or numbers["genetics.absolute"] > 0.0:
        return
    world.start_inbreeding = sum(animal.inbred for animal in living) / (LOCI * len(living))
    if _lethal_chance(world) > 0.0:
        for locus in range(LOCI):
            counts = _counts(living, locus)
            squares = sum(n * n for allele, n in counts.items() if _is_lethal(world, locus, allele))
            world.spared -= math.log(max(1.0 - squares / (4.0 * len(living) * len(living)), 1e-12))


def conception(world: World) -> None:
    """What the sire carries is kept with the mother."""
    for female in world.living():
        if female.mate is not None:
            female.sire_genes = female.mate.genes
            female.mate = None


def cubs_of(world: World, mother: Animal, place: int) -> int:
    """How many cubs are born at a place of the litter."""
    numbers = world.rates.of_zone[0]
    mean = math.exp(-(_slope(world) * numbers["genetics.fecundity_share"] * _excess(world, mother)))
    u = _draw(world, offspring_uid(mother.uid, mother.litters, place), 0, LITTER)
    if mean < 1.0:
        return int(u < mean)
    return 1 + int(u < mean - 1.0)


def choose_male(world: World, female: Animal, males: list[Animal]) -> Animal:
    """Without a map every male is as likely as the next."""
    word = bits(world.chance_key, female.uid, world.tick, Stream.MATING, 1)
    return max(males, key=lambda male: mix(male.uid ^ word))


def inheritance(world: World) -> None:
    """Newborns get their genes, some die of lethals; then the load of each."""
    for animal in world.living():
        if not animal.genes:
            _inherit(world, animal)
            if any(a == b and _is_lethal(world, locus, a) for locus, (a, b) in enumerate(animal.genes)):
                animal.cause = Cause.INBREEDING
                continue
        animal.load = _load(world, animal)


def _inherit(world: World, cub: Animal) -> None:
    mother = world.animals[cub.mother_uid]
    for locus in range(LOCI):
        one = mother.genes[locus][_bit(world, cub, MATERNAL, locus)]
        two = mother.sire_genes[locus][_bit(world, cub, PATERNAL, locus)]
        cub.genes.append((one, two))
    cub.inbred = _same(cub)


def _load(world: World, animal: Animal) -> float:
    """Hazard a tick by stage of life."""
    numbers, first_year = world.rates.of_zone[0], MONTHS // world.months
    fecundity, first = numbers["genetics.fecundity_share"], numbers["genetics.first_year_share"]
    end = max(world.rates.first_breeding[animal.sex], first_year + 1)
    if animal.age < first_year:
        burden = _slope(world) * first * _excess(world, animal) - world.spared
        return _weight(world, animal, range(first_year)) * burden
    if animal.age < end:
        burden = _slope(world) * (1.0 - fecundity - first) * _excess(world, animal)
        return _weight(world, animal, range(first_year, end)) * burden
    return 0.0


def _weight(world: World, animal: Animal, stage: range) -> float:
    """The part of a stage's load that falls on the animal's age, in proportion to the published hazards of its sex."""
    survival = world.rates.survival[0][animal.sex]
    hazard = [-math.log(max(s, 1e-12)) / months for s, months in zip(survival, world.period, strict=True)]
    total = 0.0
    for age in stage:
        total += hazard[world.class_of_age[min(age, len(world.class_of_age) - 1)]]
    return hazard[world.class_of(animal)] / total if total > 0.0 else 1.0 / len(stage)


def census(world: World) -> None:
    """Gene diversity, loci identical by descent, founder alleles left."""
    living = world.living()
    if not living:
        return
    squares = 0
    for locus in range(LOCI):
        counts = _counts(living, locus)
        squares += sum(n * n for n in counts.values())
        world.count(0, GENE_ALLELES, len(counts))
    world.count(0, GENES_INBRED, sum(animal.inbred for animal in living))
    share = squares / (4.0 * LOCI * len(living) * len(living))
    world.count(0, GENE_DIVERSITY, int((1.0 - share) * 1e6 + 0.5))


def _counts(animals: list[Animal], locus: int) -> dict[int, int]:
    counts: dict[int, int] = {}
    for animal in animals:
        for allele in animal.genes[locus]:
            counts[allele] = counts.get(allele, 0) + 1
    return counts


def _same(animal: Animal) -> int:
    return sum(one == two for one, two in animal.genes)


def _excess(world: World, animal: Animal) -> float:
    return animal.inbred / LOCI - world.start_inbreeding


def _slope(world: World) -> float:
    numbers = world.rates.of_zone[0]
    return 0.5 * numbers["genetics.lethal_equivalents"] * (1.0 - numbers["genetics.lethal_share"])


def _lethal_chance(world: World) -> float:
    numbers = world.rates.of_zone[0]
    return min(numbers["genetics.lethal_share"] * 0.5 * numbers["genetics.lethal_equivalents"] / LOCI, 1.0)


def _is_lethal(world: World, locus: int, allele: int) -> bool:
    chance = _lethal_chance(world)
    return chance > 0.0 and _draw(world, thing_uid(Domain.LOCUS, locus), 0, allele) < chance


def _bit(world: World, cub: Animal, parent: int, locus: int) -> int:
    """Which of the parent's two alleles the cub gets."""
    return bits(world.chance_key, cub.uid, 0, Stream.GENES, parent) >> locus & 1


def _draw(world: World, uid: int, tick: int, index: int) -> float:
    return world.uniform(uid, tick, Stream.GENES, index)
