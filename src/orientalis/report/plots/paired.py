"""What a scenario changes: differences over the same random worlds."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from orientalis.analysis.compare import OUTCOMES, paired_means, paired_shares
from orientalis.analysis.extinction import MEASURES
from orientalis.report.answers import Answers
from orientalis.report.plots.plot import Drawing, Plot, nice_top
from orientalis.report.plots.range_bars import name_room, rows_chart
from orientalis.report.theme import Theme
from orientalis.report.words import number, percent, sentence, signed, span

SHOWN = ("extinct", "below_5_females", "below_10", "below_20", "below_50")


@dataclass(frozen=True)
class PairedTable:
    """Differences of shares and of means, other minus baseline."""

    shares: pd.DataFrame
    means: pd.DataFrame
    baseline: str
    footnote: str


def read(answers: Answers) -> PairedTable | None:
    """Every other scenario against the first."""
    labels = {one.name: one.label for one in answers.scenarios}
    pairs = [
        (paired_shares(answers.baseline.panel, other.panel), paired_means(answers.baseline.panel, other.panel))
        for other in answers.others
    ]
    if not pairs:
        return None
    shares, means = (pd.concat(tables, ignore_index=True) for tables in zip(*pairs, strict=True))
    shares, means = (
        table.assign(scenario=table["scenario"].map(lambda n: labels.get(n, n))) for table in (shares, means)
    )
    if not int(shares["replicates"].max()):
        return None
    return PairedTable(shares, means, answers.baseline.label, answers.footnote())


def title(table: PairedTable) -> str:
    """The largest difference of adults at the end."""
    rows = table.means[table.means["outcome"] == "final_adults"]
    row = rows.iloc[int(rows["value"].abs().to_numpy().argmax())]
    way = "more" if row["value"] > 0 else "fewer"
    if row["low"] is not None and row["low"] <= 0 <= row["high"]:
        return (
            f"{sentence(str(row['scenario']))} ends with as many adults as {table.baseline}, as far as "
            f"{number(row['replicates'])} pairs can tell"
        )
    gap = number(abs(row["value"]), 0 if abs(row["value"]) >= 10 else 1)
    return sentence(f"{row['scenario']} ends with {gap} {way} adults than {table.baseline}")


def subtitle(table: PairedTable) -> str:
    """What is drawn."""
    return (
        f"Change against {table.baseline} in the share of futures that crossed each line, percentage points; rules: "
        "Newcombe’s 95 % interval for pairs, simulation error only"
    )


def caption(table: PairedTable) -> str:
    """How to read it."""
    gains = [float(v) for v in table.means["variance_ratio"] if v == v and v is not None]
    saved = (
        f" Pairing does the work of {number(min(gains), 1)} to {number(max(gains), 1)} times as many unpaired "
        f"replicates for the means below."
        if gains
        else ""
    )
    return (
        "Replicate i of both scenarios lives through the same random events as far as the scenarios do not "
        "touch them, so the "
        f"pairs are compared, not the averages.{saved} P values: exact McNemar. {table.footnote}"
    )


def alt_text(table: PairedTable) -> str:
    """The chart in words."""
    parts = [
        f"{row['scenario']}, {MEASURES[str(row['measure'])]}: {signed(100 * row['value'])} points"
        for _, row in table.shares.iterrows()
    ]
    return "Paired differences. " + "; ".join(parts) + "."


def short(table: PairedTable) -> pd.DataFrame:
    """Shares, then means."""
    rows = table.shares
    shares = pd.DataFrame(
        {
            "scenario": rows["scenario"],
            "what": rows["measure"].map(MEASURES),
            table.baseline: rows["baseline_share"].map(percent),
            "with the scenario": rows["share"].map(percent),
            "difference": [signed(100 * v) + " points" for v in rows["value"]],
            "95 % interval, simulation error only": [
                span(100 * a, 100 * b, 1) for a, b in zip(rows["low"], rows["high"], strict=True)
            ],
            "correlation": [number(v, 2) for v in rows["correlation"]],
            "P": [number(v, 3) for v in rows["p_value"]],
        }
    )
    rows = table.means
    means = pd.DataFrame(
        {
            "scenario": rows["scenario"],
            "what": [OUTCOMES[str(name)][0] for name in rows["outcome"]],
            table.baseline: [number(v, 1) for v in rows["baseline_mean"]],
            "with the scenario": [number(v, 1) for v in rows["mean"]],
            "difference": [signed(v) for v in rows["value"]],
            "95 % interval, simulation error only": [
                span(a, b, 1) for a, b in zip(rows["low"], rows["high"], strict=True)
            ],
            "correlation": [number(v, 2) for v in rows["correlation"]],
            "P": "",
        }
    )
    return pd.concat([shares, means], ignore_index=True)


def spec(table: PairedTable, theme: Theme, width: int) -> Drawing:
    """Rows of dots around zero."""
    count = table.shares["scenario"].nunique()
    rows = [
        {
            "name": (f"{row['scenario']}: " if count > 1 else "") + MEASURES[str(row["measure"])],
            "value": 100 * row["value"],
            "low": 100 * row["low"],
            "high": 100 * row["high"],
            "label": signed(100 * row["value"]),
            "colour": theme.ember if row["low"] > 0 else theme.forest if row["high"] < 0 else theme.quiet,
        }
        for _, row in table.shares.iterrows()
        if row["measure"] in SHOWN
    ]
    data = pd.DataFrame(rows)
    reach = nice_top(float(max(data["high"].max(), -data["low"].min())), 1.0)
    room = name_room(width, max(len(str(name)) for name in data["name"]))
    return rows_chart(
        data, low=-reach, high=reach, width=width - room - 60, theme=theme, x_title="percentage points", zero=True
    )


def frame(table: PairedTable) -> pd.DataFrame:
    """Shares and means, told apart by the column `kind`."""
    return pd.concat([table.shares.assign(kind="share"), table.means.assign(kind="mean")], ignore_index=True)


PLOT = Plot("paired", "scenarios", read, title, subtitle, caption, alt_text, frame, short, spec)
