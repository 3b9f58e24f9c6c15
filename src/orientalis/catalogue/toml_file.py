"""Read a TOML file, or say in one paragraph why it cannot be read."""

import re
import tomllib
from pathlib import Path
from typing import Any

from orientalis.core.errors import InputError


def read_text(path: Path, what: str) -> str:
    """Return the text of a UTF-8 file; InputError when it is missing, not readable, binary or empty.

    `what` names the kind of file in messages, such as "species file".
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"the {what} does not exist", file=path) from None
    except IsADirectoryError:
        raise InputError(f"the {what} is a folder", file=path, expected="a file") from None
    except OSError as error:
        raise InputError(f"the {what} cannot be read: {error.strerror}", file=path) from None
    except ValueError:
        raise InputError(f"the {what} has a name that no file can have", value=str(path)) from None
    if not content.strip():
        raise InputError(f"the {what} is empty", file=path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"the {what} is not text", file=path, expected="a text file in UTF-8") from None
    if "\0" in text:
        raise InputError(f"the {what} is not text", file=path, expected="a text file in UTF-8")
    return text


def read_toml(path: Path, what: str) -> dict[str, Any]:
    """Return the tables of a TOML file; InputError with the broken line shown when it is not TOML."""
    text = read_text(path, what)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise InputError(f"the {what} is nested too deeply", file=path, expected="tables in plain sections") from None
    except tomllib.TOMLDecodeError as error:
        number = _line_of(str(error), text)
        reason = re.sub(r" \(at .*\)$", "", str(error))
        line = text.split("\n")[number - 1].strip()
        raise InputError(
            f"the {what} is not valid TOML: {reason}", file=path, key=f"line {number}", value=line
        ) from None


def _line_of(message: str, text: str) -> int:
    """Return the 1-based number of the line that a parser's message speaks of (the last one when it names none)."""
    last = text.rstrip().count("\n") + 1
    found = re.search(r"at line (\d+)", message)
    return min(int(found.group(1)), last) if found else last
