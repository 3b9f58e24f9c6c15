"""`orientalis verify`: the engine against theory and published cases."""

import importlib
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from typing import Annotated, Any

import typer

from orientalis.cli.arguments import AsJson
from orientalis.cli.output import say_json, say_table


def verify(
    only: Annotated[
        str | None, typer.Option(metavar="CASE", help="One case (V5.birth_death) or a family (V5).", show_default=False)
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Fewer replicates: within two minutes.")] = False,
    as_json: AsJson = False,
) -> None:
    """Compare the engine with theory and published cases.

    Exit status 1 when an exact or a statistical one does not agree.
    """
    found = importlib.import_module("orientalis.verify").run_cases(only=only, quick=quick)
    rows = [_plain(row) for row in found]
    if as_json:
        say_json(rows)
    else:
        names = ("case", "kind", "target", "got", "low", "high", "passed")
        say_table(names, [[_cell(row[name]) for name in names] for row in rows])
    if any(row["passed"] is False and row["kind"] in ("exact", "statistical") for row in rows):
        raise typer.Exit(1)


def _plain(row: Any) -> dict[str, Any]:
    if is_dataclass(row) and not isinstance(row, type):
        return asdict(row)
    if isinstance(row, Mapping):
        return dict(row)
    return dict(row._asdict())


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "NO"
    return f"{value:.6g}" if isinstance(value, float) else str(value)
