"""V9.load: extinction within a century rises with the load (Wang et al. 2022: 0.103 to 0.999 over levels of load).

Their table of rates could not be read, so only the direction is asked for: about 30 leopards without a map, under a
ceiling, at catalogue rates but for adults that die a little more often, at 0, 4, 8, 12 and 20 lethal equivalents.
"""

from orientalis.engine.simulate import simulate
from orientalis.scenario import compile_batch
from orientalis.verify.row import Case, Row, between
from orientalis.verify.worlds import counted, spec_of

LOADS = (0.0, 4.0, 8.0, 12.0, 20.0)
_ANIMALS, _CEILING, _YEARS = 30, 45, 100
_NAME = "V9.load"


def extinct_share(lethal_equivalents: float, replicates: int) -> float:
    """Share of the replicates without an animal after a century."""
    spec = spec_of(
        "panthera_pardus_orientalis",
        animals=_ANIMALS,
        years=_YEARS,
        tick="month",
        ceiling=_CEILING,
        threats=("genetics",),
        parameters={
            "genetics.lethal_equivalents": lethal_equivalents,
            "survival.adult.female": 0.86,
            "survival.adult.male": 0.86,
        },
        seed=9,
    )
    return float((counted(simulate(compile_batch(spec, 0, replicates)), replicates, _YEARS) == 0).mean())


def run(quick: bool) -> list[Row]:
    """The least rise of the extinct share from one level of load to the next, and its ends."""
    replicates = 100 if quick else 400
    shares = [extinct_share(load, replicates) for load in LOADS]
    least = min(after - before for before, after in zip(shares, shares[1:], strict=False))
    return [
        between(f"{_NAME}.rises", "statistical", 0.0, least, 0.0, 1.0),
        Row(f"{_NAME}.weakest", "comparison", 0.103, shares[0], 0.0, 1.0, None),
        Row(f"{_NAME}.strongest", "comparison", 0.999, shares[-1], 0.0, 1.0, None),
    ]


V9 = Case((f"{_NAME}.rises", f"{_NAME}.weakest", f"{_NAME}.strongest"), run)
