"""Ages of the living, where a run recorded them at its map years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orientalis.analysis.panel import SEXES

COLUMNS = ["scenario", "year", "sex", "age", "mean"]


def ages_at(
    histograms: Mapping[str, NDArray[np.int64]], map_years: Sequence[int], replicates: int, scenario: str = ""
) -> pd.DataFrame:
    """Animals a replicate by map year, sex and age in whole years; the last age stands for all above it.

    `histograms` holds `ages.female` and `ages.male`: int64 [map year, age], summed over replicates. No rows where the
    run has none.
    """
    parts = []
    for sex in SEXES:
        counts = histograms.get(f"ages.{sex}")
        if counts is None or counts.ndim != 2 or len(counts) != len(map_years) or replicates < 1:
            continue
        row, age = np.indices(counts.shape)
        parts.append(
            pd.DataFrame(
                {
                    "scenario": scenario,
                    "year": np.asarray(map_years)[row.ravel()],
                    "sex": sex,
                    "age": age.ravel(),
                    "mean": counts.ravel() / replicates,
                }
            )
        )
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)


def mean_age(rows: pd.DataFrame) -> float | None:
    """The mean age, years: half a year is added for the part of a year lived; None where nobody lives."""
    total = float(rows["mean"].sum())
    return float((rows["mean"] * (rows["age"] + 0.5)).sum()) / total if total > 0 else None
