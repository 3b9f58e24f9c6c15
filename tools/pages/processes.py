"""The life cycle: its schedule, a page with a heading for each process, and its entities."""

import re
from typing import Any

from orientalis.engine import codes, state
from orientalis.engine.life_cycle import LIFE_CYCLE
from orientalis.engine.parameters import Rates
from orientalis.engine.process import Process
from tools.pages.parameters import parameter_table
from tools.pages.text import NOTE, code, table

CADENCES = {"tick": "every tick", "year_start": "first tick of a year", "year_end": "last tick of a year"}
ENTITIES: tuple[Any, ...] = (state.Animals, state.Ranges, state.Land, state.Slots, Rates)
CODES = (codes.Stage, codes.Sex, codes.Status, codes.Cause, codes.Event, codes.Stream)


def page() -> str:
    """Return `docs/reference/processes.md`."""
    lines = [
        "# Processes",
        NOTE,
        "The life cycle in its order. What each does, with its equations: [the model](../model/ODD.md). "
        "`orientalis show process NAME` prints the same.",
        schedule(),
    ]
    for process in LIFE_CYCLE:
        lines += [f"## {process.name}", process.summary, declaration(process)]
    return "\n\n".join(lines) + "\n"


def schedule() -> str:
    """Return the life cycle as a table: order, name, cadence, what it does."""
    rows = ((str(n), f"`{p.name}`", CADENCES[p.cadence], p.summary) for n, p in enumerate(LIFE_CYCLE, 1))
    return table(("", "process", "runs", "what it does"), rows)


def declaration(process: Process) -> str:
    """Return what a process declares, as a list."""
    streams = (stream.name.lower() for stream in process.streams)
    parts = {
        "runs": CADENCES[process.cadence],
        "reads": code(process.reads),
        "writes": code(process.writes),
        "draws from the streams": code(streams),
        "parameters": code(process.parameters),
    }
    return "\n".join(f"- {label}: {content}" for label, content in parts.items())


def submodel(name: str) -> str:
    """Return a process's declaration and the table of its parameters, for the model's description."""
    process = next(process for process in LIFE_CYCLE if process.name == name)
    parts = [f"*{process.summary}*", declaration(process)]
    if process.parameters:
        parts.append(parameter_table(process.parameters))
    return "\n\n".join(parts)


def entities() -> str:
    """Return the state variables, as the arrays that hold them describe themselves."""
    return "\n\n".join(_entity(kind) for kind in ENTITIES)


def _entity(kind: Any) -> str:
    """Return an array tuple's description: what it is, then a bullet for each array that its docstring explains."""
    text = " ".join((kind.__doc__ or "").split())
    names = "|".join(map(re.escape, kind._fields))
    listed = rf"(?:{names})(?: \[[^\]]*\])?(?:, (?:{names})(?: \[[^\]]*\])?)*(?=[:;.]| \()"
    parts = re.split(rf"(?<=;) (?=(?:{names})\b)|(?<=[.:]) (?={listed}|free \[)", text)
    bullets = [part.rstrip(";. ") for part in parts[1:]]
    lines = [f"**{kind.__name__}.** {parts[0].rstrip(';:')}"]
    return "\n\n".join([*lines, "\n".join(f"- {bullet}" for bullet in bullets)]).rstrip()


def enumerations() -> str:
    """Return the codes of stages, sexes, places, causes, events and streams."""
    rows = []
    for kind in CODES:
        members = ", ".join(f"{member.value} {member.name.lower().replace('_', ' ')}" for member in kind)
        rows.append((kind.__name__, (kind.__doc__ or "").split("\n")[0].rstrip("."), members))
    return table(("code", "what", "values"), rows)
