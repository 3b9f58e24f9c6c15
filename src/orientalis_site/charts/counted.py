"""Counts made in the field: each with its own interval, year and method, areas apart and never joined by a line."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orientalis.evidence import Count
from orientalis_site.charts.chart import Cell, Chart, Table, number_cell, text_cell, year_cell
from orientalis_site.charts.count_words import area_words, group_words, method_words, standing_words
from orientalis_site.charts.frame import LOOKS
from orientalis_site.charts.observed import is_camera, is_minimum
from orientalis_site.charts.rows import Row, draw_rows, straight_axis
from orientalis_site.charts.words import ended, sentences, unbroken
from orientalis_site.kit import numerals
from orientalis_site.kit.numerals import number

TONES = {"russia": "coat", "china": "frost"}


def counted(counts: Sequence[Count]) -> Chart:
    """Draw all counts in rows under the name of their area, the area with most counts first."""
    rows: list[Row] = []
    for area, held in _by_area(counts):
        rows.append(Row("heading", area_words(area)))
        rows += [_row(count) for count in held]
    axis = straight_axis(rows, number)
    said = _title(counts)
    lines = [
        ngettext("%(area)s: %(number)s count.", "%(area)s: %(number)s counts.", len(held))
        % {"area": area_words(area), "number": number(len(held))}
        for area, held in _by_area(counts)
    ]
    alt = sentences(ended(said), *lines)
    wide, narrow = (draw_rows(rows, axis, look, alt) for look in LOOKS)
    return Chart(
        name="counted",
        title=said,
        subtitle=sentences(
            _("Leopards counted in the field, each count with its own interval."),
            _("Full dot: camera traps; ring: another method; arrow: at least, or at most, so many."),
        ),
        wide=wide,
        narrow=narrow,
        alt=alt,
        table=_table(counts),
        data_id="",
        caption=_(
            "Counts differ in area, method and in which animals they take in, so they are not joined and not added up."
        ),
    )


def count_text(count: Count) -> str:
    """The number of a count in short: estimate with range, a range alone, or a bound."""
    low, high = count.low, count.high
    if is_minimum(count):
        return _("at least %(number)s") % {"number": number(low)}
    if low is None and high is not None and count.estimate is None:
        return _("at most %(number)s") % {"number": number(high)}
    span = numerals.span(low, high) if low is not None and high is not None else ""
    if count.estimate is None:
        return span or number(None)
    text = number(count.estimate, 0 if float(count.estimate).is_integer() else 1)
    return f"{text} ({span})" if span and span != text else text


def _by_area(counts: Sequence[Count]) -> list[tuple[str, list[Count]]]:
    areas: dict[str, list[Count]] = {}
    for count in sorted(counts, key=lambda one: (one.year, one.id)):
        areas.setdefault(count.area, []).append(count)
    return sorted(areas.items(), key=lambda item: (-len(item[1]), item[1][0].year))


def _title(counts: Sequence[Count]) -> str:
    """The first and the latest count of the area with most counts."""
    areas = _by_area(counts)
    if not areas:
        return _("No count is at hand")
    area, held = areas[0]
    words = {"area": area_words(area), "first": numerals.year(held[0].year), "last": numerals.year(held[-1].year)}
    words |= {"before": unbroken(count_text(held[0])), "after": unbroken(count_text(held[-1]))}
    if len(held) == 1:
        return _("%(area)s: %(after)s counted in %(last)s") % words
    return _("%(area)s: %(before)s counted in %(first)s, %(after)s in %(last)s") % words


def _label(count: Count) -> str:
    words = {"year": numerals.year(count.year), "method": method_words(count.method), "group": group_words(count.group)}
    return _("%(year)s, %(method)s, %(group)s") % words


def _row(count: Count) -> Row:
    return Row(
        "dot" if is_camera(count) else "ring",
        _label(count),
        count_text(count),
        count.estimate,
        count.low,
        count.high,
        TONES.get(count.zone, "ink"),
    )


def _table(counts: Sequence[Count]) -> Table:
    columns = (
        pgettext("table", "Area"),
        pgettext("table", "Year"),
        pgettext("table", "Estimate"),
        pgettext("table", "From"),
        pgettext("table", "To"),
        pgettext("table", "Animals"),
        pgettext("table", "Method"),
        pgettext("table", "Standing"),
    )
    rows: list[tuple[Cell, ...]] = []
    for area, held in _by_area(counts):
        for one in held:
            digits = 0 if one.estimate is None or float(one.estimate).is_integer() else 2
            numbers = (
                number_cell(one.estimate, digits) if one.estimate is not None else text_cell(""),
                *(number_cell(end) if end is not None else text_cell("") for end in (one.low, one.high)),
            )
            words = (group_words(one.group), method_words(one.method), standing_words(one.standing))
            rows.append((text_cell(area_words(area)), year_cell(one.year), *numbers, *map(text_cell, words)))
    return Table(columns, tuple(rows))
