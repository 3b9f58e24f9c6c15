"""Conception: what the sire carries is kept with the mother, for he may die before the birth."""

from typing import TYPE_CHECKING

from orientalis.engine.codes import Life
from orientalis.engine.genes import LOCI, Genes
from orientalis.engine.kernel import kernel
from orientalis.engine.process import Process
from orientalis.engine.state import Animals, Slots

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LIVING = int(Life.LIVING)


@kernel
def keep_sire(animals: Animals, slots: Slots, genes: Genes) -> None:
    """Copy the sire's alleles to each female that conceived in this tick."""
    for r in range(animals.life.shape[0]):
        for s in range(slots.high[r]):
            male = genes.sire_slot[r, s]
            if male < 0:
                continue
            genes.sire_slot[r, s] = -1
            if animals.life[r, s] == _LIVING:
                for locus in range(LOCI):
                    genes.sire[r, s, locus, 0] = genes.alleles[r, male, locus, 0]
                    genes.sire[r, s, locus, 1] = genes.alleles[r, male, locus, 1]


def step(world: "World") -> None:
    """One tick of conceptions."""
    keep_sire(world.animals, world.slots, world.genes)


CONCEPTION = Process(
    name="conception",
    summary="What the sire carries is kept with the mother until the birth.",
    cadence="tick",
    reads=("animals.life", "genes.alleles"),
    writes=("genes.sire", "genes.sire_slot"),
    streams=(),
    parameters=(),
    step=step,
    is_on=lambda world: world.settings.has_genetics,
)
