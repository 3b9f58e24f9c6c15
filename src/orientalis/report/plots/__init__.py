"""Plots, one a file. A module here with a `PLOT` is a plot of the report; there is no list to keep."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from orientalis.report.plots.plot import Plot


def all_plots() -> dict[str, Plot[Any]]:
    """Every plot by name, in the order of the files' names."""
    found: dict[str, Plot[Any]] = {}
    for module in iter_modules(__path__):
        plot = getattr(import_module(f"{__name__}.{module.name}"), "PLOT", None)
        if isinstance(plot, Plot):
            found[plot.name] = plot
    return found
