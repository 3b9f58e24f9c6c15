"""The fan chart of a share image: two bands, the median, some single futures as hairlines, few labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from django.utils import translation
from PIL import Image, ImageDraw

from orientalis.evidence import Series
from orientalis_site.kit.numerals import number, percent, year
from orientalis_site.share.colours import BAND_80, BAND_95, COAT, GRID, HAIRLINE, PAPER, QUIET, blend
from orientalis_site.share.lettering import FINER, Colour, Line, Type

LABEL = 19
BANDS = (("low95", "high95", BAND_95, 0.95), ("low80", "high80", BAND_80, 0.8))
Points = list[tuple[float, float]]


@dataclass(frozen=True)
class Fan:
    """A series in a frame of pixels: left, top, right, bottom of the plot, without its labels."""

    columns: dict[str, tuple[float | None, ...]]
    frame: tuple[float, float, float, float]
    top: float
    step: float

    @property
    def years(self) -> list[int]:
        """The years of the series."""
        return [int(value) for value in self.columns["year"] if value is not None]

    def place(self, at: float, value: float) -> tuple[float, float]:
        """The pixel of a year and a value."""
        left, top, right, bottom = self.frame
        first, last = self.years[0], self.years[-1]
        return left + (right - left) * (at - first) / max(1, last - first), bottom - (bottom - top) * value / self.top

    def line(self, column: str) -> Points:
        """The points of a column; years without a value are left out."""
        pairs = zip(self.columns["year"], self.columns.get(column, ()), strict=False)
        return [self.place(at, value) for at, value in pairs if at is not None and value is not None]


def has_fan(series: Series | None) -> bool:
    """Whether there is anything to draw: two years at least, and a median or a band."""
    if series is None or len(series.columns.get("year", ())) < 2:
        return False
    return any(name in series.columns for name in ("median", "high80", "high95"))


def make_fan(series: Series, language: str, box: tuple[float, float, float, float]) -> tuple[Fan, list[Line]]:
    """The fan and its labels within `box`: left, top, right, bottom of all ink."""
    columns = {
        name: tuple(float(value) if isinstance(value, int | float) else None for value in column)
        for name, column in series.columns.items()
    }
    values = [value for name, column in columns.items() if name != "year" for value in column if value is not None]
    top, step = nice_top(max(values, default=1.0))
    kind = Type(language, "sans", LABEL)
    with translation.override(language):
        marks = {at: number(at, _digits(step)) for at in (step * count for count in range(round(top / step) + 1))}
        levels = {level: percent(level) for *_, level in BANDS}
    gutter = max(map(kind.width, marks.values())) + 12
    margin = max(map(kind.width, levels.values())) + 12
    frame = (box[0] + gutter, box[1] + LABEL * 0.4, box[2] - margin, box[3] - LABEL * 1.45)
    fan = Fan(columns, frame, top, step)
    labels = []
    for at, text in marks.items():
        _, y = fan.place(fan.years[0], at)
        labels.append(Line(text, kind, frame[0] - 12 - kind.width(text), y + LABEL * 0.36, QUIET))
    for at in year_marks(fan.years):
        text = year(at)
        width = kind.width(text)
        x = min(max(fan.place(at, 0)[0] - width / 2, frame[0] - 2), frame[2] - width + 2)
        labels.append(Line(text, kind, x, box[3] - LABEL * 0.08, QUIET))
    return fan, labels + _band_labels(fan, kind, levels)


def _band_labels(fan: Fan, kind: Type, levels: dict[float, str]) -> list[Line]:
    """The level of each band at its upper end, kept apart; left out where it would fall out of the plot."""
    found: list[Line] = []
    lowest = -1e9
    for _, high, _, level in BANDS:
        points = fan.line(high)
        if points:
            baseline = max(points[-1][1] + LABEL * 0.36, lowest + LABEL * 1.2)
            if baseline <= fan.frame[3] + LABEL * 0.4:
                found.append(Line(levels[level], kind, fan.frame[2] + 10, baseline, QUIET))
                lowest = baseline
    return found


def paint_fan(image: Image.Image, fan: Fan) -> None:
    """Draw grid, bands, hairlines, median and the mark of the first year."""
    drawing = ImageDraw.Draw(image)
    left, _, right, bottom = fan.frame
    for count in range(1, round(fan.top / fan.step) + 1):
        height = round(fan.place(fan.years[0], fan.step * count)[1])
        drawing.line((round(left), height, round(right), height), blend(QUIET, GRID))
    for low, high, share, _ in BANDS:
        _paint(image, [[*fan.line(low), *reversed(fan.line(high))]], share, 0)
    futures = sorted(name for name in fan.columns if name.startswith("future_"))
    _paint(image, [fan.line(name) for name in futures], HAIRLINE, 1.0)
    _paint(image, [fan.line("median")], 1.0, 3.5)
    drawing.line((round(left), round(bottom), round(right), round(bottom)), QUIET)
    start = fan.line("median")[:1]
    for radius, colour in ((7.5, PAPER), (5.5, COAT)):
        circles = [[(x - radius, y - radius), (x + radius, y + radius)] for x, y in start]
        _paint(image, circles, 1.0, -1, colour)


def _paint(image: Image.Image, shapes: Sequence[Points], share: float, width: float, colour: Colour = COAT) -> None:
    """Lay shapes over the image with smooth edges: areas for width 0, circles in a box for -1, lines otherwise."""
    mask = Image.new("L", (image.width * FINER, image.height * FINER))
    drawing = ImageDraw.Draw(mask)
    for shape in shapes:
        points = [(x * FINER, y * FINER) for x, y in shape]
        if len(points) < 2:
            continue
        if width == 0:
            drawing.polygon(points, fill=255)
        elif width < 0:
            drawing.ellipse(points, fill=255)
        else:
            drawing.line(points, fill=255, width=round(width * FINER), joint="curve")
    image.paste(colour, mask=mask.reduce(FINER).point([round(value * share) for value in range(256)]))


def nice_top(highest: float) -> tuple[float, float]:
    """A round end of the scale that is not below `highest`, and the step of its marks: at most four of them."""
    if highest <= 0:
        return 1.0, 1.0
    rough = highest / 4
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power * 4 >= highest * (1 - 1e-9))
    return step * ceil(highest / step - 1e-9), step


def _digits(step: float) -> int:
    """Decimals that a mark needs."""
    return next((digits for digits in range(6) if abs(round(step, digits) - step) < 1e-9 * step), 6)


def year_marks(years: Sequence[int]) -> list[int]:
    """First and last year and round years between, none too near another."""
    first, last = years[0], years[-1]
    length = last - first
    step = next((step for step in (1, 2, 5, 10, 20, 25, 50, 100, 200, 500) if length / step <= 4), max(1, length))
    inner = [at for at in range(first + 1, last) if at % step == 0 and min(at - first, last - at) >= 0.16 * length]
    return list(dict.fromkeys([first, *inner, last]))
