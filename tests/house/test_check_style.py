"""The style checker finds each breach it promises to find, and nothing in good code."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def load_checker() -> ModuleType:
    """Load tools/check_style.py, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("check_style", ROOT / "tools" / "check_style.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["check_style"] = module
    spec.loader.exec_module(module)
    return module


check_style = load_checker()
KERNEL = Path("src/orientalis/engine/processes/birth.py")
MODULE = Path("src/orientalis/store/layout.py")


def whats(text: str, path: Path) -> list[str]:
    return [breach.what for breach in check_style.check_file(text, path)]


@pytest.mark.parametrize(
    ("statement", "word"),
    [
        ("y = x ** 2", "**"),
        ("x **= 2", "**"),
        ("y = pow(x, 2)", "pow"),
        ("y = math.hypot(x, x)", "hypot"),
        ("y = np.random.random()", "np.random"),
        ("from numpy.random import default_rng", "address"),
        ("from numpy import random", "address"),
        ("import random", "address"),
        ("from numba import prange", "prange"),
        ("y = numba.prange(3)", "prange"),
        ("f = njit(fastmath=True)", "fastmath"),
        ("f = njit(parallel=True)", "parallel"),
        ("import pandas as pd", "pandas"),
        ("from scipy.stats import norm", "scipy"),
    ],
)
def test_a_kernel_may_not_use(statement: str, word: str) -> None:
    text = f'"""A kernel."""\n{statement}\n'
    found = whats(text, KERNEL)
    assert found and word in found[0]
    assert whats(text, MODULE) == []


def test_a_kernel_may_use_plain_arithmetic_and_keyword_arguments() -> None:
    text = '"""A kernel."""\nimport math\nimport numpy as np\nfrom numba import njit\n'
    text += "from orientalis.core.errors import InputError\nfrom . import state\n"
    text += "f = njit(fastmath=False, **options)\ny = math.sqrt(x * x)\n"
    assert whats(text, KERNEL) == []


def test_long_modules_and_functions_are_found() -> None:
    assert whats('"""M."""\n' + "x = 1\n" * 399, MODULE) == []
    assert "401 lines" in whats('"""M."""\n' + "x = 1\n" * 400, MODULE)[0]
    for extra, expected in ((0, []), (1, ["_f has 61 lines, at most 60 are allowed"])):
        body = "    x = 1\n" * (58 + extra)
        assert whats(f'"""M."""\n@decorated\ndef _f():\n{body}', MODULE) == expected


def test_public_names_need_docstrings() -> None:
    text = "class A:\n    def b(self): ...\n    def _c(self): ...\n\ndef d():\n    def e(): ...\n"
    missing = {what.split()[0] for what in whats(text, MODULE)}
    assert missing == {"the", "A", "b", "d"}
    assert whats(text, Path("tests/unit/test_a.py")) == []
    assert whats("", Path("src/orientalis/store/__init__.py")) == []


def test_a_setter_repeats_its_property() -> None:
    text = '"""M."""\nclass A:\n    """A."""\n    @property\n    def b(self):\n        """B."""\n'
    assert whats(text + "    @b.setter\n    def b(self, x): ...\n", MODULE) == []


def test_a_file_of_odds_and_ends_is_found() -> None:
    assert "utils.py" in whats('"""M."""\n', Path("src/orientalis/core/utils.py"))[0]


def test_empty_folders_and_packages_are_found(tmp_path: Path) -> None:
    for name in ("bare", "full", "only_init", "void"):
        (tmp_path / "src" / name).mkdir(parents=True)
    (tmp_path / "src/bare/__init__.py").write_text('"""Later."""\n', encoding="utf-8")
    (tmp_path / "src/only_init/__init__.py").write_text('"""Now."""\nX = 1\n', encoding="utf-8")
    (tmp_path / "src/full/__init__.py").touch()
    (tmp_path / "src/full/data.toml").touch()
    (tmp_path / "src/full/__pycache__").mkdir()
    assert [breach.path for breach in check_style.check_tree(tmp_path)] == ["src/bare", "src/void"]


def test_the_exit_status_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_style.main([str(tmp_path)]) == 0
    (tmp_path / "src").mkdir()
    (tmp_path / "src/utils.py").write_text('"""M."""\n', encoding="utf-8")
    assert check_style.main([str(tmp_path)]) == 1
    assert capsys.readouterr().out.startswith("src/utils.py:1: ")
