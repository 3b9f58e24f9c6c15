"""Blind second readings of published figures: the file that each series must have, and the comparison."""

from pathlib import Path
from typing import Any

import pytest

from orientalis.catalogue import load_published, published_names
from orientalis.catalogue.published_reading import (
    PARTS,
    compare_published,
    figures_to_read,
    load_published_readings,
    published_reading_file,
    published_template,
)
from orientalis.core.errors import InputError

FIGURES = load_published("amur_leopard")


def readings(**changes: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Readings that agree with the first, some changed; a change to None takes a part away."""
    found: dict[str, dict[str, Any]] = {}
    for key, figure in figures_to_read(FIGURES).items():
        numbers = {part: getattr(figure, part) for part in PARTS if getattr(figure, part) is not None}
        found[key] = {**numbers, "unit": figure.unit, "where": "x", "reader": "y"}
    for key, change in changes.items():
        found[key] = found.get(key, {"where": "x", "reader": "y"}) | change
    return found


@pytest.mark.parametrize("name", published_names())
def test_the_second_readings_agree(name: str) -> None:
    assert compare_published(load_published(name), load_published_readings(published_reading_file(name))) == []


def test_equal_readings_agree_in_other_units_too() -> None:
    assert compare_published(FIGURES, readings()) == []
    changed = readings(
        **{
            "life.gestation": {"low": 90 / (365.25 / 12), "high": 105 / (365.25 / 12), "unit": "month"},
            "range.historical": {"value": 361756 * 100, "unit": "ha"},
            "fire.burned_each_year_range": {"low": 12, "high": 22, "unit": "percent"},
            "range.cross_border_share": {"value": 1 / 3},
        }
    )
    assert compare_published(FIGURES, changed) == []


@pytest.mark.parametrize(
    ("key", "change", "words"),
    [
        ("range.historical", {"value": 361756 * 1.006}, "value: 363927 km2 read, 361756 in the first"),
        ("range.historical", {"unit": "km"}, "unit km read, km2 in the first"),
        ("capacity.patches_russia", {"low": 67.9}, "low: 67.9 animals read, 57.9 in the first"),
        ("capacity.patches_russia", {"high": None}, "high stands in one reading only"),
        ("range.historical", {"low": 1.0}, "low stands in one reading only"),
        ("nothing.here", {"value": 1.0, "unit": "1"}, "no figure of this id"),
        ("home_range.males_amur", {"value": 1.0, "unit": "km2"}, "no figure of this id"),
    ],
)
def test_a_difference_is_found(key: str, change: dict[str, Any], words: str) -> None:
    found = compare_published(FIGURES, readings(**{key: change}))
    assert [entry.path for entry in found] == [key]
    assert words in found[0].what


def test_a_reading_that_lacks_is_found() -> None:
    some = readings()
    del some["range.historical"]
    assert compare_published(FIGURES, some) == [("range.historical", "no second reading")]


def test_the_form_shows_no_number_of_the_first_reading(tmp_path: Path) -> None:
    text = published_template(FIGURES)
    assert "low = \nhigh = \n" in text
    assert all(line == f"{line.split()[0]} = " for line in text.splitlines() if line.startswith(PARTS))
    filled = "\n".join(line + "1" if line.startswith(PARTS) else line for line in text.splitlines())
    file = tmp_path / "r.toml"
    file.write_text(filled.replace('unit = ""', 'unit = "1"'), encoding="utf-8")
    assert set(load_published_readings(file)) == set(figures_to_read(FIGURES))


@pytest.mark.parametrize("key", figures_to_read(FIGURES))
def test_what_the_reader_is_told_does_not_hold_the_number(key: str) -> None:
    figure = FIGURES[key]
    told = f"{figure.id} {figure.meaning} {figure.where}".replace(",", "")
    for part in PARTS:
        number = getattr(figure, part)
        if number is not None and number >= 13:
            assert f"{number:g}" not in told.split(), part
        if number is not None and number < 1:
            assert f"{number:g}" not in told and f"{100 * number:g} %" not in told, part


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('["a"]\nvalue = 1\nunit = "1"\nwhere = ""\nreder = ""', 'Did you mean "reader"?'),
        ('["a"]\nlw = 1\nunit = "1"\nwhere = ""\nreader = ""', 'Did you mean "low"?'),
        ('["a"]\nlow = 1\nunit = "yers"\nwhere = ""\nreader = ""', 'Did you mean "year"?'),
        ('["a"]\nlow = "1"\nunit = "1"\nwhere = ""\nreader = ""', "not a number"),
        ('["a"]\nlow = [1, 2]\nunit = "1"\nwhere = ""\nreader = ""', "not a number"),
    ],
)
def test_broken_readings(text: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / "r.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_published_readings(file)
    assert words in str(caught.value)
