"""Where everything on a share image stands. Pure arithmetic: nothing is drawn here, so that a test can measure it."""

from __future__ import annotations

from dataclasses import dataclass

from orientalis_site.share.card import HEIGHT, LANGUAGES, MARGIN, WIDTH, Card
from orientalis_site.share.colours import INK, QUIET
from orientalis_site.share.fan import Fan, has_fan, make_fan
from orientalis_site.share.lettering import Colour, Line, Type, check, tidy
from orientalis_site.share.wrap import Block, Room, fit

LEFT, RIGHT, TOP, BOTTOM = MARGIN, WIDTH - MARGIN, MARGIN, HEIGHT - MARGIN
COLUMN, GAP = 392, 44
"""Width of the column of the number beside a chart, and the white between them."""
MARK = 34
BAR = 22
"""How tall the bar on the way to a goal is."""
TITLE_SIZES = ((58, 1), (54, 1), (50, 2), (47, 2), (44, 2), (42, 3), (39, 3), (36, 3), (33, 4))
LARGE_SIZES = ((64, 2), (58, 2))
"""Where there is no chart."""
TEXTS = ("kicker", "title", "number_text", "interval_text", "footer")
LEADING = {"en": 1.17, "ru": 1.17, "zh-hans": 1.3}


@dataclass(frozen=True)
class Layout:
    """Lines of text, corner of the mark, height of the rule above the footer, the chart, the bar as left, top, right,
    bottom; None where there is none."""

    lines: tuple[Line, ...]
    mark: tuple[float, float]
    rule: float | None
    fan: Fan | None
    bar: tuple[float, float, float, float] | None = None


def lay_out(card: Card, language: str) -> Layout:
    """Place the parts of `card`. Raises MissingGlyphError, DoesNotFitError, and ValueError for another language."""
    if language not in LANGUAGES:
        raise ValueError(f"no share images in {language!r}; there are {', '.join(LANGUAGES)}")
    texts = {name: tidy(getattr(card, name)) for name in TEXTS}
    for name, text in texts.items():
        check(text, language, name)
    lines: list[Line] = []
    kicker = fit(texts["kicker"], language, "sans", Room(((23, 1), (19, 1)), RIGHT - LEFT - MARK - 14))
    lines += _stack(kicker, LEFT + MARK + 14, TOP + 5, QUIET, 1.2)[0]
    shows_fan = has_fan(card.series)
    sizes = TITLE_SIZES if shows_fan else (*LARGE_SIZES, *TITLE_SIZES)
    title = fit(texts["title"], language, "serif", Room(sizes, RIGHT - LEFT, may_shorten=True))
    placed, below = _stack(title, LEFT, TOP + MARK + 20, INK, LEADING[language])
    lines += placed
    end = float(BOTTOM)
    rule = None
    if texts["footer"]:
        footer = fit(texts["footer"], language, "sans", Room(((20, 1), (18, 1), (16, 1)), RIGHT - LEFT))
        lines.append(Line(footer.lines[0], footer.type, LEFT, BOTTOM - footer.type.size * 0.25, QUIET))
        rule = BOTTOM - 34.0
        end = rule - 22
    bar = None
    if card.progress is not None:
        bar = (float(LEFT), end - BAR, float(RIGHT), end)
        end -= BAR + 24
    fan: Fan | None = None
    width: float = RIGHT - LEFT
    top = below + 36
    if card.series is not None and shows_fan:
        fan, labels = make_fan(card.series, language, (LEFT + COLUMN + GAP, top, RIGHT, end))
        lines += labels
        width = COLUMN
    lines += _number(texts["number_text"], texts["interval_text"], language, (LEFT, top, width, end))
    return Layout(tuple(lines), (LEFT, TOP), rule, fan, bar)


def _number(number: str, interval: str, language: str, place: tuple[float, float, float, float]) -> list[Line]:
    """The number and under it its interval in words, in the box left, top, width, bottom."""
    left, top, width, bottom = place
    lines: list[Line] = []
    if number:
        largest = min(150, int((bottom - top) * 0.5))
        sizes = tuple((size, 1) for size in range(largest, 27, -4))
        block = fit(number, language, "serif", Room(sizes, width))
        kind = block.type
        _, ascent, _, descent = Line(block.lines[0], kind, 0, 0, INK).box
        lines.append(Line(block.lines[0], kind, left, top - ascent, INK))
        top += max(22, descent + 10) - ascent
    if interval:
        leading = LEADING[language] + 0.12
        choices = [(size, int((bottom - top) / (size * leading))) for size in (30, 28, 26, 24, 22, 20)]
        words = fit(interval, language, "sans", Room([choice for choice in choices if choice[1]] or [(20, 1)], width))
        lines += _stack(words, left, top, INK, leading)[0]
    return lines


def _stack(block: Block, left: float, top: float, colour: Colour, leading: float) -> tuple[list[Line], float]:
    """The lines of a block below each other from `top`, and where the last one's descenders end."""
    kind: Type = block.type
    step = kind.size * leading
    ascent = kind.size * (0.88 if kind.language == "zh-hans" else 0.78)
    lines = [Line(text, kind, left, top + ascent + step * row, colour) for row, text in enumerate(block.lines)]
    return lines, top + ascent + step * max(0, len(lines) - 1) + kind.size * 0.24
