"""Cells of tables that a spreadsheet opens."""

from __future__ import annotations

from typing import TypeVar

UNSAFE = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A spreadsheet takes text that begins so for a formula; the last four are the full-width signs."""
Value = TypeVar("Value")


def safe_cell(value: Value) -> Value | str:
    """The value, or the text with an apostrophe in front where a spreadsheet would run it; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(UNSAFE):
        return "'" + value
    return value
