"""The cache of compiled kernels: never stale, never in the way, never torn between two processes."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from orientalis.engine import cache

PACKAGE = Path(cache.__file__).parents[1]

# Counts three animals of 12, 24 and 60 months with one kernel, whose callee `stage_of` stands in another file.
SCRIPT = """
import numpy as np
from orientalis.engine import cache
from orientalis.engine.codes import CLASSES, ITEMS
from orientalis.engine.parameters import fixed_rates, layout_for
from orientalis.engine.processes.census import count
from orientalis.engine.state import Clock, Land, empty_animals, empty_ranges, empty_slots

one = np.zeros(1, np.uint8)
land = Land(one, one[None], np.zeros((1, 1), np.int16), np.zeros((1, 0)), *np.zeros((3, 1)), np.zeros(1, np.int16),
            np.zeros((1, 2, 0), np.uint8), np.zeros(8, np.int32), 0, 1, 1.0)
layout = layout_for(1, 1)
values = np.zeros((1, 1, layout.length))
values[..., :2] = 36.0
animals, slots = empty_animals(1, 8), empty_slots(1, 8)
animals.life[0, :3] = 1
animals.age[0, :3] = (1, 2, 5)
slots.high[0] = 3
tally = np.zeros((1, 1, len(ITEMS)), np.int32)
count(animals, slots, empty_ranges(1, 0, 0), land, fixed_rates(values, layout, 12, 1), Clock(0, 0, 0, 12), tally)
print(cache.FOLDER, *tally[0, 0, : len(CLASSES)])
"""
EXPECTED = "0 0 0 0 2 0 1 0"


@pytest.fixture
def copy():
    """A copy of the engine in a folder that other users may read."""
    folder = Path(tempfile.mkdtemp(prefix="orientalis-copy-"))
    folder.chmod(0o755)
    (folder / "site" / "orientalis").mkdir(parents=True)
    shutil.copy(PACKAGE / "__init__.py", folder / "site" / "orientalis")
    shutil.copytree(
        PACKAGE / "engine", folder / "site" / "orientalis" / "engine", ignore=shutil.ignore_patterns("__pycache__")
    )
    yield folder / "site"
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(folder)


def start(copy, before=(), prologue="", **environment):
    """Start the script in a process of its own, with nothing in its environment but what is given."""
    return subprocess.Popen(
        [*before, sys.executable, "-B", "-c", prologue + SCRIPT],
        env={"PYTHONPATH": str(copy), "PATH": os.environ["PATH"], **environment},
        cwd="/",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process):
    """What it printed: the folder of the kernels, and the counts."""
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    folder, counts = out.strip().split(" ", 1)
    return folder, counts


@pytest.mark.slow
def test_an_edited_callee_changes_the_result(copy, tmp_path):
    setting = {"ORIENTALIS_CACHE_DIR": str(tmp_path)}
    first, counts = finish(start(copy, **setting))
    assert counts == EXPECTED
    assert list(Path(first).rglob("*.nbc")), "nothing was cached"
    life = copy / "orientalis" / "engine" / "life.py"
    old = life.read_text(encoding="utf-8")
    new = old.replace("    stage = _SUBADULT\n", "    stage = _ADULT\n")
    assert new != old
    life.write_text(new, encoding="utf-8")
    second, counts = finish(start(copy, **setting))
    assert counts == "0 0 0 0 0 0 3 0"
    assert second != first


@pytest.mark.slow
def test_two_processes_compile_at_once(copy, tmp_path):
    both = [start(copy, ORIENTALIS_CACHE_DIR=str(tmp_path)) for _ in range(2)]
    assert [finish(process)[1] for process in both] == [EXPECTED, EXPECTED]
    assert finish(start(copy, ORIENTALIS_CACHE_DIR=str(tmp_path)))[1] == EXPECTED


def as_nobody():
    """How to start a process without the right to write what others own; skips where that cannot be had."""
    if os.name != "posix":
        pytest.skip("needs users and modes as POSIX has them")
    if os.getuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("tests run as root, who may write everywhere, and there is no setpriv")
    before = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    if subprocess.run([*before, sys.executable, "-c", "import numba"], capture_output=True, cwd="/").returncode:
        pytest.skip("another user cannot use this Python")
    return before


def lock(copy):
    for path in [*copy.rglob("*"), copy]:
        path.chmod(0o555 if path.is_dir() else 0o444)


@pytest.mark.slow
def test_a_read_only_installation_without_home_runs(copy):
    before = as_nobody()
    lock(copy)
    folder, counts = finish(start(copy, before))
    assert counts == EXPECTED
    assert Path(folder).is_relative_to(tempfile.gettempdir())
    assert not list(copy.rglob("__pycache__"))


@pytest.mark.slow
def test_it_runs_where_no_folder_can_be_written(copy):
    before = as_nobody()
    lock(copy)
    # As on a system whose every folder is read-only: none is left for temporary files either.
    prologue = "import tempfile\ntempfile._candidate_tempdir_list = lambda: ['/proc/no-such-folder']\n"
    folder, counts = finish(start(copy, before, prologue, HOME="/proc/no-such-home"))
    assert (folder, counts) == ("None", EXPECTED)


def test_the_hash_sees_every_file(copy):
    engine = copy / "orientalis" / "engine"
    assert cache.source_hash(engine) == cache.source_hash()
    seen = {cache.source_hash(engine)}
    for file in ("rng.py", "processes/birth.py"):
        with (engine / file).open("a", encoding="utf-8") as stream:
            stream.write("# changed\n")
        seen.add(cache.source_hash(engine))
    (engine / "processes" / "birth.py").rename(engine / "processes" / "births.py")
    seen.add(cache.source_hash(engine))
    assert len(seen) == 4


def test_the_users_own_setting_comes_first(monkeypatch, tmp_path):
    monkeypatch.setenv("ORIENTALIS_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert cache.candidate_folders()[0] == tmp_path
    assert cache.candidate_folders()[-1].is_relative_to(tempfile.gettempdir())
