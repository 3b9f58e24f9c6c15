"""What kills: losses by cause, dependent young and independent animals apart."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

from orientalis.analysis.causes import CAUSE_WORDS, deaths, deaths_by_stage
from orientalis.report.answers import Answers
from orientalis.report.plots.plot import Drawing, Plot, beside, is_small, nice_top, panel_width, stack
from orientalis.report.theme import Theme, panel_title
from orientalis.report.words import number, percent

GROUPS = {
    "cub": "cubs, under 1 year",
    "juvenile": "1 year and older",
    "subadult": "1 year and older",
    "adult": "1 year and older",
}


@dataclass(frozen=True)
class CauseTable:
    """Losses by group and cause; `detail` by class, sex and cause."""

    rows: pd.DataFrame
    detail: pd.DataFrame
    footnote: str


def read(answers: Answers) -> CauseTable | None:
    """Losses of the baseline over all years."""
    detail = deaths(answers.baseline.panel).assign(scenario=answers.baseline.label)
    if detail.empty:
        return None
    stages = deaths_by_stage(detail)
    rows = (
        stages.assign(group=stages["stage"].map(GROUPS))
        .groupby(["group", "cause"], as_index=False)[["number", "per_year", "share"]]
        .sum()
    )
    rows["within"] = rows["number"] / rows.groupby("group")["number"].transform("sum")
    rows["words"] = rows["cause"].map(lambda name: CAUSE_WORDS.get(name, name.replace("_", " ")))
    rows = rows.sort_values(["group", "per_year"], ascending=[False, False], ignore_index=True)
    return CauseTable(rows, detail, answers.footnote([answers.baseline]))


def title(table: CauseTable) -> str:
    """The share of people and of the first year."""
    cubs = float(table.rows.loc[table.rows["group"] == GROUPS["cub"], "share"].sum())
    grown = table.rows[table.rows["group"] == GROUPS["adult"]]
    people = grown.loc[grown["cause"] == "people", "within"]
    first = f"{100 * cubs:.0f} % of all losses are cubs in their first year"
    return (
        f"{first}; people kill {percent(float(people.iloc[0]))} of the older animals that are lost"
        if len(people)
        else first
    )


def subtitle(table: CauseTable) -> str:
    """What is drawn."""
    return "Animals lost a year and future, mean over all years, by the cause that the model gives"


def caption(table: CauseTable) -> str:
    """How to read it."""
    return (
        "Causes are the model's: it loses animals to the rates it is given, so this shows where those rates bite, not "
        "what was found in the field. Emigrants over the map's edge count as lost. " + table.footnote
    )


def alt_text(table: CauseTable) -> str:
    """The chart in words."""
    parts = [
        f"{row['group']}, {row['words']}: {number(row['per_year'], 2)} a year"
        for _, row in table.rows.head(8).iterrows()
    ]
    return "Bars of losses by cause. " + "; ".join(parts) + "."


def short(table: CauseTable) -> pd.DataFrame:
    """Losses a year and shares."""
    rows = table.rows
    return pd.DataFrame(
        {
            "animals": rows["group"],
            "cause": rows["words"],
            "lost a year": [number(v, 2) for v in rows["per_year"]],
            "share of the group's losses": rows["within"].map(percent),
        }
    )


def spec(table: CauseTable, theme: Theme, width: int) -> Drawing:
    """Two panels, one scale."""
    groups = list(dict.fromkeys(table.rows["group"]))
    top = nice_top(float(table.rows["per_year"].max()), 0.01)
    inner = panel_width(width, len(groups), 128 + 44)
    panels = []
    for group in groups:
        rows = table.rows[table.rows["group"] == group]
        rows = rows.assign(
            label=[number(v, 1 if v >= 0.95 else 2) for v in rows["per_year"]], is_people=rows["cause"] == "people"
        )
        y = alt.Y("words:N", sort=list(rows["words"]), title=None, axis=alt.Axis(grid=False))
        x = alt.X("per_year:Q", scale=alt.Scale(domain=[0, top]), axis=None)
        bars = (
            alt.Chart(rows)
            .mark_bar(height=15)
            .encode(x=x, y=y, color=alt.condition("datum.is_people", alt.value(theme.ember), alt.value(theme.quiet)))
        )
        labels = alt.Chart(rows).mark_text(align="left", dx=5, fontSize=11.5).encode(x=x, y=y, text="label:N")
        panels.append(stack(bars, labels, width=inner, height=24 * len(rows), title=panel_title(group, theme)))
    return beside(panels, width, 26 if not is_small(width) else 14)


PLOT = Plot("causes", "causes", read, title, subtitle, caption, alt_text, lambda table: table.detail, short, spec)
