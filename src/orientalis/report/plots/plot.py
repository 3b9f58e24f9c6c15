"""What a plot is: one file with a `PLOT`, found by itself."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import altair as alt
import pandas as pd

from orientalis.report.answers import Answers
from orientalis.report.theme import SMALL, Theme, config

COLUMNS = 2
T = TypeVar("T")
Drawing = alt.Chart | alt.LayerChart | alt.HConcatChart | alt.VConcatChart


@dataclass(frozen=True)
class Plot(Generic[T]):
    """A plot of the house. `read` gives None where a run has nothing for it; all others take what `read` gave.

    title: the finding. subtitle: what is drawn and its unit. frame: all that is drawn, for the CSV. short: the table
    under the chart, as readers see it. spec: the drawing for a theme and a width in pixels.
    """

    name: str
    section: str
    read: Callable[[Answers], T | None]
    title: Callable[[T], str]
    subtitle: Callable[[T], str]
    caption: Callable[[T], str]
    alt_text: Callable[[T], str]
    frame: Callable[[T], pd.DataFrame]
    short: Callable[[T], pd.DataFrame]
    spec: Callable[[T, Theme, int], Drawing]


@dataclass(frozen=True)
class Figure:
    """A plot bound to its data."""

    plot: Plot[Any]
    table: Any

    @property
    def title(self) -> str:
        """The finding."""
        return self.plot.title(self.table)

    @property
    def subtitle(self) -> str:
        """What is drawn, and its unit."""
        return self.plot.subtitle(self.table)

    @property
    def caption(self) -> str:
        """How to read it, replicates, draws, run, sources."""
        return self.plot.caption(self.table)

    @property
    def alt_text(self) -> str:
        """The chart in words."""
        return self.plot.alt_text(self.table)

    @property
    def frame(self) -> pd.DataFrame:
        """All that is drawn."""
        return self.plot.frame(self.table)

    @property
    def short(self) -> pd.DataFrame:
        """The table under the chart."""
        return self.plot.short(self.table)

    def drawing(self, theme: Theme, width: int, titled: bool = False) -> dict[str, Any]:
        """The Vega-Lite specification; `titled` writes title and subtitle into it."""
        chart = self.plot.spec(self.table, theme, width)
        if titled:
            chart = chart.properties(title=heading(self.title, self.subtitle, width))
        content: dict[str, Any] = chart.to_dict(validate=False)
        content["config"] = {**config(theme), "background": theme.paper if titled else "transparent"}
        content["description"] = self.alt_text
        return content


def heading(title: str, subtitle: str, width: int) -> alt.TitleParams:
    """Title and subtitle, broken into lines that fit the width."""
    return alt.TitleParams(
        textwrap.wrap(title, max(24, int(width / 8.1))), subtitle=textwrap.wrap(subtitle, max(30, int(width / 6.15)))
    )


def is_small(width: int) -> bool:
    """True for the drawing made for a phone."""
    return width < SMALL


def stack(*layers: Any, **properties: Any) -> alt.LayerChart:
    """Layers over one another, the first at the bottom, with the properties of the whole."""
    chart: alt.LayerChart = alt.LayerChart(layer=list(layers)).properties(**properties)
    return chart


def beside(charts: list[Any], width: int, spacing: int = 26) -> Drawing:
    """Panels in rows of two, or one under the other where the width is a phone's."""
    if len(charts) == 1:
        single: Drawing = charts[0]
        return single
    if is_small(width):
        return alt.VConcatChart(vconcat=charts, spacing=spacing)
    rows = [alt.HConcatChart(hconcat=charts[i : i + COLUMNS], spacing=spacing) for i in range(0, len(charts), COLUMNS)]
    return rows[0] if len(rows) == 1 else alt.VConcatChart(vconcat=rows, spacing=spacing)


def panel_width(width: int, panels: int, margin: int, spacing: int = 26) -> int:
    """The inner width of one panel: `margin` is what axes and labels at its sides take."""
    if is_small(width) or panels == 1:
        return width - margin
    return (width - spacing * (COLUMNS - 1)) // COLUMNS - margin


def apart(values: list[float], gap: float, low: float, high: float) -> list[float]:
    """Places for labels near `values` (any order), at least `gap` apart and within [low, high] where they fit."""
    order = sorted(range(len(values)), key=lambda i: (values[i], -i))
    placed = [values[i] for i in order]
    for i in range(len(placed)):
        placed[i] = max(placed[i], low if i == 0 else placed[i - 1] + gap)
    ceiling = high
    for i in range(len(placed) - 1, -1, -1):
        placed[i] = min(placed[i], ceiling)
        ceiling = placed[i] - gap
    result = [0.0] * len(values)
    for place, i in zip(placed, order, strict=True):
        result[i] = place
    return result


def nice_top(value: float, least: float = 1.0) -> float:
    """The next of 1, 1.5, 2, 3, 4, 5, 6, 8, 10 times a power of ten."""
    target = max(value, least)
    power = 1.0
    while power * 10 < target:
        power *= 10
    while power > target:
        power /= 10
    for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10):
        if step * power >= target - 1e-12:
            return step * power
    return 10 * power
