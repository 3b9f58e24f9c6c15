"""`orientalis publish DIR… --out BUNDLE`: make a bundle of evidence of finished runs."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from orientalis.cli.arguments import Quietly
from orientalis.cli.output import number, plural, say

_RunDirs = Annotated[
    list[Path],
    typer.Argument(metavar="DIR...", help="Folders made by `orientalis run`; the first leads.", show_default=False),
]
_Out = Annotated[Path, typer.Option("--out", metavar="BUNDLE", help="Where the bundle goes.", show_default=False)]
_Day = Annotated[
    str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Date of the evidence [default: today].",
                             show_default=False)
]  # fmt: skip


def publish(folders: _RunDirs, out: _Out, day: _Day = None, quiet: Quietly = False) -> None:
    """Make a bundle of evidence of finished runs.

    Findings, series, maps, figures and sources, for the site and for whoever checks them. The first scenario of the
    first run is the baseline. An earlier bundle at the place is replaced. The same runs and date give the same bytes.
    """
    given = _date(day)
    from orientalis.publish import publish_bundle

    bundle = publish_bundle(folders, out, given)
    if quiet:
        return
    total = sum(file.size for file in bundle.manifest.files)
    say(f"The bundle: {out}")
    say(f"Hash: {bundle.hash}")
    say(f"{plural(len(bundle.findings), 'finding')}, {plural(len(bundle.runs), 'run')}, {number(total)} bytes.")
    say(f"Next: orientalis verify-bundle {out}")


def _date(text: str | None) -> date:
    if text is None:
        return date.today()
    from orientalis.core.errors import InputError

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError("not a date", key="--date", value=text, expected="YYYY-MM-DD, such as 2026-11-24") from None
