"""Do they find each other? Ready females without a mate, by how many adults there are."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

from orientalis.analysis.causes import unmated_by_numbers
from orientalis.report.answers import Answers
from orientalis.report.plots.plot import Drawing, Plot, is_small, nice_top, stack
from orientalis.report.theme import Theme
from orientalis.report.words import number, percent, percent_span


@dataclass(frozen=True)
class MateTable:
    """Shares by numbers, all scenarios together in one table."""

    rows: pd.DataFrame
    footnote: str


def read(answers: Answers) -> MateTable | None:
    """Every scenario in which a female was ready."""
    rows = pd.concat(
        [unmated_by_numbers(one.panel).assign(scenario=one.label) for one in answers.scenarios], ignore_index=True
    )
    if rows.empty:
        return None
    ends = rows["adults_to"].fillna(-1).astype(int)
    rows["adults"] = [
        f"{int(a)} or more" if b < 0 else f"{int(a)}–{int(b) - 1}"
        for a, b in zip(rows["adults_from"], ends, strict=True)
    ]
    return MateTable(rows, answers.footnote())


def title(table: MateTable) -> str:
    """The share where animals are fewest against where they are most."""
    few, many = table.rows.sort_values("adults_from").iloc[0], table.rows.sort_values("adults_from").iloc[-1]
    if few["adults"] == many["adults"]:
        return f"{percent(few['value'])} of ready females find no mate"
    return (
        f"{percent(few['value'])} of ready females find no mate among {few['adults']} adults, "
        f"{percent(many['value'])} among {many['adults']}"
    )


def subtitle(table: MateTable) -> str:
    """What is drawn."""
    return (
        "Ready females (adult, no dependent cubs) that found no male within the year, %, by adults alive the "
        "December before"
    )


def caption(table: MateTable) -> str:
    """How to read it."""
    return (
        "Where mates are missing, a population in decline declines faster (an Allee effect). Rules: 95 % "
        "interval, simulation "
        f"error only. {table.footnote}"
    )


def alt_text(table: MateTable) -> str:
    """The chart in words."""
    parts = [f"{row['scenario']}, {row['adults']} adults: {percent(row['value'])}" for _, row in table.rows.iterrows()]
    return "Ready females without a mate. " + "; ".join(parts) + "."


def short(table: MateTable) -> pd.DataFrame:
    """All rows."""
    rows = table.rows
    return pd.DataFrame(
        {
            "scenario": rows["scenario"],
            "adults": rows["adults"],
            "ready females": rows["ready"].map(number),
            "without a mate": rows["value"].map(percent),
            "95 % interval, simulation error only": [
                percent_span(a, b) for a, b in zip(rows["low"], rows["high"], strict=True)
            ],
        }
    )


def spec(table: MateTable, theme: Theme, width: int) -> Drawing:
    """Dots over classes of numbers, a colour a scenario."""
    rows = table.rows.assign(
        value=table.rows["value"] * 100,
        low=table.rows["low"].fillna(table.rows["value"]) * 100,
        high=table.rows["high"].fillna(table.rows["value"]) * 100,
    )
    order = list(rows.sort_values("adults_from")["adults"].drop_duplicates())
    names = list(rows["scenario"].drop_duplicates())
    colours = [theme.coat, theme.frost, theme.forest, theme.ember, theme.ink][: len(names)]
    x = alt.X("adults:N", sort=order, title="adults", axis=alt.Axis(labelAngle=0 if not is_small(width) else -40))
    offset = alt.XOffset("scenario:N", sort=names)
    top = nice_top(float(rows["high"].max()), 1.0)
    colour = alt.Color(
        "scenario:N",
        scale=alt.Scale(domain=names, range=colours),
        legend=None if len(names) == 1 else alt.Legend(orient="top", title=None, labelColor=theme.ink),
    )
    y = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(domain=[0, top]),
        axis=alt.Axis(tickCount=4, labelExpr="datum.label + ' %'"),
    )
    base = alt.Chart(rows)
    rule = base.mark_rule(strokeWidth=2).encode(
        x=x, xOffset=offset, y=alt.Y("low:Q", title=None), y2="high:Q", color=colour
    )
    dots = base.mark_point(filled=True, size=50, opacity=1).encode(x=x, xOffset=offset, y=y, color=colour)
    return stack(rule, dots, width=width - 60, height=170)


PLOT = Plot("mates", "causes", read, title, subtitle, caption, alt_text, lambda table: table.rows, short, spec)
