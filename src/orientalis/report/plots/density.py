"""Adults per 100 km2 in the polygons that surveys used."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from orientalis.analysis.space import density
from orientalis.catalogue.count_series import SERIES
from orientalis.report.answers import Answers
from orientalis.report.plots.plot import Drawing, Plot, nice_top
from orientalis.report.plots.range_bars import name_room, rows_chart
from orientalis.report.theme import Theme
from orientalis.report.words import number, span

SURVEYED = {"survey_3600": 0.98}


@dataclass(frozen=True)
class DensityTable:
    """Densities by scenario, polygon and year."""

    rows: pd.DataFrame
    has_counts: bool
    footnote: str


def read(answers: Answers) -> DensityTable | None:
    """First and last census of every scenario."""
    tables = [density(one.panel).assign(scenario=one.label) for one in answers.scenarios]
    rows = pd.concat(tables, ignore_index=True)
    rows = rows.assign(x=rows["year"] + (answers.start_year or 0))
    return DensityTable(rows, answers.species in SERIES, answers.footnote()) if len(rows) else None


def _name(row: pd.Series, count: int) -> str:
    who = f"{row['scenario']}, " if count > 1 else ""
    return f"{who}{number(float(row['area_km2']))} km², {int(row['x'])}"


def title(table: DensityTable) -> str:
    """Density at the end in the smallest polygon."""
    rows = table.rows[table.rows["polygon"] == table.rows["polygon"].iloc[0]]
    first, last = rows.iloc[0], rows[rows["year"] == rows["year"].max()].iloc[0]
    begin, end, area = (float(value) for value in (first["mean"], last["mean"], first["area_km2"]))
    return (
        f"From {number(begin, 2)} to {number(end, 2)} adults per 100 km² in the {number(area)} km² that were surveyed"
    )


def subtitle(table: DensityTable) -> str:
    """What is drawn."""
    return "Adults per 100 km² in fixed polygons in December: mean of all futures and the middle 90 % of futures"


def caption(table: DensityTable) -> str:
    """How to read it."""
    seen = (
        "Counted in the 3,600 km² in 2014–15: 0.98 adults per 100 km² (camera traps, Vitkalova & Shevtsova 2016). "
        if table.has_counts
        else ""
    )
    return f"{seen}The polygons are schematic: the published areas around the published centre. {table.footnote}"


def alt_text(table: DensityTable) -> str:
    """The chart in words."""
    return (
        "Densities: "
        + "; ".join(f"{_name(row, 2)}: {number(float(row['mean']), 2)}" for _, row in table.rows.iterrows())
        + "."
    )


def short(table: DensityTable) -> pd.DataFrame:
    """All rows."""
    rows = table.rows
    return pd.DataFrame(
        {
            "scenario": rows["scenario"],
            "polygon": [f"{number(v)} km²" for v in rows["area_km2"]],
            "year": rows["x"].map(str),
            "adults per 100 km²": [number(v, 2) for v in rows["mean"]],
            "95 % interval, simulation error only": [
                span(a, b, 3) for a, b in zip(rows["mean_low"], rows["mean_high"], strict=True)
            ],
            "middle 90 % of futures": [span(a, b, 2) for a, b in zip(rows["low"], rows["high"], strict=True)],
        }
    )


def spec(table: DensityTable, theme: Theme, width: int) -> Drawing:
    """Rows of dots; what was counted in frost."""
    count = table.rows["scenario"].nunique()
    rows = [
        {
            "name": _name(row, count),
            "value": row["mean"],
            "low": row["low"],
            "high": row["high"],
            "label": number(float(row["mean"]), 2),
            "colour": theme.coat,
        }
        for _, row in table.rows.iterrows()
    ]
    if table.has_counts:
        rows += [
            {
                "name": "counted 2014–15, 3\u202f600 km²",
                "value": v,
                "low": v,
                "high": v,
                "label": number(v, 2),
                "colour": theme.ink,
            }
            for name, v in SURVEYED.items()
            if name in set(table.rows["polygon"])
        ]
    data = pd.DataFrame(rows).dropna(subset=["value"])
    top = nice_top(float(data["high"].max()) if len(data) else 1.0, 0.1)
    room = name_room(width, max(len(str(name)) for name in data["name"]))
    return rows_chart(data, low=0, high=top, width=width - room - 60, theme=theme, x_title="adults per 100 km²")


PLOT = Plot("density", "capacity", read, title, subtitle, caption, alt_text, lambda table: table.rows, short, spec)
