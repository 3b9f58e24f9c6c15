"""How many of something rare happen, from one uniform."""

import math

from orientalis.engine.kernel import inline_kernel

MOST = 40
"""A number drawn is never above this."""


@inline_kernel
def how_many(u: float, mean: float) -> int:
    """Poisson number of this mean by inverse CDF from `u`, MOST at most."""
    number = 0
    if u >= 1.0 - mean:  # below that it is 0 whatever exp(-mean) is, and exp is dear
        term = math.exp(-mean)
        total = term
        while u >= total and number < MOST:
            number += 1
            term = term * mean / number
            total += term
    return number
