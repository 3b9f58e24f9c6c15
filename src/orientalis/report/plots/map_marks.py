"""The parts of every map: its frame, pictures, lines and scale bar. North is up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from orientalis.geography.map_layers import MapLayers
from orientalis.report.plots.plot import is_small
from orientalis.report.png import data_url, rgb
from orientalis.report.theme import Theme

MARGIN = 44
BAR_KM = 50
SEA_OPACITY = 56


@dataclass(frozen=True)
class MapFrame:
    """A map's size in pixels and its two axes in km of the landscape's projection."""

    layers: MapLayers
    width: int
    height: int
    x: alt.X
    y: alt.Y

    @property
    def per_km(self) -> tuple[float, float]:
        """Pixels a km, along x and y."""
        return self.width / (self.layers.east - self.layers.west), self.height / (self.layers.north - self.layers.south)

    @property
    def is_small(self) -> bool:
        """True on a phone."""
        return is_small(self.width + MARGIN)

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """Pixels from the upper left corner."""
        return (x - self.layers.west) * self.per_km[0], (self.layers.north - y) * self.per_km[1]

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Kilometres of a pixel."""
        return self.layers.west + x / self.per_km[0], self.layers.north - y / self.per_km[1]


def map_frame(layers: MapLayers, width: int) -> MapFrame:
    """The frame of a landscape in a drawing of this width."""
    inner = width - MARGIN
    x = alt.X("x:Q", scale=alt.Scale(domain=[layers.west, layers.east], nice=False, zero=False), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[layers.south, layers.north], nice=False, zero=False), axis=None)
    return MapFrame(layers, inner, round(inner * layers.shape[0] / layers.shape[1]), x, y)


def picture(url: str, frame: MapFrame) -> alt.Chart:
    """A picture that fills the map."""
    layers = frame.layers
    centre = pd.DataFrame([{"x": (layers.west + layers.east) / 2, "y": (layers.south + layers.north) / 2}])
    look: dict[str, Any] = {"url": url, "width": frame.width, "height": frame.height, "aspect": False, "smooth": False}
    chart: alt.Chart = alt.Chart(centre).mark_image(**look).encode(x=frame.x, y=frame.y)
    return chart


def sea(layers: MapLayers, theme: Theme) -> str:
    """Water as a picture."""
    pixels = np.zeros((*layers.shape, 4), np.uint8)
    pixels[..., :3] = rgb(theme.frost)
    pixels[..., 3] = np.where(layers.land, 0, SEA_OPACITY)
    return data_url(pixels)


def line_styles(theme: Theme) -> dict[str, dict[str, Any]]:
    """How each kind of line is drawn, the lowest first."""
    return {
        "graticule": {"color": theme.quiet, "strokeWidth": 0.5, "opacity": 0.35},
        "rivers": {"color": theme.frost, "strokeWidth": 0.9, "opacity": 0.9},
        "lakes": {"color": theme.frost, "strokeWidth": 0.8, "opacity": 1},
        "coast": {"color": theme.frost, "strokeWidth": 1.0, "opacity": 1},
        "reserves": {"color": theme.forest, "strokeWidth": 1.3, "opacity": 1},
        "borders": {"color": theme.ink, "strokeWidth": 1.1, "strokeDash": [5, 3], "opacity": 0.85},
    }


def map_lines(frame: MapFrame, theme: Theme) -> list[alt.Chart]:
    """Graticule, rivers, lakes, coast, reserves and borders, as far as the landscape has them."""
    lines = frame.layers.lines
    drawn = []
    for name, style in line_styles(theme).items():
        rows = lines[lines["layer"] == name]
        if len(rows):
            chart = alt.Chart(rows[["part", "order", "x", "y"]]).mark_line(clip=True, **style)
            drawn.append(chart.encode(x=frame.x, y=frame.y, order="order:Q", detail="part:N"))
    return drawn


def scale_bar(frame: MapFrame, theme: Theme) -> list[alt.Chart]:
    """A bar of 50 km at the lower right, and an arrow to the north."""
    layers = frame.layers
    wide, tall = layers.east - layers.west, layers.north - layers.south
    length = BAR_KM if wide > 4 * BAR_KM else max(1, round(wide / 8))
    right, low = layers.east - 0.03 * wide, layers.south + (0.11 if frame.is_small else 0.05) * tall
    bar = pd.DataFrame([{"x": right - length, "y": low, "end": right}])
    text = pd.DataFrame([{"x": right - length / 2, "y": low, "label": f"{length} km"}])
    north = pd.DataFrame([{"x": right - length / 2, "y": low + 0.025 * tall, "label": "N ↑"}])
    size = 10 if frame.is_small else 11
    return [
        alt.Chart(bar).mark_rule(color=theme.ink, strokeWidth=2.4).encode(x=frame.x, x2="end:Q", y=frame.y),
        alt.Chart(text)
        .mark_text(baseline="top", dy=5, fontSize=size, color=theme.ink)
        .encode(x=frame.x, y=frame.y, text="label:N"),
        alt.Chart(north)
        .mark_text(baseline="bottom", fontSize=size, fontWeight="bold", color=theme.ink)
        .encode(x=frame.x, y=frame.y, text="label:N"),
    ]
