"""Of what they die, through time: the yearly share of each cause."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

from orientalis.analysis.causes import CAUSE_WORDS, shares_by_year
from orientalis.analysis.compensation import KILLING
from orientalis.report.answers import Answers
from orientalis.report.plots.plot import Drawing, Plot, apart, is_small, stack
from orientalis.report.theme import Theme
from orientalis.report.words import percent, sentence

LEAST = 0.02
MOST = 9
OTHER = "other"
FAMILIES: dict[str, tuple[str, ...]] = {
    "ember": KILLING,
    "coat": ("distemper", "starved", "inbreeding"),
    "frost": ("tiger", "predator", "infanticide", "contest", "disturbance"),
    "forest": ("catastrophe", "dispersal", "orphaned", "ceiling"),
    "quiet": ("natural", "old_age", OTHER, "none"),
}
"""Colour by what a cause is: people; sickness, hunger and genes; other animals; bad luck; age and all the rest."""

SHADES = (1.0, 0.72, 0.5, 0.36, 0.24, 0.16)


@dataclass(frozen=True)
class DeathTable:
    """Shares by year and cause; `drawn`: those that are drawn, the small ones summed, from the bottom up."""

    rows: pd.DataFrame
    drawn: pd.DataFrame
    whole: pd.Series
    start_year: int | None
    subject: str
    footnote: str


def read(answers: Answers) -> DeathTable | None:
    """Deaths of the baseline's animals of a year or more; None for a run without any threat on, or without deaths."""
    if not answers.has_threats:
        return None
    rows = shares_by_year(answers.baseline.panel)
    if rows.empty:
        return None
    rows["x"] = rows["year"].astype(int) + (answers.start_year or 0)
    sums = rows.groupby("cause")["number"].sum()
    whole: pd.Series = (sums / sums.sum()).sort_values(ascending=False)
    kept = list(whole[whole >= LEAST].index[:MOST])
    order = [cause for family in FAMILIES.values() for cause in family if cause in kept]
    order += [cause for cause in kept if cause not in order]
    drawn = rows.assign(cause=rows["cause"].where(rows["cause"].isin(order), OTHER))
    drawn = pd.DataFrame(drawn.groupby(["year", "x", "cause"], as_index=False)["value"].sum())
    order += [OTHER] if (drawn["cause"] == OTHER).any() else []
    drawn["place"] = drawn["cause"].map({cause: i for i, cause in enumerate(order)})
    drawn = drawn.sort_values(["year", "place"], ignore_index=True)
    drawn["top"] = drawn.groupby("year")["value"].cumsum()
    drawn["bottom"] = drawn["top"] - drawn["value"]
    return DeathTable(rows, drawn, whole, answers.start_year, answers.subject, answers.footnote([answers.baseline]))


def words(cause: str) -> str:
    """A cause in words."""
    return "other causes" if cause == OTHER else CAUSE_WORDS.get(cause, cause.replace("_", " "))


def title(table: DeathTable) -> str:
    """The share of people, and the commonest of the others."""
    people = float(table.whole[[cause for cause in KILLING if cause in table.whole.index]].sum())
    rest = table.whole[[cause for cause in table.whole.index if cause not in KILLING]]
    said = f"People kill {percent(people)} of the {table.subject} of a year or more that die"
    if rest.empty:
        return said
    return f"{said}; the next cause is {words(str(rest.index[0]))}, {percent(float(rest.iloc[0]))}"


def subtitle(table: DeathTable) -> str:
    """What is drawn."""
    return "Yearly share of each cause in the deaths of animals of 12 months or more, %, all futures together"


def caption(table: DeathTable) -> str:
    """How to read it."""
    return (
        "Red: people, roads and rails; brown: sickness, hunger and inbreeding; blue: other animals; green: the way, "
        f"lost mothers, bad years; grey: all else. Causes under {percent(LEAST)} of all deaths are summed. A cause "
        "that is not modelled on its own is part of natural causes. " + table.footnote
    )


def alt_text(table: DeathTable) -> str:
    """The chart in words."""
    parts = [f"{words(str(cause))} {percent(float(share))}" for cause, share in table.whole.items()]
    return "Stacked areas of the yearly shares of causes of death. Over all years: " + "; ".join(parts) + "."


def short(table: DeathTable) -> pd.DataFrame:
    """The share of each cause over all years, in the first ten and in the last ten."""
    last = int(table.rows["year"].max())
    spans = {"all years": (1, last), "first ten years": (1, 10), "last ten years": (max(1, last - 9), last)}
    columns: dict[str, object] = {"cause": [sentence(words(str(cause))) for cause in table.whole.index]}
    for name, (first, end) in spans.items():
        inside = table.rows[table.rows["year"].between(first, end)]
        sums = inside.groupby("cause")["number"].sum()
        columns[name] = [percent(float(sums.get(cause, 0)) / float(sums.sum())) if sums.sum() else "not defined"
                         for cause in table.whole.index]  # fmt: skip
    return pd.DataFrame(columns)


def spec(table: DeathTable, theme: Theme, width: int) -> Drawing:
    """Stacked areas with their names at the right."""
    drawn = table.drawn
    order = list(drawn.drop_duplicates("cause").sort_values("place")["cause"])
    last = int(drawn["x"].max())
    ends = drawn[drawn["x"] == last].set_index("cause")
    texts = {cause: f"{words(cause)} {percent(float(ends['value'].get(cause, 0.0)))}" for cause in order}
    room = 12 + int(6.0 * max(len(text) for text in texts.values()))
    inner, height = width - 50 - room, 260 if is_small(width) else 320
    first = min(int(drawn["x"].min()), table.start_year if table.start_year is not None else 0)
    step = next((n for n in (1, 2, 5, 10, 20, 40, 50) if (last - first) / n * 45 <= max(inner, 90)), 100)
    ticks = [year for year in range(first, last + 1) if year % step == 0]
    axis = alt.Axis(format="d", values=ticks, title="" if table.start_year else "years from the start")
    x = alt.X("x:Q", scale=alt.Scale(domain=[first, max(last, first + 1)], nice=False), axis=axis)
    scale = alt.Scale(domain=[0, 1])
    percent_axis = alt.Axis(values=[0, 0.25, 0.5, 0.75, 1], labelExpr="100 * datum.value + ' %'")
    layers: list[alt.Chart] = []
    for cause in order:
        colour, shade = tone(cause, order)
        rows = alt.Chart(drawn[drawn["cause"] == cause])
        layers.append(
            rows.mark_area(color=getattr(theme, colour), opacity=shade, line=False).encode(
                x=x, y=alt.Y("bottom:Q", scale=scale, title=None, axis=percent_axis), y2="top:Q"
            )
        )
        edge = rows.mark_line(color=theme.paper, strokeWidth=1)
        layers.append(edge.encode(x=x, y=alt.Y("top:Q", scale=scale, title=None)))
    middles = [float((ends["top"].get(c, 0.0) + ends["bottom"].get(c, 0.0)) / 2) for c in order]
    places = apart(middles, 13.5 / height, 0.0, 1.0)
    marks = pd.DataFrame(
        [{"x": last, "place": place, "label": texts[c]} for c, place in zip(order, places, strict=True)]
    )
    labels = alt.Chart(marks).mark_text(align="left", dx=6, fontSize=11.5)
    layers.append(labels.encode(x=x, y=alt.Y("place:Q", scale=scale, title=None), text="label:N"))
    return stack(*layers, width=inner, height=height)


def tone(cause: str, order: list[str]) -> tuple[str, float]:
    """The token of a cause's family and its shade among those of the family that are drawn."""
    for token, members in FAMILIES.items():
        drawn = [one for one in order if one in members]
        if cause in drawn:
            return token, SHADES[min(drawn.index(cause), len(SHADES) - 1)]
    return "quiet", SHADES[-1]


PLOT = Plot("deaths_by_year", "causes", read, title, subtitle, caption, alt_text, lambda t: t.rows, short, spec)
