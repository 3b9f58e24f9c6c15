"""The petition's statements and the published figures beside which they stand."""

from __future__ import annotations

from orientalis.evidence.records import Claim, Figure


def claims_of(species: str, known: set[str]) -> tuple[list[Claim], list[Figure]]:
    """The claims about a species and the published figures that they name; `known` are the findings' ids."""
    return [], []
