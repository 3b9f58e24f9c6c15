"""Arguments that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

StudyFile = Annotated[Path, typer.Argument(metavar="STUDY", help="The study: a TOML file.", show_default=False)]

RunDir = Annotated[Path, typer.Argument(metavar="DIR", help="A folder made by `orientalis run`.", show_default=False)]

Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="Set a parameter (killing.adult=0.02) or a key of the study (run.years=50); may be repeated.",
        show_default=False,
    ),
]

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON only, for programs.")]

BundleDir = Annotated[
    Path, typer.Argument(metavar="BUNDLE", help="A folder made by `orientalis publish`.", show_default=False)
]

Quietly = Annotated[bool, typer.Option("--quiet", help="Say nothing unless something is wrong.")]
