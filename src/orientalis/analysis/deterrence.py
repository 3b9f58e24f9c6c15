"""What heavier fines do to each channel of killing, over the ranges of what is not known; and when poaching pays.

Reported, not concluded: whether a fine matters rests on chances of arrest and conviction that nobody has measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from orientalis.engine import scalars as p
from orientalis.engine.hunting import WORKING_DAYS, choose, expose, weigh
from orientalis.engine.people import CHANNELS
from orientalis.engine.simulate import empty_world
from orientalis.engine.today import snares_at_rest, span_of
from orientalis.scenario import compile_batch

if TYPE_CHECKING:
    from orientalis.engine.world import World
    from orientalis.scenario import RunSpec

Floats = npt.NDArray[np.float64]
NAMES = ("trade", "chance", "snare", "retaliation", "accident")
MATTERS = 0.1
"""Relative change of a channel from which it counts as one that matters."""


def fines_by_channel(spec: RunSpec, factor: float = 5.0, draws: int = 64) -> pd.DataFrame:
    """Relative change of the exposure to each channel, where animals start, when all fines are multiplied by `factor`.

    `spec`: a specification with poaching and parameter draws (`NAME.draws`); patrols as remembered at the reference
    state; snares at rest. Columns channel, median, low, high (5 and 95 % of draws), falls, rises: share of draws in
    which the channel changes by a tenth or more. Accidents are there as a check: fines do nothing to them.
    """
    inputs = compile_batch(spec, 0, draws)
    world = empty_world(inputs)
    changes = np.empty((draws, CHANNELS))
    for draw in range(draws):
        table = inputs.values[draw]
        dearer = table.copy()
        dearer[:, [p.POACHING_FINE, p.POACHING_GAME_FINE]] *= factor
        before, after = mean_exposure(world, table, draw), mean_exposure(world, dearer, draw)
        changes[draw] = np.divide(after, before, out=np.ones(CHANNELS), where=before > 0.0) - 1.0
    rows = [
        (
            name,
            *(float(np.quantile(change, q)) for q in (0.5, 0.05, 0.95)),
            float((change <= -MATTERS).mean()),
            float((change >= MATTERS).mean()),
        )
        for name, change in zip(NAMES, changes.T, strict=True)
    ]
    return pd.DataFrame(rows, columns=["channel", "median", "low", "high", "falls", "rises"])


def mean_exposure(world: World, table: Floats, row: int) -> Floats:
    """Exposure [channel] where animals start, under the parameters of `table` [zone, parameter]."""
    villages, blocks, poachers = world.inputs.villages, world.inputs.blocks, world.poachers
    patrol = poachers.patrol_then[row] if world.settings.has_rangers else np.zeros(0)
    effort = np.zeros_like(poachers.effort[0])
    snares = np.zeros_like(poachers.snares[0])
    weigh(villages, poachers, blocks, table, villages.game, patrol)
    choose(villages, poachers, table, effort)
    snares_at_rest(blocks, table, effort, patrol, span_of(world.clock.months), snares)
    expose(villages, blocks, table, effort, snares, patrol, poachers.exposure)
    return np.asarray(poachers.exposure @ villages.start)


def break_even_conviction(values: Mapping[str, float]) -> float:
    """Chance to be sentenced for an animal killed at which the trade pays as much as a job; 1 or more: no law deters.

    (price of skin and bones - wage of the days that a kill takes) / (discount * (fine + prison)), money of one year;
    0 where the job pays more already.
    """
    price = values["poaching.skin_price"] + values["poaching.bone_price"]
    forgone = values["poaching.wage"] / values["poaching.trade_chance"]
    prison = values["poaching.prison"] * WORKING_DAYS * values["poaching.wage"]
    cost = values["poaching.discount"] * (values["poaching.fine"] + prison)
    gain = max(price - forgone, 0.0)
    return gain / cost if cost > 0.0 else (np.inf if gain > 0.0 else 0.0)
