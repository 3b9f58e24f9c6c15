"""Chance and ignorance apart: simulation error beside the span over parameter draws."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from orientalis.analysis.draws import span_of_share
from orientalis.analysis.extinction import MEASURES, states
from orientalis.analysis.intervals import proportion
from orientalis.report.answers import Answers
from orientalis.report.plots.plot import Drawing, Plot, nice_top
from orientalis.report.plots.range_bars import name_room, rows_chart
from orientalis.report.theme import Theme
from orientalis.report.words import percent, percent_span

SHOWN = ("extinct", "below_5_females", "below_10", "below_20", "below_50")


@dataclass(frozen=True)
class UncertaintyTable:
    """Default with its interval, and the span over draws, by scenario and measure."""

    rows: pd.DataFrame
    footnote: str


def read(answers: Answers) -> UncertaintyTable | None:
    """Every scenario that has draws."""
    rows = []
    for one in answers.scenarios:
        if one.draws is None:
            continue
        default, drawn = states(one.panel), states(one.draws)
        for measure in SHOWN:
            final = default[measure][:, -1]
            found = proportion(int(final.sum()), len(final))
            reach = span_of_share(drawn[measure][:, -1], one.draws.replicates, one.draw_number)
            rows.append(
                {
                    "scenario": one.label,
                    "measure": measure,
                    "value": found.value,
                    "low": found.low,
                    "high": found.high,
                    "draws_mean": reach.centre,
                    "draws_low": reach.low,
                    "draws_high": reach.high,
                    "draws": reach.draws,
                    "draws_replicates": reach.replicates,
                    "is_separated": reach.is_separated,
                    "method": reach.method,
                }
            )
    return UncertaintyTable(pd.DataFrame(rows), answers.footnote()) if rows else None


def title(table: UncertaintyTable) -> str:
    """The span of the first line against its interval."""
    row = table.rows.iloc[0]
    if row["is_separated"]:
        return (
            f"What we do not know spans {percent_span(row['draws_low'], row['draws_high'])} for extinction; "
            f"chance alone spans "
            f"{percent_span(row['low'], row['high'])}"
        )
    widest = table.rows.assign(width=table.rows["draws_high"] - table.rows["draws_low"]).sort_values("width").iloc[-1]
    if not widest["is_separated"]:
        return (
            "The parameter draws cannot be told apart from chance: their replicates are too few, or the "
            "answer does not move"
        )
    return (
        f"What we do not know spans {percent_span(widest['draws_low'], widest['draws_high'])} for "
        f"{MEASURES[str(widest['measure'])]}"
    )


def subtitle(table: UncertaintyTable) -> str:
    """What is drawn."""
    return (
        "Share of futures that crossed each line, %. Thick rule: default parameters, 95 % interval, simulation "
        "error only. "
        "Pale bar: 5 to 95 % of parameter draws"
    )


def caption(table: UncertaintyTable) -> str:
    """How to read it."""
    row = table.rows.iloc[0]
    return (
        f"{row['draws']} draws over the catalogue’s ranges, {row['draws_replicates']} replicates in all. The "
        f"spread between draws is net of "
        f"simulation noise ({row['method']}). It holds the ranges we wrote down, not the errors we did not "
        f"think of. {table.footnote}"
    )


def alt_text(table: UncertaintyTable) -> str:
    """The chart in words."""
    parts = [
        f"{row['scenario']}, {MEASURES[str(row['measure'])]}: default {percent(row['value'])}, draws "
        f"{percent_span(row['draws_low'], row['draws_high'])}"
        for _, row in table.rows.iterrows()
    ]
    return "Simulation error and span over parameter draws. " + "; ".join(parts) + "."


def short(table: UncertaintyTable) -> pd.DataFrame:
    """All rows."""
    rows = table.rows
    return pd.DataFrame(
        {
            "scenario": rows["scenario"],
            "measure": rows["measure"].map(MEASURES),
            "default": rows["value"].map(percent),
            "95 % interval, simulation error only": [
                percent_span(a, b) for a, b in zip(rows["low"], rows["high"], strict=True)
            ],
            "mean of draws": rows["draws_mean"].map(percent),
            "5 to 95 % of draws": [
                percent_span(a, b) if ok else "no spread seen"
                for a, b, ok in zip(rows["draws_low"], rows["draws_high"], rows["is_separated"], strict=True)
            ],
        }
    )


def spec(table: UncertaintyTable, theme: Theme, width: int) -> Drawing:
    """Rows of dots over pale bars."""
    count = table.rows["scenario"].nunique()
    rows = [
        {
            "name": (f"{row['scenario']}: " if count > 1 else "") + MEASURES[str(row["measure"])],
            "value": 100 * row["value"],
            "low": 100 * row["low"],
            "high": 100 * row["high"],
            "wide_low": 100 * row["draws_low"],
            "wide_high": 100 * row["draws_high"],
            "label": percent(row["value"]),
            "colour": theme.coat,
        }
        for _, row in table.rows.iterrows()
    ]
    data = pd.DataFrame(rows)
    top = min(100.0, nice_top(float(max(data["high"].max(), data["wide_high"].max())), 1.0))
    room = name_room(width, max(len(str(name)) for name in data["name"]))
    return rows_chart(data, low=0, high=top, width=width - room - 70, theme=theme, x_title="% of futures")


PLOT = Plot("uncertainty", "sure", read, title, subtitle, caption, alt_text, lambda table: table.rows, short, spec)
