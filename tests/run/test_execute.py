"""Running, resuming and extending, with the fake world in one process and in worker processes."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from fake_world import FakeSpec, simulate

from orientalis.core.canonical import sha256_hex
from orientalis.core.errors import InputError, OrientalisError
from orientalis.run.estimate import estimate
from orientalis.run.execute import Outcome, execute_specs
from orientalis.run.local import LocalPool
from orientalis.run.progress import Progress
from orientalis.store import read

SPEC = FakeSpec()


def run(folder: Path, *specs: FakeSpec, workers: int = 1, **options: object) -> Outcome:
    """Run with the fake world."""
    return execute_specs(specs or (SPEC,), folder, text="# t\n", workers=workers, simulator=simulate, **options)  # type: ignore[arg-type]


def parts(folder: Path) -> dict[str, str]:
    """Return the checksum of each file of each part."""
    return {str(file.relative_to(folder)): sha256_hex(file.read_bytes()) for file in sorted(folder.glob("runs/*/*"))}


def test_layout(tmp_path: Path) -> None:
    outcome = run(tmp_path / "a" / "b")
    assert (outcome.done, outcome.found, outcome.exit_code) == (12, 0, 0)
    names = sorted(
        str(file.relative_to(tmp_path / "a" / "b")) for file in (tmp_path / "a" / "b").rglob("*") if file.is_file()
    )
    expected = ["provenance.json", "resolved.json", "study.toml"]
    endings = ("events.parquet", "json", "maps", "parquet")
    expected += [f"runs/status_quo/part-{k:05d}.{ending}" for k in range(3) for ending in endings]
    assert names == sorted(expected)
    assert (tmp_path / "a/b/study.toml").read_text() == "# t\n"
    assert json.loads((tmp_path / "a/b/resolved.json").read_text())["format_version"] == 1


@pytest.mark.parametrize("workers", [2, 3])
def test_any_number_of_workers_gives_the_same_bytes(tmp_path: Path, workers: int) -> None:
    specs = (SPEC, FakeSpec("petition_start", seed=2))
    run(tmp_path / "one", *specs)
    run(tmp_path / "more", *specs, workers=workers)
    assert parts(tmp_path / "one") == parts(tmp_path / "more")
    assert (tmp_path / "one/resolved.json").read_bytes() == (tmp_path / "more/resolved.json").read_bytes()


def test_running_again_does_nothing(tmp_path: Path) -> None:
    run(tmp_path)
    before = parts(tmp_path)
    outcome = run(tmp_path)
    assert (outcome.done, outcome.found) == (0, 12)
    assert parts(tmp_path) == before


@pytest.mark.parametrize("first", [1, 4, 5, 8, 11])
def test_more_replicates_extend_to_the_same_bytes(tmp_path: Path, first: int) -> None:
    run(tmp_path / "grown", replace(SPEC, replicates=first))
    assert read(tmp_path / "grown").replicates("status_quo").size == first
    run(tmp_path / "grown")
    run(tmp_path / "whole")
    assert parts(tmp_path / "grown") == parts(tmp_path / "whole")


def test_fewer_replicates_keep_what_is_there(tmp_path: Path) -> None:
    run(tmp_path)
    before = parts(tmp_path)
    assert run(tmp_path, replace(SPEC, replicates=5)).done == 0
    assert parts(tmp_path) == before


@pytest.mark.parametrize("damage", ["truncate", "flip", "empty", "missing", "json", "json_empty", "other_hash"])
@pytest.mark.parametrize("ending", ["parquet", "maps", "events.parquet"])
def test_a_damaged_part_is_found_said_and_run_again(tmp_path: Path, damage: str, ending: str) -> None:
    run(tmp_path)
    before = parts(tmp_path)
    file = tmp_path / "runs/status_quo" / f"part-00001.{ending}"
    commit = tmp_path / "runs/status_quo/part-00001.json"
    content = file.read_bytes()
    if damage == "truncate":
        file.write_bytes(content[:-7])
    elif damage == "flip":
        file.write_bytes(content[:50] + bytes([content[50] ^ 1]) + content[51:])
    elif damage == "empty":
        file.write_bytes(b"")
    elif damage == "missing":
        file.unlink()
    elif damage == "json":
        commit.write_bytes(b"\x89PNG\x00\xff")
    elif damage == "json_empty":
        commit.write_bytes(b"")
    else:
        commit.write_text(commit.read_text().replace(SPEC.run_hash, "0" * 64))
    lines: list[str] = []
    outcome = run(tmp_path, note=lines.append)
    assert outcome.done == 4
    assert len(outcome.repaired) == 1
    assert "part-00001" in lines[0] and "run again" in lines[0]
    assert parts(tmp_path) == before


def test_reading_a_damaged_part_is_refused_not_wrong(tmp_path: Path) -> None:
    run(tmp_path)
    file = tmp_path / "runs/status_quo/part-00001.parquet"
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(InputError, match=r"truncated.*part-00001\.parquet.*run the study again"):
        read(tmp_path).counts("status_quo", "number")


@pytest.mark.parametrize(
    "other",
    [FakeSpec(seed=2), FakeSpec(years=7), FakeSpec(batch=5), FakeSpec("other"), FakeSpec(settings={"survival": 0.9})],
)
def test_another_study_is_refused(tmp_path: Path, other: FakeSpec) -> None:
    run(tmp_path)
    before = parts(tmp_path), (tmp_path / "resolved.json").read_bytes()
    with pytest.raises(InputError, match="this folder holds another study") as caught:
        run(tmp_path, other)
    assert caught.value.exit_code == 2
    assert (parts(tmp_path), (tmp_path / "resolved.json").read_bytes()) == before


def test_one_scenario_then_the_others(tmp_path: Path) -> None:
    specs = (SPEC, replace(SPEC, scenario="status_quo.draws"), FakeSpec("petition_start"))
    run(tmp_path / "steps", *specs, scenarios=["status_quo"])
    assert read(tmp_path / "steps").scenarios == ("status_quo", "status_quo.draws")
    run(tmp_path / "steps", *specs)
    run(tmp_path / "once", *specs)
    assert parts(tmp_path / "steps") == parts(tmp_path / "once")
    assert (tmp_path / "steps/resolved.json").read_bytes() == (tmp_path / "once/resolved.json").read_bytes()


def test_unknown_scenario_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError, match='Did you mean "status_quo"'):
        run(tmp_path, scenarios=["status_qou"])


@pytest.mark.parametrize("name", ["../evil", "", "a/b", ".hidden"])
def test_names_unfit_for_a_folder_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="name must be fit"):
        run(tmp_path / "out", FakeSpec(name))
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"[]", b"{}", b'{"format_version": 1, "scenarios": [3]}'])
def test_a_damaged_specification_is_refused(tmp_path: Path, content: bytes) -> None:
    run(tmp_path)
    (tmp_path / "resolved.json").write_bytes(content)
    for action in (lambda: run(tmp_path), lambda: read(tmp_path)):
        with pytest.raises(InputError, match=r"resolved\.json"):
            action()


def test_another_format_is_refused_by_name(tmp_path: Path) -> None:
    run(tmp_path)
    file = tmp_path / "resolved.json"
    file.write_text(file.read_text().replace('"format_version": 1', '"format_version": 7'))
    with pytest.raises(InputError, match=r"got 7; expected format 1"):
        read(tmp_path)


def test_leftovers_of_a_crash_are_removed(tmp_path: Path) -> None:
    run(tmp_path)
    before = parts(tmp_path)
    place = tmp_path / "runs/status_quo"
    (place / ".part-00009.parquet.tmp").write_bytes(b"half")
    (place / "part-00009.parquet").write_bytes(b"never committed")
    (tmp_path / ".resolved.json.tmp").write_bytes(b"{")
    run(tmp_path)
    assert parts(tmp_path) == before
    assert not (tmp_path / ".resolved.json.tmp").exists()


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_sets_only_its_batch_aside(tmp_path: Path, workers: int) -> None:
    outcome = run(tmp_path, replace(SPEC, behaviour="raise"), workers=workers)
    assert outcome.exit_code == 1
    assert [(entry.batch, entry.reason) for entry in outcome.set_aside] == [(1, "ZeroDivisionError: a bug")]
    assert "misbehave" in outcome.set_aside[0].trace
    assert read(tmp_path).replicates("status_quo").tolist() == [0, 1, 2, 3, 8, 9, 10, 11]
    assert run(tmp_path).done == 4


@pytest.mark.parametrize("workers", [1, 2])
def test_bad_input_found_in_a_batch_stays_bad_input(tmp_path: Path, workers: int) -> None:
    with pytest.raises(InputError, match=r"table of animals is full \(at run\.slots\)"):
        run(tmp_path, replace(SPEC, behaviour="refuse"), workers=workers)


def test_progress_counts_replicates(tmp_path: Path) -> None:
    seen: list[Progress] = []
    run(tmp_path, replace(SPEC, replicates=6))
    run(tmp_path, progress=seen.append)
    assert [(entry.found, entry.done, entry.total) for entry in seen] == [(4, 4, 12), (4, 8, 12), (4, 12, 12)]
    assert seen[0].rate is None and seen[1].rate and seen[1].seconds_left and seen[-1].seconds_left == 0


def test_provenance_lists_the_sessions(tmp_path: Path) -> None:
    run(tmp_path, replace(SPEC, replicates=4), provenance={"command": "orientalis run"})
    run(tmp_path)
    sessions = read(tmp_path).provenance["sessions"]
    assert len(sessions) == 2
    assert sessions[0]["command"] == "orientalis run"
    assert sessions[0]["versions"]["numpy"]


@pytest.mark.parametrize("workers", [0, -1])
def test_no_workers_is_bad_input(tmp_path: Path, workers: int) -> None:
    with pytest.raises(InputError, match="--workers"):
        run(tmp_path, workers=workers)


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    for folder in (tmp_path / "out", tmp_path / "out" / "deeper"):
        with pytest.raises(InputError, match="a file stands where a folder is needed"):
            run(folder)


def test_workers_that_cannot_start_are_our_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false" if Path("/bin/false").exists() else "false")
    with pytest.raises(OrientalisError, match="a worker process cannot start") as caught:
        run(tmp_path, workers=2)
    assert caught.value.exit_code == 1
    assert not (tmp_path / ".lock").exists()


def test_a_task_that_cannot_be_sent_is_said(tmp_path: Path) -> None:
    with pytest.raises(OrientalisError, match="cannot be sent to a worker"):
        execute_specs((SPEC,), tmp_path, workers=2, simulator=lambda spec, first, count: simulate(spec, first, count))


def test_a_plain_script_needs_no_guard(tmp_path: Path) -> None:
    """Worker processes do not import the script that started them, as multiprocessing's would."""
    lines = [
        "from fake_world import FakeSpec, simulate",
        "from orientalis.run.execute import execute_specs",
        f"print(execute_specs([FakeSpec()], {str(tmp_path / 'out')!r}, workers=2, simulator=simulate).done)",
    ]
    (tmp_path / "script.py").write_text("\n".join(lines))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(tmp_path / "script.py")]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True, timeout=60)
    assert (done.stdout, done.stderr) == ("12\n", "")


def test_results_that_wait_are_bounded(tmp_path: Path) -> None:
    pool = LocalPool(2)
    assert pool.capacity == 4
    pool.close()


def test_an_estimate_counts_batches_and_workers() -> None:
    specs = (replace(SPEC, replicates=10), replace(SPEC, scenario="status_quo.draws", replicates=8))
    found = estimate(specs, 8, simulate)
    assert (found.batches, found.workers) == (5, 5)
    assert found.seconds > 0 and found.memory > found.batch_memory > 0
