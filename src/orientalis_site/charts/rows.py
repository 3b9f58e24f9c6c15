"""Rows of dots with ranges on one scale: the name at the left (above, on a phone), the numbers at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.safestring import SafeString

from orientalis_site.charts import letters, svg
from orientalis_site.charts.frame import Look
from orientalis_site.charts.scales import Scale, decades, known, ticks_from_zero

Kind = Literal["heading", "dot", "ring", "spread"]
HEAD, FOOT = 22.0, 28.0
ARROW = 16.0
NAMES = 250.0
LEADING = 1.2


@dataclass(frozen=True)
class Row:
    """A heading, or a mark: a dot or ring with a thin interval, or a broad bar for a spread that is not chance.

    An end that is None while the other is there is open and drawn as an arrow.
    """

    kind: Kind
    label: str
    text: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    tone: str = "coat"

    @property
    def is_open(self) -> bool:
        """True where one end of the range is not known."""
        return (self.low is None) != (self.high is None)


@dataclass(frozen=True)
class Axis:
    """Ends, ticks and how a number is written; logarithmic where ends of very unlike size are all above zero."""

    ticks: tuple[float, ...]
    is_log: bool
    write: Callable[[float], str]


def straight_axis(rows: Sequence[Row], write: Callable[[float], str], *, most: float | None = None) -> Axis:
    """From zero to a round number beyond all values, at most `most`."""
    reach = max(known(end for row in rows for end in (row.value, row.low, row.high)), default=1.0)
    ticks = ticks_from_zero(reach or 1.0, is_whole=most is None)
    return Axis(tuple(tick for tick in ticks if most is None or tick <= most), False, write)


def log_axis(rows: Sequence[Row], write: Callable[[float], str]) -> Axis:
    """Powers of ten and their halves around all values, which must be above zero."""
    ends = known(end for row in rows for end in (row.value, row.low, row.high))
    return Axis(tuple(decades(min(ends), max(ends))), True, write)


def draw_rows(
    rows: Sequence[Row], axis: Axis, look: Look, alt: str, reference: tuple[float, str] | None = None
) -> SafeString:
    """Draw all rows; `reference` is a value with its name, marked by a rule through all of them."""
    left, right = _room(rows, look)
    half = letters.width(axis.write(axis.ticks[-1]), look.size) / 2
    x = Scale(axis.ticks[0], axis.ticks[-1], left + 6, look.width - max(right, half), axis.is_log)
    top = HEAD if reference else 6.0
    at, marks = top, []
    for row in rows:
        height = _height(row, look)
        marks.append(_row(row, x, look, at, height))
        at += height
    content = [_grid(x, axis, look, top, at), *marks]
    if reference:
        content.insert(1, _rule(x, reference, look, top, at))
    return svg.drawing(look.width, at + FOOT, look.css, alt, {}, content)


def _lines(row: Row, look: Look) -> list[str]:
    """The name in as many lines as it needs."""
    if row.kind == "heading":
        return letters.wrap(row.label, look.size, look.width * 0.88)
    if look.is_wide:
        return letters.wrap(row.label, look.size, NAMES - 12)
    return letters.wrap(row.label, look.size, look.width - letters.width(row.text, look.size) - 12)


def _height(row: Row, look: Look) -> float:
    more = (len(_lines(row, look)) - 1) * look.size * LEADING
    if row.kind == "heading":
        return (30.0 if look.is_wide else 26.0) + more
    return (24.0 if look.is_wide else 37.0) + more


def _room(rows: Sequence[Row], look: Look) -> tuple[float, float]:
    """Room for names at the left and numbers at the right; on a phone both stand above the marks."""
    if not look.is_wide:
        return 0.0, 8.0
    names = [letters.width(row.label, look.size) for row in rows if row.kind != "heading"]
    texts = [letters.width(row.text, look.size) for row in rows]
    return min(max(names, default=0.0) + 12, NAMES), max(texts, default=0.0) + 14


def _grid(x: Scale, axis: Axis, look: Look, top: float, low: float) -> str:
    parts = []
    taken = -1e9
    for tick in axis.ticks:
        at, words = x(tick), axis.write(tick)
        half = letters.width(words, look.size) / 2
        parts.append(svg.line(at, top, at, low, "grid"))
        if at - half > taken + 6:
            parts.append(svg.text(min(max(at, half), look.width - half), low + 7 + look.size, words, "tick", "middle"))
            taken = at + half
    parts.append(svg.line(x.first, low, x.last, low, "axis"))
    return svg.group("axes", *parts)


def _rule(x: Scale, reference: tuple[float, str], look: Look, top: float, low: float) -> str:
    value, words = reference
    at = x(value)
    half = letters.width(words, look.size) / 2
    middle = min(max(at, half), look.width - half)
    return svg.line(at, top - 4, at, low, "present") + svg.text(middle, top - 8, words, "quiet", "middle")


def _row(row: Row, x: Scale, look: Look, top: float, height: float) -> str:
    lines, line = _lines(row, look), look.size * LEADING
    tall = line * (len(lines) - 1)
    if row.kind == "heading":
        first = top + height - 9 - tall
        return "".join(svg.text(0, first + line * index, words, "strong") for index, words in enumerate(lines))
    if look.is_wide:
        middle = top + height / 2
        base = middle + look.size * 0.35
        first = base - tall / 2
    else:
        middle = top + height - 10
        base = first = top + look.size + 2
    words = "".join(svg.text(0, first + line * index, name) for index, name in enumerate(lines))
    words += svg.text(look.width, base, row.text, "number", "end")
    return svg.group(f"row {row.tone}", words, *_marks(row, x, middle))


def _marks(row: Row, x: Scale, y: float) -> list[str]:
    """Bar or interval, then the dot."""
    parts = []
    if row.kind == "spread" and row.low is not None and row.high is not None:
        width = max(x(row.high) - x(row.low), 2.0)
        parts.append(svg.rectangle(x(row.low), y - 5, width, 10, "spread"))
    elif row.is_open:
        start = row.value if row.value is not None else row.low if row.low is not None else row.high
        parts.append(_arrow(x(start or 0.0), y, 1 if row.high is None else -1))
    elif row.low is not None and row.high is not None:
        css = "interval" if row.value is not None else "interval broad"
        parts.append(svg.line(x(row.low), y, x(row.high), y, css))
    if row.value is not None:
        parts.append(svg.circle(x(row.value), y, 4, "ring" if row.kind in ("ring", "spread") else "dot"))
    return parts


def _arrow(x: float, y: float, sign: int) -> str:
    return svg.path(
        f"M{svg.px(x)} {svg.px(y)}h{svg.px(sign * ARROW)}m{-sign * 4}-3l{sign * 4} 3 {-sign * 4} 3", "interval"
    )
