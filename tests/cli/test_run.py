"""`run`, `status` and `summarise` with the engine: whole runs, interrupted runs, equal results."""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import distributed
import pytest

from orientalis.core.canonical import sha256_hex

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
LONGER = ("--replicates", 240, "--set", "run.batch=4", "--years", 60)


def parts(folder: Path) -> dict[str, str]:
    """Return the checksum of each file of each part."""
    return {str(file.relative_to(folder)): sha256_hex(file.read_bytes()) for file in sorted(folder.glob("runs/*/*"))}


def wait_for(condition: Callable[[], bool], seconds: float = 120.0) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)


def committed(folder: Path) -> int:
    """Return how many parts are committed."""
    return len(list(folder.glob("runs/*/part-*.json")))


def test_a_run_and_what_is_said(call: Callable[..., Any], study: Path, tmp_path: Path) -> None:
    answer = call("run", study, "--out", tmp_path / "out", "--workers", 1)
    assert answer.code == 0
    assert answer.out.splitlines()[0].startswith("Finished: 32 replicates in ")
    assert answer.out.splitlines()[1:] == [
        f"Results: {tmp_path / 'out'}",
        f"Next: orientalis report {tmp_path / 'out'}",
    ]
    assert "0 of 32 replicates" in answer.err and "32 of 32 replicates" in answer.err
    assert (tmp_path / "out/study.toml").read_text() == study.read_text()
    again = call("run", study, "--out", tmp_path / "out", "--workers", 1)
    assert "0 replicates in 0 s, 32 replicates were there already" in again.out


def test_two_workers_give_the_same_bytes(call: Callable[..., Any], study: Path, results: Path, tmp_path: Path) -> None:
    assert call("run", study, "--out", tmp_path, "--workers", 2, "--quiet").code == 0
    assert parts(tmp_path) == parts(results)


def test_more_replicates_extend(call: Callable[..., Any], study: Path, results: Path, tmp_path: Path) -> None:
    options = ("--out", tmp_path, "--workers", 1, "--quiet")
    assert call("run", study, *options, "--replicates", 5).code == 0
    assert call("run", study, *options).code == 0
    assert parts(tmp_path) == parts(results)


def test_quiet_is_quiet(call: Callable[..., Any], study: Path, tmp_path: Path) -> None:
    answer = call("run", study, "--out", tmp_path, "--workers", 1, "--quiet", "--scenario", "worse")
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert sorted(path.name for path in (tmp_path / "runs").iterdir()) == ["worse"]


def test_without_out_results_go_beside(
    call: Callable[..., Any], study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("run", study, "--workers", 1, "--quiet", "--replicates", 1).code == 0
    assert (tmp_path / "out/tiny/resolved.json").exists()


@pytest.mark.parametrize("change", [("--seed", 9), ("--years", 6), ("--set", "survival.adult.female=0.5")])
def test_another_study_is_refused(
    call: Callable[..., Any], study: Path, results: Path, change: tuple[str, object]
) -> None:
    before = parts(results)
    if change[0] == "--set":
        change = ("--set", "reproduction.litter_probability=0.4")
    answer = call("run", study, "--out", results, *change)
    assert answer.code == 2
    assert "this folder holds another study" in answer.err
    assert parts(results) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--replicates", 0], "run.replicates"),
        (["--replicates", -5], "run.replicates"),
        (["--years", 0], "run.years"),
        (["--workers", 0], "--workers"),
        (["--scenario", "wurse"], 'Did you mean "worse"?'),
        (["--set", "nonsense"], "PATH=VALUE"),
        (["--set", "reproduction.litter_probability=2"], "reproduction.litter_probability"),
        (["--cluster", "tcp://127.0.0.1:1"], "no Dask scheduler answers"),
    ],
)
def test_bad_options(
    call: Callable[..., Any],
    study: Path,
    tmp_path: Path,
    arguments: list[object],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("orientalis.run.cluster._CONNECT", 0.3)
    answer = call("run", study, "--out", tmp_path / "out", *arguments)
    assert answer.code == 2
    assert words in answer.err
    assert "Traceback" not in answer.err


def test_dry_run_writes_nothing(
    call: Callable[..., Any], study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = call("run", study, "--dry-run", "--out", tmp_path / "out", "--workers", 2)
    assert answer.code == 0
    for word in ("status_quo", "worse.draws", "Replicates: 32 in 8 batches.", "Workers:    2", "Memory:", "Time:"):
        assert word in answer.out
    assert list(tmp_path.iterdir()) == []


def test_summarise_is_the_contract(call: Callable[..., Any], results: Path) -> None:
    answer = call("summarise", results, "--json")
    assert (answer.code, answer.err) == (0, "")
    content = json.loads(answer.out)
    assert content["schema_version"] == 1
    assert [entry["name"] for entry in content["scenarios"]] == ["status_quo", "worse"], "default values only"
    for entry in content["scenarios"]:
        assert list(entry) == [
            "name",
            "run_hash",
            "replicates",
            "extinction_probability",
            "mean_final_population",
            "median_final_population",
            "stochastic_growth_rate",
        ]
        chance = entry["extinction_probability"]
        assert list(chance) == ["year", "value", "low", "high"]
        assert chance["year"] == 5 and entry["replicates"] == 12 and len(entry["run_hash"]) == 64
        assert 0.0 <= chance["low"] <= chance["value"] <= chance["high"] <= 1.0
    assert str(results) not in answer.out
    assert "simulation error only" in call("summarise", results).out


def test_summarise_counts_everyone(call: Callable[..., Any], results: Path) -> None:
    from orientalis.store import read

    final = read(results).counts("status_quo", "number")[:, -1]
    entry = json.loads(call("summarise", results, "--json").out)["scenarios"][0]
    assert entry["mean_final_population"] == final.mean()
    assert entry["extinction_probability"]["value"] == (final == 0).mean()


def test_status(call: Callable[..., Any], results: Path) -> None:
    content = json.loads(call("status", results, "--json").out)
    assert content["is_running"] is False and content["damaged"] == []
    assert [(entry["name"], entry["replicates"], entry["replicates_asked"]) for entry in content["scenarios"]] == [
        ("status_quo", 12, 12),
        ("worse", 12, 12),
        ("status_quo.draws", 4, 4),
        ("worse.draws", 4, 4),
    ]
    assert "missing" not in call("status", results).out


def test_status_sees_a_damaged_part(call: Callable[..., Any], study: Path, tmp_path: Path) -> None:
    call("run", study, "--out", tmp_path, "--workers", 1, "--quiet")
    before = parts(tmp_path)
    file = tmp_path / "runs/worse/part-00001.parquet"
    file.write_bytes(file.read_bytes()[:-3])
    answer = call("status", tmp_path)
    assert "Damaged: " in answer.out and "4 replicates missing" in answer.out
    assert json.loads(call("status", tmp_path, "--json").out)["damaged"][0]["file"] == "runs/worse/part-00001.json"
    assert call("summarise", tmp_path).code == 2
    answer = call("run", study, "--out", tmp_path, "--workers", 1)
    assert answer.code == 0 and "truncated" in answer.err
    assert parts(tmp_path) == before


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory, study: Path) -> tuple[dict[str, str], str]:
    """Return parts and summary of an undisturbed longer run."""
    import contextlib
    import io

    from orientalis.cli.main import run

    folder = tmp_path_factory.mktemp("reference")
    options = ["--out", str(folder), "--workers", "1", "--quiet", "--scenario", "status_quo"]
    assert run(["run", str(study), *options, *map(str, LONGER)]) == 0
    with contextlib.redirect_stdout(io.StringIO()) as text:
        assert run(["summarise", str(folder), "--json"]) == 0
    return parts(folder), text.getvalue()


@POSIX
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_stopped_and_run_again_it_is_the_same(
    start: Callable[..., Any],
    call: Callable[..., Any],
    study: Path,
    tmp_path: Path,
    reference: tuple[dict[str, str], str],
    workers: int,
    sent: signal.Signals,
) -> None:
    options = ("--out", tmp_path, "--workers", workers, "--scenario", "status_quo", *LONGER)
    process = start("run", study, *options)
    wait_for(lambda: committed(tmp_path) >= 3 or process.poll() is not None)
    process.send_signal(sent)
    _, err = process.communicate(timeout=60)
    assert process.returncode == (130 if sent == signal.SIGINT else -signal.SIGKILL)
    assert "Traceback" not in err
    if sent == signal.SIGINT:
        assert "Interrupted. What was finished is kept" in err
    assert 3 <= committed(tmp_path) < len([name for name in reference[0] if name.endswith(".json")])
    status = call("status", tmp_path)
    assert "the same `orientalis run` goes on from here" in status.out
    assert call("run", study, *options).code == 0
    assert parts(tmp_path) == reference[0]
    assert call("summarise", tmp_path, "--json").out == reference[1]


@POSIX
def test_a_cluster_gives_the_same(call: Callable[..., Any], study: Path, results: Path, tmp_path: Path) -> None:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        answer = call("run", study, "--out", tmp_path, "--cluster", cluster.scheduler_address, "--quiet")
    assert answer.code == 0
    assert parts(tmp_path) == parts(results)


@POSIX
@pytest.mark.parametrize(
    ("terminal", "is_drawn", "is_coloured"),
    [("xterm-256color", True, True), ("dumb", False, False), ("xterm", True, False)],
)
def test_progress_on_terminals(study: Path, tmp_path: Path, terminal: str, is_drawn: bool, is_coloured: bool) -> None:
    import pty

    pid, handle = pty.fork()
    if pid == 0:
        environment = {**os.environ, "TERM": terminal, "COLUMNS": "100", "PYTHONPATH": os.pathsep.join(sys.path)}
        if terminal == "xterm":
            environment["NO_COLOR"] = "1"
        code = "from orientalis.cli import main; main()"
        command = [sys.executable, "-c", code, "run", str(study), "--out", str(tmp_path), "--workers", "1"]
        os.execve(sys.executable, command, environment)
    shown = b""
    try:
        while piece := os.read(handle, 4096):
            shown += piece
    except OSError:
        pass
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert (b"\x1b[?25l" in shown) is is_drawn
    assert (b"\x1b[38;5" in shown) is is_coloured
    assert b"32/32 replicates" in shown if is_drawn else b"32 of 32 replicates" in shown
    assert b"Finished: 32 replicates" in shown
