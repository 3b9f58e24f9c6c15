"""The pyramid of stages at the start and at the end."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

from orientalis.analysis.causes import stages_at
from orientalis.analysis.panel import STAGES
from orientalis.report.answers import Answers
from orientalis.report.plots.plot import Drawing, Plot, beside, is_small, nice_top, panel_width, stack
from orientalis.report.theme import Theme, panel_title
from orientalis.report.words import number, span

STAGE_WORDS = {"cub": "cubs, under 1 year", "juvenile": "young with mother", "subadult": "subadults", "adult": "adults"}
NARROW_WORDS = {"cub": "cubs", "juvenile": "young", "subadult": "subadults", "adult": "adults"}


@dataclass(frozen=True)
class StageTable:
    """Means by stage, sex and year, of the baseline."""

    rows: pd.DataFrame
    start_year: int | None
    footnote: str


def read(answers: Answers) -> StageTable | None:
    """First and last census of the baseline."""
    rows = stages_at(answers.baseline.panel)
    rows = rows.assign(x=rows["year"] + (answers.start_year or 0), scenario=answers.baseline.label)
    return StageTable(rows, answers.start_year, answers.footnote([answers.baseline]))


def _adult_share(table: StageTable, year: int) -> float | None:
    rows = table.rows[table.rows["year"] == year]
    total = float(rows["mean"].sum())
    return float(rows.loc[rows["stage"] == "adult", "mean"].sum()) / total if total > 0 else None


def title(table: StageTable) -> str:
    """The share of adults at both ends."""
    first, last = (_adult_share(table, int(y)) for y in (table.rows["year"].min(), table.rows["year"].max()))
    if first is None or last is None:
        return "Nobody is left to count by age at the end"
    return f"Adults are {100 * first:.0f} % of all animals at the start and {100 * last:.0f} % at the end"


def subtitle(table: StageTable) -> str:
    """What is drawn."""
    return (
        "Animals in December by stage and sex, mean of all futures (extinct ones count 0); rules: 5 to 95 % of futures"
    )


def caption(table: StageTable) -> str:
    """How to read it."""
    return (
        "Cubs: under 12 months. Young with mother: from 12 months to independence. Subadults: independent, not yet of "
        f"breeding age. {table.footnote}"
    )


def alt_text(table: StageTable) -> str:
    """The chart in words."""
    last = table.rows[table.rows["year"] == table.rows["year"].max()]
    parts = [f"{number(row['mean'], 1)} {row['sex']} {STAGE_WORDS[str(row['stage'])]}" for _, row in last.iterrows()]
    return "Pyramid of stages. At the end, on average: " + ", ".join(parts) + "."


def short(table: StageTable) -> pd.DataFrame:
    """Stage by sex at both ends."""
    rows = table.rows
    return pd.DataFrame(
        {
            "year": rows["x"].map(str),
            "stage": rows["stage"].map(STAGE_WORDS),
            "sex": rows["sex"],
            "mean": [number(v, 1) for v in rows["mean"]],
            "5 to 95 % of futures": [span(a, b) for a, b in zip(rows["low"], rows["high"], strict=True)],
        }
    )


def spec(table: StageTable, theme: Theme, width: int) -> Drawing:
    """Two pyramids, one scale; females to the left."""
    top = nice_top(float(table.rows["high"].max()) if len(table.rows) else 1.0, 4)
    years = sorted(set(table.rows["year"]))
    axis_room = 78 if is_small(width) else 128
    inner = panel_width(width, len(years), axis_room)
    charts = []
    for year in years:
        rows = table.rows[table.rows["year"] == year]
        when = "start" if year == years[0] else "end"
        heading = f"{int(rows['x'].iloc[0])} ({when})" if table.start_year else f"year {year} ({when})"
        charts.append(_pyramid(rows, heading, top, inner, theme, NARROW_WORDS if is_small(width) else STAGE_WORDS))
    return beside(charts, width)


def _pyramid(
    rows: pd.DataFrame, heading: str, top: float, width: int, theme: Theme, words: dict[str, str]
) -> alt.LayerChart:
    """One pyramid."""
    sign = rows["sex"].map({"female": -1, "male": 1}).astype(float)
    data = rows.assign(
        bar=rows["mean"] * sign, a=rows["low"] * sign, b=rows["high"] * sign, zero=0.0, name=rows["stage"].map(words)
    )
    order = [words[stage] for stage in reversed(STAGES)]
    y = alt.Y("name:N", sort=order, title=None, axis=alt.Axis(grid=False))
    x = alt.X(
        "bar:Q",
        scale=alt.Scale(domain=[-top, top]),
        axis=alt.Axis(labelExpr="replace(format(abs(datum.value), ','), ',', '\u202f')", tickCount=5, grid=True),
        title=None,
    )
    colour = alt.Color(
        "sex:N", scale=alt.Scale(domain=["female", "male"], range=[theme.coat, theme.frost]), legend=None
    )
    base = alt.Chart(data)
    bars = base.mark_bar(opacity=0.85, height=24).encode(x=x, x2="zero:Q", y=y, color=colour)
    rules = base.mark_rule(color=theme.ink, strokeWidth=1).encode(x=alt.X("a:Q", title=None), x2="b:Q", y=y)
    names = (
        alt.Chart(pd.DataFrame({"bar": [-top / 2, top / 2], "label": ["females", "males"]}))
        .mark_text(baseline="bottom", dy=-4, fontSize=11.5, color=theme.quiet)
        .encode(x=alt.X("bar:Q", title=None), y=alt.value(0), text="label:N")
    )
    return stack(bars, rules, names, width=width, height=150, title=panel_title(heading, theme, 22))


PLOT = Plot("stages", "answer", read, title, subtitle, caption, alt_text, lambda table: table.rows, short, spec)
