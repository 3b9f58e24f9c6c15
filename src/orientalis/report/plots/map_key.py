"""The key of a map: steps of shade, then each kind of line with its class."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from orientalis.report.plots.map_marks import MapFrame
from orientalis.report.plots.plot import stack
from orientalis.report.theme import Theme

TOP, LINE = 48, 18


def map_key(frame: MapFrame, theme: Theme, edges: tuple[float, ...], shades: tuple[float, ...]) -> alt.LayerChart:
    """Draw the key as wide as the map; what the landscape lacks is left out."""
    x, y = alt.X("x:Q", scale=alt.Scale(domain=[0, frame.width]), axis=None), alt.Y("y:Q", scale=None, axis=None)
    step = min(96, (frame.width + 6) // len(edges))
    rows = [
        {"x": i * step, "end": (i + 1) * step - 6, "y": 8, "shade": shade, "label": _step(edges, i)}
        for i, shade in enumerate(shades)
    ]
    shown = alt.Chart(pd.DataFrame(rows))
    size = 10 if frame.is_small else 11
    bars = shown.mark_bar(color=theme.coat, height=11).encode(
        x=x, x2="end:Q", y=y, opacity=alt.Opacity("shade:Q", scale=None)
    )
    names = shown.mark_text(align="left", baseline="top", dy=9, fontSize=size).encode(x=x, y=y, text="label:N")
    entries = _entries(frame, theme)
    columns = 1 if frame.is_small else 3
    places = [((i % columns) * (frame.width // columns), TOP + (i // columns) * LINE) for i in range(len(entries))]
    lines = [_mark(look, left, top, x, y) for (_, look), (left, top) in zip(entries, places, strict=True)]
    texts = [
        {"x": left + 26, "y": top, "label": words} for (words, _), (left, top) in zip(entries, places, strict=True)
    ]
    text = alt.Chart(pd.DataFrame(texts)).mark_text(align="left", fontSize=size).encode(x=x, y=y, text="label:N")
    return stack(bars, names, *lines, text, width=frame.width, height=TOP - 8 + LINE * -(-len(entries) // columns))


def _step(edges: tuple[float, ...], i: int) -> str:
    """The words of one step of shade."""
    return f"{100 * edges[i]:.0f}–{100 * edges[i + 1]:.0f} %" if i + 1 < len(edges) else f"over {100 * edges[i]:.0f} %"


def _entries(frame: MapFrame, theme: Theme) -> list[tuple[str, dict[str, Any]]]:
    """Words with their class, and how the mark looks; settlements are a dot, all others a rule."""
    kinds = frame.layers.classes
    looks: dict[str, tuple[str, dict[str, Any]]] = {
        "coast": ("coast, lakes, rivers", {"color": theme.frost, "strokeWidth": 1.6}),
        "borders": ("borders", {"color": theme.ink, "strokeWidth": 1.6, "strokeDash": [5, 3]}),
        "reserves": ("reserves", {"color": theme.forest, "strokeWidth": 1.6}),
        "settlements": ("settlements", {"color": theme.ink, "dot": True}),
    }
    found = [(f"{words}: {kinds[layer]}", look) for layer, (words, look) in looks.items() if layer in kinds]
    return [*found, ("shading: modelled", {"color": theme.coat, "strokeWidth": 10, "opacity": 0.6})]


def _mark(look: dict[str, Any], left: float, top: float, x: alt.X, y: alt.Y) -> alt.Chart:
    """The sample of one entry."""
    chart = alt.Chart(pd.DataFrame([{"x": left, "end": left + 20, "y": top}]))
    if look.get("dot"):
        dot: alt.Chart = chart.mark_point(filled=True, size=18, xOffset=10, opacity=1, color=look["color"]).encode(
            x=x, y=y
        )
        return dot
    rule: alt.Chart = chart.mark_rule(**look).encode(x=x, x2="end:Q", y=y)
    return rule
