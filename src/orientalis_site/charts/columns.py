"""The columns of a series over years, as numbers, with calendar years where the run has a first one."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from orientalis.evidence import Series
from orientalis_site.charts import svg
from orientalis_site.charts.frame import Frame

FIRST_CALENDAR_YEAR = 1000
"""A year column that begins below this counts years from the start of the run."""
SHOWN = (0, 10, 25, 50, 75)
Column = tuple[float | None, ...]


@dataclass(frozen=True)
class Columns:
    """Years and numbers of a series; `offset` is what was added to the years of the record."""

    years: tuple[int, ...]
    numbers: dict[str, Column]
    futures: tuple[str, ...]
    offset: int
    id: str

    def get(self, name: str) -> Column:
        """A column; one of None where the series lacks it."""
        return self.numbers.get(name, (None,) * len(self.years))

    def last(self, name: str) -> float | None:
        """The value of the last year."""
        return self.get(name)[-1] if self.years else None

    def shown_rows(self) -> list[int]:
        """The rows of a short table: start, some years between, end."""
        count = len(self.years)
        return sorted({row for row in SHOWN if row < count} | ({count - 1} if count else set()))

    def reading(self, frame: Frame, line: str, dots: str) -> dict[str, svg.Attribute]:
        """Where the plot lies and how a year is read out: `line` holds column names in braces."""
        return {
            "id": self.id,
            "plot": " ".join(svg.px(side) for side in frame.box),
            "years": f"{int(frame.x.low)} {int(frame.x.high)}",
            "top": f"{frame.y.high:g}",
            "offset": str(self.offset),
            "dots": dots,
            "line": line,
            "hint": _("Point at the chart, or focus it and use the arrow keys, to read each year."),
        }


def read_columns(series: Series, start_year: int | None) -> Columns:
    """Read a series; text in a column of numbers counts as missing."""
    numbers = {
        name: tuple(value if isinstance(value, int | float) else None for value in column)
        for name, column in series.columns.items()
    }
    raw = [int(value) for value in numbers.pop("year", ()) if value is not None]
    is_counted = bool(raw) and raw[0] < FIRST_CALENDAR_YEAR and start_year is not None
    offset = (start_year or 0) if is_counted else 0
    futures = tuple(name for name in numbers if name.startswith("future_"))
    return Columns(tuple(value + offset for value in raw), numbers, futures, offset, series.id)
