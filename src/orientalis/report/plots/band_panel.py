"""One panel of a fan: two bands, some single futures as hairlines, the median, counts as dots, the present year."""

from __future__ import annotations

import altair as alt
import pandas as pd

from orientalis.report.plots.plot import apart, is_small, stack
from orientalis.report.theme import BAND_80, BAND_95, THOUSANDS, Theme, panel_title
from orientalis.report.words import number

LABEL_ROOM = 92
AXIS_ROOM = 48
END_LABELS = {"high95": "97.5 %", "high80": "90 %", "median": "median", "low80": "10 %", "low95": "2.5 %"}


def fan_panel(
    bands: pd.DataFrame,
    futures: pd.DataFrame,
    counts: pd.DataFrame | None,
    *,
    heading: str,
    top: float,
    width: int,
    height: int,
    theme: Theme,
    present: int | None,
    colour: str,
    x_title: str,
    first_year: int,
) -> alt.LayerChart:
    """Draw one panel; x is `x` of the tables (calendar years or years of the run), y runs from zero to `top`."""
    last = int(bands["x"].max())
    step = 40 if width < 360 else 20
    ticks = [year for year in range(first_year, last + 1) if year % step == 0]
    axis = alt.Axis(format="d", values=ticks, title=x_title)
    x = alt.X("x:Q", scale=alt.Scale(domain=[first_year, last], nice=False), axis=axis)
    scale = alt.Scale(domain=[0, top], clamp=True)
    y = alt.Y("low95:Q", scale=scale, axis=alt.Axis(tickCount=5, labelExpr=THOUSANDS), title=None)
    base = alt.Chart(bands)
    layers: list[alt.Chart] = [
        base.mark_area(color=colour, opacity=BAND_95).encode(x=x, y=y, y2="high95:Q"),
        base.mark_area(color=colour, opacity=BAND_80 - BAND_95).encode(
            x=x, y=alt.Y("low80:Q", scale=scale, title=None), y2="high80:Q"
        ),
        alt.Chart(futures)
        .mark_line(color=colour, strokeWidth=0.7, opacity=0.5, clip=True)
        .encode(x=x, y=alt.Y("number:Q", scale=scale, title=None), detail="future:N"),
        base.mark_line(color=colour, strokeWidth=2.4).encode(x=x, y=alt.Y("median:Q", scale=scale, title=None)),
    ]
    layers += _end_labels(bands, x, scale, top, height)
    if present is not None:
        layers += _present(present, first_year, x, height, theme, width)
    if counts is not None and len(counts):
        layers += _counts(counts, x, scale, theme)
    return stack(*layers, width=width, height=height, title=panel_title(heading, theme, 22))


def _end_labels(bands: pd.DataFrame, x: alt.X, scale: alt.Scale, top: float, height: int) -> list[alt.Chart]:
    """The name of each line at its right end, kept apart."""
    last = bands.iloc[-1]
    values = [float(last[name]) for name in END_LABELS]
    places = apart(values, 13.5 * top / height, 0.0, top)
    rows = [
        {
            "x": float(last["x"]),
            "place": place,
            "label": f"median {number(value)}" if name == "median" else f"{label}: {number(value)}",
            "is_median": name == "median",
        }
        for (name, label), value, place in zip(END_LABELS.items(), values, places, strict=True)
    ]
    chart = alt.Chart(pd.DataFrame(rows)).encode(x=x, y=alt.Y("place:Q", scale=scale, title=None), text="label:N")
    strong = chart.transform_filter("datum.is_median").mark_text(align="left", dx=6, fontSize=11.5, fontWeight="bold")
    return [strong, chart.transform_filter("!datum.is_median").mark_text(align="left", dx=6, fontSize=11.5)]


def _present(present: int, first_year: int, x: alt.X, height: int, theme: Theme, width: int) -> list[alt.Chart]:
    """The rule at the present year, with its name."""
    data = alt.Chart(pd.DataFrame([{"x": present, "label": f"{present}"}]))
    rule = data.mark_rule(color=theme.quiet, strokeDash=[2, 3]).encode(x=x)
    is_left = present <= first_year
    text = data.mark_text(
        color=theme.quiet, fontSize=11, align="left" if is_left else "center", baseline="bottom", dy=-3
    ).encode(x=x, y=alt.value(0), text=alt.value(f"start, {present}" if not is_left else "start"))
    return [rule, text]


def _counts(counts: pd.DataFrame, x: alt.X, scale: alt.Scale, theme: Theme) -> list[alt.Chart]:
    """Counts made in the field as dots with the intervals that were published."""
    chart = alt.Chart(counts)
    rule = chart.mark_rule(color=theme.ink, strokeWidth=1.2).encode(
        x=x, y=alt.Y("low:Q", scale=scale, title=None), y2="high:Q"
    )
    method = counts.assign(is_camera=counts["method"].str.contains("camera"))
    dots = alt.Chart(method)
    full = (
        dots.transform_filter("datum.is_camera")
        .mark_point(size=34, filled=True, color=theme.ink, opacity=1)
        .encode(x=x, y=alt.Y("middle:Q", scale=scale, title=None))
    )
    open_ = (
        dots.transform_filter("!datum.is_camera")
        .mark_point(size=34, filled=True, fill=theme.paper, stroke=theme.ink, strokeWidth=1.3, opacity=1)
        .encode(x=x, y=alt.Y("middle:Q", scale=scale, title=None))
    )
    return [rule, full, open_]


def fan_height(width: int, panels: int) -> int:
    """The height of a panel's inside."""
    return 200 if is_small(width) else (300 if panels == 1 else 250)
