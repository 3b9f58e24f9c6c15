"""Census: at the end of the year the living are counted by class and zone."""

from typing import TYPE_CHECKING

from orientalis.engine.codes import (
    DISPERSERS,
    GENE_ALLELES,
    GENE_DIVERSITY,
    GENES_INBRED,
    NUMBER,
    PREY,
    RESIDENTS,
    TIGER_ADULTS,
    Life,
    Status,
)
from orientalis.engine.food_web import KINDS, FoodState
from orientalis.engine.genes import LOCI, Genes, Origin
from orientalis.engine.kernel import kernel
from orientalis.engine.life import stage_of, zone_at
from orientalis.engine.parameters import Rates
from orientalis.engine.process import Process
from orientalis.engine.state import Animals, Clock, Ints, Land, Ranges, Slots
from orientalis.engine.surroundings import Blocks, Fields

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LIVING = int(Life.LIVING)
_DISPERSER = int(Status.DISPERSER)
_RESIDENT = int(Status.RESIDENT)


@kernel
def count(animals: Animals, slots: Slots, ranges: Ranges, land: Land, rates: Rates, clock: Clock, tally: Ints) -> None:
    """Numbers by class and zone, residents by sex, dispersers."""
    is_spatial = ranges.cell.shape[1] > 0
    for r in range(animals.life.shape[0]):
        row = r if rates.ages.shape[0] > 1 else 0
        for s in range(slots.high[r]):
            if animals.life[r, s] != _LIVING:
                continue
            zone = zone_at(ranges, land, r, s)
            sex = animals.sex[r, s]
            tally[r, zone, NUMBER + 2 * stage_of(animals, rates, clock.months, row, r, s) + sex] += 1
            if is_spatial:
                if ranges.status[r, s] == _RESIDENT:
                    tally[r, zone, RESIDENTS + sex] += 1
                elif ranges.status[r, s] == _DISPERSER:
                    tally[r, zone, DISPERSERS] += 1


@kernel
def count_genes(animals: Animals, slots: Slots, genes: Genes, origin: Origin, tally: Ints) -> None:
    """Gene diversity 1 - sum p^2 (mean over loci, millionths), loci identical by descent, alleles left; in zone 0."""
    counted = origin.counted
    for r in range(animals.life.shape[0]):
        for locus in range(LOCI):
            for allele in range(counted.shape[1]):
                counted[locus, allele] = 0
        number = 0
        for s in range(slots.high[r]):
            if animals.life[r, s] != _LIVING:
                continue
            number += 1
            tally[r, 0, GENES_INBRED] += genes.inbred[r, s]
            for locus in range(LOCI):
                counted[locus, genes.alleles[r, s, locus, 0]] += 1
                counted[locus, genes.alleles[r, s, locus, 1]] += 1
        if number == 0:
            continue
        squares = 0
        for locus in range(LOCI):
            for allele in range(counted.shape[1]):
                count = int(counted[locus, allele])
                squares += count * count
                tally[r, 0, GENE_ALLELES] += count > 0
        share = squares / (4.0 * LOCI * number * number)
        tally[r, 0, GENE_DIVERSITY] = int((1.0 - share) * 1e6 + 0.5)


@kernel
def weigh(fields: Fields, state: FoodState, blocks: Blocks, tally: Ints) -> None:
    """Prey alive and eaten, kg, and hundredths of a tiger, of the blocks of each zone, to the nearest whole number."""
    for r in range(fields.prey.shape[0]):
        state.sums[:, :] = 0.0
        for b in range(state.eaten.shape[1]):
            sums = state.sums[blocks.zone[b]]
            for k in range(KINDS):
                sums[k] += fields.prey[r, k, b]
            sums[KINDS] += state.eaten[r, b]
            state.eaten[r, b] = 0.0
            if fields.tigers.shape[1] > 0:
                sums[KINDS + 1] += fields.tigers[r, b]
        for zone in range(state.sums.shape[0]):
            for k in range(KINDS + 1):
                tally[r, zone, PREY + k] += int(state.sums[zone, k] + 0.5)
            tally[r, zone, TIGER_ADULTS] += int(100.0 * state.sums[zone, KINDS + 1] + 0.5)


def step(world: "World") -> None:
    """The year's census."""
    count(world.animals, world.slots, world.ranges, world.land, world.rates, world.clock, world.tally)
    if world.settings.has_genetics:
        count_genes(world.animals, world.slots, world.genes, world.origin, world.tally)
    if world.settings.has_ungulates:
        weigh(world.fields, world.food_state, world.inputs.blocks, world.tally)


CENSUS = Process(
    name="census",
    summary="Counts the living by class and zone at the end of the year, and weighs their prey.",
    cadence="year_end",
    reads=("animals", "ranges.cell", "ranges.status", "rates.ages", "genes", "fields"),
    writes=("tally", "origin.counted", "food_state"),
    streams=(),
    parameters=("life_history.first_breeding_female", "life_history.first_breeding_male"),
    step=step,
)
