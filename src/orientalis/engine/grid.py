"""Cells of the padded map: neighbours, distances and zones as the kernels count them."""

from orientalis.engine.kernel import inline_kernel

HEADINGS = 8
NO_HEADING = 8


@inline_kernel
def row_of(cell: int, width: int) -> int:
    """Row of a cell of the padded map."""
    return cell // width


@inline_kernel
def distance_squared(a: int, b: int, width: int) -> int:
    """Squared distance between two cells' centres, in cells squared."""
    down = a // width - b // width
    across = a % width - b % width
    return down * down + across * across
