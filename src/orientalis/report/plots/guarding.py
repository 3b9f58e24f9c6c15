"""Poachers and rangers: days of poaching, snares, patrols, arrests."""

from __future__ import annotations

from orientalis.report.plots.series import Panel, SeriesTable, series_plot
from orientalis.report.words import number, percent

PANELS = ("snares_set", "snares_found", "patrol_km", "poaching_days", "people_met", "arrests", "found")
KEYS = tuple(Panel(key, others=True) for key in PANELS)


def title(table: SeriesTable) -> str:
    """Snares set, and what part is found."""
    first = table.panels[0].heading
    held = {panel.measure: table.rows[table.rows["heading"] == panel.heading] for panel in table.panels}
    typical = {key: float(rows.loc[rows["is_main"], "mean"].mean()) for key, rows in held.items()}
    if typical.get("snares_set") and "snares_found" in typical:
        share = percent(typical["snares_found"] / typical["snares_set"])
        return f"About {number(typical['snares_set'])} snares are set in a year; patrols find {share} of as many"
    return f"{first}: {number(table.typical)} in the middle year"


PLOT = series_plot(
    "guarding",
    "people",
    KEYS,
    colour="ember",
    title=title,
    what="What poachers and patrols do in a year",
    note="Each panel has its own scale. Snares found may have been set in an earlier year.",
)
