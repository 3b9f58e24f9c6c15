"""Numbers and ranges as readers see them: real minus signs, thin spaces, en dashes."""

from __future__ import annotations

from math import isfinite

from orientalis.analysis.intervals import SIMULATION_ERROR_ONLY, Estimate

THIN = "\u202f"
MINUS = "\u2212"
EN_DASH = "\u2013"
UNDEFINED = "not defined"


def is_number(value: float | None) -> bool:
    """True for a finite number."""
    return value is not None and isfinite(value)


def number(value: float | None, digits: int = 0) -> str:
    """A number with thin spaces between thousands and a real minus sign; `not defined` for None and NaN."""
    if value is None or not isfinite(value):
        return UNDEFINED
    text = f"{abs(value):,.{digits}f}".replace(",", THIN)
    is_zero = not any(char in "123456789" for char in text)
    return text if value >= 0 or is_zero else MINUS + text


def signed(value: float | None, digits: int = 1) -> str:
    """A number with its sign, + or the real minus."""
    text = number(value, digits)
    return (
        text
        if value is None or text == UNDEFINED or value <= 0 or not any(c in "123456789" for c in text)
        else f"+{text}"
    )


def percent(share: float | None) -> str:
    """A share as per cent: two figures that matter, `under 0.1 %` for the smallest."""
    return UNDEFINED if share is None or not isfinite(share) else _percent_figure(share) + f"{THIN}%"


def _percent_figure(share: float) -> str:
    value = 100 * share
    if value == 0 or value == 100:
        return f"{value:.0f}"
    if 0 < value < 0.1:
        return "under 0.1"
    if 99.9 < value < 100:
        return "over 99.9"
    return number(value, 1 if abs(value) < 10 or value > 99 else 0)


def percent_span(low: float | None, high: float | None) -> str:
    """A range of shares: 1.2–3.4 %."""
    if low is None or high is None or not (isfinite(low) and isfinite(high)):
        return UNDEFINED
    first, last = _percent_figure(max(0.0, low) if abs(low) < 1e-12 else low), _percent_figure(high)
    return percent(high) if first == last else _join(first, last) + f"{THIN}%"


def span(low: float | None, high: float | None, digits: int = 0) -> str:
    """A range with an en dash; `to` where an end is negative."""
    if low is None or high is None or not (isfinite(low) and isfinite(high)):
        return UNDEFINED
    first, last = number(low, digits), number(high, digits)
    return first if first == last else _join(first, last)


def _join(first: str, last: str) -> str:
    has_words = MINUS in first + last or "u" in first or "o" in last
    return f"{first} to {last}" if has_words else f"{first}{EN_DASH}{last}"


def with_interval(estimate: Estimate, digits: int = 0) -> str:
    """A value with its interval and what the interval covers."""
    words = f", {estimate.words}" if is_number(estimate.low) else ""
    return f"{number(estimate.value, digits)} (95{THIN}% interval {span(estimate.low, estimate.high, digits)}{words})"


def plain(name: str) -> str:
    """A name of the program as words: status_quo -> status quo."""
    return name.replace("_", " ")


def sentence(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def listed(parts: list[str]) -> str:
    """a, b and c."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1] if parts else ""


__all__ = [
    "SIMULATION_ERROR_ONLY",
    "listed",
    "number",
    "percent",
    "percent_span",
    "plain",
    "sentence",
    "signed",
    "span",
    "with_interval",
]
