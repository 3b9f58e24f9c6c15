"""The charts of the pages: which records of the bundle each is drawn from. None where the bundle lacks them."""

from __future__ import annotations

from orientalis.evidence import Bundle
from orientalis_site import charts
from orientalis_site.charts import Chart
from orientalis_site.charts.surroundings import DRAWN
from orientalis_site.pages import words


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


def surroundings(bundle: Bundle, scenario: str) -> list[Chart]:
    """Fire, forest, prey, tigers, patrols, genes, sickness: those that the bundle holds."""
    found = [bundle.series.get(f"{key}.{scenario}") for key in DRAWN]
    return [charts.surroundings(one, bundle.manifest.start_year) for one in found if one is not None]


def deaths(bundle: Bundle, scenario: str) -> Chart | None:
    """The causes of death through time."""
    series = bundle.series.get(f"deaths.{scenario}")
    if series is None:
        return None
    causes = {name: words.say(words.CAUSES, name) for name in series.columns}
    return charts.deaths(series, causes, bundle.manifest.start_year)


def occupancy(bundle: Bundle, scenario: str, year: str) -> Chart | None:
    """The map of a year."""
    raster = bundle.rasters.get(f"occupancy.{scenario}.{year}")
    if raster is None or bundle.landscape is None:
        return None
    return charts.occupancy_map(bundle.landscape, bundle.rasters, raster, names(bundle))


def moves(bundle: Bundle) -> Chart | None:
    """What moves the answer: adults at the end in each scenario."""
    found = [one for one in bundle.findings.values() if one.key == "adults_median"]
    return charts.moves(found, names(bundle), bundle.manifest.baseline) if len(found) > 1 else None


def certainty(bundle: Bundle) -> Chart | None:
    """Chance alone beside all that is not known."""
    found = [one for one in bundle.findings.values() if one.key in ("extinct", "extinct_draws")]
    return charts.certainty(found, names(bundle)) if any(one.key == "extinct_draws" for one in found) else None


def names(bundle: Bundle) -> dict[str, str]:
    """The scenarios in the reader's words."""
    return {name: words.scenario(name) for name in bundle.manifest.scenarios}


def counted(bundle: Bundle) -> Chart | None:
    """What was counted in the field."""
    return charts.counted(list(bundle.counts.values())) if bundle.counts else None
