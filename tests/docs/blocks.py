"""The code of the documents: blocks between fences, and what runs them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A block of a page: its language, its text and the line it begins on."""

    language: str
    text: str
    line: int


def blocks(page: Path) -> list[Block]:
    """All fenced blocks of a page. `sh` and `python` are to be run, `console` and `py` to be read."""
    text = page.read_text(encoding="utf-8")
    return [Block(found[1], found[2], text[: found.start()].count("\n") + 2) for found in _FENCE.finditer(text)]


def run_page(page: Path, folder: Path) -> dict[int, str]:
    """Run a page's blocks in order in an empty folder; what each printed, by its line.

    AssertionError when one fails.
    """
    commands = folder / "bin"
    commands.mkdir()
    program = commands / "orientalis"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m orientalis "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    path = os.pathsep.join([str(commands), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "100"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a reader does not start twenty times without compiled modules
    work = folder / "work"
    work.mkdir()
    printed = {}
    for block in blocks(page):
        if block.language not in ("sh", "python"):
            continue
        command = ["sh", "-eu", "-c"] if block.language == "sh" else [sys.executable, "-c"]
        done = subprocess.run(
            [*command, block.text], cwd=work, env=environment, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, f"{page.name}:{block.line}\n{block.text}\n{done.stdout}\n{done.stderr}"
        printed[block.line] = done.stdout
    return printed
