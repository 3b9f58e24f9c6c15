"""What threats take from the base hazards: the yearly hazard of each at its reference state, so that nobody dies twice.

The catalogue's survival holds all causes. A threat that is on brings its own deaths; at the reference state, today's
land and pressures without any action, it takes the same from the base.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from orientalis.catalogue import SurvivalClass

_GROWN = 24


def taken_from(values: Mapping[str, Any], classes: Sequence[SurvivalClass]) -> list[float]:
    """Hazard a year, by class of survival, that the threats among `values` model at their reference state."""
    return [sum(by_threat(values, entry).values()) for entry in classes]


def by_threat(values: Mapping[str, Any], entry: SurvivalClass) -> dict[str, float]:
    """Hazard a year that each of the threats among `values` takes from a class of survival."""
    found = {}
    if "distemper.force" in values:
        found["distemper"] = distemper(values, entry)
    if "dens.until" in values:
        found["dens"] = dens(values, entry)
    if "tigers.leopard_hazard" in values:
        found["tigers"] = float(values["tigers.leopard_hazard"])
    return found


def distemper(values: Mapping[str, Any], entry: SurvivalClass) -> float:
    """Force of infection in a mean year * fatality, 1/year; from two years on, of the share that is not immune."""
    outbreaks = values["distemper.outbreak_probability"] * (values["distemper.outbreak_factor"] - 1.0)
    hazard = values["distemper.force"] * (1.0 + outbreaks) * values["distemper.fatality"]
    is_grown = entry.from_months >= _GROWN
    return float(hazard * (1.0 - values["distemper.immune_at_start"]) if is_grown else hazard)


def dens(values: Mapping[str, Any], entry: SurvivalClass) -> float:
    """Hazard of predators and disturbance, and of fire where it is on, over the months of the class in the den, 1/year.

    It is spread over the whole class: a class that the age `until` cuts in two keeps its survival, not its shape.
    """
    in_den = min(values["dens.until"], _end(entry)) - entry.from_months
    if in_den <= 0.0:
        return 0.0
    hazard = values["dens.predators"] + values["dens.disturbance"]
    if any(path.startswith("fire.") for path in values):
        hazard -= values["dens.burnt"] * math.log(1.0 - values["dens.fire"])
    share = 1.0 if _end(entry) == math.inf else in_den / (_end(entry) - entry.from_months)
    return float(hazard * share)


def _end(entry: SurvivalClass) -> float:
    """Age in months at which a class ends."""
    return entry.from_months + entry.months if entry.months else math.inf
