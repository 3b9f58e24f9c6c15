"""Which cells burn regularly: what the forest remembers of fire."""

from orientalis.engine import scalars as p
from orientalis.engine.kernel import inline_kernel, kernel
from orientalis.engine.parameters import Rates
from orientalis.engine.surroundings import Cover


@inline_kernel
def memory_of(rates: Rates, row: int, months: int) -> tuple[int, int]:
    """Years with fire that make a cell burn regularly, and the ticks without fire after which they are forgotten."""
    values = rates.values[row, 0]
    return int(values[p.FOREST_FIRES]), int(values[p.FOREST_MEMORY] * 12.0) // months


@inline_kernel
def burns_regularly(cover: Cover, r: int, cell: int, fires: int, tick: int, gap: int) -> int:
    """1 where `fires` years with fire or more are remembered and the last was at most `gap` ticks ago, else 0."""
    return int((cover.fires[r, cell] >= fires) & (tick - cover.burnt[r, cell] <= gap))


@kernel
def remember(cover: Cover, rates: Rates, months: int) -> None:
    """Note which cells burn regularly as the study begins."""
    for r in range(cover.kind.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        fires, gap = memory_of(rates, row, months)
        for cell in range(cover.kind.shape[1]):
            cover.was_burnt[r, cell] = burns_regularly(cover, r, cell, fires, 0, gap)
