"""How much of the land burns each year."""

from __future__ import annotations

from orientalis.report.plots.series import Panel, SeriesTable, series_plot
from orientalis.report.words import percent

AREAS = ("russia", "china", "kedrovaya_pad", "range_today")


def title(table: SeriesTable) -> str:
    """The middle year, and a bad one."""
    bad = float(table.main["high"].mean())
    return f"In the middle year {percent(table.typical)} of the land burns, in one of twenty {percent(bad)} or more"


PLOT = series_plot(
    "burnt",
    "surroundings",
    (Panel("burnt", others=True), *(Panel("burnt", area) for area in AREAS)),
    colour="ember",
    title=title,
    what="Share of the land with a fire in the year",
    note="Cells of 4 km² with a fire in the year over all cells of land; fire comes back to the same places.",
    is_one_scale=True,
)
