"""From the columns of a part to dense arrays: pure functions over numpy arrays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CLASSES = tuple(f"{stage}_{sex}" for stage in ("cub", "juvenile", "subadult", "adult") for sex in ("female", "male"))
"""The classes of a census, always all present and in this order in a cube."""

Cube = NDArray[np.int64]
"""Counts, the first dimensions replicate and year."""

SEXES = ("female", "male")


@dataclass(frozen=True)
class Block:
    """The rows of one part.

    Replicates [first, first + count), each row's address, and some items, all zero where left out.
    """

    first: int
    count: int
    rows: int
    columns: Mapping[str, NDArray[np.int32]]

    def spread(self, items: Sequence[str], years: int, zones: int = 0, inside: NDArray[np.int64] | None = None) -> Cube:
        """Sum items into [replicate, year] or, with `zones` above 0, [replicate, year, zone].

        Only zones in `inside`.
        """
        place = (self.columns["replicate"].astype(np.int64) - self.first) * years + self.columns["year"]
        shape: tuple[int, ...] = (self.count, years)
        if zones:
            place = place * zones + self.columns["zone"]
            shape = (*shape, zones)
        kept = slice(None) if inside is None else np.isin(self.columns["zone"], inside)
        size = int(np.prod(shape))
        total = np.zeros(size, dtype=np.int64)
        for name in items:
            if name in self.columns:  # float64 holds sums below 2**53 exactly
                total += np.bincount(place[kept], weights=self.columns[name][kept], minlength=size).astype(np.int64)
        return total.reshape(shape)


def labels_of(kind: str, items: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the labelled dimensions of a kind of item: {"class": …, "cause": …}, {"sex": …}, {"class": …} or {}.

    `items` are the full names that begin with `kind`. A census has all classes, births and residents both sexes.
    """
    parts = [name.split(".")[1:] for name in items]
    depth = max((len(part) for part in parts), default=0)
    if kind == "number":
        return {"class": CLASSES}
    if depth == 0:
        return {}
    first = {part[0] for part in parts}
    if depth == 1:
        return {"sex": SEXES} if first <= set(SEXES) else {"class": _ordered(first)}
    return {"class": _ordered(first), "cause": tuple(sorted({part[1] for part in parts}))}


def _ordered(found: set[str]) -> tuple[str, ...]:
    """Return all classes when they are classes of animals, else the names sorted."""
    return CLASSES if found <= set(CLASSES) else tuple(sorted(found))
