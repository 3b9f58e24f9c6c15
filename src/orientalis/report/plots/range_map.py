"""Where they live: the share of futures in which a cell lies in a resident female's range."""

from __future__ import annotations

from dataclasses import dataclass, field

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orientalis.report.answers import Answers
from orientalis.report.map_layers import MapLayers
from orientalis.report.plots.label_places import Label, place
from orientalis.report.plots.plot import Drawing, Plot, is_small
from orientalis.report.png import data_url, rgb
from orientalis.report.theme import Theme
from orientalis.report.words import listed, number

EDGES = (0.01, 0.10, 0.25, 0.50, 0.75)
SHADES = (0.14, 0.32, 0.52, 0.74, 0.95)
STEPS = ("1–10 %", "10–25 %", "25–50 %", "50–75 %", "over 75 %")


@dataclass(frozen=True)
class RangeTable:
    """Share of futures by cell at the start and at the end of the baseline, and what is drawn over it."""

    first: NDArray[np.float64] = field(repr=False)
    last: NDArray[np.float64] = field(repr=False)
    years: tuple[int, int]
    start_year: int | None
    layers: MapLayers
    scenario: str
    footnote: str


def read(answers: Answers) -> RangeTable | None:
    """The baseline's first and last map; None without a landscape or maps."""
    one, layers = answers.baseline, answers.map_layers
    sums = one.maps.get("female_range")
    if layers is None or sums is None or not len(sums) or not one.replicates or sums.shape[1:] != layers.shape:
        return None
    share = np.minimum(1.0, sums / one.replicates)
    years = one.map_years or tuple(range(len(sums)))
    return RangeTable(share[0], share[-1], (years[0], years[-1]), answers.start_year, layers, one.label, answers.footnote([one]))


def _area(table: RangeTable, share: NDArray[np.float64], least: float = 0.5) -> float:
    return float((share >= least).sum()) * table.layers.cell_km * table.layers.cell_km


def _year(table: RangeTable, which: int) -> str:
    return str(table.years[which] + table.start_year) if table.start_year else f"year {table.years[which]}"


def _round(value: float) -> str:
    return number(round(value / 100) * 100)


def title(table: RangeTable) -> str:
    """Area likely used, then and at the end."""
    end = _area(table, table.last)
    if end == 0:
        return f"In {_year(table, 1)} no place holds a resident female in half of the futures"
    if table.years[0] == table.years[1]:
        return f"Females hold {_round(end)} km² in at least half of the futures"
    return f"Females hold {_round(end)} km² in at least half of the futures in {_year(table, 1)}; {_round(_area(table, table.first))} km² in {_year(table, 0)}"


def subtitle(table: RangeTable) -> str:
    """What is drawn."""
    return f"Share of futures in which the place lies within a resident female’s range, {_year(table, 1)}, {table.scenario}"


def caption(table: RangeTable) -> str:
    """Classes and reading."""
    kinds: dict[str, list[str]] = {}
    for layer, kind in table.layers.classes.items():
        kinds.setdefault(kind, []).append(layer)
    classes = "; ".join(f"{kind}: {listed(sorted(names))}" for kind, names in sorted(kinds.items()))
    return (f"Modelled: no real animal, den or track is on this map. Classes of its layers: {classes}; occupancy: modelled. {table.layers.attribution} "
            f"{table.footnote}").replace("  ", " ")


def alt_text(table: RangeTable) -> str:
    """The map in words."""
    return (f"Map, north up, of the share of futures with a resident female in {_year(table, 1)}: {_round(_area(table, table.last))} km² at half or more, "
            f"{_round(_area(table, table.last, 0.1))} km² at one in ten or more.")


def short(table: RangeTable) -> pd.DataFrame:
    """Areas by step."""
    rows = []
    for i, edge in enumerate(EDGES):
        rows.append({"share of futures": f"at least {100 * edge:.0f} %", f"km² in {_year(table, 0)}": _round(_area(table, table.first, edge)),
                     f"km² in {_year(table, 1)}": _round(_area(table, table.last, EDGES[i]))})
    return pd.DataFrame(rows)


def frame(table: RangeTable) -> pd.DataFrame:
    """Cells with a share above zero: centre in km of the landscape's projection."""
    rows, columns = np.nonzero((table.first > 0) | (table.last > 0))
    layers = table.layers
    return pd.DataFrame({"row": rows, "column": columns, "x_km": layers.west + (columns + 0.5) * layers.cell_km,
                         "y_km": layers.north - (rows + 0.5) * layers.cell_km, f"share_{table.years[0]}": table.first[rows, columns],
                         f"share_{table.years[1]}": table.last[rows, columns]})


def spec(table: RangeTable, theme: Theme, width: int) -> Drawing:
    """The map, and its key under it."""
    layers, small = table.layers, is_small(width)
    inner = width - 44
    height = round(inner * layers.shape[0] / layers.shape[1])
    x = alt.X("x:Q", scale=alt.Scale(domain=[layers.west, layers.east], nice=False, zero=False), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[layers.south, layers.north], nice=False, zero=False), axis=None)
    parts = [_image(_sea(layers, theme), x, y, layers, inner, height), _image(_shaded(table.last, theme), x, y, layers, inner, height)]
    parts += _lines(layers, x, y, theme, small)
    parts += _scale_bar(layers, x, y, theme, inner)
    parts += _names(layers, x, y, theme, inner, height, small)
    chart = alt.layer(*parts).properties(width=inner, height=height, view=alt.ViewConfig(stroke=theme.quiet, strokeWidth=0.6))
    return alt.vconcat(chart, _key(layers, theme, inner, small), spacing=22)


def _image(url: str, x: alt.X, y: alt.Y, layers: MapLayers, width: int, height: int) -> alt.Chart:
    """A picture that fills the map."""
    centre = pd.DataFrame([{"x": (layers.west + layers.east) / 2, "y": (layers.south + layers.north) / 2}])
    return alt.Chart(centre).mark_image(url=url, width=width, height=height, aspect=False, smooth=False).encode(x=x, y=y)


def _sea(layers: MapLayers, theme: Theme) -> str:
    pixels = np.zeros((*layers.shape, 4), np.uint8)
    pixels[..., :3] = rgb(theme.frost)
    pixels[..., 3] = np.where(layers.land, 0, 56)
    return data_url(pixels)


def _shaded(share: NDArray[np.float64], theme: Theme) -> str:
    pixels = np.zeros((*share.shape, 4), np.uint8)
    pixels[..., :3] = rgb(theme.coat)
    step = np.searchsorted(np.array(EDGES), share, side="right")
    pixels[..., 3] = np.round(255 * np.array([0.0, *SHADES]))[step].astype(np.uint8)
    return data_url(pixels)


def _lines(layers: MapLayers, x: alt.X, y: alt.Y, theme: Theme, small: bool) -> list[alt.Chart]:
    """Graticule, rivers, coast, reserves, borders: the faintest first."""
    styles: dict[str, dict[str, object]] = {
        "graticule": {"color": theme.quiet, "strokeWidth": 0.5, "opacity": 0.35},
        "rivers": {"color": theme.frost, "strokeWidth": 0.9, "opacity": 0.9},
        "lakes": {"color": theme.frost, "strokeWidth": 0.8, "opacity": 1},
        "coast": {"color": theme.frost, "strokeWidth": 1.0, "opacity": 1},
        "reserves": {"color": theme.forest, "strokeWidth": 1.3, "opacity": 1},
        "borders": {"color": theme.ink, "strokeWidth": 1.1, "strokeDash": [5, 3], "opacity": 0.85},
    }
    drawn = []
    for name, style in styles.items():
        rows = layers.lines[layers.lines["layer"] == name]
        if len(rows):
            drawn.append(alt.Chart(rows[["part", "order", "x", "y"]]).mark_line(clip=True, **style).encode(
                x=x, y=y, order="order:Q", detail="part:N"))
    return drawn


def _scale_bar(layers: MapLayers, x: alt.X, y: alt.Y, theme: Theme, width: int) -> list[alt.Chart]:
    """50 km, at the lower right, with an arrow to the north."""
    right, low = layers.east - 0.03 * (layers.east - layers.west), layers.south + (0.05 if width > 400 else 0.1) * (layers.north - layers.south)
    bar = pd.DataFrame([{"x": right - 50, "y": low, "end": right}])
    text = pd.DataFrame([{"x": right - 25, "y": low, "label": "50 km"}])
    north = pd.DataFrame([{"x": right - 4, "y": low + 0.05 * (layers.north - layers.south), "label": "N ↑"}])
    return [alt.Chart(bar).mark_rule(color=theme.ink, strokeWidth=2.4).encode(x=x, x2="end:Q", y=y),
            alt.Chart(text).mark_text(baseline="top", dy=5, fontSize=11, color=theme.ink).encode(x=x, y=y, text="label:N"),
            alt.Chart(north).mark_text(fontSize=11.5, fontWeight="bold", baseline="bottom", color=theme.ink).encode(x=x, y=y, text="label:N")]


def _names(layers: MapLayers, x: alt.X, y: alt.Y, theme: Theme, width: int, height: int, small: bool) -> list[alt.Chart]:
    """Countries, reserves, settlements and degrees, none over another."""
    per_x, per_y = width / (layers.east - layers.west), height / (layers.north - layers.south)

    def pixel(row: pd.Series) -> tuple[float, float]:
        return (float(row["x"]) - layers.west) * per_x, (layers.north - float(row["y"])) * per_y

    sizes = {"country": 10.5 if small else 13, "reserve": 9.5 if small else 11, "place": 10 if small else 11}
    wanted = [Label(str(row["label"]), *pixel(row), sizes["country"], "country") for _, row in layers.labels[layers.labels["kind"] == "country"].iterrows()]
    places = layers.places.head(8 if small else 26)
    wanted += [Label(str(row["name"]), *pixel(row), sizes["place"], "place") for _, row in places.head(3).iterrows()]
    if not small:
        wanted += [Label(str(row["label"]), *pixel(row), sizes["reserve"], "reserve") for _, row in layers.labels[layers.labels["kind"] == "reserve"].iterrows()]
    wanted += [Label(str(row["name"]), *pixel(row), sizes["place"], "place") for _, row in places.iloc[3:].iterrows()]
    dots = [(px - 3, py - 3, px + 3, py + 3) for px, py in (pixel(row) for _, row in places.head(6).iterrows())]
    set_ = place(wanted, width, height, [(width - 70 * max(1.0, per_x), height * 0.86, float(width), float(height)), *dots])
    rows = pd.DataFrame([{"x": layers.west + p.x / per_x, "y": layers.north - p.y / per_y, "label": p.text, "kind": p.kind,
                          "dot_x": layers.west + p.anchor_x / per_x, "dot_y": layers.north - p.anchor_y / per_y} for p in set_])
    charts = []
    if len(rows):
        dots = rows[rows["kind"] == "place"]
        charts.append(alt.Chart(dots).mark_point(filled=True, size=16, color=theme.ink, opacity=1).encode(
            x=alt.X("dot_x:Q", axis=None), y=alt.Y("dot_y:Q", axis=None)))
        for kind, style in (("country", {"color": theme.quiet, "fontWeight": 600}), ("reserve", {"color": theme.forest, "fontStyle": "italic"}),
                            ("place", {"color": theme.ink})):
            for stroke in (True, False):
                halo = {"stroke": theme.paper, "strokeWidth": 2.6, "strokeJoin": "round", "opacity": 0.85} if stroke else {}
                charts.append(alt.Chart(rows[rows["kind"] == kind]).mark_text(align="left", fontSize=sizes[kind], **{**style, **halo}).encode(
                    x=x, y=y, text="label:N"))
    for side, look in (("south", {"baseline": "top", "dy": 5}), ("west", {"align": "right", "dx": -5})):
        charts.append(alt.Chart(layers.marks[layers.marks["side"] == side]).mark_text(fontSize=10, color=theme.quiet, **look).encode(x=x, y=y, text="label:N"))
    return charts


def _key(layers: MapLayers, theme: Theme, width: int, small: bool) -> alt.LayerChart:
    """Steps of shade, then each kind of line with its class."""
    shades = pd.DataFrame({"i": range(len(STEPS)), "shade": SHADES, "label": STEPS})
    step = min(96, (width + 30) // len(STEPS))
    shades = shades.assign(x=shades["i"] * step, end=shades["i"] * step + step - 6, y=8)
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, width]), axis=None)
    bars = alt.Chart(shades).mark_bar(color=theme.coat, height=11).encode(x=x, x2="end:Q", y=alt.Y("y:Q", scale=None, axis=None),
                                                                        opacity=alt.Opacity("shade:Q", scale=None))
    names = alt.Chart(shades).mark_text(align="left", baseline="top", dy=9, fontSize=10 if small else 11).encode(
        x=x, y=alt.Y("y:Q", scale=None, axis=None), text="label:N")
    entries = [("coast", "coast, lakes, rivers", theme.frost, [1, 0]), ("borders", "borders", theme.ink, [5, 3]),
               ("reserves", "reserves", theme.forest, [1, 0]), ("settlements", "settlements", theme.ink, [1, 0]), ("", "shading", theme.coat, [1, 0])]
    shown = [entry for entry in entries if entry[0] == "" or entry[0] in layers.classes]
    columns = 1 if small else 3
    lines, texts = [], []
    for i, (layer, words, colour, dash) in enumerate(shown):
        left, top = (i % columns) * (width // columns), 48 + (i // columns) * 18
        texts.append({"x": left + 26, "y": top, "label": f"{words}: {layers.classes.get(layer, 'modelled')}"})
        row = pd.DataFrame([{"x": left, "end": left + 20, "y": top}])
        mark = alt.Chart(row).mark_point(filled=True, size=18, color=colour, xOffset=10, opacity=1) if layer == "settlements" else (
            alt.Chart(row).mark_rule(color=colour, strokeWidth=10 if layer == "" else 1.6, strokeDash=dash, opacity=0.6 if layer == "" else 1))
        lines.append(mark.encode(x=x, x2="end:Q", y=alt.Y("y:Q", scale=None, axis=None)) if layer != "settlements" else
                     mark.encode(x=x, y=alt.Y("y:Q", scale=None, axis=None)))
    text = alt.Chart(pd.DataFrame(texts)).mark_text(align="left", fontSize=10.5 if small else 11.5).encode(
        x=x, y=alt.Y("y:Q", scale=None, axis=None), text="label:N")
    rows = -(-len(shown) // columns)
    return alt.layer(bars, names, *lines, text).properties(width=width, height=40 + 18 * rows)


PLOT = Plot("range_map", "map", read, title, subtitle, caption, alt_text, frame, short, spec)
