"""Findings about causes of death."""

from __future__ import annotations

from collections.abc import Iterator

from orientalis.analysis.causes import death_shares
from orientalis.analysis.panel import Panel
from orientalis.evidence.records import Finding
from orientalis.publish.facts import Facts, interval_of


def deaths(facts: Facts, panel: Panel) -> Iterator[Finding]:
    """The share of each cause in all recorded deaths of animals of 12 months or more, over the whole run."""
    for _, row in death_shares(panel).iterrows():
        yield facts.finding(
            "deaths_share",
            row["value"],
            interval_of(row["low"], row["high"], "simulation_error"),
            unit="share",
            n=int(row["replicates"]),
            method="delta",
            tail=str(row["cause"]),
            cause=str(row["cause"]),
            age_months=12,
            first=facts.calendar(1),
            last=facts.end,
        )
