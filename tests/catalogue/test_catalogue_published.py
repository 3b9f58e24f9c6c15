"""Published figures: sources and units are known, ranges in order, what was recalled says so, bad files are refused."""

from pathlib import Path

import pytest

from orientalis.catalogue import load_published, load_references, load_species, published_names, species_names
from orientalis.catalogue.references import cited_keys
from orientalis.core.errors import InputError
from orientalis.core.units import UNITS

NAMES = published_names()
FIGURES = load_published("amur_leopard")

GOOD = """[range.now]
meaning = "area"
value = 5.0
low = 4.0
high = 6.0
unit = "km2"
source = "jiang2015"
where = "abstract"
kind = "estimated"
"""


@pytest.mark.parametrize("name", NAMES)
def test_every_source_is_known(name: str) -> None:
    known = load_references()
    for key, figure in load_published(name).items():
        assert not cited_keys("assumed", f"{figure.meaning} {figure.where}"), f"{key}: a source is cited in a note only"
        for cited in cited_keys(figure.source, figure.note):
            assert cited in known, f"{key} cites {cited}"


@pytest.mark.parametrize("name", NAMES)
def test_what_was_recalled_is_named_assumed(name: str) -> None:
    known = load_references()
    for key, figure in load_published(name).items():
        note = known[figure.source].fields.get("note", "") if figure.source in known else ""
        if "ecalled" in note or "ecalled" in figure.note:
            assert figure.is_assumed, key


@pytest.mark.parametrize("name", NAMES)
def test_numbers_units_and_order(name: str) -> None:
    for key, figure in load_published(name).items():
        assert figure.id == key
        assert figure.unit in UNITS, key
        numbers = [number for number in (figure.low, figure.value, figure.high) if number is not None]
        assert numbers and numbers == sorted(numbers), key
        if "share" in figure.meaning.lower():
            assert all(0.0 <= number <= 1.0 for number in numbers), key


def test_no_figure_has_the_name_of_a_quantity() -> None:
    paths = {path for name in species_names() for path in load_species(name).quantities()}
    assert not paths & {key for name in NAMES for key in load_published(name)}


def test_figures_that_the_species_uses_too_are_the_same() -> None:
    leopard = load_species("panthera_pardus_orientalis")
    gestation = leopard.quantity("life_history.gestation")
    assert FIGURES["life.gestation"].low == pytest.approx(gestation.low * 365.25 / 12)
    assert FIGURES["life.gestation"].high == pytest.approx(gestation.high * 365.25 / 12)
    independence = leopard.quantity("life_history.independence_last")
    assert FIGURES["life.leaving_mother"].high == independence.value


def test_ratios_that_were_seen_are_those_of_their_counts() -> None:
    assert FIGURES["litter.seen_2014"].value == pytest.approx(11 / 5)
    assert FIGURES["litter.seen_2015"].value == pytest.approx(16 / 9, abs=0.005)
    assert FIGURES["breeding.males_per_female"].value == pytest.approx(1 / 1.2, abs=0.005)


def test_a_good_file(tmp_path: Path) -> None:
    file = tmp_path / "figures.toml"
    file.write_text(GOOD, encoding="utf-8")
    (figure,) = load_published("x", file=file).values()
    assert (figure.id, figure.low, figure.value, figure.high, figure.note) == ("range.now", 4.0, 5.0, 6.0, "")


def test_one_end_is_enough(tmp_path: Path) -> None:
    file = tmp_path / "figures.toml"
    file.write_text(GOOD.replace("value = 5.0\n", "").replace("high = 6.0\n", ""), encoding="utf-8")
    figure = load_published("x", file=file)["range.now"]
    assert (figure.low, figure.value, figure.high) == (4.0, None, None)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[range.now]", "[range]", 'not a table (in FILE, at range.meaning): got "area"'),
        ("[range.now]", "[range.Now]", 'not a name for a figure (in FILE, at range.Now): got "Now"'),
        ("[range.now]\n", "x = 1\n[range.now]\n", "not a table (in FILE, at x): got 1; expected tables [SECTION.KEY]"),
        ("meaning =", "meanin =", "unknown key (in FILE, at range.now.meanin)"),
        ("meaning =", "meanin =", 'Did you mean "meaning"?'),
        ('where = "abstract"\n', "", "a key is missing (in FILE, at range.now.where)"),
        ('where = "abstract"', 'where = " "', "a text is missing (in FILE, at range.now.where)"),
        ("value = 5.0", 'value = "5"', 'at range.now.value): got "5"'),
        ("value = 5.0", "value = true", "at range.now.value): got True"),
        ("value = 5.0", "value = inf", "at range.now.value): got inf"),
        ("value = 5.0", "value = [1.0]", "at range.now.value): got [1.0]"),
        ("value = 5.0", "value = 7.0", "low, value and high are not in order (in FILE, at range.now)"),
        ("value = 5.0\nlow = 4.0\nhigh = 6.0\n", "", "a figure without a number (in FILE, at range.now)"),
        ('unit = "km2"\n', "", "a number without a unit (in FILE, at range.now)"),
        ('"km2"', '"km3"', 'unknown unit (in FILE, at range.now.unit): got "km3"'),
        ('"km2"', '"probability"', "a probability outside [0, 1] (in FILE, at range.now)"),
        ('"jiang2015"', '"jiang2016"', 'Did you mean "jiang2015"?'),
        ('"jiang2015"', '"assumed"', 'a kind without its source (in FILE, at range.now.kind): got "estimated"'),
        ('"estimated"', '"estimate"', 'not one of the words allowed here (in FILE, at range.now.kind): got "estimate"'),
        ('"estimated"', '"estimate"', 'Did you mean "estimated"?'),
    ],
)
def test_bad_files_say_what_is_wrong(old: str, new: str, message: str, tmp_path: Path) -> None:
    assert old in GOOD
    file = tmp_path / "figures.toml"
    file.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_published("x", file=file)
    assert message in str(caught.value).replace(str(file), "FILE")


def test_an_unknown_name_offers_the_nearest() -> None:
    with pytest.raises(InputError) as caught:
        load_published("amur_leopards")
    assert caught.value.nearest == "amur_leopard"
