"""The shipped landscape: checksums, known places, published areas, size and speed."""

import hashlib
import json
import time
from pathlib import Path

import numpy as np
import pytest
from scipy.ndimage import label

from orientalis import geography
from orientalis.geography.load import CATALOGUE

FOLDER = CATALOGUE / "southwest_primorye"
PLACES = {
    "vladivostok": (43.115, 131.885),
    "ussuriysk": (43.80, 131.96),
    "khanka": (44.90, 132.40),
    "amur_bay": (43.10, 131.75),
    "sea": (42.50, 132.50),
    "kedrovaya_pad": (43.10, 131.45),
    "hunchun": (42.867, 130.357),
    "rason": (42.26, 130.30),
    "lazo": (43.00, 134.00),
}


@pytest.fixture(scope="module")
def landscape() -> geography.Landscape:
    return geography.load_landscape("southwest_primorye")


def at(landscape: geography.Landscape, layer: str, place: str) -> float:
    return float(landscape.layer(layer)[landscape.cell_of(*PLACES[place])])


def inside(landscape: geography.Landscape, zone: str, place: str) -> bool:
    return bool(landscape.zone(zone)[landscape.cell_of(*PLACES[place])])


def test_every_file_has_the_checksum_of_the_manifest_and_none_is_left_over() -> None:
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    entries = manifest["layers"] + manifest["vectors"]
    for entry in entries:
        assert hashlib.sha256((FOLDER / entry["file"]).read_bytes()).hexdigest() == entry["sha256"], entry["file"]
    listed = {entry["file"] for entry in entries} | {"manifest.json"}
    assert {path.name for path in FOLDER.iterdir() if path.is_file()} == listed


def test_every_layer_says_what_it_is() -> None:
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    for entry in manifest["layers"] + manifest["vectors"]:
        assert entry["class"] in geography.CLASSES
        assert entry["description"] and entry["licence"], entry["name"]
    for entry in manifest["layers"]:
        assert entry["source"] and entry["unit"] and entry["native_resolution"], entry["name"]


def test_licences_and_credits_are_shipped() -> None:
    notice = (FOLDER / "LICENSES" / "NOTICE.txt").read_text(encoding="utf-8")
    for credit in ("GeoNames", "Copernicus", "GSHHG", "Natural Earth", "NASA", "ITU-R"):
        assert credit in notice
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (FOLDER / "LICENSES" / "LGPL-3.0-or-later.txt").read_text("utf-8")


def test_is_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 3_000_000


def test_loads_within_a_second() -> None:
    geography.load_landscape("southwest_primorye")
    start = time.perf_counter()
    geography.load_landscape("southwest_primorye")
    assert time.perf_counter() - start < 1.0


def test_rasters_are_cloud_optimised() -> None:
    import rasterio

    for path in sorted(FOLDER.glob("*.tif")):
        with rasterio.open(path) as source:
            assert source.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG", path.name
            assert source.crs.is_projected


def test_cells_have_equal_area(landscape: geography.Landscape) -> None:
    """On the ellipsoid, cells far apart measure 4 km2 within 0.1 %."""
    from pyproj import Geod, Transformer

    to_degrees = Transformer.from_crs(landscape.crs, "EPSG:4326", always_xy=True)
    a, _, west, _, e, north = landscape.transform
    for row, column in ((0, 0), (90, 120), (landscape.shape[0] - 1, landscape.shape[1] - 1)):
        x, y = west + a * column, north + e * row
        lon, lat = to_degrees.transform([x, x + a, x + a, x], [y, y, y + e, y + e])
        area, _ = Geod(ellps="WGS84").polygon_area_perimeter(lon, lat)
        assert abs(area) / 1e6 == pytest.approx(4.0, rel=1e-3)
    assert landscape.cell_km == 2.0


def test_land_and_water(landscape: geography.Landscape) -> None:
    for place in ("khanka", "amur_bay", "sea"):
        assert at(landscape, "land", place) == 0, place
        assert at(landscape, "habitat", place) == 0 and at(landscape, "prey", place) == 0
    for place in ("vladivostok", "ussuriysk", "kedrovaya_pad", "hunchun", "rason"):
        assert at(landscape, "land", place) == 1, place


def test_people_live_in_towns_and_not_in_the_reserve(landscape: geography.Landscape) -> None:
    for place in ("vladivostok", "ussuriysk", "hunchun"):
        assert at(landscape, "people", place) > 0.7, place
    assert at(landscape, "people", "kedrovaya_pad") < 0.3


def test_countries(landscape: geography.Landscape) -> None:
    assert inside(landscape, "russia", "kedrovaya_pad") and inside(landscape, "russia", "vladivostok")
    assert inside(landscape, "china", "hunchun") and not inside(landscape, "russia", "hunchun")
    assert inside(landscape, "north_korea", "rason")
    count = sum(landscape.zones[name].astype(int) for name in ("russia", "china", "north_korea"))
    assert np.array_equal(count, landscape.layers["land"].astype(int))


def test_kedrovaya_pad_is_habitat_in_todays_range(landscape: geography.Landscape) -> None:
    assert at(landscape, "habitat", "kedrovaya_pad") > landscape.threshold
    for zone in ("kedrovaya_pad", "survey_3600", "survey_5710", "range_today"):
        assert landscape.zones[zone][landscape.cell_of(*PLACES["kedrovaya_pad"])], zone


@pytest.mark.parametrize(
    ("zone", "km2"),
    [
        ("land_of_the_leopard", 2620),
        ("kedrovaya_pad", 179),
        ("hunchun", 1087),
        ("northeast_china_park", 14100),
        ("survey_3600", 3600),
        ("survey_5710", 5710),
    ],
)
def test_schematic_zones_have_the_published_area(landscape: geography.Landscape, zone: str, km2: float) -> None:
    assert landscape.zones[zone].sum() * landscape.cell_km2 == pytest.approx(km2, abs=2.0)
    assert not (landscape.zones[zone] & (landscape.layers["land"] == 0)).any()


def test_zones_nest(landscape: geography.Landscape) -> None:
    zones = landscape.zones
    assert not (zones["survey_3600"] & ~zones["survey_5710"]).any()
    assert not (zones["hunchun"] & ~zones["northeast_china_park"]).any()
    assert not (zones["kedrovaya_pad"] & zones["land_of_the_leopard"]).any()
    assert not (zones["survey_5710"] & zones["east_of_razdolnaya"]).any()
    assert not (zones["range_today"] & (zones["east_of_razdolnaya"] | zones["north_korea"])).any()
    for country in ("russia", "china"):
        assert (zones["range_today"] & zones[country]).sum() > 900


def test_potential_habitat_agrees_with_the_published_areas(landscape: geography.Landscape) -> None:
    """Areas published before 2017, patches of 500 km2 or more; tolerance 10 % (the rules were set on these areas)."""
    habitat = geography.potential_habitat(landscape)
    assert np.array_equal(habitat, landscape.layers["potential_habitat"] == 1)
    numbers, areas = geography.patch_areas(landscape, habitat)
    large = (numbers > 0) & (numbers <= sum(area >= 500.0 for area in areas))
    used = landscape.zones["range_today"]
    assert not (used & ~habitat).any()
    assert 9000.0 <= used.sum() * 4.0 <= 10709.0
    assert (large & landscape.zones["russia"] & ~used).sum() * 4.0 == pytest.approx(10648.0, rel=0.1)
    assert (large & landscape.zones["china"]).sum() * 4.0 == pytest.approx(21173.7, rel=0.1)


def test_forest_in_the_surveyed_area_is_near_the_published_share(landscape: geography.Landscape) -> None:
    """57 % is published for south-west Primorye; the image gives more (66 %): within 12 points."""
    assert float(landscape.layers["forest"][landscape.zones["survey_5710"]].mean()) == pytest.approx(0.57, abs=0.12)


def test_snow_is_thin_where_leopards_live_and_deep_in_the_sikhote_alin(landscape: geography.Landscape) -> None:
    snow = landscape.layers["snow"]
    here = float(snow[landscape.zones["survey_5710"]].mean())
    assert 60.0 < here < 100.0
    assert float(snow[landscape.zones["east_of_razdolnaya"]].mean()) > 1.3 * here


def test_the_razdolnaya_corridor_is_a_barrier(landscape: geography.Landscape) -> None:
    """No way by land from today's range to the habitat east of it avoids people (index 0.3 or more)."""
    land = landscape.layers["land"] == 1
    quiet = land & (landscape.layers["people"] < 0.3)
    numbers, _ = label(quiet, structure=np.ones((3, 3)))
    habitat = geography.potential_habitat(landscape)
    west = set(np.unique(numbers[landscape.zones["range_today"] & quiet])) - {0}
    east = set(np.unique(numbers[landscape.zones["east_of_razdolnaya"] & habitat & quiet])) - {0}
    assert west and east and not west & east


def test_prey_follows_the_published_densities(landscape: geography.Landscape) -> None:
    """Forest with little snow, far from people: sika 1.9, roe .39, red deer .185, boar .44 per km2 outside reserves."""
    full = 1.9 * 60 + 0.39 * 30 + 0.185 * 130 + 0.44 * 60
    prey = landscape.layers["prey"]
    reserve = landscape.zones["land_of_the_leopard"] | landscape.zones["kedrovaya_pad"]
    assert float(prey[~reserve].max()) <= full + 0.1
    assert float(prey[reserve].max()) <= full + 1.1 * 60 + 0.1
    assert float(prey[landscape.zones["china"]].max()) <= 0.63 * full + 0.1
    assert 140.0 < float(prey[landscape.zones["range_today"] & landscape.zones["russia"]].mean()) < 180.0


def test_the_open_edge_is_land_on_the_rim(landscape: geography.Landscape) -> None:
    edge = landscape.layers["open_edge"] == 1
    assert edge.any()
    assert not edge[1:-1, 1:-1].any()
    assert not (edge & (landscape.layers["land"] == 0)).any()


def test_vectors(landscape: geography.Landscape) -> None:
    vectors = geography.load_vectors(landscape)
    assert set(vectors) == {"coast", "lakes", "rivers", "borders", "settlements", "reserves", "roads"}
    assert all(frame.crs.is_projected and len(frame) for frame in vectors.values())
    assert {"Vladivostok", "Hunchun"} <= set(vectors["settlements"]["name"])
    assert vectors["lakes"].area.max() / 1e6 == pytest.approx(4070, rel=0.05)


def test_another_threshold(landscape: geography.Landscape) -> None:
    default = geography.potential_habitat(landscape).sum()
    assert (
        geography.potential_habitat(landscape, 0.45).sum()
        > default
        > geography.potential_habitat(landscape, 0.55).sum()
    )


def test_a_smaller_window(landscape: geography.Landscape) -> None:
    small = geography.crop_landscape(landscape, 15)
    assert small.shape == (landscape.shape[0] - 30, landscape.shape[1] - 30)
    assert small.sha256 != landscape.sha256
    row, column = landscape.cell_of(*PLACES["kedrovaya_pad"])
    assert small.cell_of(*PLACES["kedrovaya_pad"]) == (row - 15, column - 15)
    assert small.layers["open_edge"].sum() > 0 and not small.layers["open_edge"][1:-1, 1:-1].any()


def test_layers_cannot_be_changed(landscape: geography.Landscape) -> None:
    with pytest.raises(ValueError, match="read-only"):
        landscape.layers["habitat"][0, 0] = 1.0


def test_the_folder_is_found_from_anywhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert geography.landscape_folder("southwest_primorye") == FOLDER
    assert geography.load_landscape(FOLDER).sha256 == geography.load_landscape("southwest_primorye").sha256
