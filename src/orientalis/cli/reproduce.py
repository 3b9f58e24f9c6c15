"""`orientalis reproduce BUNDLE [FINDING]`: run what a finding rests on again, and compare."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orientalis.cli.arguments import BundleDir, Quietly
from orientalis.cli.output import plural, say, warn

if TYPE_CHECKING:
    from orientalis.evidence import Finding

_Finding = Annotated[
    str | None,
    typer.Argument(metavar="FINDING", help="Its id, such as extinct.status_quo [default: all].", show_default=False),
]
_Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Keep the runs here and go on from there [default: not kept].",
                 show_default=False),
]  # fmt: skip
_Workers = Annotated[
    int | None, typer.Option(metavar="W", help="Processes [default: one a processor].", show_default=False)
]


def reproduce(
    folder: BundleDir, finding: _Finding = None, out: _Out = None, workers: _Workers = None, quiet: Quietly = False
) -> None:
    """Run a bundle's studies again and compare.

    The seeds are the same, so the findings must be. Only the scenarios that the finding needs are run. A line a
    finding; exit status 1 when one differs.
    """
    from orientalis.evidence import open_bundle
    from orientalis.publish.reproduce import other_versions
    from orientalis.publish.reproduce import reproduce as run_again

    def execute(specs: Sequence[Any], names: list[str], place: Path, text: str) -> None:
        _execute(specs, names, place, text, workers, quiet)

    bundle = open_bundle(folder)
    with _place(out) as place:
        found = run_again(bundle, finding, place, execute)
    other = [one for one in found if not one.is_same]
    for one in other if quiet else found:
        again = "not found" if one.again is None else _words(one.again)
        here = f"differs: published {_words(one.published)}, again {again}"
        say(f"{one.published.id}: {f'same, {_words(one.published)}' if one.is_same else here}")
    if not quiet:
        say(f"{plural(len(found), 'finding')}, {len(found) - len(other)} the same, {len(other)} different.")
    differing = other_versions(bundle.runs.values())
    if differing and (other or not quiet):
        warn(f"Note: {', '.join(differing)}: there, values need only agree within their intervals.")
    if other:
        raise typer.Exit(1)


def _execute(specs: Sequence[Any], names: list[str], place: Path, text: str, workers: int | None, quiet: bool) -> None:
    from orientalis.cli.progress import display
    from orientalis.core.errors import OrientalisError
    from orientalis.run.execute import execute_specs

    with display(quiet) as shown:
        outcome = execute_specs(
            specs, place, text=text, scenarios=names, workers=workers, progress=shown.progress, note=shown.note
        )
    if outcome.set_aside:
        first = outcome.set_aside[0]
        warn(f"Set aside: batch {first.batch} of {first.scenario}: {first.reason}.")
        raise OrientalisError("Some batches could not be run, so nothing can be compared.")


@contextmanager
def _place(out: Path | None) -> Iterator[Path]:
    if out is not None:
        yield out
        return
    with tempfile.TemporaryDirectory(prefix="orientalis-") as folder:
        yield Path(folder)


def _words(finding: "Finding") -> str:
    """Value and interval as they stand, without rounding."""
    interval = finding.interval
    ends = "" if interval.low is None and interval.high is None else f" ({interval.low!r} to {interval.high!r})"
    return f"{finding.value!r}{ends}"
