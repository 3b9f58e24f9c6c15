"""Lines of text by measured width: words in English and Russian, characters in Chinese.

Russian and English keep very short words with the next word and a dash with the word before. In Chinese no line begins
with a closing mark or ends with an opening one, numbers and Latin words stay whole, and a number keeps the character
that follows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from orientalis_site.share.lettering import Style, Type

NOT_FIRST = "，。、；：！？）》〉」】”’％%…·—–,.;:!?)]»"
NOT_LAST = "（《〈「【“‘([«"
ELLIPSIS = "…"
SHORT = {"en": 1, "ru": 2}
NO_BREAK = "\u00a0"
_WHOLE = re.compile(r"[0-9A-Za-z\u00a0\u2009\u202f.,+<>≥≤%°/′–−-]*[0-9A-Za-z%°]|.", re.DOTALL)


class DoesNotFitError(ValueError):
    """A text that may not be shortened does not fit at its smallest size."""


@dataclass(frozen=True)
class Block:
    """Lines of one type."""

    lines: tuple[str, ...]
    type: Type


@dataclass(frozen=True)
class Room:
    """How a text may be set: sizes in pixels, largest first, each with the most lines, and the width in pixels."""

    sizes: Sequence[tuple[float, int]]
    width: float
    may_shorten: bool = False


def units(text: str, language: str) -> list[str]:
    """The text cut wherever a line may end; the pieces joined are the text again, spaces stand at their ends."""
    if language == "zh-hans":
        pieces = [part for word in re.findall(r"[^ ]+ *", text) for part in _characters(word)]
    else:
        pieces = re.findall(r"[^ ]+ *", text)
    joined: list[str] = []
    for piece in pieces:
        if joined and _belongs(joined[-1], piece, language):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _characters(word: str) -> list[str]:
    pieces = _WHOLE.findall(word.rstrip(" "))
    return [*pieces[:-1], pieces[-1] + word[len(word.rstrip(" ")) :]]


def _belongs(before: str, piece: str, language: str) -> bool:
    """Whether no line may end between the two."""
    if language == "zh-hans":
        end = before.rstrip(" ")[-1]
        return piece[0] in NOT_FIRST or end in NOT_LAST or (end.isdecimal() and before[-1] == end)
    last = re.split(r"[ \u00a0]", before.rstrip(" "))[-1].lstrip(NOT_LAST)
    return piece.strip(" ") in ("—", "–") or (last.isalpha() and len(last) <= SHORT.get(language, 1))


def break_lines(pieces: Sequence[str], width: float, measure: Callable[[str], float]) -> list[str] | None:
    """Fill lines one after the other; None where one piece alone is too wide."""
    lines: list[str] = []
    current = ""
    for piece in pieces:
        if measure(piece.rstrip(" ")) > width:
            return None
        if current and measure((current + piece).rstrip(" ")) > width:
            lines.append(current.rstrip(" "))
            current = piece
        else:
            current += piece
    return [*lines, current.rstrip(" ")] if current else lines


def fit(text: str, language: str, style: Style, room: Room) -> Block:
    """The text at the largest size at which it fits, its lines as even as can be.

    Raises DoesNotFitError, unless the text may be shortened: then it ends with three points.
    """
    pieces = units(text, language)
    for size, most in room.sizes:
        kind = Type(language, style, size)
        lines = break_lines(pieces, room.width, kind.width)
        if lines is not None and len(lines) <= most:
            return Block(tuple(_even(pieces, len(lines), room.width, kind)), kind)
    if not room.may_shorten:
        raise DoesNotFitError(f"{text!r} does not fit in {most} lines of {room.width:.0f} pixels at {size} pixels")
    return Block(tuple(_shorten(text, most, room.width, kind)), kind)


def _even(pieces: Sequence[str], count: int, width: float, kind: Type) -> list[str]:
    """Break at the narrowest width that needs no more lines."""
    low, high = width / 2, width
    best = break_lines(pieces, high, kind.width) or []
    while count > 1 and high - low > 4:
        middle = (low + high) / 2
        lines = break_lines(pieces, middle, kind.width)
        if lines is not None and len(lines) == count:
            best, high = lines, middle
        else:
            low = middle
    return best


def _shorten(text: str, most: int, width: float, kind: Type) -> list[str]:
    """Leave out the end, by pieces; by characters where a single piece is too wide."""
    for cut in (lambda whole: units(whole, kind.language), list):
        parts = cut(text)
        for kept in range(len(parts), 0, -1):
            begun = "".join(parts[:kept]).rstrip(" " + NOT_FIRST + NOT_LAST) + ELLIPSIS
            lines = break_lines(cut(begun), width, kind.width)
            if lines is not None and len(lines) <= most:
                return lines
    raise DoesNotFitError(f"{text!r} cannot be shortened to {width:.0f} pixels")
