"""The rules by which the shipped landscape was made: directions, small cases, and that its manifest tells them."""

import json

import numpy as np
import pytest

from orientalis.geography.load import CATALOGUE
from tools.landscape import assumptions, climate, document, habitat, people, zones
from tools.landscape.grid import CELL_M, padded_grid

ONE = np.ones((1, 1))
REFERENCE = {"forest": 0.6, "rugged": 0.4, "elevation": 500.0, "people": 0.2, "snow": 110.0}
SIGNS = {"forest": +1, "rugged": +1, "elevation": -1, "people": -1, "snow": -1}


def suitability(**given: float) -> float:
    return float(habitat.suitability(ONE > 0, **{key: ONE * value for key, value in (REFERENCE | given).items()})[0, 0])


@pytest.mark.parametrize("term", sorted(SIGNS))
def test_habitat_has_the_published_signs(term: str) -> None:
    change = suitability(**{term: REFERENCE[term] * 1.2}) - suitability()
    assert np.sign(change) == SIGNS[term]


def test_the_manifest_tells_the_assumptions() -> None:
    manifest = json.loads((CATALOGUE / "southwest_primorye" / "manifest.json").read_text(encoding="utf-8"))
    told = {key: json.loads(json.dumps(value)) for key, value in vars(assumptions).items() if key.isupper()}
    assert manifest["assumptions"] == told
    assert manifest["habitat_threshold"] == assumptions.HABITAT_THRESHOLD


def test_prey_falls_with_snow_and_people_and_rises_with_forest() -> None:
    def prey(forest: float, snow: float, near: float, is_china: bool = False) -> float:
        made = habitat.prey_biomass(
            ONE > 0, ONE * forest, ONE * snow, ONE * near, ONE < 0, np.full(ONE.shape, is_china)
        )
        return float(made[0, 0])

    assert prey(1, 0, 0) == pytest.approx(sum(density * mass for density, _, mass in assumptions.PREY.values()))
    assert prey(1, 0, 0, True) == pytest.approx(assumptions.PREY_CHINA * prey(1, 0, 0))
    assert prey(1, 0, 0) > prey(0.5, 0, 0) and prey(1, 0, 0) > prey(1, 200, 0) and prey(1, 0, 0) > prey(1, 0, 0.5)


def test_degree_days() -> None:
    """Far above freezing the mean counts; at freezing the spread over the root of 2 pi; far below nothing."""
    days = climate.degree_days(np.array([20.0, 0.0, -20.0]), 30.0)
    assert days == pytest.approx([600.0, 30.0 * assumptions.DAILY_SPREAD / np.sqrt(2 * np.pi), 0.0], abs=1e-6)


def test_snow_lies_in_the_cold_alone() -> None:
    rain = np.full((12, 1, 1), 20.0)
    assert climate.greatest_snow(np.full((12, 1, 1), 10.0), rain)[0, 0] == 0.0
    winter = np.where(np.arange(12) < 3, -15.0, 15.0)[:, None, None] * ONE
    assert climate.greatest_snow(winter, rain)[0, 0] == pytest.approx(60.0, abs=0.1)


def test_patches_are_numbered_from_the_largest() -> None:
    field = np.zeros((5, 9), dtype=bool)
    field[1, 1] = field[3, 4:8] = field[2, 2] = True
    numbers, areas = habitat.patches(field)
    assert areas == [16.0, 8.0] and numbers[3, 4] == 1 and numbers[1, 1] == numbers[2, 2] == 2
    assert habitat.patches(field, 10.0)[1] == [16.0]


def test_the_range_grows_over_habitat_and_jumps_gaps_last() -> None:
    field = np.zeros((3, 20), dtype=bool)
    field[1, :8] = field[1, 10:] = True
    assert np.flatnonzero(zones.grow(field, (1, 4), 32.0)[1]).tolist() == list(range(8))
    assert zones.grow(field, (1, 4), 40.0)[1, 10:12].all()
    assert zones.grow(field, (1, 4), 1e6).sum() == field.sum()


def test_people_index_falls_with_distance_and_rises_with_population() -> None:
    grid = padded_grid()
    row, column = grid.cell(43.8, 131.96)
    none = np.zeros(grid.shape, dtype=np.uint8)
    village, city = (
        people.people_index([people.Settlement("x", 43.8, 131.96, "RU", n, row, column)], none, grid)
        for n in (500, 500_000)
    )
    assert city[row, column] > city[row, column + 3] > city[row, column + 6]
    assert city[row, column + 3] > village[row, column + 3]
    assert CELL_M == 2000.0 and 0.0 <= city.min() and city.max() <= 1.0


def test_roads_link_towns_over_land() -> None:
    land = np.ones((12, 30), dtype=bool)
    land[:6, 15] = False
    towns = [people.Settlement(str(c), 0.0, 0.0, "RU", 20_000, 2, c) for c in (2, 27)]
    roads = people.build_roads(towns, land, np.zeros(land.shape), np.full(land.shape, "RU"))
    assert roads[2, 2] == roads[2, 27] == 2
    assert not roads[~land].any() and roads[6:, 15].any()


def test_the_page_is_up_to_date() -> None:
    """Its tables are made from the manifest by the build."""
    manifest = json.loads((CATALOGUE / "southwest_primorye" / "manifest.json").read_text(encoding="utf-8"))
    page = document.PAGE.read_text(encoding="utf-8")
    assert document.render(page, manifest) == page
