"""What commands print: lines for people, JSON for programs, warnings beside both."""

import json
import sys
from collections.abc import Sequence


def say(text: str = "") -> None:
    """Print a line of the answer on standard output."""
    print(text)


def warn(text: str) -> None:
    """Print a line that is not part of the answer on the error stream."""
    print(text, file=sys.stderr, flush=True)


def say_json(content: object) -> None:
    """Print JSON, and nothing else, on standard output: plain ASCII, no NaN."""
    print(json.dumps(content, indent=1, allow_nan=False))


def say_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print aligned columns, two spaces apart, numbers to the right."""
    table = [head, *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(head))]
    is_number = [bool(rows) and all(_is_number(row[column]) for row in rows) for column in range(len(head))]
    for row in table:
        cells = [
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, is_number, strict=True)
        ]
        say("  ".join(cells).rstrip())


def number(value: float | None, digits: int = 0) -> str:
    """Return a number with thousands set apart, "-" for an undefined one."""
    return "-" if value is None else f"{value:,.{digits}f}"


def duration(seconds: float) -> str:
    """Return a duration in words: "40 s", "2 min 5 s", "3 h 20 min"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def size(count: float) -> str:
    """Return a number of bytes in MB or GB."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"


def plural(count: int, noun: str, many: str | None = None) -> str:
    """Return "1 replicate", "1,000 replicates"; `many` where it is not noun + s."""
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"


def _is_number(cell: str) -> bool:
    return cell == "-" or cell.replace(",", "").replace(".", "").lstrip("-").isdigit()
