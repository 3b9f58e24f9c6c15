"""What a drawing function gives: the words, two drawings of one chart, and the table under it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from orientalis_site.kit.numerals import number, percent, year


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text and, where it is a number, the number as it stands in the bundle."""

    text: str
    value: float | None = None

    @property
    def raw(self) -> str:
        """The number for a machine, in no language; "" where there is none."""
        return "" if self.value is None else format(self.value, ".12g")


@dataclass(frozen=True)
class Table:
    """Columns and rows; the first cell of a row is its head."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A chart ready for a page. `title` is the finding, `subtitle` says what is drawn and its unit.

    `wide` is drawn for 580 px and more, `narrow` for a phone; one of them is shown at a time. `alt` is the chart in
    words. `data_id` names the record whose JSON makes it interactive; "" where there is nothing more to read out.
    """

    name: str
    title: str
    subtitle: str
    wide: SafeString
    narrow: SafeString
    alt: str
    table: Table
    data_id: str
    caption: str


def text_cell(text: str) -> Cell:
    """Words."""
    return Cell(text)


def number_cell(value: float | None, digits: int = 0) -> Cell:
    """A number."""
    return Cell(number(value, digits), value)


def share_cell(share: float | None) -> Cell:
    """A share, shown as per cent."""
    return Cell(percent(share), share)


def year_cell(value: int) -> Cell:
    """A calendar year."""
    return Cell(year(value), value)
