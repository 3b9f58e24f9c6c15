"""Cells of the padded map: directions, distances and rows as the kernels count them."""

from typing import Any

from orientalis.engine.kernel import inline_kernel

HEADINGS = 8
NO_HEADING = 8


@inline_kernel
def distance_squared(a: int, b: int, shift: int) -> int:
    """Squared distance between two cells' centres, in cells squared; a row has 2**shift cells."""
    down = (a >> shift) - (b >> shift)
    width = (1 << shift) - 1
    across = (a & width) - (b & width)
    return down * down + across * across


@inline_kernel
def land_row(array: Any, r: int) -> int:
    """Row of replicate `r` in an array [replicate or 1, cell] of the land: 0 where all share it."""
    return r if array.shape[0] > 1 else 0
