"""Text on an image: which face has a character, how wide a line is, and its drawing letter by letter.

Each letter is set at a fraction of a pixel, with the kerning of the font, by the same arithmetic on every machine.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from math import ceil, floor
from pathlib import Path
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

from orientalis_site.share.metrics import Metrics, read_metrics

FONTS = Path(__file__).parent / "fonts"
FINER = 4
"""Text and marks are drawn that many times larger and made smaller again."""
Style = Literal["serif", "sans"]
Colour = tuple[int, int, int]
FACES: dict[tuple[str, Style], tuple[str, ...]] = {
    ("en", "serif"): ("serif", "serif-hans"),
    ("en", "sans"): ("sans", "serif-hans"),
    ("ru", "serif"): ("serif", "serif-hans"),
    ("ru", "sans"): ("sans", "serif-hans"),
    ("zh-hans", "serif"): ("serif-hans",),
    ("zh-hans", "sans"): ("serif-hans",),
}
"""The faces of a language and style, first choice first. One Chinese face alone is shipped, for its size."""


class MissingGlyphError(ValueError):
    """A text has characters that no shipped font can draw."""


@cache
def metrics(face: str) -> Metrics:
    """The metrics of one of the shipped faces."""
    return read_metrics((FONTS / f"{face}.otf").read_bytes())


@cache
def _font(face: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"{face}.otf", size, layout_engine=ImageFont.Layout.BASIC)


def tidy(text: str) -> str:
    """Composed characters, and one plain space where there are several, or a line break."""
    return " ".join(part for part in unicodedata.normalize("NFC", text).replace("\n", " ").split(" ") if part)


def missing(text: str, language: str) -> str:
    """The characters of `text` that the fonts of `language` cannot draw, each once."""
    return "".join(
        mark
        for mark in dict.fromkeys(tidy(text))
        if not all(any(mark in metrics(face).glyphs for face in FACES[language, style]) for style in ("serif", "sans"))
    )


def check(text: str, language: str, name: str) -> None:
    """Raise MissingGlyphError, with all characters of `text` that cannot be drawn; `name` says which text it is."""
    lost = missing(text, language)
    if lost:
        codes = ", ".join(f"{mark} (U+{ord(mark):04X})" for mark in lost)
        advice = "python -m tools.share_fonts makes the fonts anew from the translations"
        raise MissingGlyphError(f"{name} {text!r}: the fonts of {language} have no glyph for {codes}; {advice}")


@dataclass(frozen=True)
class Type:
    """A language, a style and a size in pixels: all that decides how wide a text is."""

    language: str
    style: Style
    size: float

    def runs(self, text: str) -> list[tuple[str, str]]:
        """The text as (face, part). Raises MissingGlyphError for a character that no face has."""
        found: list[tuple[str, str]] = []
        for mark in text:
            face = next((face for face in FACES[self.language, self.style] if mark in metrics(face).glyphs), None)
            if face is None:
                raise MissingGlyphError(f"no glyph for U+{ord(mark):04X} in {text!r}")
            if found and found[-1][0] == face:
                found[-1] = (face, found[-1][1] + mark)
            else:
                found.append((face, mark))
        return found

    def width(self, text: str) -> float:
        """Width of a line in pixels."""
        return sum(metrics(face).positions(part)[-1] for face, part in self.runs(text)) * self.size


@dataclass(frozen=True)
class Line:
    """A line of text in its place: `x` its left end, `baseline` where its letters stand, in pixels."""

    text: str
    type: Type
    x: float
    baseline: float
    colour: Colour

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of the ink."""
        left, top, right, bottom = self.x, self.baseline, self.x, self.baseline
        for face, mark, x in self._letters():
            if mark.strip():
                ink = [part / FINER for part in _font(face, self.type.size * FINER).getbbox(mark, anchor="ls")]
                left, right = min(left, x + ink[0]), max(right, x + ink[2])
                top, bottom = min(top, self.baseline + ink[1]), max(bottom, self.baseline + ink[3])
        return left, top, right, bottom

    def draw(self, image: Image.Image) -> None:
        """Draw the line, FINER times larger and made smaller again, so that letters stand at fractions of a pixel."""
        size = self.type.size * FINER
        left, top = floor(self.x - self.type.size), floor(self.baseline - 1.3 * self.type.size)
        width, height = ceil(self.type.width(self.text) + 2 * self.type.size), ceil(1.8 * self.type.size)
        mask = Image.new("L", (width * FINER, height * FINER))
        drawing = ImageDraw.Draw(mask)
        for face, mark, x in self._letters():
            if mark.strip():
                place = round((x - left) * FINER), round((self.baseline - top) * FINER)
                drawing.text(place, mark, 255, _font(face, size), anchor="ls")
        image.paste(self.colour, (left, top), mask.reduce(FINER))

    def _letters(self) -> list[tuple[str, str, float]]:
        found, x = [], self.x
        for face, part in self.type.runs(self.text):
            places = metrics(face).positions(part)
            found += [(face, mark, x + self.type.size * place) for mark, place in zip(part, places, strict=False)]
            x += self.type.size * places[-1]
        return found
