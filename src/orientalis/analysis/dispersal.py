"""How far young animals settle from where they were born: realised, not set."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orientalis.analysis.panel import SEXES

BIN_KM = 2.0
COLUMNS = ["scenario", "sex", "from_km", "to_km", "settled", "share", "up_to"]


def dispersal(histograms: Mapping[str, NDArray[np.int64]], scenario: str = "") -> pd.DataFrame:
    """Natal distances by sex, a row a bin: settled, share of the sex, and `up_to`, the share at or within the bin.

    `histograms` holds `dispersal.female` and `dispersal.male`: bins of 2 km, the last one open (to_km is inf).
    """
    parts = []
    for sex in SEXES:
        counts = np.asarray(histograms.get(f"dispersal.{sex}", np.zeros(0)), np.int64)
        total = int(counts.sum())
        if total == 0:
            continue
        edges = np.arange(counts.size + 1) * BIN_KM
        far = edges[1:].copy()
        far[-1] = np.inf
        parts.append(
            pd.DataFrame({"scenario": scenario, "sex": sex, "from_km": edges[:-1], "to_km": far, "settled": counts,
                          "share": counts / total, "up_to": counts.cumsum() / total})
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)


def distance_quantile(rows: pd.DataFrame, p: float) -> float | None:
    """The distance, km, within which a share p of one sex settles: linear within a bin; None past the last edge."""
    reached = rows[rows["up_to"] >= p]
    if rows.empty or not np.isfinite(reached["to_km"].iloc[0]):
        return None
    one = reached.iloc[0]
    before = float(one["up_to"]) - float(one["share"])
    return float(one["from_km"]) + BIN_KM * (p - before) / float(one["share"])
