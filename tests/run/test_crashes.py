"""What survives kill -9, Ctrl-C, dead workers, a second run, a full disk and a read-only one.

Whole processes, real signals.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fake_world import FakeSpec, simulate

from orientalis.core.canonical import sha256_hex
from orientalis.core.errors import InputError
from orientalis.run.execute import execute_specs
from orientalis.store import RunFolder, read

SCRIPT = Path(__file__).with_name("fake_run.py")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


def start(folder: Path, specs: list[dict[str, Any]], before: Callable[[], None] | None = None, **options: Any) -> Any:
    """Start a run as a process of its own."""
    settings = json.dumps({"specs": specs, **options})
    command = [sys.executable, str(SCRIPT), str(folder), settings]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment, preexec_fn=before)


def wait_for(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def parts(folder: Path) -> dict[str, str]:
    """Return the checksum of each file of each part."""
    return {str(file.relative_to(folder)): sha256_hex(file.read_bytes()) for file in sorted(folder.glob("runs/*/*"))}


def committed(folder: Path) -> int:
    """Return how many parts are committed."""
    return len(list(folder.glob("runs/*/part-*.json")))


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the parts of an undisturbed run of 6 batches."""
    folder = tmp_path_factory.mktemp("reference")
    execute_specs([FakeSpec(replicates=24)], folder, workers=1, simulator=simulate)
    return parts(folder)


def slow(folder: Path, seconds: float = 0.3) -> list[dict[str, Any]]:
    """Return a specification whose batches take a while."""
    return [{"replicates": 24, "behaviour": f"slow:{seconds}", "folder": str(folder)}]


@POSIX
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("kill_at", [1, 3])
def test_kill_9_then_again_gives_the_same_bytes(
    tmp_path: Path, reference: dict[str, str], workers: int, kill_at: int
) -> None:
    process = start(tmp_path / "out", slow(tmp_path), workers=workers)
    wait_for(lambda: committed(tmp_path / "out") >= kill_at)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    kept = parts(tmp_path / "out")
    assert committed(tmp_path / "out") < 6
    again = start(tmp_path / "out", slow(tmp_path, 0), workers=workers)
    assert again.wait(timeout=60) == 0
    assert f"found {4 * kill_at}" in again.stdout.read() or kill_at < committed(tmp_path / "out")
    assert parts(tmp_path / "out") == reference
    assert all(reference[name] == digest for name, digest in kept.items() if name in reference)


@POSIX
def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    process = start(tmp_path / "out", slow(tmp_path, 30), workers=2)
    wait_for(lambda: len(list(tmp_path.glob("begun-*"))) == 2)
    workers = children(process.pid)
    assert len(workers) == 2
    process.kill()
    process.wait()
    wait_for(lambda: not any(is_running(pid) for pid in workers), 10)


@POSIX
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_leaves_whole_parts_and_130(
    tmp_path: Path, reference: dict[str, str], workers: int, sent: signal.Signals
) -> None:
    process = start(tmp_path / "out", slow(tmp_path), workers=workers)
    wait_for(lambda: committed(tmp_path / "out") >= 1)
    below = children(process.pid)
    process.send_signal(sent)
    assert process.wait(timeout=10) == 130
    assert "Traceback" not in process.stderr.read()
    assert not any(is_running(pid) for pid in below)
    assert not (tmp_path / "out/.lock").exists()
    kept = parts(tmp_path / "out")
    assert kept.items() <= reference.items()
    execute_specs([FakeSpec(replicates=24)], tmp_path / "out", workers=1, simulator=simulate)
    assert parts(tmp_path / "out") == reference


@POSIX
@pytest.mark.parametrize("deaths", [1, 3])
def test_a_batch_whose_worker_died_is_sent_again(tmp_path: Path, reference: dict[str, str], deaths: int) -> None:
    specs = [{"replicates": 24, "behaviour": f"die:{deaths}", "folder": str(tmp_path)}]
    process = start(tmp_path / "out", specs, workers=2)
    assert process.wait(timeout=60) == 0
    assert process.stdout.read().count("signal 9); it is sent again") == deaths
    assert parts(tmp_path / "out") == reference


@POSIX
def test_after_three_more_times_it_is_set_aside(tmp_path: Path, reference: dict[str, str]) -> None:
    process = start(tmp_path / "out", [{"replicates": 24, "behaviour": "die_always"}], workers=2)
    assert process.wait(timeout=60) == 1
    output = process.stdout.read()
    assert output.count("sent again") == 3
    assert "batch 1 of status_quo (replicates 4 to 7)" in output and "4 times; it is set aside" in output
    assert committed(tmp_path / "out") == 5
    execute_specs([FakeSpec(replicates=24)], tmp_path / "out", workers=1, simulator=simulate)
    assert parts(tmp_path / "out") == reference


@POSIX
def test_a_killed_worker_costs_only_its_batch(tmp_path: Path, reference: dict[str, str]) -> None:
    process = start(tmp_path / "out", slow(tmp_path, 0.5), workers=2)
    wait_for(lambda: len(list(tmp_path.glob("begun-*"))) >= 2)
    os.kill(children(process.pid)[0], signal.SIGKILL)
    assert process.wait(timeout=60) == 0
    assert process.stdout.read().count("sent again") == 1
    assert parts(tmp_path / "out") == reference


@POSIX
def test_a_second_run_is_refused_while_the_first_lives(tmp_path: Path) -> None:
    process = start(tmp_path / "out", slow(tmp_path, 30), workers=1)
    wait_for(lambda: len(list(tmp_path.glob("begun-*"))) >= 1)
    with pytest.raises(InputError, match=f"another run is writing.*process {process.pid}") as caught:
        execute_specs([FakeSpec()], tmp_path / "out", workers=1, simulator=simulate)
    assert caught.value.exit_code == 2
    process.kill()
    process.wait()
    lines: list[str] = []
    outcome = execute_specs(
        [FakeSpec(replicates=24)], tmp_path / "out", workers=1, simulator=simulate, note=lines.append
    )
    assert outcome.done == 24
    assert "ended without notice" in lines[0]


def test_a_lock_left_by_anyone_dead_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / ".lock").write_text('{"pid": "999999999", "started": "1", "host": "elsewhere"}')
    with RunFolder(tmp_path).lock() as lock:
        assert lock.was_taken_over
    assert not (tmp_path / ".lock").exists()


def test_without_locks_in_the_file_system_the_holder_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orientalis.store.lock._lock", lambda handle: None)
    with RunFolder(tmp_path).lock():
        with pytest.raises(InputError, match="another run is writing"), RunFolder(tmp_path).lock():
            pass
        held = json.loads((tmp_path / ".lock").read_text())
    (tmp_path / ".lock").write_text(json.dumps(held | {"started": "12"}))  # the process id was given to another one
    with RunFolder(tmp_path).lock() as lock:
        assert lock.was_taken_over


@POSIX
def test_a_full_disk_keeps_what_is_finished(tmp_path: Path, reference: dict[str, str]) -> None:
    import resource

    largest = max(file.stat().st_size for file in whole(tmp_path).glob("runs/*/part-*.parquet"))

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest - 1, largest - 1))

    process = start(tmp_path / "out", [{"replicates": 24}], before=limit, workers=1)
    assert process.wait(timeout=60) == 2
    message = process.stderr.read()
    assert "the disk is full, what was finished is kept" in message and "Traceback" not in message
    assert not list((tmp_path / "out").rglob("*.tmp"))
    kept = committed(tmp_path / "out")
    outcome = execute_specs([FakeSpec(replicates=24)], tmp_path / "out", workers=1, simulator=simulate)
    assert outcome.found == 4 * kept
    assert parts(tmp_path / "out") == reference


@POSIX
def test_a_truly_full_file_system(tmp_path: Path, reference: dict[str, str]) -> None:
    mount = tmp_path / "small"
    mount.mkdir()
    pages = sum(-(-file.stat().st_size // 4096) for file in whole(tmp_path).rglob("*"))
    command = ["mount", "-t", "tmpfs", "-o", f"size={pages * 4096 * 6 // 10}", "tmpfs", str(mount)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no file system may be mounted here")
    try:
        process = start(mount / "out", [{"replicates": 24}], workers=2)
        assert process.wait(timeout=60) == 2
        assert "the disk is full" in process.stderr.read()
        kept = parts(mount / "out")
        assert committed(mount / "out") >= 1
        assert {name: kept[name] for name in kept if name in reference}.items() <= reference.items()
        subprocess.run(["mount", "-o", "remount,size=4m", str(mount)], check=True)
        execute_specs([FakeSpec(replicates=24)], mount / "out", workers=1, simulator=simulate)
        assert parts(mount / "out") == reference
        subprocess.run(["mount", "-o", "remount,ro", str(mount)], check=True)
        with pytest.raises(InputError, match="no permission to write"):
            execute_specs([FakeSpec(replicates=28)], mount / "out", workers=1, simulator=simulate)
        assert read(mount / "out").replicates("status_quo").size == 24
    finally:
        subprocess.run(["umount", "-l", str(mount)], check=False)


@POSIX
def test_a_folder_without_permission(tmp_path: Path) -> None:
    forbidden = Path("/proc/orientalis") if os.geteuid() == 0 else tmp_path / "closed"
    if os.geteuid() != 0:
        forbidden.mkdir(mode=0o500)
    with pytest.raises(InputError, match=r"no permission to write|cannot write") as caught:
        execute_specs([FakeSpec()], forbidden / "out", workers=1, simulator=simulate)
    assert caught.value.exit_code == 2


@POSIX
def test_a_forbidden_folder_as_another_user(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs to change the user")
    closed = tmp_path / "closed"
    execute_specs([FakeSpec(replicates=4)], closed, workers=1, simulator=simulate)
    for folder in (tmp_path, *tmp_path.parents):
        if "pytest-" in str(folder):
            folder.chmod(0o755)
    os.seteuid(65534)
    try:
        for folder in (closed, closed / "deeper"):
            with pytest.raises(InputError, match="no permission to write"):
                execute_specs([FakeSpec(replicates=24)], folder, workers=1, simulator=simulate)
        assert read(closed).replicates("status_quo").size == 4
    finally:
        os.seteuid(0)


def whole(tmp_path: Path) -> Path:
    """Return a folder with an undisturbed run."""
    execute_specs([FakeSpec(replicates=24)], tmp_path / "whole", workers=1, simulator=simulate)
    return tmp_path / "whole"


def children(pid: int) -> list[int]:
    """Return the processes that a process started."""
    found = []
    for entry in Path("/proc").iterdir() if Path("/proc").exists() else ():
        try:
            if entry.name.isdigit() and int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def is_running(pid: int) -> bool:
    """Whether a process lives (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
