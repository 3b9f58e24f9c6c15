"""Rangers: teams walk from their posts, find snares, meet hunters and arrest some; hunters remember where they were."""

import math
from typing import TYPE_CHECKING

from orientalis.engine import scalars as p
from orientalis.engine.codes import Stream
from orientalis.engine.hunting import chance_met, share_seized
from orientalis.engine.kernel import kernel
from orientalis.engine.parameters import Rates
from orientalis.engine.patrols import walk_team
from orientalis.engine.people import ARRESTS, COUNTED, FOUND_SNARES, MET, WAYS, Poachers, Villages
from orientalis.engine.process import Process
from orientalis.engine.state import Clock, Floats, Ints, Land, Words
from orientalis.engine.surroundings import Blocks
from orientalis.engine.today import snares_left
from orientalis.engine.whole import count_whole

if TYPE_CHECKING:
    from orientalis.engine.world import World


@kernel
def patrol(
    villages: Villages,
    poachers: Poachers,
    blocks: Blocks,
    land: Land,
    rates: Rates,
    keys: Words,
    clock: Clock,
    remembered: Floats,
    tally: Ints,
) -> None:
    """All teams walk; then each block's snares are found, its hunters met, and the memory of patrols moves on.

    With c the km walked in a block: snares found are the share 1 - exp(-find * persons / 4 * c); hunter-days met, the
    share 1 - exp(-meet * km a month). Memory: a mean of km a month that fades with exp(-months / memory).
    """
    for r in range(poachers.walked.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        table, walked, rest = rates.values[row], poachers.walked[r], poachers.rest[r]
        whole = table[0]
        walked[:] = 0.0
        km = whole[p.RANGERS_KM] * whole[p.RANGERS_QUALITY] * clock.months
        for team in range(int(whole[p.RANGERS_TEAMS] + 0.5)):
            walk_team(villages, blocks, land, keys[r, 0], team, clock.tick, km, walked, rest)
        keep = math.exp(-clock.months / whole[p.RANGERS_MEMORY])
        for b in range(blocks.size.shape[0]):
            km_a_month = walked[b] / clock.months
            remembered[r, b] = keep * remembered[r, b] + (1.0 - keep) * km_a_month
            if walked[b] <= 0.0:
                continue
            zone = blocks.zone[b]
            values = table[zone]
            found = poachers.snares[r, b] * (1.0 - snares_left(values, walked[b]))
            poachers.snares[r, b] -= found
            rest[zone, FOUND_SNARES] += found
            days = 0.0
            for way in range(WAYS):
                days += poachers.effort[r, way, b] * clock.months
            met = days * chance_met(values, km_a_month)
            rest[zone, MET] += met
            rest[zone, ARRESTS] += met * share_seized(values)
        count_whole(rest, tally[r], FOUND_SNARES, COUNTED)


def step(world: "World") -> None:
    """One tick of patrols."""
    patrol(
        world.inputs.villages,
        world.poachers,
        world.inputs.blocks,
        world.land,
        world.rates,
        world.inputs.keys,
        world.clock,
        world.fields.patrol,
        world.tally,
    )


RANGERS = Process(
    name="rangers",
    summary="Ranger teams walk from their posts, find snares, meet and arrest hunters, who remember the patrols.",
    cadence="tick",
    reads=("land.kind", "land.zone", "rates.values", "poachers.effort"),
    writes=("poachers.walked", "poachers.snares", "poachers.rest", "fields.patrol", "tally"),
    streams=(Stream.RANGERS,),
    parameters=("rangers",),
    step=step,
    is_on=lambda world: world.settings.has_rangers,
)
