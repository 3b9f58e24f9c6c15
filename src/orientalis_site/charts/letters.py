"""How wide a text will be, to about five per cent, in the system's sans faces; and how to break it."""

from __future__ import annotations

NARROW = frozenset("iljtfrI.,:;'’|!()[]-‐ /·")
BROAD = frozenset("mwMW%@шщжмюфыШЩЖМЮФЫД")
THIN_SPACES = frozenset("\u202f\u2009")
FIRST_CYRILLIC = "\u0400"
FIRST_WIDE = 0x2E80
"""From here on in Unicode a character fills a whole em: Chinese and its marks."""


def width(text: str, size: float, *, is_bold: bool = False) -> float:
    """The likely width in pixels at a size of type."""
    return sum(_em(character) for character in text) * size * (1.07 if is_bold else 1.0)


def wrap(text: str, size: float, room: float) -> list[str]:
    """Lines that fit into `room`, broken at spaces or between Chinese characters; a longer word stands alone."""
    lines = [""]
    for piece in _pieces(text):
        longer = lines[-1] + piece
        if lines[-1].strip() and width(longer.rstrip(), size) > room:
            lines[-1] = lines[-1].rstrip()
            lines.append(piece.lstrip())
        else:
            lines[-1] = longer
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for character in text:
        starts = not pieces or pieces[-1][-1] == " " or (ord(character) >= FIRST_WIDE and character not in "，。；：）")
        if starts:
            pieces.append(character)
        else:
            pieces[-1] += character
    return pieces


def _em(character: str) -> float:
    if ord(character) >= FIRST_WIDE:
        return 1.0
    if character in THIN_SPACES:
        return 0.22
    if character in NARROW:
        return 0.34
    if character in BROAD:
        return 0.92
    if character.isupper():
        return 0.72
    return 0.66 if character >= FIRST_CYRILLIC else 0.62
