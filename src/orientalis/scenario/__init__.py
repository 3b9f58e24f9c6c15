"""Studies and scenarios: from a TOML file to the arrays of the engine."""

from orientalis.scenario.compile import compile_batch
from orientalis.scenario.overtaken import check_taken
from orientalis.scenario.spec import RunSpec, resolve, warnings_of, with_replicates
from orientalis.scenario.study import Change, Scenario, Start, Study, load_study

__all__ = [
    "Change",
    "RunSpec",
    "Scenario",
    "Start",
    "Study",
    "check_taken",
    "compile_batch",
    "load_study",
    "resolve",
    "warnings_of",
    "with_replicates",
]
