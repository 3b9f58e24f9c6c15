"""A measure of the surroundings through time: the drawing and the words that its plots share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from orientalis.analysis.surroundings import MEASURES, through_time
from orientalis.report.answers import Answers
from orientalis.report.plots.plot import Drawing, Plot, apart, beside, is_small, nice_top, stack
from orientalis.report.theme import BAND_95, THOUSANDS, Theme, panel_title
from orientalis.report.words import number, percent, percent_span, sentence, span

BAND_90 = BAND_95 + 0.08
SHOWN_UNITS = {"share": ", %", "km2": ", km²", "tonnes": ", tonnes", "km": ", km"}
AREA_WORDS = {
    "everywhere": "whole map",
    "russia": "Russia",
    "china": "China",
    "north_korea": "North Korea",
    "range_today": "today’s range",
    "kedrovaya_pad": "Kedrovaya Pad reserve",
}
AXIS_ROOM = 52
YEARS = (0, 1, 10, 25, 50, 75)


@dataclass(frozen=True)
class Panel:
    """One panel: a measure in an area. `others`: whether the other scenarios' medians stand in it too."""

    measure: str
    area: str | None = None
    others: bool = False

    @property
    def heading(self) -> str:
        """What stands over it."""
        if self.area is not None:
            return AREA_WORDS[self.area]
        one = MEASURES[self.measure]
        return sentence(one.words) + SHOWN_UNITS.get(one.unit, "")


@dataclass(frozen=True)
class SeriesTable:
    """All panels' rows: those of `through_time` with heading, x and is_main; scenario is its label."""

    rows: pd.DataFrame
    panels: tuple[Panel, ...]
    start_year: int | None
    subject: str
    footnote: str

    @property
    def main(self) -> pd.DataFrame:
        """The baseline's rows of the first panel."""
        rows: pd.DataFrame = self.rows[(self.rows["heading"] == self.panels[0].heading) & self.rows["is_main"]]
        return rows

    @property
    def first(self) -> float:
        """The baseline's median at the start, of a flow in the first year."""
        return float(self.main["median"].iloc[0])

    @property
    def last(self) -> float:
        """The baseline's median at the end."""
        return float(self.main["median"].iloc[-1])

    @property
    def typical(self) -> float:
        """The mean over the years of the baseline's medians."""
        return float(self.main["median"].mean())


def read_series(answers: Answers, panels: Sequence[Panel]) -> SeriesTable | None:
    """The panels that the baseline has something for; None where it has nothing for any."""
    parts, kept = [], []
    for panel in panels:
        found = through_time(answers.baseline.panel, panel.measure, panel.area)
        if found.empty:
            continue
        kept.append(panel)
        parts.append(found.assign(scenario=answers.baseline.label, is_main=True, heading=panel.heading))
        for one in answers.others if panel.others else ():
            other = through_time(one.panel, panel.measure, panel.area)
            parts.append(other.assign(scenario=one.label, is_main=False, heading=panel.heading))
    if not kept:
        return None
    rows = pd.concat([part for part in parts if len(part)], ignore_index=True)
    rows["x"] = rows["year"].astype(int) + (answers.start_year or 0)
    return SeriesTable(rows, tuple(kept), answers.start_year, answers.subject, answers.footnote())


def written(value: float, unit: str) -> str:
    """A value of a unit."""
    if unit == "share":
        return percent(value)
    return number(value, 3 if unit == "1" else 1 if abs(value) < 10 else 0)


def written_span(low: float, high: float, unit: str) -> str:
    """A range of a unit."""
    if unit == "share":
        return percent_span(low, high)
    return span(low, high, 3 if unit == "1" else 1 if abs(high) < 10 else 0)


def change(table: SeriesTable, unit: str) -> str:
    """The baseline's way in the middle future: from the start to the end."""
    first, last = written(table.first, unit), written(table.last, unit)
    return f"stays at {last}" if first == last else f"goes from {first} to {last}"


def short(table: SeriesTable) -> pd.DataFrame:
    """Start, some years between and end of every line, with the change since the start for what has one."""
    parts = []
    for (heading, scenario), rows in table.rows.groupby(["heading", "scenario"], sort=False):
        unit = MEASURES[str(rows["measure"].iloc[0])].unit
        shown = rows[rows["year"].isin({*YEARS, int(rows["year"].max())})]
        shown = shown[(shown["year"] != 1) | (rows["year"].min() == 1)]
        start = float(rows["median"].iloc[0])
        parts.append(
            pd.DataFrame(
                {
                    "what": heading,
                    "scenario": scenario,
                    "year": shown["x"].map(str),
                    "median": [written(v, unit) for v in shown["median"]],
                    "90 % of futures": [
                        written_span(a, b, unit) for a, b in zip(shown["low"], shown["high"], strict=True)
                    ],
                    "against the first": ["" if start == 0 else percent(v / start) for v in shown["median"]],
                    "futures": shown["runs"].map(number),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def alt_text(table: SeriesTable) -> str:
    """The chart in words."""
    parts = []
    for (heading, scenario), rows in table.rows.groupby(["heading", "scenario"], sort=False):
        unit = MEASURES[str(rows["measure"].iloc[0])].unit
        first, last = written(rows["median"].iloc[0], unit), written(rows["median"].iloc[-1], unit)
        parts.append(f"{heading}, {scenario}: median {first} in {rows['x'].iloc[0]}, {last} in {rows['x'].iloc[-1]}")
    return "Lines over years. " + "; ".join(parts) + "."


def series_plot(
    name: str,
    section: str,
    panels: Sequence[Panel],
    *,
    colour: str,
    title: Callable[[SeriesTable], str],
    what: str,
    note: str,
    is_one_scale: bool = False,
) -> Plot[SeriesTable]:
    """A plot of some panels.

    colour: a token of the theme; title: the finding; what: what is drawn; note: how to read it; is_one_scale: all
    panels share their scale.
    """

    def subtitle(table: SeriesTable) -> str:
        others = table.rows.loc[~table.rows["is_main"], "scenario"].nunique()
        lines = "; thin lines: medians of the other scenarios" if others else ""
        return f"{what}. Line: median; band: 90 % of futures of {_label(table)}{lines}"

    return Plot(
        name,
        section,
        lambda answers: read_series(answers, panels),
        title,
        subtitle,
        lambda table: f"{note} The band shows chance alone, with one set of parameters. {table.footnote}",
        alt_text,
        lambda table: table.rows,
        short,
        lambda table, theme, width: _draw(table, theme, width, colour, is_one_scale),
    )


def _label(table: SeriesTable) -> str:
    return str(table.main["scenario"].iloc[0])


def _draw(table: SeriesTable, theme: Theme, width: int, colour: str, is_one_scale: bool) -> Drawing:
    others = list(dict.fromkeys(table.rows.loc[~table.rows["is_main"], "scenario"]))
    tokens = [token for token in ("ink", "frost", "forest", "ember", "coat", "quiet") if token != colour]
    colours = {name: getattr(theme, tokens[i % len(tokens)]) for i, name in enumerate(others)}
    colours[_label(table)] = getattr(theme, colour)
    highest = float(table.rows["high"].max())
    drawn = []
    for panel in table.panels:
        rows = table.rows[table.rows["heading"] == panel.heading]
        room = width if len(table.panels) == 1 or is_small(width) else (width - 26) // 2
        top = highest if is_one_scale else None
        drawn.append(_panel(rows, panel, colours, top, room, theme, table.start_year))
    return beside(drawn, width)


def _panel(
    rows: pd.DataFrame,
    panel: Panel,
    colours: dict[str, str],
    highest: float | None,
    room: int,
    theme: Theme,
    start_year: int | None,
) -> alt.LayerChart:
    unit = MEASURES[panel.measure].unit
    factor = 100.0 if unit == "share" else 1.0
    rows = rows.assign(**{name: rows[name] * factor for name in ("low", "median", "high")})
    shown = rows[["median"]].max().iloc[0] if highest is None else highest * factor
    reach = max(float(shown), float(rows.loc[rows["is_main"], "high"].max()))
    top = nice_top(reach * 1.02, 0.01)
    if unit == "share" and reach <= 100 < top:
        top = 100.0
    names = list(dict.fromkeys(rows["scenario"]))
    ends = {name: rows[rows["scenario"] == name].iloc[-1] for name in names}
    texts = {
        name: (f"{name} " if len(names) > 1 else "median ") + written(float(row["median"]) / factor, unit)
        for name, row in ends.items()
    }
    label_room = min(150, 12 + int(6.3 * max(len(text) for text in texts.values())))
    width, height = room - AXIS_ROOM - label_room, 150 if room < 400 else 230
    first, last = int(rows["x"].min()), int(rows["x"].max())
    start = min(first, start_year) if start_year is not None else min(first, 0)
    ticks = [year for year in range(start, last + 1) if year % _step(last - start, width) == 0]
    x = alt.X(
        "x:Q",
        scale=alt.Scale(domain=[start, max(last, start + 1)], nice=False),
        axis=alt.Axis(format="d", values=ticks, title="" if start_year else "years from the start"),
    )
    scale = alt.Scale(domain=[0, top], clamp=True)
    expression = "datum.label + ' %'" if unit == "share" else THOUSANDS if top >= 10 else "datum.label"
    y = alt.Y("median:Q", scale=scale, title=None, axis=alt.Axis(tickCount=4, labelExpr=expression))
    main = rows[rows["is_main"]]
    base = alt.Chart(main)
    tone = colours[str(main["scenario"].iloc[0])]
    layers = [
        base.mark_area(color=tone, opacity=BAND_90).encode(x=x, y=alt.Y("low:Q", scale=scale, title=None), y2="high:Q")
    ]
    for name in names:
        line = rows[rows["scenario"] == name]
        thick = 2.4 if bool(line["is_main"].iloc[0]) else 1.3
        layers.append(alt.Chart(line).mark_line(color=colours[name], strokeWidth=thick, clip=True).encode(x=x, y=y))
        if len(line) == 1:
            layers.append(alt.Chart(line).mark_point(color=colours[name], filled=True, size=30).encode(x=x, y=y))
    layers += _labels(ends, texts, x, scale, top, height)
    if start_year is not None:
        rule = alt.Chart(pd.DataFrame([{"x": start_year}]))
        layers.append(rule.mark_rule(color=theme.quiet, strokeDash=[2, 3]).encode(x=x))
    return stack(*layers, width=width, height=height, title=panel_title(panel.heading, theme, 14))


def _labels(
    ends: dict[str, pd.Series], texts: dict[str, str], x: alt.X, scale: alt.Scale, top: float, height: int
) -> list[alt.Chart]:
    """The name of each line at its right end, kept apart; the baseline's in bold."""
    places = apart([min(top, float(row["median"])) for row in ends.values()], 13.5 * top / height, 0.0, top)
    rows = [
        {"x": int(row["x"]), "place": place, "label": texts[name], "is_main": bool(row["is_main"])}
        for (name, row), place in zip(ends.items(), places, strict=True)
    ]
    chart = alt.Chart(pd.DataFrame(rows)).encode(x=x, y=alt.Y("place:Q", scale=scale, title=None), text="label:N")
    strong = chart.transform_filter("datum.is_main").mark_text(align="left", dx=6, fontSize=11.5, fontWeight="bold")
    return [strong, chart.transform_filter("!datum.is_main").mark_text(align="left", dx=6, fontSize=11.5)]


def _step(years: int, width: int) -> int:
    """Years between two ticks, so that a number has 45 pixels."""
    return next((step for step in (1, 2, 5, 10, 20, 40, 50) if years / step * 45 <= max(width, 90)), 100)
