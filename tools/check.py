"""Run every step of `make check`: lint, types, layers, style. Exit status 1 when any of them fails."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Name of the step -> its command, run at the root of the repository by the Python that runs this file.
STEPS: dict[str, tuple[str, ...]] = {
    "ruff": (sys.executable, "-m", "ruff", "check", "."),
    "mypy": (sys.executable, "-m", "mypy"),
    "layers": (sys.executable, "-c", "from importlinter.cli import lint_imports_command as main; main()"),
    "style": (sys.executable, "tools/check_style.py"),
}


def run_step(name: str) -> tuple[int, str]:
    """Run one step of `STEPS`; return its exit status and what it printed."""
    # The sources of this checkout come first, also where another copy is installed.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(
        STEPS[name], cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    return done.returncode, done.stdout


def main() -> int:
    """Run all steps, also after one has failed; print a line for each and the output of those that failed."""
    failed = False
    for name in STEPS:
        start = time.monotonic()
        status, output = run_step(name)
        print(f"{name:<7} {'ok' if status == 0 else 'FAILED'}  {time.monotonic() - start:.1f} s", flush=True)
        if status != 0:
            failed = True
            print(output, flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
