"""The map: in which share of the futures a place lies within a resident female's range. North is up."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orientalis.evidence import Landscape, Raster
from orientalis_site.charts import letters, svg
from orientalis_site.charts.cells import above, everywhere, outline
from orientalis_site.charts.chart import Cell, Chart, Table, number_cell, text_cell
from orientalis_site.charts.frame import LOOKS, Look
from orientalis_site.charts.map_key import layers_key, steps_key
from orientalis_site.charts.map_lines import map_lines
from orientalis_site.charts.map_names import Box, Ground, map_names
from orientalis_site.charts.words import marks, scenario_name, sentences
from orientalis_site.kit.numerals import number, percent, year

EDGES = (0.01, 0.10, 0.25, 0.50, 0.75)
HALF = 0.50
BAR_KM = (200, 100, 50, 20, 10, 5, 2, 1)
LAND, HABITAT = "land", "potential_habitat"


def occupancy_map(
    landscape: Landscape | None,
    rasters: Mapping[str, Raster],
    raster: Raster,
    names: Mapping[str, str] | None = None,
) -> Chart:
    """Draw `raster` over the land and potential habitat among `rasters`; without a landscape only title and table.

    `names` are the scenarios' names in the reader's language.
    """
    wide, narrow = (
        (_draw(landscape, rasters, raster, look) for look in LOOKS) if landscape else (SafeString(), SafeString())
    )
    cell_km2 = landscape.cell_km**2 if landscape else 0.0
    return Chart(
        name="map",
        title=_title(rasters, raster, cell_km2),
        subtitle=_(
            "Share of futures in which a place lies within the range of a resident female, %(year)s: %(scenario)s"
        )
        % {"year": _year_words(raster), "scenario": scenario_name(str(raster.parameters.get("scenario", "")), names)},
        wide=wide,
        narrow=narrow,
        alt=_alt(rasters, raster, cell_km2),
        table=_table(raster, cell_km2),
        data_id=raster.id if landscape else "",
        caption=_caption(landscape, raster),
    )


def _area(raster: Raster, edge: float, cell_km2: float) -> float:
    return len(above(raster, edge)) * cell_km2


def _area_words(area: float) -> str:
    rounded = int(round(area, -2)) if area >= 1000 else int(round(area))
    words = ngettext("%(number)s square kilometre", "%(number)s square kilometres", rounded)
    return words % {"number": number(rounded)}


def _year_words(raster: Raster) -> str:
    held = raster.parameters.get("year")
    return year(int(held)) if isinstance(held, int | float) else ""


def _first(rasters: Mapping[str, Raster], raster: Raster) -> Raster | None:
    """The same layer and scenario in the earliest year, where that is another one."""
    same = [
        one
        for one in rasters.values()
        if one.key == raster.key and one.parameters.get("scenario") == raster.parameters.get("scenario")
    ]
    first = min(same, key=lambda one: float(one.parameters.get("year", 0)), default=None)
    return None if first is None or first.id == raster.id else first


def _title(rasters: Mapping[str, Raster], raster: Raster, cell_km2: float) -> str:
    area = _area(raster, HALF, cell_km2)
    if not area:
        return _("By %(year)s no place is held by females in half of the futures") % {"year": _year_words(raster)}
    said = _("In at least half of the futures females hold %(area)s in %(year)s") % {
        "area": _area_words(area),
        "year": _year_words(raster),
    }
    first = _first(rasters, raster)
    if first is None:
        return said
    before = _("%(area)s in %(year)s") % {
        "area": _area_words(_area(first, HALF, cell_km2)),
        "year": _year_words(first),
    }
    return said + pgettext("between clauses", "; ") + before


def _alt(rasters: Mapping[str, Raster], raster: Raster, cell_km2: float) -> str:
    return _("Map, north up. %(title)s. In at least %(low)s of futures: %(area)s.") % {
        "title": _title(rasters, raster, cell_km2),
        "low": percent(EDGES[0]),
        "area": _area_words(_area(raster, EDGES[0], cell_km2)),
    }


def _table(raster: Raster, cell_km2: float) -> Table:
    columns = (pgettext("table", "Share of futures, at least"), pgettext("table", "Area, square kilometres"))
    rows: list[tuple[Cell, ...]] = [
        (Cell(percent(edge), edge), number_cell(_area(raster, edge, cell_km2))) for edge in EDGES
    ]
    return Table(columns, tuple(rows) if cell_km2 else ((text_cell(_("no map in this bundle")), text_cell("")),))


def _caption(landscape: Landscape | None, raster: Raster) -> str:
    futures = ngettext("%(number)s simulated future", "%(number)s simulated futures", raster.n) % {
        "number": number(raster.n)
    }
    made = _(
        "The shading is what the model gives, not where leopards were seen; no real animal, den or snare is shown."
    )
    run = _("%(futures)s; run %(hash)s.") % {"futures": futures, "hash": (raster.run_hash or "")[:8]}
    return sentences(made, run if raster.run_hash else "", landscape.attribution if landscape else "")


def _draw(landscape: Landscape, rasters: Mapping[str, Raster], raster: Raster, look: Look) -> SafeString:
    per_cell = look.width / landscape.columns
    height = round(per_cell * landscape.rows, 1)
    ground = Ground(look.width, height, per_cell / 10, look.is_wide)
    bar, corner = _scale_bar(landscape, ground, look)
    habitat = rasters.get(HABITAT)
    inner = svg.element(
        "svg",
        {
            "class": "ground",
            "width": look.width,
            "height": height,
            "viewBox": f"0 0 {10 * landscape.columns} {10 * landscape.rows}",
        },
        svg.group("cells", *_areas(landscape, rasters, raster), transform="scale(10)"),
        map_lines(landscape, 2.0 if look.is_wide else 4.0),
    )
    steps, low = steps_key(EDGES, look, height + 12)
    key, low = layers_key(landscape, look, low + 4, habitat is not None, habitat.layer_class if habitat else "")
    content = [
        inner,
        svg.rectangle(0, 0, look.width, height, "rim"),
        map_names(landscape.places, ground, [corner]),
        bar,
        steps,
        key,
    ]
    cell_km2 = landscape.cell_km**2
    return svg.drawing(
        look.width,
        low,
        look.css,
        _alt(rasters, raster, cell_km2),
        _reading(landscape, ground, raster) | marks(),
        content,
    )


def _areas(landscape: Landscape, rasters: Mapping[str, Raster], raster: Raster) -> list[str]:
    """Water, potential habitat where hardly ever anybody lives, then each step over the one below."""
    land = above(rasters.get(LAND), 1e-9)
    water = everywhere(landscape.rows, landscape.columns) - land if land else frozenset()
    levels = [above(raster, edge) for edge in EDGES]
    habitat = above(rasters.get(HABITAT), 1e-9) - levels[0]
    drawn = [svg.path(outline(water), "water"), svg.path(outline(habitat), "habitat")]
    return drawn + [svg.path(outline(level), f"step-{index + 1}") for index, level in enumerate(levels)]


def _scale_bar(landscape: Landscape, ground: Ground, look: Look) -> tuple[str, Box]:
    """A bar of a round length at the lower right with an arrow to the north, and the box that it needs."""
    per_km = 10 * ground.per_tenth / landscape.cell_km
    length = next((km for km in BAR_KM if km * per_km <= ground.width / 6), 1)
    right, base = ground.width - 14.0, ground.height - 14.0 - look.size
    left = right - length * per_km
    words = _("%(number)s km") % {"number": number(length)}
    middle = (left + right) / 2
    north = pgettext("letter for north on a map", "N")
    arrow = f"M{svg.px(middle)} {svg.px(base - 26)}v18m-4-12l4-6 4 6"
    parts = [
        svg.line(left, base, right, base, "bar"),
        svg.text(middle, base + look.size + 2, words, "halo", "middle"),
        svg.path(arrow, "arrow"),
        svg.text(middle, base - 30, north, "halo strong", "middle"),
    ]
    room = max(right - left, letters.width(words, look.size))
    box = (middle - room / 2 - 6, base - 34 - look.size, ground.width, ground.height)
    return svg.group("scale", *parts), box


def _reading(landscape: Landscape, ground: Ground, raster: Raster) -> dict[str, svg.Attribute]:
    """What the script needs to read a cell out."""
    near = _("%(share)s of futures, %(distance)s km from %(place)s")
    alone = _("%(share)s of futures")
    filled = {"share": "{share:p}", "distance": "{distance}", "place": "{place}"}
    return {
        "id": raster.id,
        "plot": f"0 0 {svg.px(ground.width)} {svg.px(ground.height)}",
        "grid": f"{landscape.rows} {landscape.columns}",
        "cell-km": f"{landscape.cell_km:g}",
        "line": (near if landscape.places else alone) % filled,
        "water": pgettext("readout", "water"),
        "hint": _("Point at the map, or focus it and use the arrow keys, to read each place."),
    }
