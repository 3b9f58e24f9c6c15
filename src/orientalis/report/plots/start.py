"""Is the start a threat of its own? Yearly losses in the first years."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

from orientalis.analysis.start import EARLY, LATER, TOLERANCE, StartCheck, check_start, losses_by_year
from orientalis.report.answers import Answers
from orientalis.report.plots.plot import Drawing, Plot, beside, is_small, nice_top, panel_width, stack
from orientalis.report.theme import BAND_80, Theme, panel_title
from orientalis.report.words import percent, signed


@dataclass(frozen=True)
class StartTable:
    """Yearly losses by scenario, and each scenario's check."""

    rows: pd.DataFrame
    checks: dict[str, StartCheck]
    footnote: str


def read(answers: Answers) -> StartTable | None:
    """The first fifteen years of every scenario."""
    rows = pd.concat(
        [losses_by_year(one.panel).assign(scenario=one.label) for one in answers.scenarios], ignore_index=True
    )
    if rows.empty or rows["value"].isna().all():
        return None
    return StartTable(rows, {one.label: check_start(one.panel) for one in answers.scenarios}, answers.footnote())


def title(table: StartTable) -> str:
    """Fair or not."""
    unfair = [name for name, check in table.checks.items() if check.is_fair is False]
    known = [check for check in table.checks.values() if check.is_fair is not None]
    if not known:
        return "Too few years to tell whether the start is a threat of its own"
    if unfair:
        change = table.checks[unfair[0]].change
        return (
            f"The start moves the answer: losses in years 1–2 differ by "
            f"{signed(100 * (change or 0), 0)}\u202f% ({unfair[0]})"
        )
    widest = max(known, key=lambda check: abs(check.change or 0)).change
    return f"The start is no threat of its own: losses in years 1–2 differ by {percent(abs(widest or 0))} or less"


def subtitle(table: StartTable) -> str:
    """What is drawn."""
    return (
        "Animals of 12 months or more lost in a year, % of those alive the December before; band: the mean of years "
        f"{LATER[0]}–{LATER[1]} ± {100 * TOLERANCE:.0f} %"
    )


def caption(table: StartTable) -> str:
    """How to read it."""
    return (
        f"Years {EARLY[0]}–{EARLY[1]} are compared with years {LATER[0]}–{LATER[1]}. Rules: 95 % interval of the mean, "
        f"simulation error only. {table.footnote}"
    )


def alt_text(table: StartTable) -> str:
    """The chart in words."""
    parts = [
        f"{name}: {percent(check.early)} a year at first, {percent(check.later)} later"
        for name, check in table.checks.items()
    ]
    return "Yearly losses after the start. " + "; ".join(parts) + "."


def short(table: StartTable) -> pd.DataFrame:
    """Early, later, change."""
    return pd.DataFrame(
        [
            {
                "scenario": name,
                "years 1–2": percent(check.early),
                "years 5–10": percent(check.later),
                "change": "not defined" if check.change is None else signed(100 * check.change, 1) + "\u202f%",
                "within ±20 %": {True: "yes", False: "no", None: "cannot tell"}[check.is_fair],
            }
            for name, check in table.checks.items()
        ]
    )


def spec(table: StartTable, theme: Theme, width: int) -> Drawing:
    """One panel a scenario, one scale."""
    rows = table.rows.dropna(subset=["value"])
    rows = rows.assign(
        value=rows["value"] * 100,
        low=rows["low"].fillna(rows["value"]) * 100,
        high=rows["high"].fillna(rows["value"]) * 100,
    )
    names = list(table.checks)
    laters = [100 * check.later * (1 + TOLERANCE) for check in table.checks.values() if check.later is not None]
    top = nice_top(max([float(rows["high"].max()), *laters]), 1.0)
    inner = panel_width(width, len(names), 60)
    panels = [
        _panel(
            rows[rows["scenario"] == name], table.checks[name], name, top, inner, 170 if is_small(width) else 200, theme
        )
        for name in names
    ]
    return beside(panels, width)


def _panel(
    rows: pd.DataFrame, check: StartCheck, name: str, top: float, width: int, height: int, theme: Theme
) -> alt.LayerChart:
    """One scenario."""
    last = max(int(rows["year"].max()) if len(rows) else 1, LATER[1])
    x = alt.X(
        "year:Q",
        scale=alt.Scale(domain=[0, last + 0.5], nice=False),
        axis=alt.Axis(values=[1, 2, *range(5, last + 1, 5)], format="d", title="year of the run"),
    )
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[0, top]),
        title=None,
        axis=alt.Axis(tickCount=4, labelExpr="datum.label + ' %'"),
    )
    layers: list[alt.Chart] = []
    if check.later is not None:
        box = pd.DataFrame(
            [
                {
                    "a": 0.0,
                    "b": last + 0.5,
                    "value": 100 * check.later * (1 - TOLERANCE),
                    "upper": 100 * check.later * (1 + TOLERANCE),
                }
            ]
        )
        layers.append(
            alt.Chart(box)
            .mark_rect(color=theme.frost, opacity=BAND_80)
            .encode(x=alt.X("a:Q", title="year of the run"), x2="b:Q", y=y, y2="upper:Q")
        )
    data = rows.assign(is_early=rows["year"] <= EARLY[1])
    colour = alt.condition("datum.is_early", alt.value(theme.ember), alt.value(theme.ink))
    layers.append(
        alt.Chart(data).mark_rule(strokeWidth=1.6).encode(x=x, y=alt.Y("low:Q", title=None), y2="high:Q", color=colour)
    )
    layers.append(alt.Chart(data).mark_point(filled=True, size=42, opacity=1).encode(x=x, y=y, color=colour))
    return stack(*layers, width=width, height=height, title=panel_title(name, theme))


PLOT = Plot("start", "start", read, title, subtitle, caption, alt_text, lambda table: table.rows, short, spec)
