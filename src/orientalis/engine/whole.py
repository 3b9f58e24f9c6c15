"""Counts that come in fractions, such as hunter-days: the tally takes whole ones, the rest waits."""

from orientalis.engine.codes import POACHING_DAYS
from orientalis.engine.kernel import kernel
from orientalis.engine.state import Floats, Ints


@kernel
def count_whole(rest: Floats, tally: Ints, first: int, end: int) -> None:
    """Move what has gathered to whole numbers from rest [zone, counted], first to end, to tally [zone, item]."""
    for zone in range(rest.shape[0]):
        for counted in range(first, end):
            whole = int(rest[zone, counted])
            if whole > 0:
                tally[zone, POACHING_DAYS + counted] += whole
                rest[zone, counted] -= whole
