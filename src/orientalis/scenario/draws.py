"""Parameter draws: a Latin hypercube over the catalogue's ranges."""

import hashlib
from typing import Any

from orientalis.core.quantity import Quantity
from orientalis.scenario.spec import RunSpec


def drawn_values(spec: RunSpec, draw: int) -> dict[str, Any]:
    """Values by path in one draw; parameters that rest on one question share one quantile (see `group_of`)."""
    values: dict[str, Any] = {}
    for path, entry in spec.content["parameters"].items():
        value = entry["value"]
        if "low" in entry:
            quantity = Quantity.model_validate({**entry, "source": "assumed", "kind": "assumed"})
            value = quantity.draw(quantile(spec, group_of(path, spec), draw))
        values[path] = tuple(value) if isinstance(value, list) else value
    return _in_order(values)


def group_of(path: str, spec: RunSpec) -> str:
    """The name under which a parameter is drawn.

    Survival of all classes that vary as cubs is one question (how far African rates hold in the cold), that of all
    others another; so are the shares of a cause, and what people kill. They move
    together: an assumption that widens the span.
    """
    section, _, rest = path.partition(".")
    if section == "survival":
        name = rest.rpartition(".")[0]
        is_cub = any(entry.name == name and entry.variation == "cub" for entry in spec.species.classes)
        return "survival of cubs" if is_cub else "survival of adults"
    if section == "shares":
        return f"shares of {rest.rpartition('.')[2]}"
    return "killing" if section == "killing" else path


def quantile(spec: RunSpec, group: str, draw: int) -> float:
    """Quantile of a group in a draw: one in each of `spec.draws` equal slices, their order and place hashed."""
    number = spec.draws
    seed = spec.content["seed"]
    ranked = sorted(range(number), key=lambda d: _hash(f"{seed}:order:{group}:{d}"))
    place = _hash(f"{seed}:place:{group}:{draw}") / 2.0**64
    return (ranked.index(draw) + min(max(place, 1e-9), 1.0 - 1e-9)) / number


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")


def _in_order(values: dict[str, Any]) -> dict[str, Any]:
    """Keep pairs that must be ordered in order after independent draws."""
    for low, high in (
        ("life_history.independence_first", "life_history.independence_last"),
        ("life_history.last_breeding", "life_history.longevity"),
        ("territory.smallest_area", "territory.largest_area"),
    ):
        if low in values and high in values and values[high] < values[low]:
            values[high] = values[low]
    return values
