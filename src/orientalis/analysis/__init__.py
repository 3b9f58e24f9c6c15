"""Analysis: the tables of a run in, answers out. Nothing here reads or writes a file but through `store`."""

from orientalis.analysis.panel import Panel, panel_from_tallies
from orientalis.analysis.read import RunsLike, read_panel
from orientalis.analysis.summary import Summary, summarise

__all__ = ["Panel", "RunsLike", "Summary", "panel_from_tallies", "read_panel", "summarise"]
