"""Made-up runs for the tests of the report: spatial with draws, without, extinct, and without a map."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from orientalis.analysis.scenarios import read_scenarios
from orientalis.geography.map_layers import LINE_COLUMNS, PLACE_COLUMNS, MapLayers
from orientalis.report.answers import Answers, ThreatRow
from orientalis.report.sources import Assumption, Source


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


invented = _load("invented_runs")

ASSUMED = Assumption(
    "killing.adult", "0.02", "1/year", "0 to 0.1", "assumed", "assumed", "", "no figure since 2003", True
)
CITED = Assumption(
    "survival.adult.female", "0.93", "probability/year", "", "analogue", "balme2013", "Table 2", "", False
)


def made_up_map(shape: tuple[int, int] = (40, 50)) -> MapLayers:
    """A map with a coast, a border, a reserve and two towns."""
    points = [(-90.0, 0.0), (-50.0, -20.0), (-10.0, -60.0)]
    lines = [(layer, part, i, x, y - 5 * part) for part, layer in enumerate(("coast", "borders", "reserves", "rivers"))
             for i, (x, y) in enumerate(points)]  # fmt: skip
    places = [("Great Town", 1000.0, -50.0, -20.0), ("Small Town", 10.0, -49.0, -21.0)]
    return MapLayers(
        shape=shape,
        cell_km=2.0,
        west=-100.0,
        north=0.0,
        land=np.ones(shape, bool),
        lines=pd.DataFrame(lines, columns=LINE_COLUMNS),
        places=pd.DataFrame(places, columns=PLACE_COLUMNS),
        marks=pd.DataFrame([("43°N", -100.0, -40.0, "west")], columns=["label", "x", "y", "side"]),
        labels=pd.DataFrame([("country", "RUSSIA", -40.0, -40.0)], columns=["kind", "label", "x", "y"]),
        classes={"coast": "observed", "reserves": "schematic", "settlements": "observed", "prey": "modelled"},
    )


HARDER = {
    "status_quo": {"survival": 0.86},
    "petition_start": {"survival": 0.86, "start": 80},
    "more_killed": {"survival": 0.80, "killed": 0.06},
}
THREATS = tuple(ThreatRow(name, f"Threat {name}", name == "fire") for name in ("distemper", "fire"))


def _full() -> Answers:
    runs = invented.invent(40, 60, scenarios=HARDER, threats=("fire",))
    return Answers("Amur leopard", read_scenarios(runs), "leopards", "panthera_pardus_orientalis", 2023, made_up_map(),
                   (ASSUMED, CITED), (Source("balme2013", "Balme 2013.", "https://doi.org/10.1/x", ("survival",)),),
                   THREATS, runs.provenance)  # fmt: skip


def _plain(**changes: object) -> Answers:
    runs = invented.invent(25, 30, **{"scenarios": {"w1": {"start": 80}}, "draws": 0, "spatial": False, **changes})
    return Answers("benchmark", read_scenarios(runs))


MAKERS = {
    "full": _full,
    "no_map_no_draws": _plain,
    "extinct": lambda: _plain(
        scenarios={"doomed": {"survival": 0.35, "start": 12}, "lost": {"survival": 0.2, "start": 6}}
    ),
    "extinct_with_draws": lambda: _plain(scenarios={"doomed": {"survival": 0.35, "start": 12}}, draws=4),
    "two_years": lambda: Answers("short", read_scenarios(invented.invent(3, 2, draws=0, spatial=False))),
    "four_scenarios": lambda: _plain(scenarios={name: {"start": 60} for name in "abcd"}),
}


@pytest.fixture(scope="session")
def full() -> Answers:
    """Two scenarios with draws, zones and maps."""
    return _full()


@pytest.fixture(scope="session", params=sorted(MAKERS))
def answers(request: pytest.FixtureRequest) -> Answers:
    """Each kind of run in turn."""
    return MAKERS[request.param]()
