"""The same bytes from a Dask cluster as from this machine, a worker killed or not."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import distributed
import pytest
from fake_world import FakeSpec, simulate

from orientalis.core.canonical import sha256_hex
from orientalis.core.errors import InputError
from orientalis.run.cluster import DaskPool
from orientalis.run.execute import execute_specs

SPEC = FakeSpec(replicates=24)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Start two worker processes."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster


def parts(folder: Path) -> dict[str, str]:
    """Return the checksum of each file of each part."""
    return {str(file.relative_to(folder)): sha256_hex(file.read_bytes()) for file in sorted(folder.glob("runs/*/*"))}


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the parts of a local run."""
    folder = tmp_path_factory.mktemp("local")
    execute_specs([SPEC], folder, workers=1, simulator=simulate)
    return parts(folder)


def test_the_same_bytes(tmp_path: Path, cluster: Any, reference: dict[str, str]) -> None:
    outcome = execute_specs([SPEC], tmp_path, cluster=cluster.scheduler_address, simulator=simulate)
    assert (outcome.done, outcome.exit_code) == (24, 0)
    assert parts(tmp_path) == reference


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_killed_worker_changes_nothing(tmp_path: Path, cluster: Any, reference: dict[str, str]) -> None:
    slow = replace(SPEC, behaviour="slow:0.5", folder=str(tmp_path))

    def kill_one() -> None:
        while not list(tmp_path.glob("begun-*")):
            time.sleep(0.01)
        pid = next(iter(cluster.workers.values())).process.process._process.pid
        os.kill(pid, signal.SIGKILL)

    thread = threading.Thread(target=kill_one)
    thread.start()
    outcome = execute_specs([slow], tmp_path / "out", cluster=cluster.scheduler_address, simulator=simulate)
    thread.join()
    assert outcome.exit_code == 0
    assert parts(tmp_path / "out") == reference


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_batch_that_kills_its_workers_is_set_aside(tmp_path: Path, cluster: Any) -> None:
    deadly = replace(SPEC, replicates=8, behaviour="die_always")
    outcome = execute_specs([deadly], tmp_path, cluster=cluster.scheduler_address, simulator=simulate)
    assert outcome.exit_code == 1
    assert [(entry.batch, entry.reason[-7:]) for entry in outcome.set_aside] == [(1, "4 times")]


def test_an_error_there_is_an_error_here(tmp_path: Path, cluster: Any) -> None:
    address = cluster.scheduler_address
    outcome = execute_specs([replace(SPEC, behaviour="raise")], tmp_path / "a", cluster=address, simulator=simulate)
    assert [entry.reason for entry in outcome.set_aside] == ["ZeroDivisionError: a bug"]
    with pytest.raises(InputError, match="table of animals is full"):
        execute_specs([replace(SPEC, behaviour="refuse")], tmp_path / "b", cluster=address, simulator=simulate)


def test_nobody_at_the_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orientalis.run.cluster._CONNECT", 0.5)
    for address in ("tcp://127.0.0.1:1", "nonsense://x", ""):
        with pytest.raises(InputError, match="no Dask scheduler answers") as caught:
            execute_specs([SPEC], tmp_path, cluster=address, simulator=simulate)
        assert caught.value.exit_code == 2


def test_other_versions_are_refused(tmp_path: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orientalis.run.cluster.versions", lambda: {"orientalis": "9.9"})
    with pytest.raises(InputError, match="a worker of the cluster has another version of orientalis"):
        execute_specs([SPEC], tmp_path, cluster=cluster.scheduler_address, simulator=simulate)


def test_the_window_follows_the_cluster(cluster: Any) -> None:
    pool = DaskPool(cluster.scheduler_address)
    assert 2 <= pool.capacity <= 4
    pool.close()
