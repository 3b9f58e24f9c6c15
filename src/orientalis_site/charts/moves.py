"""What moves the answer: the number of adults at the end in each scenario, beside the baseline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orientalis.evidence import Finding
from orientalis_site.charts.chart import Cell, Chart, Table, number_cell, share_cell, text_cell
from orientalis_site.charts.frame import LOOKS
from orientalis_site.charts.rows import Row, draw_rows, straight_axis
from orientalis_site.charts.words import ended, finding_source, scenario_name, sentences
from orientalis_site.kit import numerals
from orientalis_site.kit.numerals import number, percent


def moves(findings: Sequence[Finding], names: Mapping[str, str] | None = None, baseline: str = "") -> Chart:
    """Draw one number for several scenarios; the baseline is the first scenario unless another is named."""
    held = [one for one in findings if one.value is not None]
    first = next((one for one in held if one.parameters.get("scenario") == baseline), held[0] if held else None)
    others = sorted((one for one in held if one is not first), key=lambda one: -(one.value or 0.0))
    ordered = [*([first] if first else []), *others]
    rows = [_row(one, names, is_baseline=one is first) for one in ordered]
    axis = straight_axis(rows, number)
    said = _title(held)
    lines = [_("%(scenario)s: %(numbers)s.") % {"scenario": row.label, "numbers": row.text} for row in rows]
    alt = sentences(ended(said), *lines)
    rule = None if first is None or first.value is None else (first.value, pgettext("chart label", "baseline"))
    wide, narrow = (draw_rows(rows, axis, look, alt, rule) for look in LOOKS)
    level = next((one.interval.level for one in held if one.interval.level), None)
    interval = _("Lines: %(level)s interval, chance alone.") % {"level": percent(level)} if level else ""
    return Chart(
        name="moves",
        title=said,
        subtitle=sentences(_subject(first), interval),
        wide=wide,
        narrow=narrow,
        alt=alt,
        table=_table(ordered, names),
        data_id="",
        caption=sentences(
            _("Each row differs from the baseline in what its name says; chances are the same year by year."),
            finding_source(ordered),
        ),
    )


def _title(findings: Sequence[Finding]) -> str:
    values = [one.value for one in findings if one.value is not None]
    if not values:
        return _("What moves the answer is not known yet")
    low, high = min(values), max(values)
    if number(low) == number(high):
        words = ngettext("The median stays at %(number)s adult", "The median stays at %(number)s adults", int(low))
        return words % {"number": number(low)}
    return ngettext(
        "The median lies between %(low)s and %(high)s adult, depending on the scenario",
        "The median lies between %(low)s and %(high)s adults, depending on the scenario",
        int(high),
    ) % {"low": number(low), "high": number(high)}


def _subject(one: Finding | None) -> str:
    held = one.parameters.get("year") if one else None
    if not isinstance(held, int | float):
        return _("Median number of adults at the end.")
    return _("Median number of adults in December %(year)s.") % {"year": numerals.year(int(held))}


def _row(one: Finding, names: Mapping[str, str] | None, *, is_baseline: bool) -> Row:
    low, high = one.interval.low, one.interval.high
    span = f" ({numerals.span(low, high)})" if low is not None and high is not None else ""
    label = scenario_name(str(one.parameters.get("scenario", "")), names)
    return Row("dot", label, f"{number(one.value)}{span}", one.value, low, high, "coat" if is_baseline else "ink")


def _table(findings: Sequence[Finding], names: Mapping[str, str] | None) -> Table:
    columns = (
        pgettext("table", "Scenario"),
        pgettext("table", "Median"),
        pgettext("table", "From"),
        pgettext("table", "To"),
        pgettext("table", "Level"),
        pgettext("table", "Futures"),
    )
    rows: list[tuple[Cell, ...]] = []
    for one in findings:
        ends = [number_cell(end) for end in (one.value, one.interval.low, one.interval.high)]
        name = text_cell(scenario_name(str(one.parameters.get("scenario", "")), names))
        rows.append((name, *ends, share_cell(one.interval.level), Cell(number(one.n), one.n)))
    return Table(columns, tuple(rows))
