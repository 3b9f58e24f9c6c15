"""Cells of the padded map: directions and distances as the kernels count them."""

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
