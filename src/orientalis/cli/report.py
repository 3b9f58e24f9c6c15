"""`orientalis report DIR`: the report of a run, one self-contained page with its plots and tables."""

from pathlib import Path
from typing import Annotated

import typer

from orientalis.cli.arguments import RunDir
from orientalis.cli.output import say

_Out = Annotated[
    Path | None, typer.Option("--out", metavar="FOLDER", help="Where to write [default: DIR].", show_default=False)
]


def report(folder: RunDir, out: _Out = None) -> None:
    """Write report.html, with each plot as PNG, SVG and CSV."""
    from orientalis.report import build_report
    from orientalis.store import explain_write

    with explain_write(folder if out is None else out):
        written = build_report(folder, out)
    say(f"The report: {written}")
