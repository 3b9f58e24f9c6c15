"""Small studies made in Python, for the cases and for tests."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from orientalis.engine.record import Records
from orientalis.geography import Landscape
from orientalis.scenario import RunSpec, resolve
from orientalis.scenario.study import Study

SPECIES = Path(__file__).resolve().parent / "species"


def spec_of(
    species: str | Path,
    *,
    animals: int,
    years: int,
    tick: str = "year",
    landscape: Landscape | None = None,
    parameters: Mapping[str, Any] | None = None,
    changes: Sequence[Mapping[str, Any]] = (),
    start: Mapping[str, Any] | None = None,
    ceiling: int = 0,
    seed: int = 1,
    is_recorded: bool = False,
    scenario: str = "status_quo",
    threats: Sequence[str] = (),
) -> RunSpec:
    """The specification of a study with one scenario.

    species: name in the catalogue or path of a TOML file; parameters: values in place of the species' own; changes:
    tables as in `[[scenario.change]]`; start: what `[start]` says besides the number; ceiling: 0 for none;
    threats: names of those that are on.
    """
    data: dict[str, Any] = {
        "species": str(species),
        "run": {"replicates": 1, "years": years, "tick": tick, "seed": seed},
        "record": {"events": is_recorded},
        "start": {"animals": animals, **(start or {})},
        "threats": dict.fromkeys(threats, True),
        "parameters": dict(parameters or {}),
        "scenario": [{"name": scenario, "change": [dict(change) for change in changes]}],
    }
    if ceiling:
        data["ceiling"] = {"capacity": ceiling}
    return resolve(Study.model_validate(data), landscape=landscape)[0]


def counted(
    records: Records, replicates: int, year: int, prefix: str = "number.", first: int = 0
) -> npt.NDArray[np.int64]:
    """Sum of all items whose names begin with `prefix` in a year, [replicate], over all zones."""
    total = np.zeros(replicates, np.int64)
    of_year = records.tallies["year"] == year
    for name, column in records.tallies.items():
        if name.startswith(prefix):
            np.add.at(total, records.tallies["replicate"][of_year] - first, column[of_year])
    return total
