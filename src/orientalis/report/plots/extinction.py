"""The chance of extinction and of having been very few, by year."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

from orientalis.analysis.extinction import MEASURES, by_year
from orientalis.report.answers import Answers
from orientalis.report.plots.plot import Drawing, Plot, apart, beside, is_small, nice_top, panel_width, stack
from orientalis.report.theme import BAND_95, Theme, panel_title
from orientalis.report.words import number, percent, percent_span, sentence

SHORT_LABELS = {
    "extinct": "extinct",
    "below_5_females": "< 5 females",
    "below_10": "< 10 adults",
    "below_20": "< 20 adults",
    "below_50": "< 50 adults",
}


@dataclass(frozen=True)
class ExtinctionTable:
    """Shares by scenario, measure and year."""

    rows: pd.DataFrame
    labels: tuple[str, ...]
    start_year: int | None
    footnote: str


def read(answers: Answers) -> ExtinctionTable | None:
    """All measures by year."""
    tables = [by_year(one.panel).assign(scenario=one.label) for one in answers.scenarios]
    rows = pd.concat(tables, ignore_index=True)
    return ExtinctionTable(
        rows.assign(x=rows["year"] + (answers.start_year or 0)),
        tuple(one.label for one in answers.scenarios),
        answers.start_year,
        answers.footnote(),
    )


def _final(table: ExtinctionTable, measure: str) -> pd.DataFrame:
    rows: pd.DataFrame = table.rows[table.rows["measure"] == measure]
    return pd.DataFrame(rows[rows["year"] == rows["year"].max()].set_index("scenario"))


def title(table: ExtinctionTable) -> str:
    """Extinct runs of all runs."""
    final = _final(table, "extinct")
    years = int(table.rows["year"].max())
    first = final.iloc[0]
    few = _final(table, "below_20").iloc[0]
    said = (
        f"{number(first['runs'])} of {number(first['replicates'])} futures end in extinction within {years} years"
        if first["runs"]
        else f"Extinction in none of {number(first['replicates'])} futures within {years} years"
    )
    return (
        said
        + f"; {percent(few['value'])} fall below 20 adults"
        + (f" ({table.labels[0]})" if len(table.labels) > 1 else "")
    )


def subtitle(table: ExtinctionTable) -> str:
    """What is drawn."""
    return (
        "Share of futures that have crossed each line by that year, %. Extinct: no animal, or only one sex, left. "
        "Bands: 95 % interval, simulation error only"
    )


def caption(table: ExtinctionTable) -> str:
    """How to read it."""
    start = table.rows[(table.rows["year"] == 0) & (table.rows["value"] > 0.05)]
    already = "; ".join(
        f"{MEASURES[str(row['measure'])]} already at the start in {percent(row['value'])} ({row['scenario']})"
        for _, row in start.iterrows()
    )
    return (
        (f"{sentence(already)}. " if already else "")
        + "Once below a line counts for good, even if numbers recover; the table also gives the share below it in the "
        "last year. Intervals: Wilson, simulation error only: they shrink with more replicates and hold nothing of "
        f"what we do not know about the animal. {table.footnote}"
    )


def alt_text(table: ExtinctionTable) -> str:
    """The chart in words."""
    parts = [
        f"{name}: extinct {percent(row['value'])} ({percent_span(row['low'], row['high'])})"
        for name, row in _final(table, "extinct").iterrows()
    ]
    return "Curves of extinction and quasi-extinction by year. In the last year, " + "; ".join(parts) + "."


def short(table: ExtinctionTable) -> pd.DataFrame:
    """All measures at the last year."""
    last = table.rows[table.rows["year"] == table.rows["year"].max()]
    return pd.DataFrame(
        {
            "scenario": last["scenario"],
            "measure": last["measure"].map(MEASURES),
            "by the last year": last["value"].map(percent),
            "95 % interval, simulation error only": [
                percent_span(a, b) for a, b in zip(last["low"], last["high"], strict=True)
            ],
            "in the last year": last["now"].map(percent),
        }
    )


def spec(table: ExtinctionTable, theme: Theme, width: int) -> Drawing:
    """One panel a scenario, one scale, labels at the lines' ends."""
    drawn = table.rows[table.rows["measure"].isin(list(SHORT_LABELS))].dropna(subset=["value"])
    drawn = drawn.assign(value=drawn["value"] * 100, low=drawn["low"] * 100, high=drawn["high"] * 100)
    top = min(100.0, nice_top(float(drawn["high"].max()) if len(drawn) else 1, 1.0))
    inner = panel_width(width, len(table.labels), 46 + 118)
    panels = [
        _panel(
            drawn[drawn["scenario"] == name], name, top, inner, 200 if is_small(width) else 260, theme, table.start_year
        )
        for name in table.labels
    ]
    return beside(panels, width)


def _colours(theme: Theme) -> dict[str, str]:
    return {
        "extinct": theme.ember,
        "below_5_females": theme.coat,
        "below_10": theme.ink,
        "below_20": theme.frost,
        "below_50": theme.forest,
    }


def _panel(
    rows: pd.DataFrame, name: str, top: float, width: int, height: int, theme: Theme, start_year: int | None
) -> alt.LayerChart:
    """One scenario."""
    first, last = (int(rows["x"].min()), int(rows["x"].max())) if len(rows) else (0, 1)
    ticks = [year for year in range(first, last + 1) if year % (40 if width < 260 else 20) == 0]
    x = alt.X(
        "x:Q",
        scale=alt.Scale(domain=[first, last], nice=False),
        axis=alt.Axis(format="d", values=ticks, title="" if start_year else "years from the start"),
    )
    scale = alt.Scale(domain=[0, top])
    colours = _colours(theme)
    colour = alt.Color("measure:N", scale=alt.Scale(domain=list(colours), range=list(colours.values())), legend=None)
    band = (
        alt.Chart(rows)
        .mark_area(opacity=BAND_95, clip=True)
        .encode(
            x=x,
            y=alt.Y("low:Q", scale=scale, title=None, axis=alt.Axis(tickCount=5, labelExpr="datum.label + ' %'")),
            y2="high:Q",
            color=colour,
        )
    )
    line = (
        alt.Chart(rows)
        .mark_line(strokeWidth=2, clip=True)
        .encode(x=x, y=alt.Y("value:Q", scale=scale, title=None), color=colour)
    )
    final = rows[rows["x"] == last]
    values = [float(v) for v in final["value"]]
    texts = [f"{SHORT_LABELS[m]}  {percent(v / 100)}" for m, v in zip(final["measure"], values, strict=True)]
    places = apart(values, 14.0 * top / height, 0.0, top)
    marks = pd.DataFrame(
        {"x": last, "place": places, "value": values, "label": texts, "measure": list(final["measure"])}
    )
    text = (
        alt.Chart(marks)
        .mark_text(align="left", dx=14, fontSize=11.5)
        .encode(x=x, y=alt.Y("place:Q", scale=scale, title=None), text="label:N")
    )
    dots = (
        alt.Chart(marks)
        .mark_point(filled=True, size=40, opacity=1, xOffset=7)
        .encode(x=x, y=alt.Y("place:Q", scale=scale, title=None), color=colour)
    )
    return stack(band, line, dots, text, width=width, height=height, title=panel_title(name, theme))


PLOT = Plot("extinction", "answer", read, title, subtitle, caption, alt_text, lambda table: table.rows, short, spec)
