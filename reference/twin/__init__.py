"""The whole life cycle in plain Python: the engine's twin.

No numba and no arrays: animals are objects, the map is a list, a world is one replicate. It reads the same inputs as
`orientalis.engine.simulate.simulate` and its records are equal to the engine's bit for bit (tests/twin). Where the two
differ, one of them is wrong. It is slow: for small worlds only.
"""

from reference.twin.life_cycle import simulate as simulate
