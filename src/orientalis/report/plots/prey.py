"""What happens to deer and other prey."""

from __future__ import annotations

from orientalis.analysis.surroundings import PREY
from orientalis.report.plots.series import Panel, SeriesTable, change, series_plot


def title(table: SeriesTable) -> str:
    """All prey at the start and at the end."""
    return f"Prey {change(table, 'tonnes')} tonnes in the middle future"


PLOT = series_plot(
    "prey",
    "surroundings",
    (Panel("prey", others=True), *(Panel(f"prey_{kind}") for kind in PREY), Panel("eaten")),
    colour="forest",
    title=title,
    what="Prey alive in December, and what leopards and tigers eat in the year",
    note="Biomass alive in December, by kind; each panel has its own scale.",
)
