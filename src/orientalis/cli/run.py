"""`orientalis run STUDY --out DIR`: run a study, or go on with it."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from orientalis.cli.arguments import Sets, StudyFile
from orientalis.cli.output import duration, plural, say, warn

_Scenarios = Annotated[
    list[str] | None,
    typer.Option("--scenario", metavar="NAME", help="Only this scenario; may be repeated.", show_default=False),
]
_Out = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Where results go [default: out/STUDY].", show_default=False)
]
_Workers = Annotated[
    int | None, typer.Option(metavar="W", help="Processes [default: one a processor].", show_default=False)
]
_Cluster = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="A Dask scheduler, such as tcp://host:8786.", show_default=False),
]


def run(
    study: StudyFile,
    out: _Out = None,
    scenarios: _Scenarios = None,
    replicates: Annotated[int | None, typer.Option(metavar="N", help="Replicates.", show_default=False)] = None,
    years: Annotated[int | None, typer.Option(metavar="Y", help="Length in years.", show_default=False)] = None,
    workers: _Workers = None,
    seed: Annotated[int | None, typer.Option(metavar="S", help="Seed.", show_default=False)] = None,
    cluster: _Cluster = None,
    sets: Sets = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; run nothing.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing unless something is wrong.")] = False,
) -> None:
    """Run a study into a folder, or go on with it.

    What is finished there already is kept, so the same command goes on after any stop. More --replicates extend an
    earlier run. Results depend on the study alone: not on the workers, not on interruptions.
    """
    from orientalis.scenario import load_study, warnings_of

    given = [("run.replicates", replicates), ("run.years", years), ("run.seed", seed)]
    settings = [*(sets or []), *(f"{key}={value}" for key, value in given if value is not None)]
    loaded = load_study(study, settings)
    for line in warnings_of(loaded) if not quiet else ():
        warn(f"Note: {line}")
    if dry_run:
        from orientalis.cli.dry_run import show_plan

        show_plan(loaded, scenarios, workers)
        return
    folder = Path("out") / study.stem if out is None else out
    _run(loaded, folder, scenarios, workers, cluster, settings, quiet)


def _run(
    study: object,
    folder: Path,
    scenarios: list[str] | None,
    workers: int | None,
    cluster: str | None,
    settings: list[str],
    quiet: bool,
) -> None:
    from orientalis.cli.progress import display
    from orientalis.run import execute

    with display(quiet) as shown:
        try:
            outcome = execute(
                study,
                folder,
                scenarios=scenarios,
                workers=workers,
                cluster=cluster,
                progress=shown.progress,
                note=shown.note,
                provenance={"settings": settings},
            )
        except KeyboardInterrupt:
            shown.stop()
            warn(f"Interrupted. What was finished is kept in {folder}; the same command goes on from there.")
            raise typer.Exit(130) from None
    _explain_set_aside(outcome.set_aside)
    if not quiet and outcome.exit_code == 0:
        done = f"{plural(outcome.done, 'replicate')} in {duration(outcome.seconds)}"
        found = f", {plural(outcome.found, 'replicate')} were there already" if outcome.found else ""
        say(f"Finished: {done}{found}.")
        say(f"Results: {folder}")
        say(f"Next: orientalis report {folder}")
    if outcome.exit_code:
        raise typer.Exit(outcome.exit_code)


def _explain_set_aside(set_aside: object) -> None:
    from orientalis.cli.main import is_debugging
    from orientalis.run import SetAside

    assert isinstance(set_aside, tuple)
    for entry in set_aside:
        assert isinstance(entry, SetAside)
        warn(f"Set aside: batch {entry.batch} of {entry.scenario}: {entry.reason}.")
        if is_debugging() and entry.trace:
            print(entry.trace, file=sys.stderr)
    if set_aside:
        count = plural(len(set_aside), "batch", "batches")
        warn(f"Error: {count} could not be run; the others are finished. The same command tries again.")
