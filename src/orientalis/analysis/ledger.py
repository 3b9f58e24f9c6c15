"""The ledger: every death of a run that recorded its events, by cause, cell of the model, sex and age."""

from __future__ import annotations

import pandas as pd

from orientalis.engine.codes import Cause, Event, Sex

COLUMNS = ("scenario", "replicate", "year", "month", "sex", "age_months", "cause", "row", "column")
EVENTS = ("replicate", "tick", "kind", "uid", "sex", "age", "cell", "cause")
"""The columns of the events that a ledger is made of."""

NO_PLACE = -1


def ledger(events: pd.DataFrame, scenario: str, *, ticks_a_year: int = 12, width: int = 0) -> pd.DataFrame:
    """A row a death, in the order of replicates and time.

    events: as recorded, with the columns EVENTS; `width`: cells in a row of the map, 0 without one. year counts the
    years of the run from 1, as the tallies do; month 1 to 12, 0 where a tick is a year; row and column count cells from
    the north-west corner, -1 where there is no map. Animals that left the map are among them (emigrated).
    """
    dead = events[events["kind"] == Event.DEATH].sort_values(["replicate", "tick", "uid"], kind="stable")
    cell = dead["cell"].to_numpy()
    has_place = (cell >= 0) & (width > 0)
    tick = dead["tick"].to_numpy()
    return pd.DataFrame(
        {
            "scenario": scenario,
            "replicate": dead["replicate"].to_numpy(),
            "year": tick // ticks_a_year + 1,
            "month": tick % ticks_a_year + 1 if ticks_a_year == 12 else 0,
            "sex": dead["sex"].map({sex.value: sex.name.lower() for sex in Sex}).to_numpy(),
            "age_months": dead["age"].to_numpy(),
            "cause": dead["cause"].map({cause.value: cause.name.lower() for cause in Cause}).to_numpy(),
            "row": (cell // max(width, 1)).astype("int64") * has_place + NO_PLACE * ~has_place,
            "column": (cell % max(width, 1)).astype("int64") * has_place + NO_PLACE * ~has_place,
        },
        columns=list(COLUMNS),
    )


def by_cause(deaths: pd.DataFrame) -> pd.DataFrame:
    """A row a scenario and cause, the commonest first: deaths, their share, median age in months, cells with one."""
    grouped = deaths.groupby(["scenario", "cause"], sort=False)
    table = grouped.agg(deaths=("age_months", "size"), median_age=("age_months", "median")).reset_index()
    table["share"] = table["deaths"] / table.groupby("scenario")["deaths"].transform("sum")
    placed = deaths[deaths["row"] >= 0].drop_duplicates(["scenario", "cause", "row", "column"])
    cells = placed.groupby(["scenario", "cause"]).size().rename("cells").reset_index()
    table = table.merge(cells, how="left", on=["scenario", "cause"]).fillna({"cells": 0}).astype({"cells": "int64"})
    return table.sort_values(["scenario", "deaths", "cause"], ascending=[True, False, True], ignore_index=True)
