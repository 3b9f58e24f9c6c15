"""Who is born, who dies of what, and who finds no mate."""

from __future__ import annotations

import numpy as np
import pandas as pd

from orientalis.analysis.intervals import ratio
from orientalis.analysis.panel import CLASSES, OVER_ONE_YEAR, STAGES, IntArray, Panel

CAUSE_WORDS = {
    "natural": "natural causes",
    "infanticide": "killed by males",
    "orphaned": "mother lost",
    "people": "killed by people",
    "catastrophe": "catastrophic years",
    "dispersal": "on the move",
    "contest": "fights for territory",
    "old_age": "old age",
    "ceiling": "above the ceiling",
    "emigrated": "left the window",
    "trade": "killed for skin and bone",
    "chance": "shot by a hunter of deer",
    "snare": "snares",
    "retaliation": "killed in retaliation",
    "accident": "roads and rails",
    "distemper": "distemper",
    "starved": "hunger",
    "inbreeding": "inbreeding",
    "tiger": "killed by tigers",
    "predator": "cubs taken by predators",
    "disturbance": "dens disturbed",
    "none": "not known",
}


def deaths(panel: Panel, first: int = 1, last: int | None = None) -> pd.DataFrame:
    """Losses by stage, sex and cause in the years `first` to `last`.

    Columns scenario, class, stage, sex, cause, number (sum over runs), per_year (a run and year), share (of all
    losses), per_100 (a year, of 100 animals of the class at the census before). Only causes that occurred.
    """
    end = panel.years if last is None else min(last, panel.years)
    columns = ["scenario", "class", "stage", "sex", "cause", "number", "per_year", "share", "per_100"]
    rows = []
    runs_years = max(1, len(panel.replicates) * max(0, end - first + 1))
    for name in sorted(panel.items):
        parts = name.split(".")
        if len(parts) != 3 or parts[0] != "deaths" or parts[1] not in CLASSES:
            continue
        number = int(panel.items[name][:, first : end + 1].sum())
        if number == 0:
            continue
        at_risk = int(panel.item(f"number.{parts[1]}")[:, max(0, first - 1) : end].sum())
        stage, sex = parts[1].split("_")
        rows.append(
            (
                panel.scenario,
                parts[1],
                stage,
                sex,
                parts[2],
                number,
                number / runs_years,
                0.0,
                100 * number / at_risk if at_risk else np.nan,
            )
        )
    table = pd.DataFrame(rows, columns=columns)
    total = table["number"].sum()
    table["share"] = table["number"] / total if total else 0.0
    return table


def deaths_by_stage(table: pd.DataFrame) -> pd.DataFrame:
    """The table of `deaths` with the sexes together."""
    keys = ["scenario", "stage", "cause"]
    summed = table.groupby(keys, as_index=False, sort=False)[["number", "per_year", "share"]].sum()
    order = {name: i for i, name in enumerate(STAGES)}
    return summed.sort_values(
        ["scenario", "stage", "per_year"],
        key=lambda c: c.map(order) if c.name == "stage" else c,
        ascending=[True, True, False],
        ignore_index=True,
    )


def births_by_year(panel: Panel) -> pd.DataFrame:
    """Mean births and litters a run, by year; cubs per litter where there were litters."""
    years = np.arange(1, panel.years + 1)
    born = panel.item("births.female") + panel.item("births.male")
    litters = panel.item("litters")
    sums, bundles = born[:, 1:].sum(axis=0), litters[:, 1:].sum(axis=0)
    n = max(1, len(panel.replicates))
    size = np.divide(sums, bundles, out=np.full(sums.shape, np.nan), where=bundles > 0)
    return pd.DataFrame(
        {"scenario": panel.scenario, "year": years, "births": sums / n, "litters": bundles / n, "litter_size": size}
    )


def unmated_by_numbers(panel: Panel, edges: tuple[int, ...] = (0, 5, 10, 20, 40, 80, 160, 320)) -> pd.DataFrame:
    """Share of ready females that found no male, by the adults alive the December before: the Allee curve.

    Columns scenario, adults_from, adults_to, ready, unmated, value, low, high (delta method over runs).
    """
    before = panel.adults()[:, :-1]
    ready, alone = panel.item("ready")[:, 1:], panel.item("unmated")[:, 1:]
    rows = []
    for start, end in zip(edges, (*edges[1:], None), strict=True):
        inside = (before >= start) if end is None else (before >= start) & (before < end)
        top, bottom = (alone * inside).sum(axis=1), (ready * inside).sum(axis=1)
        used = bottom > 0
        found = ratio(top[used], bottom[used])
        if found.value is not None:
            low = None if found.low is None else max(0.0, found.low)
            high = None if found.high is None else min(1.0, found.high)
            rows.append((panel.scenario, start, end, int(bottom.sum()), int(top.sum()), found.value, low, high))
    names = ["scenario", "adults_from", "adults_to", "ready", "unmated", "value", "low", "high"]
    return pd.DataFrame(rows, columns=names)


def unmated_share(panel: Panel, first: int = 1, last: int | None = None) -> float | None:
    """Share of ready females without a mate over the years; None where none was ready."""
    end = panel.years if last is None else last
    ready: IntArray = panel.item("ready")[:, first : end + 1]
    total = int(ready.sum())
    return int(panel.item("unmated")[:, first : end + 1].sum()) / total if total else None


def stages_at(panel: Panel, years: tuple[int, ...] | None = None) -> pd.DataFrame:
    """Animals by stage and sex: the mean over all runs and the 5 to 95 % of runs, at the start and at the end."""
    chosen = (0, panel.years) if years is None else tuple(year for year in years if 0 <= year <= panel.years)
    rows = []
    for year in dict.fromkeys(chosen):
        for name in CLASSES:
            values = panel.item(f"number.{name}")[:, year]
            stage, sex = name.split("_")
            low, high = np.quantile(values, (0.05, 0.95)) if values.size else (np.nan, np.nan)
            rows.append((panel.scenario, year, stage, sex, float(values.mean()) if values.size else np.nan, low, high))
    return pd.DataFrame(rows, columns=["scenario", "year", "stage", "sex", "mean", "low", "high"])


def death_shares(panel: Panel, classes: tuple[str, ...] = OVER_ONE_YEAR) -> pd.DataFrame:
    """Share of each cause in all recorded deaths of the classes; animals that left the window are no deaths.

    Columns scenario, cause, number, value, low, high (delta method over runs, cut to 0..1), replicates; causes in the
    order of their names, only those that occurred.
    """
    by_cause: dict[str, IntArray] = {}
    for name in sorted(panel.items):
        parts = name.split(".")
        if len(parts) == 3 and parts[0] == "deaths" and parts[1] in classes and parts[2] != "emigrated":
            by_cause[parts[2]] = by_cause.get(parts[2], 0) + panel.items[name].sum(axis=1)
    total = np.sum(list(by_cause.values()), axis=0) if by_cause else np.zeros(len(panel.replicates), np.int64)
    rows = []
    for cause, number in sorted(by_cause.items()):
        found = ratio(number, total)
        if number.sum() and found.value is not None:
            low = None if found.low is None else max(0.0, found.low)
            high = None if found.high is None else min(1.0, found.high)
            rows.append((panel.scenario, cause, int(number.sum()), found.value, low, high, found.n))
    return pd.DataFrame(rows, columns=["scenario", "cause", "number", "value", "low", "high", "replicates"])


def shares_by_year(panel: Panel, classes: tuple[str, ...] = OVER_ONE_YEAR) -> pd.DataFrame:
    """Yearly share of each cause in the deaths of the classes, all runs together; emigrants are no deaths.

    Columns scenario, year, cause, number (sum over runs), value, low, high (delta method over runs, cut to 0..1); years
    in which nobody died are left out; causes that occurred in any year stand in every year, the commonest first.
    """
    by_cause: dict[str, IntArray] = {}
    for name in sorted(panel.items):
        parts = name.split(".")
        if len(parts) == 3 and parts[0] == "deaths" and parts[1] in classes and parts[2] != "emigrated":
            by_cause[parts[2]] = by_cause.get(parts[2], 0) + panel.items[name]
    columns = ["scenario", "year", "cause", "number", "value", "low", "high"]
    common = sorted((cause for cause, counts in by_cause.items() if counts.sum()), key=lambda c: -by_cause[c].sum())
    if not common:
        return pd.DataFrame(columns=columns)
    total = np.sum([by_cause[cause] for cause in common], axis=0)
    rows = []
    for year in range(1, panel.years + 1):
        for cause in common if total[:, year].sum() else ():
            found = ratio(by_cause[cause][:, year], total[:, year])
            low = None if found.low is None else max(0.0, found.low)
            high = None if found.high is None else min(1.0, found.high)
            rows.append((panel.scenario, year, cause, int(by_cause[cause][:, year].sum()), found.value, low, high))
    return pd.DataFrame(rows, columns=columns)
