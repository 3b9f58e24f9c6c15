"""What happens to tigers."""

from __future__ import annotations

from orientalis.report.plots.series import Panel, SeriesTable, change, series_plot


def title(table: SeriesTable) -> str:
    """Tigers at the start and at the end."""
    return f"The number of adult tigers {change(table, 'adults')} in the middle future"


PLOT = series_plot(
    "tigers",
    "surroundings",
    (Panel("tigers", others=True), Panel("tigers", "russia"), Panel("tigers", "china")),
    colour="frost",
    title=title,
    what="Adult tigers in December",
    note="Tigers are modelled by blocks of 100 km², not one by one; what helps leopards is meant to help them too.",
)
