"""Gene diversity kept and inbreeding."""

from __future__ import annotations

from orientalis.report.plots.series import Panel, SeriesTable, series_plot
from orientalis.report.words import percent


def title(table: SeriesTable) -> str:
    """What half of the futures keep."""
    return f"Half of the futures keep {percent(table.last)} or more of the gene diversity that they start with"


PLOT = series_plot(
    "gene_diversity",
    "genes",
    (Panel("gene_diversity", others=True), Panel("inbreeding", others=True)),
    colour="coat",
    title=title,
    what="Gene diversity against the start of the same future, and inbreeding of the living",
    note="Gene diversity, 1 − Σp² over 64 loci, relative to its value at the start of the same future; inbreeding is "
    "the share of loci identical by descent, a mean over the living. Futures in which nobody lives are left out.",
)
