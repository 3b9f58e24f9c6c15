"""Are there enough replicates? How many would do?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from orientalis.analysis.intervals import LEVEL, proportion
from orientalis.analysis.panel import BoolArray

WANTED = 0.02


def replicates_needed(share: float, half_width: float = WANTED, level: float = LEVEL) -> int:
    """The fewest replicates (of the first two figures, rounded up) whose Wilson interval is within +-half_width."""
    low, high = 1, 2
    while _reach(share, high, level) > half_width:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _reach(share, middle, level) > half_width else (low, middle)
    step = int(10 ** max(0, len(str(high)) - 2))
    return -(-high // step) * step


def _reach(share: float, n: int, level: float) -> float:
    """Half the width of Wilson's interval at a share of n (k rounded)."""
    found = proportion(round(share * n), n, level).half_width
    return 1.0 if found is None else found


def advice(share: float | None, replicates: int, half_width: float = WANTED, level: float = LEVEL) -> str:
    """One sentence: enough, or raise replicates to N."""
    if share is None or replicates == 0:
        return "No replicate has finished, so nothing can be said yet."
    needed, now = replicates_needed(share, half_width, level), _reach(share, replicates, level)
    if now <= half_width:
        return f"{replicates} replicates are enough for ±{half_width:g} (now ±{now:.3f})."
    return f"Raise replicates to {needed} for ±{half_width:g} (now ±{now:.3f} from {replicates})."


def running(happened: BoolArray, scenario: str = "", level: float = LEVEL) -> pd.DataFrame:
    """The share and its interval after the first n replicates: columns scenario, replicates, value, low, high."""
    total = len(happened)
    if total == 0:
        return pd.DataFrame(columns=["scenario", "replicates", "value", "low", "high"])
    steps = np.unique(np.round(np.geomspace(min(10, total), total, 24)).astype(np.int64))
    rows = []
    for n in steps:
        found = proportion(int(happened[:n].sum()), int(n), level)
        rows.append((scenario, int(n), found.value, found.low, found.high))
    return pd.DataFrame(rows, columns=["scenario", "replicates", "value", "low", "high"])
