"""Whether threats take more from the base hazards than there is, at the values of the catalogue and the study."""

import math
from collections.abc import Iterable, Iterator
from pathlib import Path

from orientalis.core.errors import InputError
from orientalis.scenario.compile import class_table, layout_of, table_row
from orientalis.scenario.spec import RunSpec
from orientalis.scenario.taken import by_threat

_SEXES = ("female", "male")
_ROUNDING = 1e-9
_LEAST = 1e-12


def check_taken(specs: Iterable[RunSpec], file: Path) -> None:
    """Refuse a study in which threats take more than a class's base hazard leaves; `file`: the study's.

    Runs over parameter draws are not looked at: a draw may combine ends of ranges, and the base stays at 0 then.
    """
    for spec in specs:
        if spec.draws:
            continue
        values = {path: entry["value"] for path, entry in spec.content["parameters"].items()}
        for path, hazard, cls in _base_hazards(spec):
            taken = by_threat(values, spec.species.classes[cls])
            total = sum(taken.values())
            if total > hazard + _ROUNDING:
                parts = ", ".join(f"{name} {each:.3g}" for name, each in taken.items() if each > 0.0)
                raise InputError(
                    f"threats take {total:.3g} a year ({parts}) from a base hazard of {hazard:.3g} a year",
                    file=file,
                    key=path,
                    value=values[path],
                    expected="a lower survival, lower rates of these threats, or one of them switched off in [threats]",
                )


def _base_hazards(spec: RunSpec) -> Iterator[tuple[str, float, int]]:
    """Path of survival, hazard a year without the shares of other processes, and class: for each class and sex."""
    layout = layout_of(spec)
    values = {path: entry["value"] for path, entry in spec.content["parameters"].items()}
    row = table_row(values, spec, layout)
    period = class_table(spec, 1).period
    for cls, entry in enumerate(spec.species.classes):
        share = row[layout.shares + cls] + row[layout.shares + layout.classes + cls]
        for sex, name in enumerate(_SEXES):
            survival = max(row[layout.survival + sex * layout.classes + cls], _LEAST)
            yield (
                f"survival.{entry.name}.{name}",
                float(-math.log(survival) * 12.0 / period[cls] * (1.0 - share)),
                cls,
            )
