"""What a bad landscape gets: one paragraph that names file, key, value and what was expected; never a traceback."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from rasterio.transform import Affine

from orientalis import geography
from orientalis.core.errors import InputError
from orientalis.geography.save import write_landscape

CRS = "+proj=aea +lat_1=42.7 +lat_2=47.1 +lat_0=45 +lon_0=134.75 +datum=WGS84 +units=m"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One's own landscape: 6 x 8 cells, one zone, checksums in the manifest."""
    zone = np.zeros((6, 8), dtype=bool)
    zone[:, :4] = True
    made = geography.synthetic((6, 8), prey=120.0, zones={"west": zone}, name="mine")
    write_landscape(made, tmp_path / "mine", crs=CRS)
    return tmp_path / "mine"


def rewrite(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    change(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def replace_layer(folder: Path, name: str, values: Any, **profile: Any) -> None:
    """Write another raster for a layer and forget its checksum."""
    data = np.asarray(values)
    options: dict[str, Any] = {"driver": "GTiff", "count": 1, "dtype": data.dtype, "crs": CRS}
    options |= {"height": data.shape[0], "width": data.shape[1], "transform": Affine(2000, 0, 0, 0, -2000, 12000)}
    with rasterio.open(folder / f"{name}.tif", "w", **(options | profile)) as target:
        target.write(data, 1)
    rewrite(folder, lambda m: [e.pop("sha256", None) for e in m["layers"] if e["name"] == name][:0])


def refused(folder: Path | str) -> str:
    with pytest.raises(InputError) as caught:
        geography.load_landscape(folder)
    text = str(caught.value)
    assert "\n" not in text and caught.value.exit_code == 2
    return text


def test_ones_own_landscape_loads(folder: Path) -> None:
    mine = geography.load_landscape(folder)
    assert (mine.name, mine.shape, mine.cell_km) == ("mine", (6, 8), 2.0)
    assert mine.zones["west"].sum() == 24
    assert mine.layers["prey"].dtype == np.float32 and float(mine.layers["prey"].max()) == 120.0
    assert geography.load_vectors(mine) == {}
    assert geography.load_landscape(str(folder / "manifest.json")).sha256 == mine.sha256


def test_unknown_landscape_offers_the_nearest_name() -> None:
    text = refused("southwest_primorje")
    assert text == (
        'unknown landscape: got "southwest_primorje"; expected a folder with a manifest.json, or one of '
        'southwest_primorye. Did you mean "southwest_primorye"?'
    )


def test_no_manifest(tmp_path: Path) -> None:
    assert "manifest.json" in refused(tmp_path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"\x89PNG\xff\xfe\x00", "binary"),
        (b'{"name": ', "not JSON"),
        (b"[]", "not valid"),
    ],
)
def test_bad_manifest(folder: Path, content: bytes, words: str) -> None:
    (folder / "manifest.json").write_bytes(content)
    text = refused(folder)
    assert words in text and "manifest.json" in text


def test_missing_layer(folder: Path) -> None:
    rewrite(folder, lambda m: m.update(layers=[e for e in m["layers"] if e["name"] != "prey"]))
    assert 'lacks the layer "prey"' in refused(folder)


def test_misspelt_layer(folder: Path) -> None:
    rewrite(folder, lambda m: [e.update(name="habitats") for e in m["layers"] if e["name"] == "habitat"][:0])
    text = refused(folder)
    assert 'lacks the layer "habitat"' in text and 'Did you mean "habitats"?' in text


def test_missing_file(folder: Path) -> None:
    (folder / "people.tif").unlink()
    text = refused(folder)
    assert "people.tif" in text and "cannot be read" in text


def test_unknown_key(folder: Path) -> None:
    rewrite(folder, lambda m: m["layers"][0].update(colour="green"))
    assert "layers.0.colour" in refused(folder)


def test_unknown_class(folder: Path) -> None:
    rewrite(folder, lambda m: m["layers"][0].update({"class": "guessed"}))
    text = refused(folder)
    assert "layers.0.class" in text and "guessed" in text and "observed" in text


def test_name_given_twice(folder: Path) -> None:
    rewrite(folder, lambda m: m["layers"].append(m["layers"][0]))
    assert "twice" in refused(folder)


def test_threshold_out_of_range(folder: Path) -> None:
    rewrite(folder, lambda m: m.update(habitat_threshold=1.5))
    assert "habitat_threshold" in refused(folder)
    with pytest.raises(InputError, match="threshold"):
        geography.potential_habitat(geography.synthetic((3, 3)), -0.1)


def test_another_checksum(folder: Path) -> None:
    path = folder / "habitat.tif"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(bytes(data))
    text = refused(folder)
    assert "habitat.tif" in text and "sha256" in text


def test_truncated_with_checksum(folder: Path) -> None:
    path = folder / "habitat.tif"
    path.write_bytes(path.read_bytes()[:300])
    assert "truncated" in refused(folder)


@pytest.mark.parametrize("content", [b"\x00\x01\x02" * 50, b"not a raster", None])
def test_not_a_raster(folder: Path, content: bytes | None) -> None:
    path = folder / "habitat.tif"
    path.write_bytes(path.read_bytes()[:300] if content is None else content)
    rewrite(folder, lambda m: [e.pop("sha256") for e in m["layers"]][:0])
    text = refused(folder)
    assert "habitat.tif" in text and "raster" in text


def test_empty_raster(folder: Path) -> None:
    (folder / "habitat.tif").write_bytes(b"")
    assert "is empty" in refused(folder)


def test_no_coordinate_system(folder: Path) -> None:
    replace_layer(folder, "habitat", np.ones((6, 8), "float32"), crs=None)
    text = refused(folder)
    assert "no coordinate system" in text and "habitat.tif" in text


def test_degrees(folder: Path) -> None:
    replace_layer(
        folder, "land", np.ones((6, 8), "uint8"), crs="EPSG:4326", transform=Affine(0.02, 0, 131, 0, -0.02, 43)
    )
    assert "degrees" in refused(folder)


def test_mercator_and_feet(folder: Path) -> None:
    transform = Affine(2000, 0, 14_600_000, 0, -2000, 5_300_000)
    for path in sorted(folder.glob("*.tif")):
        replace_layer(folder, path.stem, np.ones((6, 8), "uint8"), crs="EPSG:3857", transform=transform)
    text = refused(folder)
    assert "distorts areas" in text and "times too large" in text
    replace_layer(folder, "land", np.ones((6, 8), "uint8"), crs="EPSG:2263")
    assert "not in metres" in refused(folder)


def test_oblong_cells_and_south_up(folder: Path) -> None:
    replace_layer(folder, "land", np.ones((6, 8), "uint8"), transform=Affine(2000, 0, 0, 0, -1000, 6000))
    assert "not square" in refused(folder)
    replace_layer(folder, "land", np.ones((6, 8), "uint8"), transform=Affine(2000, 0, 0, 0, 2000, 0))
    assert "north-up" in refused(folder)


@pytest.mark.parametrize(
    ("values", "profile", "words"),
    [
        (np.ones((6, 9), "float32"), {}, "the shape differs"),
        (np.ones((6, 8), "float32"), {"transform": Affine(2000, 0, 1000, 0, -2000, 12000)}, "the transform differs"),
        (np.ones((6, 8), "float32"), {"crs": "EPSG:32652"}, "the coordinate system differs"),
    ],
)
def test_layers_of_different_grids(folder: Path, values: Any, profile: dict[str, Any], words: str) -> None:
    replace_layer(folder, "habitat", values, **profile)
    text = refused(folder)
    assert words in text and "habitat.tif" in text and "land.tif" in text


def test_values_out_of_range(folder: Path) -> None:
    replace_layer(folder, "habitat", np.full((6, 8), 1.5, "float32"))
    text = refused(folder)
    assert "outside its range" in text and "1.5" in text and "0 to 1" in text


def test_missing_values_on_land(folder: Path) -> None:
    replace_layer(folder, "prey", np.full((6, 8), np.nan, "float32"))
    assert "no value on land" in refused(folder)


def test_missing_values_on_water_are_zero(folder: Path) -> None:
    land, prey = np.ones((6, 8), "uint8"), np.full((6, 8), 100.0, "float32")
    land[0], prey[0] = 0, -9999.0
    replace_layer(folder, "land", land)
    replace_layer(folder, "prey", prey, nodata=-9999.0)
    assert not geography.load_landscape(folder).layers["prey"][0].any()


def test_another_file_without_a_checksum_is_another_landscape(folder: Path) -> None:
    checksums = set()
    for kg in (100.0, 100.0, 101.0):
        replace_layer(folder, "prey", np.full((6, 8), kg, "float32"))
        checksums.add(geography.load_landscape(folder).sha256)
    assert len(checksums) == 2


def test_zone_that_says_two_places(folder: Path) -> None:
    rewrite(folder, lambda m: m["zones"].append({"name": "core", "bit": 1, "file": "core.tif"}))
    assert "exactly one of bit and file" in refused(folder)


def test_zone_in_a_file_of_its_own(folder: Path) -> None:
    core = np.zeros((6, 8), "uint8")
    core[2:4, 2:4] = 1
    rewrite(folder, lambda m: m["zones"].append({"name": "core", "file": "core.tif"}))
    replace_layer(folder, "core", core)
    assert geography.load_landscape(folder).zones["core"].sum() == 4


def test_bad_vectors(folder: Path) -> None:
    (folder / "coast.parquet").write_bytes(b"no parquet")
    rewrite(folder, lambda m: m.update(vectors=[{"name": "coast", "file": "coast.parquet", "class": "observed"}]))
    with pytest.raises(InputError, match="cannot be read as vectors"):
        geography.load_vectors(geography.load_landscape(folder))


def test_unknown_names_and_places() -> None:
    landscape = geography.load_landscape("southwest_primorye")
    with pytest.raises(InputError, match='Did you mean "russia"'):
        landscape.zone("rusia")
    with pytest.raises(InputError, match='Did you mean "habitat"'):
        landscape.layer("habitt")
    with pytest.raises(InputError, match="off the map"):
        landscape.cell_of(55.0, 37.0)
    assert landscape.zone("everywhere").sum() == landscape.layers["land"].sum()
