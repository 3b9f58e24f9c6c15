"""What threats take from the base hazards: the yearly hazard of each at its reference state, so that nobody dies twice.

The catalogue's survival holds all causes. A threat that is on brings its own deaths; at the reference state, today's
land and pressures without any action, it takes the same from the base.
"""

from collections.abc import Mapping
from typing import Any


def taken_from(values: Mapping[str, Any], classes: int) -> list[float]:
    """Hazard a year, by class of survival, that the threats among `values` model at their reference state."""
    found = [0.0] * classes
    if "distemper.force" in values:
        for cls in range(classes):
            found[cls] += distemper(values)
    if "tigers.leopard_hazard" in values:
        for cls in range(classes):
            found[cls] += values["tigers.leopard_hazard"]
    return found


def distemper(values: Mapping[str, Any]) -> float:
    """Force of infection in a mean year * fatality, of animals without immunity, 1/year."""
    outbreaks = values["distemper.outbreak_probability"] * (values["distemper.outbreak_factor"] - 1.0)
    return float(values["distemper.force"] * (1.0 + outbreaks) * values["distemper.fatality"])
