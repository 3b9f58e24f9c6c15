"""V5.birth_death: extinction of a linear birth-death process, in continuous time and tick by tick.

Continuous time: (d/b)**N0 for births at rate b and deaths at rate d < b. In ticks of length D, with b' = 1 - exp(-b D)
and d' = 1 - exp(-d D), each animal bears one young with chance b' and then lives on with chance 1 - d'. So the chance
q that the line of one animal dies out is the smallest root of q = (d' + (1 - d') q)(1 - b' + b' r), with r = q where
newborns are safe in their first tick and r = d' + (1 - d') q where they are not.
"""

import math
from dataclasses import replace

from orientalis.engine.simulate import simulate
from orientalis.scenario import compile_batch
from orientalis.verify.row import STANDARD_ERRORS, Case, Row, between, exact
from orientalis.verify.worlds import SPECIES, counted, spec_of

BIRTH, DEATH, FOUNDERS = 0.5, 0.4, 10
_YEARS = 50
_NAME = "V5.birth_death"


def extinct_after(ticks: int, tick_years: float, is_newborn_safe: bool) -> float:
    """Chance that the founders' lines have all died out after a number of ticks."""
    born = 1.0 - math.exp(-BIRTH * tick_years)
    dies = 1.0 - math.exp(-DEATH * tick_years)
    q = 0.0
    for _ in range(ticks):
        once = dies + (1.0 - dies) * q
        q = once * (1.0 - born + born * (q if is_newborn_safe else once))
    return _power(q)


def extinct_at_last(tick_years: float, is_newborn_safe: bool) -> float:
    """Chance that they ever die out: the limit of `extinct_after`."""
    return extinct_after(round(2_000 / tick_years), tick_years, is_newborn_safe)


def _power(q: float) -> float:
    product = 1.0
    for _ in range(FOUNDERS):
        product *= q
    return product


def extinct_share(tick: str, is_newborn_safe: bool, replicates: int) -> float:
    """Share of the engine's replicates that are extinct after 50 years; single sex, no ceiling."""
    spec = spec_of(
        SPECIES / "birth_death.toml",
        animals=FOUNDERS,
        years=_YEARS,
        tick=tick,
        start={"ages": "uniform", "youngest": 1, "oldest": 1},
    )
    inputs = compile_batch(spec, 0, replicates)
    inputs = replace(inputs, settings=replace(inputs.settings, is_newborn_safe=is_newborn_safe))
    return float((counted(simulate(inputs), replicates, _YEARS) == 0).mean())


def _engine_row(name: str, tick: str, is_newborn_safe: bool, replicates: int) -> Row:
    """Between five standard errors below the chance after 50 years and five above the limit."""
    length = 1.0 if tick == "year" else 1.0 / 12.0
    target = extinct_at_last(length, is_newborn_safe)
    so_far = extinct_after(round(_YEARS / length), length, is_newborn_safe)
    below, above = (STANDARD_ERRORS * math.sqrt(chance * (1.0 - chance) / replicates) for chance in (so_far, target))
    got = extinct_share(tick, is_newborn_safe, replicates)
    return between(f"{_NAME}.{name}", "statistical", target, got, so_far - below, target + above)


def run(quick: bool) -> list[Row]:
    """The formula, the limit of small ticks, and the engine with ticks of a year and of a month."""
    formula = 1.0
    for _ in range(FOUNDERS):
        formula *= DEATH / BIRTH
    return [
        exact(_NAME, 0.107374, formula, 5e-7),
        exact(f"{_NAME}.small_tick", formula, extinct_at_last(1.0 / 2_000.0, True), 2e-4),
        _engine_row("year_safe", "year", True, 2_000 if quick else 20_000),
        _engine_row("year_at_risk", "year", False, 1_000),
        _engine_row("month_safe", "month", True, 400 if quick else 10_000),
        _engine_row("month_at_risk", "month", False, 400 if quick else 10_000),
    ]


BIRTH_DEATH = Case(
    (
        _NAME,
        f"{_NAME}.small_tick",
        f"{_NAME}.year_safe",
        f"{_NAME}.year_at_risk",
        f"{_NAME}.month_safe",
        f"{_NAME}.month_at_risk",
    ),
    run,
)
