"""How sure: what chance alone does to a share, and what we do not know about the animal. Two things, never one band."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orientalis.evidence import Finding
from orientalis_site.charts.chart import Cell, Chart, Table, share_cell, text_cell
from orientalis_site.charts.frame import LOOKS
from orientalis_site.charts.rows import Axis, Row, draw_rows, log_axis, straight_axis
from orientalis_site.charts.scales import known
from orientalis_site.charts.words import ended, finding_source, percent_tick, scenario_name, sentences, unbroken
from orientalis_site.kit.numerals import number, percent, percent_span

DRAWS = "parameter_draws"
UNLIKE = 50.0
"""Ends further apart than this many times are drawn on a logarithmic scale, if none of them is zero."""


def certainty(findings: Sequence[Finding], names: Mapping[str, str] | None = None) -> Chart:
    """Draw shares of one measure: of each scenario the interval of chance and, where there is one, the span over draws.

    `names` are the scenarios' names in the reader's language.
    """
    rows = _rows(findings, names)
    axis = _axis(rows)
    said = _title(findings)
    alt = sentences(ended(said), *_lines(rows))
    wide, narrow = (draw_rows(rows, axis, look, alt) for look in LOOKS)
    scale = _("The scale is logarithmic.") if axis.is_log else ""
    return Chart(
        name="certainty",
        title=said,
        subtitle=sentences(
            _measure(findings),
            _kinds(findings),
            scale,
        ),
        wide=wide,
        narrow=narrow,
        alt=alt,
        table=_table(findings, names),
        data_id="",
        caption=sentences(
            _(
                "The line shrinks with more futures; "
                "the bar shrinks only with better knowledge of the animal and its land."
            ),
            _("Where there is no bar, parameters were not drawn for that scenario."),
            finding_source(findings),
        ),
    )


def _scenarios(findings: Sequence[Finding]) -> list[str]:
    return list(dict.fromkeys(str(one.parameters.get("scenario", "")) for one in findings))


def _pair(findings: Sequence[Finding], scenario: str) -> tuple[Finding | None, Finding | None]:
    """The finding of chance and the one over draws."""
    own = [one for one in findings if str(one.parameters.get("scenario", "")) == scenario]
    chance = next((one for one in own if one.interval.covers != DRAWS), None)
    return chance, next((one for one in own if one.interval.covers == DRAWS), None)


def _threshold(findings: Sequence[Finding]) -> float | None:
    held = next((one.parameters["threshold"] for one in findings if "threshold" in one.parameters), None)
    return float(held) if isinstance(held, int | float) else None


def _measure(findings: Sequence[Finding]) -> str:
    threshold = _threshold(findings)
    if threshold is None:
        return _("Share of futures that have died out by the end.")
    words = ngettext(
        "Share of futures that were once below %(number)s adult.",
        "Share of futures that were once below %(number)s adults.",
        int(threshold),
    )
    return words % {"number": number(threshold)}


def _kinds(findings: Sequence[Finding]) -> str:
    """What the two kinds of marks are, with their levels."""
    held = {one.interval.covers == DRAWS: one.interval.level for one in findings if one.interval.level}
    said = []
    if held.get(False):
        said.append(_("Dot and line: chance alone, %(level)s interval.") % {"level": percent(held[False])})
    if held.get(True):
        words = _("Broad bar and ring: %(level)s span and mean over parameter draws, net of chance.")
        said.append(words % {"level": percent(held[True])})
    return sentences(*said)


def _title(findings: Sequence[Finding]) -> str:
    """Both spans of the first scenario that has both."""
    for scenario in _scenarios(findings):
        chance, draws = _pair(findings, scenario)
        if chance is None or draws is None or draws.interval.low is None or draws.interval.high is None:
            continue
        if draws.parameters.get("separated") == "no":
            return _("What we do not know about the animal cannot yet be told apart from chance")
        words = {
            "draws": unbroken(percent_span(draws.interval.low, draws.interval.high)),
            "chance": unbroken(percent_span(chance.interval.low, chance.interval.high)),
        }
        threshold = _threshold(findings)
        if threshold is None:
            return _("Risk of extinction: %(draws)s by all that we do not know, %(chance)s by chance alone") % words
        words["number"] = number(threshold)
        return (
            ngettext(
                "Risk of falling below %(number)s adult: %(draws)s by all that we do not know, "
                "%(chance)s by chance alone",
                "Risk of falling below %(number)s adults: %(draws)s by all that we do not know, "
                "%(chance)s by chance alone",
                int(threshold),
            )
            % words
        )
    return _("What chance alone does to the answer")


def _rows(findings: Sequence[Finding], names: Mapping[str, str] | None) -> list[Row]:
    rows = []
    for scenario in _scenarios(findings):
        chance, draws = _pair(findings, scenario)
        rows.append(Row("heading", scenario_name(scenario, names)))
        if chance:
            rows.append(_row(chance, "dot", _("chance alone"), "coat"))
        if draws:
            rows.append(_row(draws, "spread", _("what we do not know"), "frost"))
    return rows


def _row(one: Finding, kind: str, label: str, tone: str) -> Row:
    low, high = one.interval.low, one.interval.high
    span = f" ({percent_span(low, high)})" if low is not None and high is not None else ""
    text = f"{percent(one.value)}{span}"
    return Row("spread" if kind == "spread" else "dot", label, text, one.value, low, high, tone)


def _axis(rows: Sequence[Row]) -> Axis:
    ends = known(end for row in rows for end in (row.value, row.low, row.high))
    if ends and min(ends) > 0 and max(ends) / min(ends) > UNLIKE and min(ends) > max(ends) * 1e-4:
        return log_axis(rows, percent_tick)
    return straight_axis(rows, percent_tick, most=1.0)


def _lines(rows: Sequence[Row]) -> list[str]:
    """The rows as sentences for those who do not see them."""
    lines, heading = [], ""
    for row in rows:
        if row.kind == "heading":
            heading = row.label
        else:
            words = {"scenario": heading, "kind": row.label, "numbers": row.text}
            lines.append(_("%(scenario)s, %(kind)s: %(numbers)s.") % words)
    return lines


def _table(findings: Sequence[Finding], names: Mapping[str, str] | None) -> Table:
    columns = (
        pgettext("table", "Scenario"),
        pgettext("table", "What the range covers"),
        pgettext("table", "Share"),
        pgettext("table", "From"),
        pgettext("table", "To"),
        pgettext("table", "Level"),
        pgettext("table", "Futures or draws"),
    )
    rows: list[tuple[Cell, ...]] = []
    for scenario in _scenarios(findings):
        for one in _pair(findings, scenario):
            if one is None:
                continue
            kind = _("what we do not know") if one.interval.covers == DRAWS else _("chance alone")
            ends = [share_cell(end) for end in (one.value, one.interval.low, one.interval.high, one.interval.level)]
            rows.append((text_cell(scenario_name(scenario, names)), text_cell(kind), *ends, Cell(number(one.n), one.n)))
    return Table(columns, tuple(rows))
