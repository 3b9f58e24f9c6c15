"""Errors that a user may meet: each is one paragraph and carries the exit code of the command line."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path


class OrientalisError(Exception):
    """Something that is our fault, or the machine's: the command line exits with `exit_code` 1."""

    exit_code: int = 1


class InputError(OrientalisError):
    """Bad input: names the file, the key, the value, what was expected and the nearest right name.

    `str()` of it is one paragraph. All but `what` may be left out. Exit code 2.
    """

    exit_code: int = 2

    def __init__(
        self,
        what: str,
        *,
        file: str | Path | None = None,
        key: str | None = None,
        value: object = None,
        expected: str | None = None,
        nearest: str | None = None,
    ) -> None:
        super().__init__(what)
        self.what = what
        self.file = file
        self.key = key
        self.value = value
        self.expected = expected
        self.nearest = nearest

    def __reduce__(self) -> tuple[object, ...]:
        """Keep every part when the error crosses to another process."""
        return _rebuild, (self.what, self.file, self.key, self.value, self.expected, self.nearest)

    def __str__(self) -> str:
        text = self.what.rstrip(".")
        place = []
        if self.file is not None:
            place.append(f"in {self.file}")
        if self.key is not None:
            place.append(f"at {self.key}")
        if place:
            text += " (" + ", ".join(place) + ")"
        if self.value is not None:
            text += f": got {_short(self.value)}"
        if self.expected is not None:
            text += f"; expected {self.expected.rstrip('.')}"
        text += "."
        if self.nearest is not None:
            text += f' Did you mean "{self.nearest}"?'
        return " ".join(text.split())


def nearest_name(word: str, names: Iterable[str]) -> str | None:
    """Return the one of `names` most like `word` (case ignored), or None when none is close."""
    by_lower = {name.lower(): name for name in sorted(names, reverse=True)}
    close = get_close_matches(word.lower(), list(by_lower), n=1, cutoff=0.6)
    return by_lower[close[0]] if close else None


def _short(value: object, limit: int = 120) -> str:
    """Show a value on one line, strings in double quotes, never longer than `limit` characters."""
    text = f'"{value}"' if isinstance(value, str) else repr(value)
    text = "".join(letter if letter.isprintable() else "?" for letter in text)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _rebuild(
    what: str, file: str | Path | None, key: str | None, value: object, expected: str | None, nearest: str | None
) -> InputError:
    return InputError(what, file=file, key=key, value=value, expected=expected, nearest=nearest)
