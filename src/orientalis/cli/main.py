"""Starts a command and turns whatever happens into an exit status.

0 done, 1 our fault, 2 bad input, 130 interrupted.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from orientalis.core.errors import OrientalisError

DEBUG = "ORIENTALIS_DEBUG"
"""Environment variable that, when set and not 0, asks for the traceback of an error; so does `--debug`."""

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):  # a terminal that cannot show a letter gets a question mark
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    code = run(sys.argv[1:] if arguments is None else arguments)
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the output has left: nothing more to say, not at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run a command and return the exit status; every error becomes one paragraph on the error stream."""
    from orientalis.cli.app import app

    try:
        return int(app(list(arguments), prog_name="orientalis", standalone_mode=False) or 0)
    except OrientalisError as error:
        return _explain(str(error), error.exit_code)
    except KeyboardInterrupt:
        return _explain("Interrupted.", INTERRUPTED)
    except BrokenPipeError:
        return 0
    except MemoryError:
        text = "The memory of this machine does not suffice. Use fewer --workers or a smaller run.batch."
        return _explain(text, 1)
    except Exception as error:
        return _of_the_parser(error)


def is_debugging() -> bool:
    """Whether tracebacks are wanted."""
    return os.environ.get(DEBUG, "0") not in ("", "0")


def _of_the_parser(error: Exception) -> int:
    """Explain a wrong option or argument (2), or admit that the fault is ours (1)."""
    explain = getattr(error, "format_message", None)
    if explain is not None:
        text = " ".join(str(explain()).split())
        context = getattr(error, "ctx", None)
        hint = f" Try: {context.command_path} --help" if context is not None else ""
        return _explain((text if text.endswith((".", "?")) else text + ".") + hint, getattr(error, "exit_code", 2))
    text = f"Something went wrong inside Orientalis: {type(error).__name__}: {error}".rstrip(".")
    return _explain(f"{text}. This is our fault; with --debug, or {DEBUG}=1, the traceback is shown.", 1)


def _explain(text: str, code: int) -> int:
    if is_debugging() and code != INTERRUPTED:
        import traceback

        traceback.print_exc()
    with suppress(OSError):
        print("Error: " + text if code != INTERRUPTED else text, file=sys.stderr, flush=True)
    return code
