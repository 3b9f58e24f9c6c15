"""Where they live: the share of futures in which a cell lies in a resident female's range."""

from __future__ import annotations

from dataclasses import dataclass, field

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orientalis.geography.map_layers import MapLayers
from orientalis.report.answers import Answers
from orientalis.report.plots.map_key import map_key
from orientalis.report.plots.map_marks import map_frame, map_lines, picture, scale_bar, sea
from orientalis.report.plots.map_names import map_names
from orientalis.report.plots.plot import Drawing, Plot, stack
from orientalis.report.png import data_url, rgb
from orientalis.report.theme import Theme
from orientalis.report.words import listed, number

EDGES = (0.01, 0.10, 0.25, 0.50, 0.75)
SHADES = (0.14, 0.32, 0.52, 0.74, 0.95)


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
    return RangeTable(
        share[0], share[-1], (years[0], years[-1]), answers.start_year, layers, one.label, answers.footnote([one])
    )


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
    return (
        f"Females hold {_round(end)} km² in at least half of the futures in {_year(table, 1)}; "
        f"{_round(_area(table, table.first))} km² in {_year(table, 0)}"
    )


def subtitle(table: RangeTable) -> str:
    """What is drawn."""
    return (
        f"Share of futures in which the place lies within a resident female’s range, {_year(table, 1)}, "
        f"{table.scenario}"
    )


def caption(table: RangeTable) -> str:
    """Classes and reading."""
    kinds: dict[str, list[str]] = {}
    for layer, kind in table.layers.classes.items():
        kinds.setdefault(kind, []).append(layer)
    classes = "; ".join(f"{kind}: {listed(sorted(names))}" for kind, names in sorted(kinds.items()))
    return (
        f"Modelled: no real animal, den or track is on this map. Classes of its layers: {classes}; occupancy: "
        f"modelled. {table.layers.attribution} "
        f"{table.footnote}"
    ).replace("  ", " ")


def alt_text(table: RangeTable) -> str:
    """The map in words."""
    return (
        f"Map, north up, of the share of futures with a resident female in {_year(table, 1)}: "
        f"{_round(_area(table, table.last))} km² at half or more, "
        f"{_round(_area(table, table.last, 0.1))} km² at one in ten or more."
    )


def short(table: RangeTable) -> pd.DataFrame:
    """Areas by step."""
    rows = []
    for i, edge in enumerate(EDGES):
        rows.append(
            {
                "share of futures": f"at least {100 * edge:.0f} %",
                f"km² in {_year(table, 0)}": _round(_area(table, table.first, edge)),
                f"km² in {_year(table, 1)}": _round(_area(table, table.last, EDGES[i])),
            }
        )
    return pd.DataFrame(rows)


def frame(table: RangeTable) -> pd.DataFrame:
    """Cells with a share above zero: centre in km of the landscape's projection."""
    rows, columns = np.nonzero((table.first > 0) | (table.last > 0))
    layers = table.layers
    return pd.DataFrame(
        {
            "row": rows,
            "column": columns,
            "x_km": layers.west + (columns + 0.5) * layers.cell_km,
            "y_km": layers.north - (rows + 0.5) * layers.cell_km,
            f"share_{table.years[0]}": table.first[rows, columns],
            f"share_{table.years[1]}": table.last[rows, columns],
        }
    )


def spec(table: RangeTable, theme: Theme, width: int) -> Drawing:
    """The map, and its key under it."""
    frame_ = map_frame(table.layers, width)
    parts = [
        picture(sea(table.layers, theme), frame_),
        picture(shaded(table.last, theme), frame_),
        *map_lines(frame_, theme),
        *scale_bar(frame_, theme),
        *map_names(frame_, theme),
    ]
    edge = alt.ViewConfig(stroke=theme.quiet, strokeWidth=0.6)
    chart = stack(*parts, width=frame_.width, height=frame_.height, view=edge)
    return alt.VConcatChart(vconcat=[chart, map_key(frame_, theme, EDGES, SHADES)], spacing=22)


def shaded(share: NDArray[np.float64], theme: Theme) -> str:
    """The shares as a picture: one hue, a step of opacity for each class."""
    pixels = np.zeros((*share.shape, 4), np.uint8)
    pixels[..., :3] = rgb(theme.coat)
    step = np.searchsorted(np.array(EDGES), share, side="right")
    pixels[..., 3] = np.round(255 * np.array([0.0, *SHADES]))[step].astype(np.uint8)
    return data_url(pixels)


PLOT = Plot("range_map", "map", read, title, subtitle, caption, alt_text, frame, short, spec)
