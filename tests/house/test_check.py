"""Every step of `make check` passes, so that no change lands without lint, types and layers."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("check", ROOT / "tools" / "check.py")
assert SPEC is not None and SPEC.loader is not None
check = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(check)


@pytest.mark.parametrize("name", list(check.STEPS))
def test_step_of_make_check_passes(name: str) -> None:
    status, output = check.run_step(name)
    assert status == 0, f"{name} of `make check` fails:\n{output}"
