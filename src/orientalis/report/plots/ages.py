"""The pyramid of ages at the first and the last map year, where the run recorded ages."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

from orientalis.analysis.ages import ages_at, mean_age
from orientalis.report.answers import Answers
from orientalis.report.plots.plot import Drawing, Plot, beside, is_small, nice_top, panel_width, stack
from orientalis.report.theme import Theme, panel_title
from orientalis.report.words import number, percent

OLD = 10


@dataclass(frozen=True)
class AgeTable:
    """Animals a future by sex and age in whole years, of the baseline, at two map years."""

    rows: pd.DataFrame
    start_year: int | None
    footnote: str


def read(answers: Answers) -> AgeTable | None:
    """First and last map year; None where ages were not recorded."""
    one = answers.baseline
    rows = ages_at(one.histograms, one.map_years, one.replicates, one.label)
    if rows.empty:
        return None
    ends = {rows["year"].min(), rows["year"].max()}
    rows = rows[rows["year"].isin(ends)]
    return AgeTable(
        rows.assign(x=rows["year"] + (answers.start_year or 0)), answers.start_year, answers.footnote([one])
    )


def _at(table: AgeTable, is_last: bool) -> pd.DataFrame:
    year = table.rows["year"].max() if is_last else table.rows["year"].min()
    return pd.DataFrame(table.rows[table.rows["year"] == year])


def title(table: AgeTable) -> str:
    """Mean age at both ends."""
    first, last = mean_age(_at(table, False)), mean_age(_at(table, True))
    if last is None:
        return "Nobody is left to count by age at the end"
    return f"The mean age is {number(first, 1)} years at the start and {number(last, 1)} at the end"


def subtitle(table: AgeTable) -> str:
    """What is drawn."""
    return "Animals in December by age in whole years and sex, mean of all futures (extinct ones count 0)"


def caption(table: AgeTable) -> str:
    """How to read it."""
    return f"Ages run from birth; the last row holds all that are older. {table.footnote}"


def alt_text(table: AgeTable) -> str:
    """The chart in words."""
    return f"Pyramid of ages. {title(table)}."


def short(table: AgeTable) -> pd.DataFrame:
    """Groups of ages at both ends."""
    rows = table.rows
    groups = pd.cut(rows["age"], [-1, 0, 2, 5, OLD, 1000], labels=["under 1", "1–2", "3–5", f"6–{OLD}", f"over {OLD}"])
    summed = rows.assign(group=groups.astype(str)).groupby(["x", "group"], sort=False, as_index=False)["mean"].sum()
    share = summed["mean"] / summed.groupby("x")["mean"].transform("sum")
    return pd.DataFrame(
        {
            "year": summed["x"].map(str),
            "age, years": summed["group"],
            "animals": [number(value, 1) for value in summed["mean"]],
            "share": share.map(percent),
        }
    )


def spec(table: AgeTable, theme: Theme, width: int) -> Drawing:
    """A pyramid each, one scale; females to the left."""
    years = sorted(set(table.rows["year"]))
    top = nice_top(float(table.rows["mean"].max()), 1)
    inner = panel_width(width, len(years), 46)
    panels = [_pyramid(table, year, top, inner, theme, is_small(width)) for year in years]
    return beside(panels, width)


def _pyramid(table: AgeTable, year: int, top: float, width: int, theme: Theme, small: bool) -> alt.LayerChart:
    """One year."""
    rows = table.rows[table.rows["year"] == year]
    sign = rows["sex"].map({"female": -1.0, "male": 1.0})
    data = rows.assign(bar=rows["mean"] * sign, zero=0.0)
    oldest = int(data["age"].max())
    names = f"datum.value == {oldest} ? '{oldest}+' : datum.label"
    ticks = list(range(0, oldest + 1, 5))
    y = alt.Y("age:O", sort="descending", title=None, axis=alt.Axis(values=ticks, labelExpr=names, grid=False))
    axis = alt.Axis(labelExpr="format(abs(datum.value), ',')", tickCount=5, grid=True)
    x = alt.X("bar:Q", scale=alt.Scale(domain=[-top, top]), axis=axis, title=None)
    hues = alt.Scale(domain=["female", "male"], range=[theme.coat, theme.frost])
    colour = alt.Color("sex:N", scale=hues, legend=None)
    step = 8 if small else 10
    bars = alt.Chart(data).mark_bar(opacity=0.85, height=step - 1).encode(x=x, x2="zero:Q", y=y, color=colour)
    words = pd.DataFrame({"bar": [-top / 2, top / 2], "label": ["females", "males"]})
    text = alt.Chart(words).mark_text(baseline="bottom", dy=-4, fontSize=11.5, color=theme.quiet)
    sexes = text.encode(x=alt.X("bar:Q", title=None), y=alt.value(0), text="label:N")
    heading = str(year + table.start_year) if table.start_year else f"year {year}"
    look = panel_title(f"{heading}, age in years", theme, 22)
    return stack(bars, sexes, width=width, height=step * (oldest + 1), title=look)


PLOT = Plot("ages", "answer", read, title, subtitle, caption, alt_text, lambda table: table.rows, short, spec)
