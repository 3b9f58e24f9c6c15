"""Adults of 500 paired worlds on the small map, with threats on and changes from outside the reference state."""

import numpy as np

from orientalis.engine.simulate import simulate
from orientalis.scenario import compile_batch
from orientalis.verify.worlds import spec_of
from tests.engine.worlds import LEOPARD, small_map

PAIRS, YEARS, ANIMALS = 500, 15, 40
NINETY_NINE = 2.326


def adults_with(threats, changes=None):
    """Adults [pair] at the last census; `changes` hold from the first year on and leave the base rates as they are."""
    spec = spec_of(
        LEOPARD,
        animals=ANIMALS,
        years=YEARS,
        tick="month",
        landscape=small_map(),
        threats=threats,
        changes=[{"parameter": path, "set": value} for path, value in (changes or {}).items()],
        seed=17,
    )
    tallies = simulate(compile_batch(spec, 0, PAIRS)).tallies
    last = tallies["year"] == YEARS
    total = np.zeros(PAIRS)
    for name in ("number.adult_female", "number.adult_male"):
        np.add.at(total, tallies["replicate"][last], tallies[name][last])
    return total
