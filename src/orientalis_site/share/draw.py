"""Draw a card as a PNG of 1200 by 630 pixels. The same card gives the same bytes under the same Pillow."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

from orientalis_site.share import rosette
from orientalis_site.share.card import HEIGHT, MARGIN, WIDTH, Card
from orientalis_site.share.colours import COAT, GRID, INK, PAPER, QUIET, TINT, blend, palette
from orientalis_site.share.fan import paint_fan
from orientalis_site.share.layout import MARK, lay_out
from orientalis_site.share.lettering import FINER


def draw(card: Card, language: str) -> bytes:
    """The image of `card` in `language` (en, ru, zh-hans), a PNG with a palette, in practice about 50 KB.

    Raises MissingGlyphError for a character that the shipped fonts lack, DoesNotFitError where a text other than the
    title is too long.
    """
    layout = lay_out(card, language)
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    image.paste(rosette_image(MARK), (round(layout.mark[0]), round(layout.mark[1])))
    drawing = ImageDraw.Draw(image)
    if layout.rule is not None:
        drawing.line((MARGIN, round(layout.rule), WIDTH - MARGIN, round(layout.rule)), blend(QUIET, 2 * GRID))
    if layout.bar is not None and card.progress is not None:
        paint_bar(drawing, layout.bar, card.progress)
    if layout.fan is not None:
        paint_fan(image, layout.fan)
    for line in layout.lines:
        line.draw(image)
    return encode(image)


def paint_bar(drawing: ImageDraw.ImageDraw, box: tuple[float, float, float, float], share: float) -> None:
    """A bar with a rim, filled from the left; what is not nothing is seen, and only what is whole fills it."""
    left, top, right, bottom = map(round, box)
    room = right - left - 5
    filled = min(max(round(room * share), 2 if share > 0 else 0), room if share >= 1 else room - 4)
    drawing.rectangle((left, top, right, bottom), outline=INK, width=2)
    if filled:
        drawing.rectangle((left + 3, top + 3, left + 2 + filled, bottom - 3), fill=COAT)


def rosette_image(size: int, margin: float = 0.0) -> Image.Image:
    """The mark on paper, a square of `size` pixels, with white of `margin` (0..0.4 of the size) around it."""
    fine = size * FINER
    image = Image.new("RGB", (fine, fine), PAPER)
    drawing = ImageDraw.Draw(image)
    # The outlines leave 5 of their 100 units free on each side.
    scale = fine * (1 - 2 * margin) / 90
    shift = fine / 2 - 50 * scale
    for outline, colour in [(rosette.centre(), blend(COAT, TINT)), *((spot, COAT) for spot in rosette.spots())]:
        drawing.polygon([(shift + x * scale, shift + y * scale) for x, y in outline], fill=colour)
    return image.reduce(FINER)


def encode(image: Image.Image) -> bytes:
    """The image as a PNG in the house palette."""
    colours = Image.new("P", (1, 1))
    colours.putpalette(palette())
    target = BytesIO()
    image.quantize(palette=colours, dither=Image.Dither.NONE).save(target, "PNG", optimize=True)
    return target.getvalue()
