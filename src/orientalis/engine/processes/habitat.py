"""Habitat: today's suitability, moved on the logit scale by what has changed since the start.

Where nothing has changed the map is that of the start, to the bit; else the level comes from a table of the logistic
function in LEVELS slices of the logit.
"""

from typing import TYPE_CHECKING

from orientalis.engine import scalars as p
from orientalis.engine.burning import burns_regularly, memory_of
from orientalis.engine.codes import LAND_HABITAT, LAND_PLANTS, Cell, Plants
from orientalis.engine.ground import FARTHEST, LEVELS, Ground
from orientalis.engine.kernel import inline_kernel, kernel
from orientalis.engine.parameters import Rates
from orientalis.engine.process import Process
from orientalis.engine.state import Floats, Ints, Land
from orientalis.engine.surroundings import Blocks, Cover

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LAND = int(Cell.LAND)
_KINDS = len(Plants)
_BITS = 12
"""Bits that count a class along cells of one zone, of which at most 2,048 are counted at a time."""


@inline_kernel
def shift_of(cover: Cover, ground: Ground, values: Floats, r: int, cell: int, is_burning: int, push: float) -> float:
    """Change of the logit since the start: by class climbed, burning, road and the block's push."""
    climbed = float(cover.kind[r, cell]) - float(ground.plants[cell])
    burning = float(is_burning) - float(cover.was_burnt[r, cell])
    road = 1.0 if cover.road[r, cell] > 0 else 0.0
    shift = values[p.FOREST_COVER_EFFECT] * climbed + values[p.FOREST_BURNING_EFFECT] * burning
    return shift + values[p.FOREST_ROAD_EFFECT] * road + push


@inline_kernel
def level_of(ground: Ground, logit: float) -> int:
    """Suitability 0-255 of a logit."""
    place = int((min(max(logit, -FARTHEST), FARTHEST) + FARTHEST) * (LEVELS / (2.0 * FARTHEST)))
    return ground.level[min(place, LEVELS - 1)]


@inline_kernel
def count(tally: Ints, r: int, zone: int, counts: int, habitat: int) -> None:
    """Add cells by class, packed by _BITS bits a class, and cells of habitat to the tally of a zone; none below 0."""
    if zone >= 0:
        for kind in range(_KINDS):
            tally[r, zone, LAND_PLANTS + kind] += (counts >> (_BITS * kind)) & ((1 << _BITS) - 1)
        tally[r, zone, LAND_HABITAT] += habitat


@kernel
def look(
    land: Land,
    start: Land,
    cover: Cover,
    ground: Ground,
    blocks: Blocks,
    push: Floats,
    rates: Rates,
    tally: Ints,
    tick: int,
    months: int,
    has_prey: bool,
) -> None:
    """Habitat, suitability and food of each cell, and the tallies of land; `start`: the land as the study begins.

    has_prey: prey feeds the cells of habitat each quarter; here only what is no habitat any more loses its food.

    push [replicate, block or none]: what else moves the logit, by block, 0 at the start.
    """
    for r in range(cover.kind.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        fires, gap = memory_of(rates, row, months)
        last_zone, counts, habitat = -1, 0, 0
        for cell in range(cover.kind.shape[1]):
            if land.kind[cell] != _LAND:
                continue
            zone = land.zone[cell]
            if zone != last_zone or (cell & 2047) == 0:  # counted in registers along the row
                count(tally, r, last_zone, counts, habitat)
                last_zone, counts, habitat = zone, 0, 0
            is_burning = burns_regularly(cover, r, cell, fires, tick, gap)
            pushed = push[r, blocks.of_cell[cell]] if push.shape[1] > 0 else 0.0
            shift = shift_of(cover, ground, rates.values[row, zone], r, cell, is_burning, pushed)
            is_habitat = start.is_habitat[0, cell]
            level = start.suitability[0, cell]
            if shift != 0.0:
                logit = ground.logit[cell] + shift
                level = level_of(ground, logit)
                is_habitat = ground.may_be_habitat[cell] & (logit >= ground.threshold)
            land.suitability[r, cell] = level
            if land.is_habitat[r, cell] != is_habitat:
                land.is_habitat[r, cell] = is_habitat
                if not has_prey:
                    land.food[r, cell] = land.prey[cell] * is_habitat * rates.values[row, zone, p.CROP_SHARE]
                elif is_habitat == 0:
                    land.food[r, cell] = 0.0
            counts += 1 << (_BITS * cover.kind[r, cell])
            habitat += is_habitat
        count(tally, r, last_zone, counts, habitat)


def step(world: "World") -> None:
    """January, after the forest."""
    look(
        world.land,
        world.inputs.land,
        world.cover,
        world.inputs.ground,
        world.inputs.blocks,
        world.push,
        world.rates,
        world.tally,
        world.clock.tick,
        world.clock.months,
        world.settings.has_ungulates,
    )


HABITAT = Process(
    name="habitat",
    summary="Each January suitability moves with the cover, the burning and the roads that have come since the start.",
    cadence="year_start",
    reads=("cover", "land.kind", "land.zone", "land.prey", "push", "rates.values"),
    writes=("land.is_habitat", "land.suitability", "land.food", "tally"),
    streams=(),
    parameters=("forest.cover_effect", "forest.burning_effect", "forest.road_effect", "prey.crop_share"),
    step=step,
    is_on=lambda world: world.settings.has_forest,
)
