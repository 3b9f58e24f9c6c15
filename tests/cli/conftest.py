"""A tiny study, its results, and ways to call the command line."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

STUDY = """title = "Tiny"
species = "benchmark_population"
landscape = "none"

[run]
replicates = 12
years = 5
tick = "year"
seed = 3
batch = 4

[draws]
number = 2
replicates_each = 2

[start]
animals = 20
ages = "uniform"
youngest = 1
oldest = 8

[ceiling]
capacity = 40

[[scenario]]
name = "status_quo"

[[scenario]]
name = "worse"
[[scenario.change]]
parameter = "reproduction.litter_probability"
multiply = 0.5
"""


@dataclass(frozen=True)
class Answer:
    """What a command gave."""

    code: int
    out: str
    err: str


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Run a command in this process."""

    def run(*arguments: object) -> Answer:
        from orientalis.cli.main import run

        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def start() -> Callable[..., Any]:
    """Start a command as a process of its own."""

    def popen(*arguments: object, **options: Any) -> Any:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **options.pop("env", {})}
        command = [sys.executable, "-c", "from orientalis.cli import main; main()", *map(str, arguments)]
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **options}
        return subprocess.Popen(command, env=environment, **options)

    return popen


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of the tiny study."""
    file = tmp_path_factory.mktemp("study") / "tiny.toml"
    file.write_text(STUDY)
    return file


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory, study: Path) -> Path:
    """Return the folder of an undisturbed run of the tiny study; not to be changed."""
    from orientalis.cli.main import run

    folder = tmp_path_factory.mktemp("results") / "tiny"
    assert run(["run", str(study), "--out", str(folder), "--workers", "1", "--quiet"]) == 0
    return folder
