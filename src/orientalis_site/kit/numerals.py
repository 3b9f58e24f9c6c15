"""Numbers as readers of each language write them. A language changes marks and spaces, never a figure.

Thin spaces between thousands, the real minus sign, en dashes in ranges. All functions use the active language.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import floor, isfinite, log10

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext

THIN = "\u202f"
MINUS = "\u2212"
EN_DASH = "\u2013"


@dataclass(frozen=True)
class Marks:
    """How a language writes numbers: the decimal mark, what stands before the per cent sign, the form of a date."""

    decimal: str
    before_percent: str
    day: str


LANGUAGES = {
    "en": Marks(".", THIN, "j F Y"),
    "ru": Marks(",", THIN, "j E Y г."),
    "zh-hans": Marks(".", "", "Y年n月j日"),
}


def marks() -> Marks:
    """The marks of the active language, English for any other."""
    return LANGUAGES.get(get_language() or "en", LANGUAGES["en"])


def number(value: float | None, digits: int = 0) -> str:
    """A number with `digits` decimals; "not defined" for None and NaN."""
    if value is None or not isfinite(value):
        return pgettext("number", "not defined")
    text = f"{abs(value):,.{digits}f}".replace(",", THIN).replace(".", marks().decimal)
    is_zero = not any(mark in "123456789" for mark in text)
    return text if value >= 0 or is_zero else MINUS + text


def signed(value: float | None, digits: int = 1) -> str:
    """A number with its sign, + or the real minus."""
    text = number(value, digits)
    return f"+{text}" if value is not None and value > 0 and any(mark in "123456789" for mark in text) else text


def percent(share: float | None, more: int = 0) -> str:
    """A share as per cent, two figures that matter and `more` decimals; the ends as bounds (< 0.1 %)."""
    if share is None or not isfinite(share):
        return pgettext("number", "not defined")
    return f"{_per_hundred(share, more)}{marks().before_percent}%"


def percent_span(low: float | None, high: float | None) -> str:
    """A range of shares: 1.2–3.4 %."""
    if low is None or high is None:
        return pgettext("number", "not defined")
    low, more = low if abs(low) > 1e-12 else 0.0, decimals_apart(low, high)
    first, last = _per_hundred(low, more), _per_hundred(high, more)
    return percent(high, more) if first == last else _join(first, last) + f"{marks().before_percent}%"


def decimals_apart(low: float | None, high: float | None) -> int:
    """The further decimals that it takes to tell two shares apart, three at most."""
    if low is None or high is None or low == high:
        return 0
    return next((more for more in range(4) if _per_hundred(low, more) != _per_hundred(high, more)), 0)


def level(share: float) -> str:
    """A share that somebody chose, such as the level of an interval: 95 %, without idle decimals."""
    text = number(100 * share, 0 if abs(100 * share - round(100 * share)) < 1e-9 else 1)
    return f"{text}{marks().before_percent}%"


def span(low: float | None, high: float | None, digits: int = 0) -> str:
    """A range with an en dash; spaces around it where an end is negative or a bound."""
    if low is None or high is None:
        return pgettext("number", "not defined")
    first, last = number(low, digits), number(high, digits)
    return first if first == last else _join(first, last)


def figures(value: float | None, matter: int = 3) -> str:
    """A number with at most `matter` figures that matter and no idle zeros: for quantities of any size."""
    if value is None or not isfinite(value) or value == 0:
        return number(value)
    digits = max(0, matter - 1 - floor(log10(abs(value))))
    text = number(value, min(digits, 8))
    decimal = marks().decimal
    return text.rstrip("0").rstrip(decimal) if decimal in text else text


def year(value: int) -> str:
    """A calendar year: no thousands mark."""
    return str(value)


def day(value: date) -> str:
    """A date in words."""
    return date_format(value, marks().day)


def _per_hundred(share: float, more: int = 0) -> str:
    value = 100 * share
    if value in (0, 100):
        return number(value)
    if 0 < value < 0.1:
        return f"<{THIN}{number(0.1, 1)}"
    if 99.9 < value < 100:
        return f">{THIN}{number(99.9, 1)}"
    return number(value, (1 if abs(value) < 10 or value > 99 else 0) + more)


def _join(first: str, last: str) -> str:
    is_plain = not any(mark in first + last for mark in (MINUS, "<", ">"))
    return f"{first}{EN_DASH}{last}" if is_plain else f"{first} {EN_DASH} {last}"
