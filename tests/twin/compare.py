"""Where two records differ."""

import numpy as np

from orientalis.engine.record import Records


def differences(a: Records, b: Records) -> list[str]:
    """Names of everything in which two records differ, order and types of columns included; empty when equal."""
    found = []
    if list(a.tallies) != list(b.tallies):
        found.append("the tallies' columns")
    for kind in ("tallies", "maps", "histograms"):
        ours, theirs = getattr(a, kind), getattr(b, kind)
        for name in sorted({*ours, *theirs}):
            if name not in ours or name not in theirs or not _equal(ours[name], theirs[name]):
                found.append(f"{kind}: {name}")
    if (a.events is None) != (b.events is None):
        found.append("events")
    elif a.events is not None and b.events is not None and not _equal(a.events, b.events):
        found.append("events")
    return found


def _equal(a: np.ndarray, b: np.ndarray) -> bool:
    return a.dtype == b.dtype and np.array_equal(a, b)
