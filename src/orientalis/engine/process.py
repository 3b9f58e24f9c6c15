"""What a process is: a named step that says what it reads, what it writes and from which streams it draws."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from orientalis.engine.codes import Stream

if TYPE_CHECKING:
    from orientalis.engine.world import World

Cadence = Literal["tick", "year_start", "year_end"]


@dataclass(frozen=True)
class Process:
    """One entry of the life cycle.

    name; summary: one sentence for the documentation; cadence: every tick, or the first or last tick of a year;
    reads, writes: dotted names of arrays of the world (`animals.age`); streams it draws from; parameters: dotted paths
    it uses; is_on: whether a study has it; step: one tick for all replicates of the batch. A process calls no other.
    """

    name: str
    summary: str
    cadence: Cadence
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    streams: tuple[Stream, ...]
    parameters: tuple[str, ...]
    step: "Callable[[World], None]"
    is_on: "Callable[[World], bool]" = lambda world: True


def on_a_map(world: "World") -> bool:
    """Whether the study has a map."""
    return world.settings.is_spatial
