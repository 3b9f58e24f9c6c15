"""`orientalis verify-petition DELIVERY`: was a petition handed over as its manifest says?"""

from pathlib import Path
from typing import Annotated

import typer

from orientalis.cli.arguments import AsJson
from orientalis.cli.output import number, say, say_json, warn

FAILED = 1


def verify_petition(
    delivery: Annotated[
        Path,
        typer.Argument(metavar="DELIVERY", help="The folder or zip file of a delivery.", show_default=False),
    ],
    key: Annotated[
        str | None,
        typer.Option("--key", metavar="KEY", help="The site's public key: in hex, or its petition-key.json."),
    ] = None,
    bundle: Annotated[
        Path | None, typer.Option("--bundle", metavar="FOLDER", help="The bundle that the cited figures come from.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check that a delivered petition is whole and unchanged.

    Looked at are the signature of its manifest, every file and hash, and the number of signatures.

    Exit status 0: all of it holds; 1: something was changed, and what; 2: this cannot be read as a delivery.
    """
    from orientalis.delivery import verify

    report = verify(delivery, key, bundle)
    manifest, counts = report.manifest, report.manifest.counts
    if as_json:
        say_json(
            {
                "schema_version": 1,
                "is_whole": not report.faults,
                "hash": report.hash,
                "petition": manifest.petition,
                "site": manifest.site,
                "delivered_at": manifest.delivered_at,
                "counts": counts.model_dump(),
                "public_key": report.key,
                "is_key_given": report.is_key_given,
                "is_bundle_given": bundle is not None,
                "held": report.held,
                "faults": report.faults,
            }
        )
    elif not report.faults:
        say(f"{delivery} is whole: {manifest.petition}, handed over {manifest.delivered_at} by {manifest.site}")
        say(f"Supporters: {number(counts.supporters)}")
        for line in report.held:
            say(f"  {line}")
        if not report.is_key_given:
            say(f"Whose key this is, the delivery cannot prove: compare it with {manifest.site}/petition-key.json.")
        if bundle is None:
            say("The cited figures were not compared with their bundle: give it with --bundle.")
    else:
        for line in report.faults:
            warn(f"Wrong: {line}")
        warn(f"{delivery} is not what was handed over.")
    if report.faults:
        raise typer.Exit(FAILED)
