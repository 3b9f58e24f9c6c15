"""The names on a map: countries, reserves, settlements, degrees, none over another."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from orientalis.report.plots.label_places import Label, Placed, place
from orientalis.report.plots.map_marks import MapFrame
from orientalis.report.theme import Theme


def map_names(frame: MapFrame, theme: Theme) -> list[alt.Chart]:
    """Names with a halo of the ground's colour; those that find no room are left out."""
    placed = placed_names(frame)
    charts = _degrees(frame, theme)
    if not placed:
        return charts
    rows = pd.DataFrame([_row(frame, name) for name in placed])
    towns = alt.Chart(rows[rows["kind"] == "place"])
    dot_x, dot_y = alt.X("dot_x:Q", axis=None), alt.Y("dot_y:Q", axis=None)
    charts.append(towns.mark_point(filled=True, size=16, color=theme.ink, opacity=1).encode(x=dot_x, y=dot_y))
    halo: dict[str, Any] = {"stroke": theme.paper, "strokeWidth": 2.6, "strokeJoin": "round", "opacity": 0.85}
    styles: dict[str, dict[str, Any]] = {
        "country": {"color": theme.quiet, "fontWeight": 600},
        "reserve": {"color": theme.forest, "fontStyle": "italic"},
        "place": {"color": theme.ink},
    }
    for kind, style in styles.items():
        chart = alt.Chart(rows[rows["kind"] == kind])
        for extra in (halo, {}):
            mark: dict[str, Any] = {"align": "left", "fontSize": sizes(frame)[kind], **style, **extra}
            charts.append(chart.mark_text(**mark).encode(x=frame.x, y=frame.y, text="label:N"))
    return charts


def sizes(frame: MapFrame) -> dict[str, float]:
    """Sizes of type, px."""
    small = frame.is_small
    return {"country": 10.5 if small else 13, "reserve": 9.5 if small else 11, "place": 10 if small else 11}


def placed_names(frame: MapFrame) -> list[Placed]:
    """Countries first, then the three largest towns, reserves, other towns; the scale bar's corner is kept clear."""
    layers, size = frame.layers, sizes(frame)
    towns = [
        Label(str(row["name"]), *frame.pixel(float(row["x"]), float(row["y"])), size["place"], "place")
        for _, row in layers.places.head(8 if frame.is_small else 26).iterrows()
    ]
    named = {
        kind: [
            Label(str(row["label"]), *frame.pixel(float(row["x"]), float(row["y"])), size[kind], kind)
            for _, row in layers.labels[layers.labels["kind"] == kind].iterrows()
        ]
        for kind in ("country", "reserve")
    }
    wanted = [*named["country"], *towns[:3], *([] if frame.is_small else named["reserve"]), *towns[3:]]
    corner = (
        frame.width - 75.0,
        frame.height * (0.74 if frame.is_small else 0.84),
        frame.width + 0.0,
        frame.height + 0.0,
    )
    dots = [(town.x - 3, town.y - 3, town.x + 3, town.y + 3) for town in towns[:6]]
    return place(wanted, frame.width, frame.height, [corner, *dots])


def _row(frame: MapFrame, name: Placed) -> dict[str, object]:
    """A name's place and its dot's, in km."""
    x, y = frame.place(name.x, name.y)
    dot_x, dot_y = frame.place(name.anchor_x, name.anchor_y)
    return {"x": x, "y": y, "label": name.text, "kind": name.kind, "dot_x": dot_x, "dot_y": dot_y}


def _degrees(frame: MapFrame, theme: Theme) -> list[alt.Chart]:
    """Degrees at the west and south edge."""
    marks = frame.layers.marks
    looks: dict[str, dict[str, Any]] = {"south": {"baseline": "top", "dy": 5}, "west": {"align": "right", "dx": -5}}
    charts = []
    for side, look in looks.items():
        rows = marks[marks["side"] == side]
        if len(rows):
            chart = alt.Chart(rows).mark_text(fontSize=10, color=theme.quiet, **look)
            charts.append(chart.encode(x=frame.x, y=frame.y, text="label:N"))
    return charts
