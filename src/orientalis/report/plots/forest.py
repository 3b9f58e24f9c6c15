"""What becomes of forest and habitat."""

from __future__ import annotations

from orientalis.report.plots.series import Panel, SeriesTable, change, series_plot


def title(table: SeriesTable) -> str:
    """Forest at the start and at the end."""
    return f"Forest {change(table, 'share')} of the land in the middle future"


PLOT = series_plot(
    "forest",
    "surroundings",
    (Panel("forest", others=True), Panel("habitat", others=True), Panel("logged"), Panel("forest", "range_today")),
    colour="forest",
    title=title,
    what="Forest and potential habitat in December, logging of the year",
    note="Forest: young and old oak, mixed and conifer forest; habitat: land good enough for leopards to live in.",
)
