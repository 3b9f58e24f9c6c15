"""Rows of dots with intervals and their names: the drawing that several plots share."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from orientalis.report.plots.plot import is_small, stack
from orientalis.report.theme import THOUSANDS, Theme, panel_title

ROW = 30


def rows_chart(
    rows: pd.DataFrame,
    *,
    low: float,
    high: float,
    width: int,
    theme: Theme,
    x_title: str,
    heading: str = "",
    zero: bool = False,
) -> alt.LayerChart:
    """One row a record: columns name, value, low, high, label, colour; optional wide_low, wide_high for a second band.

    The first pair is a thick rule in the row's colour, the second a pale bar behind it: the two are never one.
    On a phone the name stands over its row.
    """
    small = width < 330
    order = list(rows["name"])
    step = ROW + (10 if small else 0)
    y = alt.Y(
        "name:N",
        sort=order,
        title=None,
        axis=None if small else alt.Axis(grid=False, labelPadding=12),
        scale=alt.Scale(paddingInner=0.2, paddingOuter=0.2),
    )
    expression = THOUSANDS if high - low > 10 else "datum.label"
    x = alt.X(
        "value:Q",
        scale=alt.Scale(domain=[low, high], nice=False),
        title=x_title,
        axis=alt.Axis(grid=True, tickCount=5, labelExpr=expression),
    )
    base = alt.Chart(rows)
    colour = alt.Color("colour:N", scale=None)
    layers = []
    if zero:
        layers.append(alt.Chart(pd.DataFrame([{"value": 0.0}])).mark_rule(color=theme.quiet).encode(x=x))
    if "wide_low" in rows:
        layers.append(
            base.mark_bar(height=14, opacity=0.28).encode(
                x=alt.X("wide_low:Q", title=x_title), x2="wide_high:Q", y=y, color=colour
            )
        )
    layers += [
        base.mark_rule(strokeWidth=3).encode(x=alt.X("low:Q", title=x_title), x2="high:Q", y=y, color=colour),
        base.mark_point(filled=True, size=64, opacity=1).encode(x=x, y=y, color=colour),
    ]
    if small:
        halos: list[dict[str, Any]] = [{"stroke": theme.paper, "strokeWidth": 4, "strokeJoin": "round"}, {}]
        for halo in halos:
            layers.append(
                base.mark_text(align="left", baseline="bottom", dy=-9, fontSize=11.5, **halo).encode(
                    x=alt.value(0), y=y, text="name:N"
                )
            )
    layers.append(base.mark_text(align="left", dx=8, fontSize=11.5).encode(x=alt.value(width), y=y, text="label:N"))
    title: dict[str, Any] = {"title": panel_title(heading, theme)} if heading else {}
    return stack(*layers, width=width, height=step * len(rows), **title)


def name_room(width: int, longest: int) -> int:
    """Pixels that the rows' names take at the left: none on a phone."""
    return 10 if is_small(width) else min(300, 28 + int(7.2 * longest))
