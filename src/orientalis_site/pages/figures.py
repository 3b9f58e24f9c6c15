"""A finding or a quantity as readers see it: value, interval, unit."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from orientalis.evidence import Count, Figure, Finding
from orientalis_site.charts.counted import count_text
from orientalis_site.kit import html, numerals
from orientalis_site.pages import words

Number = float | tuple[float, ...] | None
DIGITS = {"adults_per_100km2": 2, "inbreeding": 3, "animals_per_year": 1}
"""Figures after the point by unit, where there are any."""


def _writer(unit: str) -> tuple[Callable[[float], str], Callable[[float, float], str]]:
    """How a value and a range of this unit are written."""
    if unit == "per_year":
        sign = numerals.marks().before_percent + "%"
        return (
            lambda value: numerals.signed(100 * value, 2) + sign,
            lambda low, high: (
                f"{numerals.signed(100 * low, 2)} {numerals.EN_DASH} {numerals.signed(100 * high, 2)}{sign}"
            ),
        )
    if unit == "share":
        return numerals.percent, numerals.percent_span
    digits = DIGITS.get(unit, 0)
    return lambda value: numerals.number(value, digits), lambda low, high: numerals.span(low, high, digits)


def value(finding: Finding) -> SafeString:
    """The value with its unit's mark (per cent) but not its name."""
    if finding.value is None:
        return format_html("{}", numerals.number(None))
    if finding.unit == "share" and finding.interval.covers == "simulation_error":  # as fine as its interval
        more = numerals.decimals_apart(finding.interval.low, finding.interval.high)
        return html.data(finding.value, numerals.percent(finding.value, more))
    return html.data(finding.value, _writer(finding.unit)[0](finding.value))


def span(finding: Finding) -> SafeString:
    """The two ends of a finding's interval."""
    low, high = finding.interval.low, finding.interval.high
    if low is None or high is None:
        return format_html("{}", gettext("too few replicates to bound it"))
    text = _writer(finding.unit)[1](low, high)
    return html.data(f"{low!r}/{high!r}", text)


def interval(finding: Finding) -> SafeString:
    """The interval in words: level, ends, and what it covers."""
    held = finding.interval
    if finding.parameters.get("separated") == "no":
        return format_html("{}", gettext("its spread over the figures cannot be told from chance"))
    if held.level is None and held.low is not None and held.high is not None:
        return format_html("{}, {}", span(finding), words.say(words.COVERS, held.covers))
    if held.level is None:
        return format_html("{}", words.say(words.COVERS, held.covers))
    if held.covers == "futures":
        text = gettext("{level} of the futures: {span}")
    elif held.covers == "parameter_draws":
        text = gettext("{span}: the middle {level} with all figures in doubt")
    else:
        text = gettext("{level} interval {span}, {covers}")
    covers = words.say(words.COVERS, held.covers)
    return format_html(text, level=html.level(held.level), span=span(finding), covers=covers)


def unit(finding: Finding) -> SafeString:
    """The name of a finding's unit, empty for shares."""
    if finding.unit not in words.UNITS:
        return format_html("{}", finding.unit.replace("_", " "))
    return format_html(str(words.UNITS[finding.unit]), area=html.number(100))


def quantity(held: Number) -> SafeString:
    """A quantity's value: the members of a list apart by middle dots."""
    if held is None:
        return SafeString("")
    if isinstance(held, tuple):
        return SafeString(" · ".join(quantity(part) for part in held))
    return html.data(float(held), numerals.figures(held))


def spread(low: Number, high: Number) -> SafeString:
    """A range of a quantity; its one end where only that is given."""
    if low is None or high is None:
        return quantity(high if low is None else low)
    if isinstance(low, tuple) or isinstance(high, tuple):
        return format_html(gettext("{low} to {high}"), low=quantity(low), high=quantity(high))
    first, last = numerals.figures(low), numerals.figures(high)
    return html.data(f"{low!r}/{high!r}", first if first == last else f"{first}{numerals.EN_DASH}{last}")


def figure(one: Figure) -> SafeString:
    """A published figure or quantity: its value, with its range behind it."""
    if one.value is None:
        return spread(one.low, one.high)
    if one.low is None or one.high is None or one.low == one.high:
        return quantity(one.value)
    return format_html("{} ({})", quantity(one.value), spread(one.low, one.high))


def count(one: Count) -> SafeString:
    """A count in the field: its estimate with its range, its range, or its one bound."""
    ends = "/".join(repr(end) for end in (one.low, one.high) if end is not None)
    return html.data(one.estimate if one.estimate is not None else ends, count_text(one))
