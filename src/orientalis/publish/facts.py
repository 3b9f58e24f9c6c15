"""What all findings of one run share, and the plain numbers that records hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from orientalis.analysis.intervals import LEVEL, Estimate
from orientalis.evidence.records import Covers, Finding, Interval, Series


@dataclass(frozen=True)
class Facts:
    """One run: its scenario, hash, calendar, length, the sources of its quantities, and whether any is assumed."""

    scenario: str
    run_hash: str
    start_year: int | None
    years: int
    sources: tuple[str, ...]
    assumed: bool
    date: date

    def calendar(self, year: int) -> int:
        """The calendar year of a year of the run, or the year of the run where it has no calendar."""
        return int(year) + (self.start_year or 0)

    @property
    def end(self) -> int:
        """The last year."""
        return self.calendar(self.years)

    def finding(
        self, key: str, value: Any, interval: Interval, *, unit: str, n: int, method: str, tail: str = "", **more: Any
    ) -> Finding:
        """A finding KEY.SCENARIO[.tail]; the year is the last unless `more` says another."""
        return Finding(
            id=f"{key}.{self.scenario}{tail and '.' + tail}",
            key=key,
            parameters={"scenario": self.scenario, "year": self.end, **more},
            value=plain(value),
            interval=interval,
            unit=unit,
            n=n,
            method=method,
            run_hash=self.run_hash,
            sources=self.sources,
            assumed=self.assumed,
            date=self.date,
        )

    def estimate(self, key: str, found: Estimate, *, unit: str, method: str, tail: str = "", **more: Any) -> Finding:
        """A finding whose interval holds the simulation error alone."""
        interval = interval_of(found.low, found.high, "simulation_error", found.level)
        return self.finding(key, found.value, interval, unit=unit, n=found.n, method=method, tail=tail, **more)

    def series(
        self,
        key: str,
        columns: Mapping[str, Sequence[Any]],
        units: Mapping[str, str],
        *,
        n: int,
        method: str,
        **more: Any,
    ) -> Series:
        """A series KEY.SCENARIO; numbers that are not defined become None."""
        return Series(
            id=f"{key}.{self.scenario}",
            key=key,
            parameters={"scenario": self.scenario, **more},
            columns={name: tuple(plain(item) for item in column) for name, column in columns.items()},
            units=dict(units),
            n=n,
            method=method,
            run_hash=self.run_hash,
            assumed=self.assumed,
            date=self.date,
        )


def plain(value: Any) -> float | None:
    """A number as JSON holds it; None for what is not defined (None, NaN, infinity)."""
    if value is None or not isfinite(float(value)):
        return None
    return float(value)


def interval_of(low: Any, high: Any, covers: Covers, level: float | None = LEVEL) -> Interval:
    """An interval; without ends it covers nothing and has no level. `level` None: ends for which none holds."""
    first, last = plain(low), plain(high)
    if first is None and last is None:
        return Interval(covers="none")
    return Interval(low=first, high=last, level=level, covers=covers)
