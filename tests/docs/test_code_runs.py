"""Every command and every line of Python that a page tells its reader to run, runs."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def load(name: str, file: Path) -> ModuleType:
    """Import a file by its path."""
    found = importlib.util.spec_from_file_location(name, file)
    assert found is not None and found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules[name] = module
    found.loader.exec_module(module)
    return module


blocks = load("docs_blocks", HERE / "blocks.py")


@pytest.mark.skipif(sys.platform == "win32", reason="the pages' commands are for a POSIX shell")
@pytest.mark.parametrize("page", ["tutorial.md", "how-to/own-species.md", "how-to/own-landscape.md"])
def test_page(page: str, tmp_path: Path) -> None:
    printed = blocks.run_page(blocks.DOCS / page, tmp_path)
    assert len(printed) > 1
    if page == "tutorial.md":
        text = "\n".join(printed.values())
        assert "correlation of the pairs" in text and "ten_bad_years adults in Russia" in text
        assert (tmp_path / "work" / "out" / "leopards" / "report.html").stat().st_size > 100_000


def test_reference_loop_is_right() -> None:
    """The benchmark's own loop gives W1's statistics, P(extinct) 0.0665 and mean 59.4, within five standard errors."""
    command = [sys.executable, str(ROOT / "benchmarks" / "reference_loop.py"), "--replicates", "3000"]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert abs(found["extinct"] - 0.0665) < 5 * (0.0665 * 0.9335 / 3000) ** 0.5
    assert abs(found["mean_final"] - 59.4) < 5 * 41.0 / 3000**0.5
