"""The frame of a chart over years: where the plot lies, its two axes, and the names at the right ends of its lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from orientalis_site.charts import letters, svg
from orientalis_site.charts.scales import Scale, apart, round_years
from orientalis_site.kit import numerals

WIDE, NARROW = 680.0, 328.0
GAP = 8.0


@dataclass(frozen=True)
class Look:
    """What differs between the wide and the narrow drawing."""

    is_wide: bool

    @property
    def width(self) -> float:
        """Width of the drawing."""
        return WIDE if self.is_wide else NARROW

    @property
    def size(self) -> float:
        """Size of type, as in charts.css."""
        return 13.0 if self.is_wide else 12.5

    @property
    def css(self) -> str:
        """The class by which one of both is shown."""
        return "chart-wide" if self.is_wide else "chart-narrow"


LOOKS = (Look(True), Look(False))


@dataclass(frozen=True)
class EndLabel:
    """The name of a line at its right end: a quiet line of words over a line with its number."""

    value: float
    words: str
    number: str
    tone: str = ""


@dataclass(frozen=True)
class Frame:
    """A plot of years against numbers from zero."""

    look: Look
    height: float
    x: Scale
    y: Scale
    y_ticks: tuple[float, ...]
    write: Callable[[float], str]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, width and height of the plot."""
        return self.x.first, self.y.last, self.x.last - self.x.first, self.y.first - self.y.last


def year_frame(
    look: Look, years: tuple[int, int], y_ticks: Sequence[float], write: Callable[[float], str], right: float
) -> Frame:
    """Lay out a plot: room for the numbers at the left and for the names of the lines at the right."""
    left = max(letters.width(write(tick), look.size) for tick in y_ticks) + GAP
    height, top, bottom = (360.0, 26.0, 26.0) if look.is_wide else (270.0, 24.0, 24.0)
    first, last = years
    x = Scale(first, max(last, first + 1), round(left), round(look.width - right))
    y = Scale(0.0, y_ticks[-1], height - bottom, top)
    return Frame(look, height, x, y, tuple(y_ticks), write)


def axes(frame: Frame, present: int | None, present_words: str) -> str:
    """Grid lines with their numbers, round years, and the present year."""
    left, top, width, _ = frame.box
    size = frame.look.size
    parts = []
    for tick in frame.y_ticks:
        at = frame.y(tick)
        parts.append(svg.line(left, at, left + width, at, "axis" if tick == 0 else "grid"))
        parts.append(svg.text(left - GAP + 2, at + size * 0.35, frame.write(tick), "tick", "end"))
    first, last = int(frame.x.low), int(frame.x.high)
    low = frame.y.first
    for year in _shown_years(frame, first, last, present):
        at = frame.x(year)
        parts.append(svg.line(at, low, at, low + 4, "axis"))
        parts.append(svg.text(at, low + 6 + size, numerals.year(year), "tick", "middle"))
    if present is not None and first <= present <= last:
        at = frame.x(present)
        parts.append(svg.line(at, top - 4, at, low, "present"))
        half = letters.width(present_words, size) / 2
        is_left = at - half < left
        parts.append(svg.text(at, top - 9, present_words, "quiet", None if is_left else "middle"))
    return svg.group("axes", *parts)


def end_labels(frame: Frame, labels: Sequence[EndLabel]) -> str:
    """The names of the lines, kept apart, each with a thin lead from its line where it had to move."""
    size = frame.look.size
    gap = 2 * size + 6
    left, top, width, height = frame.box
    places = apart([frame.y(label.value) for label in labels], gap, top - 6, top + height - size)
    parts = []
    right = left + width
    for label, place in zip(labels, places, strict=True):
        parts.append(
            svg.element("path", {"class": f"lead {label.tone}".strip(), "d": _lead(right, frame.y(label.value), place)})
        )
        parts.append(svg.text(right + 14, place - 2, label.words, "quiet"))
        parts.append(svg.text(right + 14, place - 2 + size, label.number, "strong"))
    return svg.group("ends", *parts)


def label_room(labels: Sequence[EndLabel], size: float) -> float:
    """The room that the names of the lines need at the right."""
    widths = [letters.width(label.words, size) for label in labels]
    widths += [letters.width(label.number, size, is_bold=True) for label in labels]
    return max(widths, default=0.0) + 16


def _lead(x: float, start: float, end: float) -> str:
    return f"M{svg.px(x + 2)} {svg.px(start)}l9 {svg.px(end - start)}"


def _shown_years(frame: Frame, first: int, last: int, present: int | None) -> list[int]:
    """First, present and last year, and round years between them that stay clear of those."""
    room = letters.width("0000", frame.look.size) + 14
    count = max(1, int((frame.x.last - frame.x.first) / room))
    shown: list[int] = []
    fixed = [last] if present is None else [present, last]
    for year in [*fixed, first, *round_years(first, last, count)]:
        if first <= year <= last and all(abs(frame.x(year) - frame.x(other)) >= room for other in shown):
            shown.append(year)
    return sorted(shown)
