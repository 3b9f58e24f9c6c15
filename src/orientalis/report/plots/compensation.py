"""Compensation: what is lost in all for each further animal that people kill."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import pandas as pd

from orientalis.analysis.compensation import LOW, NEAR, STATES, compensation
from orientalis.report.answers import Answers
from orientalis.report.plots.plot import Drawing, Plot, nice_top
from orientalis.report.plots.range_bars import name_room, rows_chart
from orientalis.report.theme import Theme
from orientalis.report.words import number, percent, sentence, span

TOLD_NOT = "cannot be told"


@dataclass(frozen=True)
class CompensationTable:
    """A row a scenario and state; those that cannot be told have no value."""

    rows: pd.DataFrame
    subject: str
    footnote: str

    @property
    def told(self) -> pd.DataFrame:
        """The rows with a value."""
        rows: pd.DataFrame = self.rows[self.rows["value"].notna()]
        return rows


def read(answers: Answers) -> CompensationTable | None:
    """Every other scenario against the first; None where it can be told for none of them."""
    labels = {one.name: one.label for one in answers.scenarios}
    rows = pd.DataFrame(
        [asdict(row) for other in answers.others for row in compensation(answers.baseline.panel, other.panel)]
    )
    if rows.empty or rows["value"].isna().all():
        return None
    for name in ("baseline", "scenario"):
        rows[name] = rows[name].map(lambda held: labels.get(held, held))
    rows["value"] = pd.to_numeric(rows["value"])
    return CompensationTable(rows, answers.subject, answers.footnote())


def title(table: CompensationTable) -> str:
    """The first row that can be told."""
    row = table.told.iloc[0]
    return (
        f"{sentence(STATES[str(row['state'])])}, for each further animal that people kill "
        f"{number(row['value'], 2)} more are lost in all"
    )


def subtitle(table: CompensationTable) -> str:
    """What is drawn."""
    return (
        f"Change in yearly losses of animals of a year or more for each further one killed by people, against "
        f"{table.rows['baseline'].iloc[0]}. 1: lost on top of all others; 0: others live instead"
    )


def caption(table: CompensationTable) -> str:
    """How to read it."""
    return (
        f"Near capacity: years before which the first scenario has {percent(NEAR)} or more of the adults that its "
        f"land holds; at low numbers: {percent(LOW)} or fewer. Difference of loss rates over difference of kill rates, "
        "over the same futures and years; rules: Fieller’s 95 % interval, simulation error only. " + table.footnote
    )


def alt_text(table: CompensationTable) -> str:
    """The chart in words."""
    parts = [
        f"{row['scenario']}, {STATES[str(row['state'])]}: {number(row['value'], 2)}, "
        f"interval {span(row['low'], row['high'], 2)}"
        for _, row in table.told.iterrows()
    ]
    return "Losses for each further animal killed. " + "; ".join(parts) + "."


def short(table: CompensationTable) -> pd.DataFrame:
    """All rows, with why it cannot be told where that is so."""
    rows = table.rows
    return pd.DataFrame(
        {
            "scenario": rows["scenario"],
            "state": rows["state"].map(STATES),
            "lost for each killed": [TOLD_NOT if v != v else number(v, 2) for v in rows["value"]],
            "95 % interval, simulation error only": [
                why if value != value else span(a, b, 2)
                for value, a, b, why in zip(rows["value"], rows["low"], rows["high"], rows["why"], strict=True)
            ],
            "killed of 100 a year": [_pair(pair) for pair in rows["kills"]],
            "lost of 100 a year": [_pair(pair) for pair in rows["losses"]],
            "futures": rows["runs"].map(number),
        }
    )


def spec(table: CompensationTable, theme: Theme, width: int) -> Drawing:
    """Rows of dots."""
    told = table.told
    data = pd.DataFrame(
        {
            "name": [f"{row['scenario']}, {STATES[str(row['state'])]}" for _, row in told.iterrows()],
            "value": told["value"],
            "low": pd.to_numeric(told["low"]).clip(lower=-3.0),
            "high": pd.to_numeric(told["high"]).clip(upper=5.0),
            "label": [number(v, 2) for v in told["value"]],
            "colour": [theme.coat if state == "near_capacity" else theme.frost for state in told["state"]],
        }
    )
    high = nice_top(max(1.0, float(data["high"].max())), 1.0)
    least = float(data["low"].min())
    low = 0.0 if least >= 0 else -nice_top(-least, 0.1)
    room = name_room(width, max(len(str(name)) for name in data["name"]))
    return rows_chart(
        data, low=low, high=high, width=width - room - 60, theme=theme, x_title="lost for each killed", zero=True
    )


def frame(table: CompensationTable) -> pd.DataFrame:
    """All rows, the pairs of rates in columns of their own."""
    rows = table.rows.copy()
    for name in ("kills", "losses"):
        for place, which in enumerate(("baseline", "scenario")):
            rows[f"{name}_{which}"] = [None if held is None else held[place] for held in rows[name]]
    return rows.drop(columns=["kills", "losses"])


def _pair(pair: tuple[float, float] | None) -> str:
    return "" if pair is None else f"{number(100 * pair[0], 1)} → {number(100 * pair[1], 1)}"


PLOT = Plot("compensation", "causes", read, title, subtitle, caption, alt_text, frame, short, spec)
