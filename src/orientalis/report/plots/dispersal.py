"""How far sons and daughters settle from home."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

from orientalis.analysis.dispersal import dispersal, distance_quantile
from orientalis.report.answers import Answers
from orientalis.report.plots.plot import Drawing, Plot, is_small, stack
from orientalis.report.theme import Theme
from orientalis.report.words import number

SHOWN_KM = 100.0
POINTS = (0.25, 0.5, 0.75, 0.95)
WORDS = {"female": "daughters", "male": "sons"}


@dataclass(frozen=True)
class DispersalTable:
    """Distances by sex, of the baseline."""

    rows: pd.DataFrame
    footnote: str


def read(answers: Answers) -> DispersalTable | None:
    """The baseline's histograms; None for a run without a map."""
    rows = dispersal(answers.baseline.histograms, answers.baseline.label)
    return DispersalTable(rows, answers.footnote([answers.baseline])) if len(rows) else None


def _sexes(table: DispersalTable) -> list[str]:
    return [sex for sex in WORDS if sex in set(table.rows["sex"])]


def _distance(table: DispersalTable, sex: str, p: float) -> str:
    found = distance_quantile(table.rows[table.rows["sex"] == sex], p)
    return "over 200 km" if found is None else f"{number(found)} km"


def title(table: DispersalTable) -> str:
    """The medians."""
    parts = [f"half of the {WORDS[sex]} within {_distance(table, sex, 0.5)}" for sex in _sexes(table)]
    return "Of those that settle, " + " and ".join(parts) + " of where they were born"


def subtitle(table: DispersalTable) -> str:
    """What is drawn."""
    return "Share of the animals that settled within a distance of their birth place, %, all years and futures"


def caption(table: DispersalTable) -> str:
    """How to read it."""
    return (
        "Distances come out of the walk over the map and of free room; they are not set. Those that died on the way or "
        f"left the map are not in it. {table.footnote}"
    )


def alt_text(table: DispersalTable) -> str:
    """The chart in words."""
    parts = [f"{WORDS[sex]}: half within {_distance(table, sex, 0.5)}, 95 % within {_distance(table, sex, 0.95)}"
             for sex in _sexes(table)]  # fmt: skip
    return "Distances at which animals settle. " + "; ".join(parts) + "."


def short(table: DispersalTable) -> pd.DataFrame:
    """Quantiles by sex."""
    return pd.DataFrame(
        [{"animals": WORDS[sex], **{f"{100 * p:.0f} % within": _distance(table, sex, p) for p in POINTS}}
         for sex in _sexes(table)]
    )  # fmt: skip


def spec(table: DispersalTable, theme: Theme, width: int) -> Drawing:
    """Two curves, labelled at their medians' side."""
    rows = table.rows[table.rows["to_km"] <= SHOWN_KM].assign(percent=lambda r: 100 * r["up_to"])
    start = pd.DataFrame([{"sex": sex, "to_km": 0.0, "percent": 0.0} for sex in _sexes(table)])
    data = pd.concat([start, rows[["sex", "to_km", "percent"]]], ignore_index=True)
    inner, height = width - 110, 170 if is_small(width) else 220
    x = alt.X("to_km:Q", title="km", scale=alt.Scale(domain=[0, SHOWN_KM]), axis=alt.Axis(tickCount=5))
    axis = alt.Axis(tickCount=4, labelExpr="datum.label + ' %'")
    y = alt.Y("percent:Q", title=None, scale=alt.Scale(domain=[0, 100]), axis=axis)
    colour = alt.Color(
        "sex:N", scale=alt.Scale(domain=["female", "male"], range=[theme.coat, theme.frost]), legend=None
    )
    lines = alt.Chart(data).mark_line(strokeWidth=2.2).encode(x=x, y=y, color=colour)
    ends = data.sort_values("to_km").groupby("sex", as_index=False).last()
    order = {sex: i for i, sex in enumerate(ends.sort_values("percent")["sex"])}
    labels = ends.assign(
        label=ends["sex"].map(WORDS), place=[92.0 - 9 * (1 - order[sex]) for sex in ends["sex"]], to_km=SHOWN_KM
    )
    at = alt.Y("place:Q", title=None, scale=alt.Scale(domain=[0, 100]))
    dots = alt.Chart(labels).mark_point(filled=True, size=40, opacity=1, xOffset=9).encode(x=x, y=at, color=colour)
    text = alt.Chart(labels).mark_text(align="left", dx=16, fontSize=11.5).encode(x=x, y=at, text="label:N")
    return stack(lines, dots, text, width=inner, height=height)


PLOT = Plot("dispersal", "map", read, title, subtitle, caption, alt_text, lambda table: table.rows, short, spec)
