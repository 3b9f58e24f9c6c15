"""Two small real runs, one without a map and one on the leopard's, their bundles, and ways to change a bundle."""

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from orientalis.evidence import Bundle
from orientalis.publish import publish_bundle

DAY = date(2026, 11, 24)
TINY = """title = "Tiny: one & two"
species = "benchmark_population"
landscape = "none"

[run]
replicates = 12
years = 12
tick = "year"
seed = 3
batch = 5

[draws]
number = 3
replicates_each = 4

[start]
animals = 14
ages = "uniform"
youngest = 1
oldest = 8

[ceiling]
capacity = 40

[[scenario]]
name = "status_quo"
title = "As it is"

[[scenario]]
name = "worse"
draws = false
[[scenario.change]]
parameter = "reproduction.litter_probability"
multiply = 0.4
years = [2, 8]
"""
LEOPARDS = """title = "A few leopards"
species = "panthera_pardus_orientalis"
landscape = "southwest_primorye"

[run]
replicates = 6
years = 3
seed = 5
batch = 3
start_year = 2023

[draws]
number = 2
replicates_each = 2

[record]
events = true
map_years = [0, 3]

[start]
animals = 60
zone = "range_today"

[[scenario]]
name = "as_is"

[[scenario]]
name = "within"
draws = false
land = {within = "range_today"}

[[scenario]]
name = "fewer"
draws = false
replicates = 3
start = {animals = 30}
"""


@pytest.fixture(scope="session")
def command() -> Callable[..., int]:
    """Run a command in this process and return its exit status."""

    def run(*words: object) -> int:
        from orientalis.cli.main import run

        return run([str(word) for word in words])

    return run


def _run(folder: Path, text: str, command: Callable[..., int]) -> Path:
    (folder / "study.toml").write_text(text, encoding="utf-8")
    assert command("run", folder / "study.toml", "--out", folder / "run", "--workers", 1, "--quiet") == 0
    return folder / "run"


@pytest.fixture(scope="session")
def tiny_run(tmp_path_factory: pytest.TempPathFactory, command: Callable[..., int]) -> Path:
    """The folder of a run without a map; not to be changed."""
    return _run(tmp_path_factory.mktemp("tiny"), TINY, command)


@pytest.fixture(scope="session")
def leopard_run(tmp_path_factory: pytest.TempPathFactory, command: Callable[..., int]) -> Path:
    """The folder of a short run on the leopard's map; not to be changed."""
    return _run(tmp_path_factory.mktemp("leopards"), LEOPARDS, command)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory, tiny_run: Path) -> Bundle:
    """The bundle of the run without a map; not to be changed."""
    return publish_bundle([tiny_run], tmp_path_factory.mktemp("bundles") / "tiny", DAY)


@pytest.fixture(scope="session")
def leopards(tmp_path_factory: pytest.TempPathFactory, leopard_run: Path) -> Bundle:
    """The bundle of the run on the map; not to be changed."""
    return publish_bundle([leopard_run], tmp_path_factory.mktemp("bundles") / "leopards", DAY)


@pytest.fixture
def rewritten(tmp_path: Path) -> Callable[..., Path]:
    """Copy a bundle, change the JSON of one file, and sign the copy again so that it verifies."""

    def rewrite(bundle: Bundle, name: str, change: Callable[[Any], None]) -> Path:
        folder = tmp_path / "rewritten"
        shutil.copytree(bundle.folder, folder)
        for path in folder.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        content = json.loads((folder / name).read_text(encoding="utf-8"))
        change(content)
        data = json.dumps(content).encode()
        (folder / name).write_bytes(data)
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        for file in manifest["files"]:
            if file["path"] == name:
                file |= {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        return folder

    return rewrite
