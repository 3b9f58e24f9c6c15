"""Reports: one page that says what a run found, how sure that is, and what it rests on."""

from __future__ import annotations

from pathlib import Path


def build_report(run_dir: str | Path, out: str | Path | None = None) -> Path:
    """Write `report.html` (self-contained) and `report/` with PNG, SVG and CSV of each plot."""
    from orientalis.report.build import build_report as build

    return build(run_dir, out)
