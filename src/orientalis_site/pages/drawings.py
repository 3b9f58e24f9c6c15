"""The charts of the pages: which records of the bundle each is drawn from. None where the bundle lacks them."""

from __future__ import annotations

from orientalis.evidence import Bundle
from orientalis_site import charts
from orientalis_site.charts import Chart


def fan(bundle: Bundle, scenario: str) -> Chart | None:
    """The fan of all leopards of a year or more."""
    series = bundle.series.get(f"fan.{scenario}")
    return None if series is None else charts.fan(series, start_year=bundle.manifest.start_year)


def fan_russia(bundle: Bundle, scenario: str) -> Chart | None:
    """Adults in Russia, with what was counted there."""
    series = bundle.series.get(f"fan_russia.{scenario}")
    if series is None:
        return None
    counts = [one for one in bundle.counts.values() if one.zone == "russia" and one.group == "adults"]
    return charts.fan(series, counts, bundle.manifest.start_year)


def extinction(bundle: Bundle, scenario: str) -> Chart | None:
    """The curves of extinction and of few adults."""
    series = bundle.series.get(f"extinction.{scenario}")
    return None if series is None else charts.extinction(series, bundle.manifest.start_year)


def occupancy(bundle: Bundle, scenario: str, year: str) -> Chart | None:
    """The map of a year."""
    raster = bundle.rasters.get(f"occupancy.{scenario}.{year}")
    if raster is None or bundle.landscape is None:
        return None
    return charts.occupancy_map(bundle.landscape, bundle.rasters, raster)


def moves(bundle: Bundle) -> Chart | None:
    """What moves the answer."""
    return None


def certainty(bundle: Bundle) -> Chart | None:
    """Chance alone beside all that is not known."""
    return None


def counted(bundle: Bundle) -> Chart | None:
    """What was counted in the field."""
    return None
