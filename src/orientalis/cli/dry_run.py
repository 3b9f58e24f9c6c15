"""`orientalis run --dry-run`: scenarios, replicates, memory and expected time, from a short trial."""

from collections.abc import Sequence
from typing import Any

from orientalis.cli.output import duration, number, say, say_table, size


def show_plan(study: Any, scenarios: Sequence[str] | None, workers: int | None) -> None:
    """Print the plan of a run; a few replicates are simulated to measure, nothing is written."""
    from orientalis.run import choose, estimate, usable_processors
    from orientalis.scenario import resolve

    specs = choose(resolve(study), scenarios)
    found = estimate(specs, workers or usable_processors())
    head = ("scenario", "replicates", "years", "batches", "draws")
    rows = [
        (s.scenario, number(s.replicates), str(s.years), number(-(-s.replicates // s.batch)), str(s.draws or "-"))
        for s in specs
    ]
    say_table(head, rows)
    say()
    say(f"Replicates: {number(sum(spec.replicates for spec in specs))} in {number(found.batches)} batches.")
    say(f"Workers:    {found.workers}")
    say(f"Memory:     about {size(found.memory)} in all ({size(found.batch_memory)} a batch).")
    say(f"Time:       about {duration(found.seconds)}, from a trial of {found.trial_replicates} replicates just now.")
    say("Nothing was run into a folder: leave out --dry-run to do it.")
