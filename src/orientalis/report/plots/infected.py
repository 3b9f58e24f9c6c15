"""How many meet distemper."""

from __future__ import annotations

from orientalis.report.plots.series import Panel, SeriesTable, series_plot
from orientalis.report.words import number


def title(table: SeriesTable) -> str:
    """The middle year, and a bad one."""
    bad = float(table.main["high"].mean())
    typical = number(table.typical, 0 if table.typical >= 10 else 1)
    return f"Distemper infects {typical} {table.subject} in the middle year, {number(bad)} or more in one of twenty"


PLOT = series_plot(
    "infected",
    "causes",
    (Panel("infected", others=True), Panel("vaccinated", others=True)),
    colour="coat",
    title=title,
    what="Animals that meet the virus and animals vaccinated, by year",
    note="Infected: those that met the virus in the year, whether they died or became immune.",
)
