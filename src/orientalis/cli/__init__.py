"""The command line: `orientalis COMMAND`, one command a file. Heavy imports wait until a command needs them."""

from orientalis.cli.main import main

__all__ = ["main"]
