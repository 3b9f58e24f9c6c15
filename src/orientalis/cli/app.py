"""The commands in the order in which a newcomer meets them."""

import os
from typing import Annotated

import typer

from orientalis.cli import (
    check,
    cite,
    doctor,
    ledger,
    new,
    publish,
    report,
    reproduce,
    run,
    schema,
    show,
    status,
    summarise,
    verify,
    verify_bundle,
    verify_petition,
)
from orientalis.cli.main import DEBUG

app = typer.Typer(
    name="orientalis",
    help="What has to change for a threatened population to still be here in a hundred years?",
    epilog="Exit status: 0 done, 1 our fault or batches set aside, 2 bad input, 130 interrupted.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: at hand in half the time, and the same on every terminal
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("new")(new.new)
app.command("check")(check.check)
app.command("run")(run.run)
app.command("status")(status.status)
app.command("summarise")(summarise.summarise)
app.command("report")(report.report)
app.command("ledger")(ledger.ledger)
app.command("publish")(publish.publish)
app.command("verify-bundle")(verify_bundle.verify_bundle)
app.command("verify-petition")(verify_petition.verify_petition)
app.command("reproduce")(reproduce.reproduce)
app.command("show")(show.show)
app.command("cite")(cite.cite)
app.command("doctor")(doctor.doctor)
app.command("schema")(schema.schema)
app.command("verify")(verify.verify)


def _say_version(is_wanted: bool) -> None:
    if is_wanted:
        import orientalis

        typer.echo(f"orientalis {orientalis.__version__}")
        raise typer.Exit


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_say_version, is_eager=True)
    ] = False,
) -> None:
    """What has to change for a threatened population to still be here in a hundred years?"""
    if debug:
        os.environ[DEBUG] = "1"
