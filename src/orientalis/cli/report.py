"""`orientalis report DIR`: the report of a run, one self-contained page with its plots and tables."""

import importlib

from orientalis.cli.arguments import RunDir
from orientalis.cli.output import say


def report(folder: RunDir) -> None:
    """Write report.html into DIR, and each plot as PNG, SVG and CSV."""
    written = importlib.import_module("orientalis.report").write_report(folder)
    say(str(written))
