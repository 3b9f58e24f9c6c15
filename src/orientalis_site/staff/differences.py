"""What changed between two versions of a text, line by line and language by language."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from orientalis_site.petition.texts import Text
from orientalis_site.staff.text_form import KEYS, NAMES


@dataclass(frozen=True)
class Line:
    """A line of a difference: `kind` is kept, added or removed."""

    kind: str
    text: str


def lines(text: Text, key: str) -> list[str]:
    """A text in one language, one line a thing."""
    found = [getattr(text.title, key), getattr(text.summary, key), *getattr(text.body, key)]
    for target in text.targets:
        found.append(f"{target.id} ({target.country}): {getattr(target.name, key)}")
    for demand in text.demands:
        found.append(f"{demand.id} → {', '.join(demand.targets)}: {getattr(demand.title, key)}")
        found.append(getattr(demand.text, key))
        found.append(f"{demand.id}: {', '.join(demand.findings) or '—'}")
    return [str(one) for one in found]


def compare(before: Text | None, after: Text) -> list[tuple[str, str, list[Line]]]:
    """(tag, name, lines) of each language."""
    return [
        (key.replace("_", "-"), NAMES[key], list(_compare(lines(before, key) if before else [], lines(after, key))))
        for key in KEYS
    ]


def _compare(before: list[str], after: list[str]) -> Iterator[Line]:
    kinds = {"  ": "kept", "+ ": "added", "- ": "removed"}
    for one in difflib.Differ().compare(before, after):
        if one[:2] in kinds:
            yield Line(kinds[one[:2]], one[2:])
