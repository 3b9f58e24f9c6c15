"""Blind second readings: the format, the comparison, and the readings themselves."""

from pathlib import Path
from typing import Any

import pytest

from orientalis.catalogue import load_species, species_names
from orientalis.catalogue.blind_reading import READING_FOLDER, compare, load_readings, needs_reading, template
from orientalis.core.errors import InputError

LEOPARD = load_species("panthera_pardus_orientalis")


def readings(**changes: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Readings that agree with the species, some changed."""
    found = {
        path: {"value": quantity.value, "unit": quantity.unit, "where": "x", "reader": "y"}
        for path, quantity in needs_reading(LEOPARD).items()
    }
    for path, change in changes.items():
        found[path] = found.get(path, {"where": "x", "reader": "y"}) | change
    return found


@pytest.mark.parametrize("name", [name for name in species_names() if needs_reading(load_species(name))])
def test_the_second_readings_agree(name: str) -> None:
    assert compare(load_species(name), load_readings(READING_FOLDER / f"{name}.toml")) == []


def test_equal_readings_agree() -> None:
    assert compare(LEOPARD, readings()) == []


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("reproduction.male_share", {"value": 0.51}),
        ("survival.old.female", {"value": 0.722 ** (12 / 66)}),
        ("life_history.gestation", {"value": 97, "unit": "day"}),
        ("life_history.first_breeding_female", {"value": 38 / 12, "unit": "year"}),
        ("survival.cub_3_6.female", {"value": 0.846**4, "unit": "probability/year"}),
        ("shares.cub_0_3.infanticide", {"value": 3, "unit": "percent"}),
        ("territory.female_need", {"value": 1150.5, "unit": "kg/year"}),
    ],
)
def test_the_same_number_in_another_unit_agrees(path: str, change: dict[str, Any]) -> None:
    assert compare(LEOPARD, readings(**{path: change})) == []


@pytest.mark.parametrize(
    ("path", "change", "words"),
    [
        ("catastrophe.per_generation", {"value": 0.15}, "0.15 probability/generation read, 0.14"),
        ("catastrophe.per_generation", {"unit": "probability/year"}, "unit probability/year read"),
        ("survival.old.female", {"value": 0.722}, "0.722 probability/year read, 0.9425"),
        ("survival.old.female", {"unit": "probability/stage"}, "unit probability/stage read"),
        ("survival.adult.female", {"unit": "probability/stage"}, "read, 0.93"),
        ("infanticide.first_year", {"unit": "percent"}, "unit percent read"),
        ("infanticide.first_year", {"value": [0.79, 0.24]}, "2 numbers read, 1"),
        ("life_history.gestation", {"value": 97, "unit": "month"}, "97 month read, 3.18"),
        ("nothing.here", {"value": 1, "unit": "1"}, "no such quantity"),
    ],
)
def test_a_difference_is_found(path: str, change: dict[str, Any], words: str) -> None:
    found = compare(LEOPARD, readings(**{path: change}))
    assert [entry.path for entry in found] == [path]
    assert words in found[0].what


def test_a_reading_that_lacks_is_found() -> None:
    some = readings()
    del some["catastrophe.per_generation"]
    assert compare(LEOPARD, some) == [("catastrophe.per_generation", "no second reading")]


def test_the_template_shows_no_number_of_the_species(tmp_path: Path) -> None:
    text = template(LEOPARD)
    for path in needs_reading(LEOPARD):
        assert f'["{path}"]' in text
    assert all(line == "value = " for line in text.splitlines() if line.startswith("value"))
    file = tmp_path / "r.toml"
    file.write_text(text.replace("value = ", "value = 1").replace('unit = ""', 'unit = "1"'), encoding="utf-8")
    assert set(load_readings(file)) == set(needs_reading(LEOPARD))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a = 1", "not a table"),
        ('["a"]\nvalue = 1\nunit = "1"\nwhere = ""\nreder = ""', 'Did you mean "reader"?'),
        ('["a"]\nvalue = 1\nunit = "1"\nwhere = ""', "a key is missing"),
        ('["a"]\nvalue = 1\nunit = "yers"\nwhere = ""\nreader = ""', 'Did you mean "year"?'),
        ('["a"]\nvalue = "x"\nunit = "1"\nwhere = ""\nreader = ""', "not a number"),
        ('["a"]\nvalue = []\nunit = "1"\nwhere = ""\nreader = ""', "not a number"),
    ],
)
def test_broken_readings(text: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / "r.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_readings(file)
    assert words in str(caught.value)
