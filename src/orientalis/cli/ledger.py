"""`orientalis ledger DIR --out FILE`: every death of a run that recorded its events, a row each."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orientalis.cli.arguments import AsJson, RunDir
from orientalis.cli.output import number, say, say_json, say_table
from orientalis.core.errors import InputError, nearest_name

if TYPE_CHECKING:
    from orientalis.store import Runs

_Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="A CSV file for the deaths, a row each.", show_default=False),
]
_Scenarios = Annotated[
    list[str] | None,
    typer.Option("--scenario", metavar="NAME", help="Only this scenario; may be repeated.", show_default=False),
]


def ledger(folder: RunDir, out: _Out = None, scenarios: _Scenarios = None, as_json: AsJson = False) -> None:
    """List every death by cause, cell, sex and age.

    For studies that record events. Without --out, the sums by cause alone. Cells are those of simulated animals: no
    real animal is placed by them.
    """
    import pandas as pd

    from orientalis.analysis.ledger import EVENTS, by_cause
    from orientalis.analysis.ledger import ledger as ledger_of
    from orientalis.store import explain_write, read

    runs = read(folder)
    parts = []
    for position, name in enumerate(_chosen(runs, scenarios, folder)):
        content = runs.entry(name).specification
        ticks = 12 if content["tick"] == "month" else 1
        deaths = ledger_of(runs.events(name, EVENTS), name, ticks_a_year=ticks, width=_width(content))
        parts.append(by_cause(deaths))
        if out is not None:
            with explain_write(out):
                out.parent.mkdir(parents=True, exist_ok=True)
                with out.open("a" if position else "w", encoding="utf-8", newline="") as sink:
                    deaths.to_csv(sink, header=position == 0, index=False, lineterminator="\n")
    _print(pd.concat(parts, ignore_index=True).to_dict("records"), out, as_json)


def _chosen(runs: "Runs", asked: list[str] | None, folder: Path) -> list[str]:
    """Return the scenarios asked for, all by default; InputError for an unknown one or one without events."""
    names = [name for name in runs.default_scenarios if runs.entry(name).specification.get("events")]
    for name in asked or ():
        if name not in runs.default_scenarios:
            nearest = nearest_name(name, runs.default_scenarios)
            raise InputError("the run has no such scenario", file=folder, value=name, nearest=nearest)
    chosen = [name for name in asked or names if name in names]
    if not chosen:
        raise InputError(
            "this run recorded no events, so it has no ledger of deaths",
            file=folder,
            key="record.events",
            value=False,
            expected="events = true below [record], and a run into a new folder",
        )
    return chosen


def _width(content: Any) -> int:
    """Return the cells in a row of the map, 0 without a map."""
    from orientalis.geography import landscape_folder
    from orientalis.geography.manifest import read_manifest

    held = content["landscape"]
    if held is None:
        return 0
    try:
        manifest, shown, sha256 = read_manifest(landscape_folder(str(held["name"])) / "manifest.json")
    except InputError:
        return 0
    del manifest
    return int(shown["shape"][1]) if sha256 == held["sha256"] else 0


def _print(rows: list[dict[Any, Any]], out: Path | None, as_json: bool) -> None:
    if as_json:
        say_json({"schema_version": 1, "deaths": rows})
        return
    head = ("scenario", "cause", "deaths", "share", "median age, months", "cells")
    table = [
        (r["scenario"], r["cause"], number(r["deaths"]), number(r["share"], 4), number(r["median_age"]),
         number(r["cells"]))
        for r in rows
    ]  # fmt: skip
    say_table(head, table)
    if out is not None:
        say(f"{number(sum(row['deaths'] for row in rows))} deaths: {out}")
