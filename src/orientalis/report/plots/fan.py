"""The future: animals of a year or more, all areas, one panel a scenario."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from orientalis.analysis.numbers import bands, single_futures
from orientalis.report.answers import Answers
from orientalis.report.plots.band_panel import AXIS_ROOM, LABEL_ROOM, fan_height, fan_panel
from orientalis.report.plots.plot import Drawing, Plot, beside, nice_top, panel_width
from orientalis.report.theme import Theme
from orientalis.report.words import listed, number, span

FUTURES = 8


@dataclass(frozen=True)
class FanTable:
    """Bands and single futures of all scenarios; `x` is the calendar year where the run has one."""

    bands: pd.DataFrame
    futures: pd.DataFrame
    labels: tuple[str, ...]
    start_year: int | None
    subject: str
    footnote: str


def read(answers: Answers) -> FanTable | None:
    """Quantiles by year of every scenario."""
    parts, singles = [], []
    for one in answers.scenarios:
        series = one.panel.over_one_year()
        parts.append(bands(series, one.label))
        singles.append(single_futures(series, FUTURES, one.label))
    both = [pd.concat(tables, ignore_index=True) for tables in (parts, singles)]
    both = [table.assign(x=table["year"] + (answers.start_year or 0)) for table in both]
    return FanTable(
        both[0],
        both[1],
        tuple(one.label for one in answers.scenarios),
        answers.start_year,
        answers.subject,
        answers.footnote(),
    )


def _final(table: FanTable) -> pd.DataFrame:
    last: pd.DataFrame = table.bands[table.bands["year"] == table.bands["year"].max()]
    return pd.DataFrame(last.set_index("scenario"))


def title(table: FanTable) -> str:
    """Where half of the futures end."""
    final = _final(table)
    first = final["median"].iloc[0]
    if len(final) == 1:
        return (
            "In most futures nobody is left at the end"
            if first == 0
            else f"Half of the futures end below {number(first)} {table.subject}"
        )
    ends = [f"{number(float(final['median'][name]))} ({name})" for name in table.labels[:3]]
    return f"Half of the futures end below {listed(ends)} {table.subject}"


def subtitle(table: FanTable) -> str:
    """What is drawn."""
    return (
        f"Animals of 12 months or more in December. Dark band: 80 % of futures; light band: 95 %; hairlines: "
        f"{FUTURES} single futures"
    )


def caption(table: FanTable) -> str:
    """How to read it."""
    return (
        "The bands show chance alone, with one set of parameters; they do not contain what we do not know about the "
        f"parameters. The hairlines are the first replicates, not chosen. {table.footnote}"
    )


def alt_text(table: FanTable) -> str:
    """The chart in words."""
    last = int(table.bands["x"].max())
    parts = [
        f"{name}: median {number(row['median'])}, 95 % of futures {span(row['low95'], row['high95'])}"
        for name, row in _final(table).iterrows()
    ]
    return f"Fan chart of animals of 12 months or more up to {last}. At the end, " + "; ".join(parts) + "."


def short(table: FanTable) -> pd.DataFrame:
    """Start, decades and end."""
    last = int(table.bands["year"].max())
    years = sorted({0, 10, 25, 50, 75, last} & set(range(last + 1)))
    rows = table.bands[table.bands["year"].isin(years)]
    return pd.DataFrame(
        {
            "scenario": rows["scenario"],
            "year": rows["x"].map(str),
            "median": rows["median"].map(number),
            "80 % of futures": [span(a, b) for a, b in zip(rows["low80"], rows["high80"], strict=True)],
            "95 % of futures": [span(a, b) for a, b in zip(rows["low95"], rows["high95"], strict=True)],
        }
    )


def spec(table: FanTable, theme: Theme, width: int) -> Drawing:
    """One panel a scenario, one scale."""
    count = len(table.labels)
    shown = table.bands["high95"].max()
    top = nice_top(float(shown) * 1.04 if shown == shown else 1, 10)
    inner = panel_width(width, count, AXIS_ROOM + LABEL_ROOM)
    first = int(table.bands["x"].min())
    panels = [
        fan_panel(
            table.bands[table.bands["scenario"] == name],
            table.futures[table.futures["scenario"] == name],
            None,
            heading=name,
            top=top,
            width=inner,
            height=fan_height(width, count),
            theme=theme,
            present=table.start_year,
            colour=theme.coat,
            x_title="" if table.start_year else "years from the start",
            first_year=first,
        )
        for name in table.labels
    ]
    return beside(panels, width)


PLOT = Plot("fan", "answer", read, title, subtitle, caption, alt_text, lambda table: table.bands, short, spec)
