"""The charts of the pages: which records of the bundle each is drawn from. None where the bundle lacks them."""

from __future__ import annotations

from orientalis.evidence import Bundle
from orientalis_site.charts import Chart


def fan(bundle: Bundle, scenario: str) -> Chart | None:
    """The fan of all leopards of a year or more."""
    return None


extinction = fan_russia = fan


def occupancy(bundle: Bundle, scenario: str, year: str) -> Chart | None:
    """The map."""
    return None


def moves(bundle: Bundle) -> Chart | None:
    """What moves the answer."""
    return None


certainty = counted = moves
