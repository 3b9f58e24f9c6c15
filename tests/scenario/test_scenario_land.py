"""Forest and fire with bad input: a message that names file, key, value and what was expected, before the run."""

from pathlib import Path

import numpy as np
import pytest

from orientalis.catalogue import load_threat
from orientalis.catalogue.threat_loader import THREAT_FOLDER
from orientalis.core.errors import InputError
from orientalis.engine.codes import Plants
from orientalis.geography import load_landscape, synthetic
from orientalis.scenario import compile_batch, load_study, resolve
from orientalis.scenario.ground import plants_of

STUDY = """
species = "panthera_pardus_orientalis"
landscape = "southwest_primorye"
[run]
replicates = 1
years = 1
tick = "month"
seed = 1
batch = 1
[start]
animals = 2
[threats]
forest = true
fire = true
[[scenario]]
name = "a"
"""


def refused(folder: Path, text: str, *sets: str) -> str:
    """The message that a study gets."""
    file = folder / "study.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        compile_batch(resolve(load_study(file, sets))[0], 0, 1)
    assert caught.value.exit_code == 2
    return str(caught.value)


def test_fire_needs_forest(tmp_path: Path) -> None:
    assert "the threat fire needs forest" in refused(tmp_path, STUDY, "threats.forest=false")


def test_forest_needs_a_map(tmp_path: Path) -> None:
    assert "needs a map" in refused(tmp_path, STUDY, 'landscape="none"')


@pytest.mark.parametrize(
    ("path", "value"),
    [("fire.crews", 1.2), ("fire.permits", -0.1), ("fire.fuel_oak", 1.5), ("forest.logging", -1.0)],
)
def test_a_value_out_of_range_is_refused(tmp_path: Path, path: str, value: float) -> None:
    message = refused(tmp_path, STUDY, f"{path}={value}")
    assert path in message
    assert "out of its range" in message


def test_a_wind_of_one_zone_is_refused(tmp_path: Path) -> None:
    change = '\n[[scenario.change]]\nparameter = "fire.wind"\nset = 1.0\nzone = "russia"\n'
    assert "one for the whole map" in refused(tmp_path, STUDY + change)


def test_a_class_of_cover_without_fuel_is_refused(tmp_path: Path) -> None:
    text = (THREAT_FOLDER / "fire.toml").read_text(encoding="utf-8")
    begin = text.index("[fire.fuel_oak]")
    file = tmp_path / "fire.toml"
    file.write_text(text[:begin] + text[text.index("[fire.fuel_conifer]") :], encoding="utf-8")
    with pytest.raises(InputError, match="fuel_oak") as caught:
        load_threat("fire", file)
    assert str(file) in str(caught.value)


def test_classes_of_the_real_map_have_the_published_share_of_forest() -> None:
    """57 % of the surveyed area (WCS), 5 points either way; no cell of field far from people."""
    landscape = load_landscape("southwest_primorye")
    plants = plants_of(landscape)
    cells = landscape.zone("survey_5710") & (landscape.layers["land"] == 1)
    assert abs((plants[cells] >= Plants.YOUNG_OAK).mean() - 0.57) < 0.05
    assert (landscape.layers["people"][(plants == Plants.FIELD) & (landscape.layers["land"] == 1)] >= 0.5).all()
    assert set(np.unique(plants)) == {int(kind) for kind in Plants}


def test_a_made_map_takes_its_classes_from_habitat() -> None:
    habitat = np.array([[0.3, 0.5, 0.7, 0.95, 0.2]])
    people = np.array([[0.0, 0.0, 0.0, 0.0, 0.9]])
    plants = plants_of(synthetic((1, 5), habitat=habitat, people=people))
    assert plants.tolist() == [[Plants.GRASS, Plants.YOUNG_OAK, Plants.OAK, Plants.CONIFER, Plants.FIELD]]
