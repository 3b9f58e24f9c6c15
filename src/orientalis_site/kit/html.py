"""Numbers in a page: the figure as a program reads it beside the figure as a person does."""

from __future__ import annotations

from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from orientalis_site.kit import numerals


def data(value: float | int | str, text: str) -> SafeString:
    """A number: `<data value>` holds it whole and the same in every language, its text is for the reader."""
    plain = repr(float(value)) if isinstance(value, float) else str(value)
    return format_html('<data class="n" value="{}">{}</data>', plain.removesuffix(".0"), text)


def number(value: float | int, digits: int = 0) -> SafeString:
    """A plain number."""
    return data(value, numerals.number(value, digits))


def year(value: int) -> SafeString:
    """A calendar year."""
    return data(value, numerals.year(value))


def percent(share: float) -> SafeString:
    """A share as per cent."""
    return data(share, numerals.percent(share))


def level(share: float) -> SafeString:
    """A share that somebody chose."""
    return data(share, numerals.level(share))


def day(value: date) -> SafeString:
    """A date."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), numerals.day(value))


def code(text: str) -> SafeString:
    """A name of the program, a hash, a command: the same in every language."""
    return format_html('<code translate="no">{}</code>', text)
