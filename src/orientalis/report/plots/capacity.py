"""What the land carries, for today's range and for the whole window apart."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from orientalis.analysis.space import LAST_YEARS, carrying_capacity
from orientalis.report.answers import Answers
from orientalis.report.plots.plot import Drawing, Plot, nice_top
from orientalis.report.plots.range_bars import name_room, rows_chart
from orientalis.report.theme import Theme
from orientalis.report.words import number, signed, span

AREA_WORDS = {"window": "whole window", "range_today": "today’s range", "russia": "Russia", "china": "China"}


@dataclass(frozen=True)
class CapacityTable:
    """Capacities by scenario and area."""

    rows: pd.DataFrame
    is_map: bool
    footnote: str


def read(answers: Answers) -> CapacityTable | None:
    """Every scenario whose runs persist."""
    rows = pd.concat(
        [carrying_capacity(one.panel).assign(scenario=one.label) for one in answers.scenarios], ignore_index=True
    )
    if rows["value"].isna().all():
        return None
    return CapacityTable(rows, len(answers.baseline.panel.zones) > 0, answers.footnote())


def _words(table: CapacityTable, area: str) -> str:
    return AREA_WORDS.get(area, area) if table.is_map else "population"


def title(table: CapacityTable) -> str:
    """Adults in the areas of the baseline."""
    first = table.rows[table.rows["scenario"] == table.rows["scenario"].iloc[0]].set_index("area")
    window = first.iloc[first.index.get_loc("window")]
    holds = f"The land holds {number(float(window['value']))} adults"
    if window["is_steady"] is not None and not window["is_steady"]:
        holds = f"At the end, not yet steady, futures that persist hold {number(float(window['value']))} adults"
    if "range_today" in first.index:
        return f"{holds} in the whole window, {number(float(first['value']['range_today']))} of them in today’s range"
    return holds


def subtitle(table: CapacityTable) -> str:
    """What is drawn."""
    return (
        f"Adults, mean of the last {LAST_YEARS} censuses of the futures that persist; rules: the middle 90 % "
        f"of those futures"
    )


def caption(table: CapacityTable) -> str:
    """How to read it."""
    moving = [row for row in table.rows["is_steady"] if row is not None and not row]
    still = (
        ""
        if not moving
        else "Where numbers still change by more than 0.2 % a year at the end, this is where the runs had got to, "
        "not where they would stop. "
    )
    how = (
        "Capacity is an outcome of food, territories and losses, not a setting. "
        if table.is_map
        else "A plain ceiling, where one is set, removes animals after all deaths and so makes up for other losses. "
    )
    return how + still + table.footnote


def alt_text(table: CapacityTable) -> str:
    """The chart in words."""
    parts = [
        f"{row['scenario']}, {_words(table, str(row['area']))}: {number(row['value'])}"
        for _, row in table.rows.iterrows()
    ]
    return "Adults that the land holds. " + "; ".join(parts) + "."


def short(table: CapacityTable) -> pd.DataFrame:
    """All rows."""
    rows = table.rows
    return pd.DataFrame(
        {
            "scenario": rows["scenario"],
            "area": [_words(table, str(a)) for a in rows["area"]],
            "adults": rows["value"].map(number),
            "95 % interval, simulation error only": [
                span(a, b, 1) for a, b in zip(rows["value_low"], rows["value_high"], strict=True)
            ],
            "middle 90 % of futures": [span(a, b) for a, b in zip(rows["low"], rows["high"], strict=True)],
            "futures that persist": [
                f"{number(a)} of {number(b)}" for a, b in zip(rows["persisting"], rows["replicates"], strict=True)
            ],
            "change a year": [signed(100 * v, 2) + ("\u202f%" if v == v else "") for v in rows["trend"]],
        }
    )


def spec(table: CapacityTable, theme: Theme, width: int) -> Drawing:
    """Rows of dots."""
    count = table.rows["scenario"].nunique()
    rows = [
        {
            "name": (f"{row['scenario']}, " if count > 1 else "") + _words(table, str(row["area"])),
            "value": row["value"],
            "low": row["low"],
            "high": row["high"],
            "label": number(row["value"]),
            "colour": theme.coat if row["area"] == "window" else theme.forest,
        }
        for _, row in table.rows.dropna(subset=["value"]).iterrows()
    ]
    data = pd.DataFrame(rows)
    room = name_room(width, max(len(str(name)) for name in data["name"]))
    return rows_chart(
        data, low=0, high=nice_top(float(data["high"].max()), 1), width=width - room - 60, theme=theme, x_title="adults"
    )


PLOT = Plot("capacity", "capacity", read, title, subtitle, caption, alt_text, lambda table: table.rows, short, spec)
