"""The petition in facts: every statement has something beside it or says why not; unknown figures are refused."""

from pathlib import Path

import pytest

from orientalis.catalogue import Count, PublishedFigure, load_counts, load_petition, load_references, petition_names
from orientalis.core.errors import InputError
from orientalis.core.quantity import Quantity
from orientalis.core.units import UNITS, convert

FOUNDING = load_petition("founding")

# What the founding petition states and asks; a page shows each of them.
STATED = {
    "status_critically_endangered", "number_alive", "rarest_cat", "threats", "benefits_others", "where_it_lives",
    "farthest_north", "territory", "lifespan_wild", "lifespan_captivity", "food", "hunts_at_night", "age_first_litter",
    "litter_size", "birth_season", "age_leaving", "cub_losses", "motives_and_trade", "skin_price",
}  # fmt: skip
ASKED = {
    "ask_other_resources", "ask_end_of_destruction", "ask_protective_laws", "ask_law_enforcement", "ask_help_for_young",
}  # fmt: skip

GOOD = """title = "T"
campaign = "C"
addressed_to = ["russia"]
state = "closed"
supporters = 3
source = "petition"
species = "panthera_pardus_orientalis"
published = "amur_leopard"
counts = "amur_leopard"

[[statement]]
id = "number"
low = 1.0
high = 2.0
unit = "km2"
as_written = { low = 1.0, high = 2.0, unit = "mile" }
figures = ["range.historical", "killing.adult", "count:2015::vitkalova2018"]

[[statement]]
id = "nothing"
no_figure = true
reason = "because"
"""


def test_the_facts_of_the_founding_petition() -> None:
    assert FOUNDING.title == "Stop Amur Leopard Poaching and Habitat Loss"
    assert FOUNDING.campaign == "Saving the Amur Leopard"
    assert FOUNDING.addressed_to == ("russia", "china")
    assert (FOUNDING.state, FOUNDING.supporters, FOUNDING.source) == ("closed", 1870, "petition")


def test_it_states_and_asks_what_it_does() -> None:
    assert {statement.id for statement in FOUNDING.statements if not statement.is_demand} == STATED
    assert {statement.id for statement in FOUNDING.statements if statement.is_demand} == ASKED


@pytest.mark.parametrize(
    ("key", "numbers"),
    [
        ("number_alive", (None, 80, None, "animals")),
        ("territory", (52, None, 311, "km2")),
        ("lifespan_wild", (10, None, 15, "year")),
        ("lifespan_captivity", (None, None, 20, "year")),
        ("age_first_litter", (3, None, 4, "year")),
        ("litter_size", (1, 2, 4, "animals")),
        ("age_leaving", (12, None, 18, "month")),
        ("skin_price", (500, None, 1000, "USD")),
    ],
)
def test_the_numbers_of_the_founding_petition(key: str, numbers: tuple[object, ...]) -> None:
    found = FOUNDING.statement(key)
    assert (found.low, found.value, found.high, found.unit) == numbers


def test_miles_were_read_as_square_miles() -> None:
    territory = FOUNDING.statement("territory")
    written = territory.as_written
    assert written is not None and (written.low, written.high, written.unit) == (20, 120, "mile")
    assert territory.low == round(convert(written.low, "mile2", "km2"))
    assert territory.high == round(convert(written.high, "mile2", "km2"))


@pytest.mark.parametrize("name", petition_names())
def test_each_statement_has_a_figure_or_a_reason(name: str) -> None:
    petition = load_petition(name)
    for statement in petition.statements:
        assert statement.source == petition.source
        assert bool(statement.figures or statement.findings) != statement.no_figure, statement.id
        assert bool(statement.reason) == statement.no_figure, statement.id
        numbers = [number for number in (statement.low, statement.value, statement.high) if number is not None]
        assert numbers == sorted(numbers)
        assert not numbers or statement.unit in UNITS
        assert len(set(statement.figures)) == len(statement.figures)
        assert len(set(statement.findings)) == len(statement.findings)


@pytest.mark.parametrize("name", petition_names())
def test_every_figure_is_at_hand_and_every_source_known(name: str) -> None:
    petition = load_petition(name)
    named = {key for statement in petition.statements for key in statement.figures}
    assert set(petition.cited) == named
    assert {type(one) for one in petition.cited.values()} == {PublishedFigure, Quantity, Count}
    assert set(petition.references()) <= set(load_references())
    assert {"petition", "jiang2015", "yang2018", "kremlin2018"} <= set(petition.references())


def test_recalled_counts_stand_beside_nothing() -> None:
    assert not any(isinstance(one, Count) and one.recalled for one in FOUNDING.cited.values())


def test_every_count_has_a_key_of_its_own() -> None:
    counts = load_counts("amur_leopard", recalled=True)
    assert len({count.key for count in counts}) == len(counts)
    assert "count:2015:survey_3600:vitkalova2016" in {count.key for count in counts}


def test_a_good_file(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(GOOD, encoding="utf-8")
    petition = load_petition("x", file=file)
    assert petition.name == "mine"
    assert [statement.id for statement in petition.statements] == ["number", "nothing"]
    assert petition.statement("nothing").reason == "because"
    with pytest.raises(InputError) as caught:
        petition.statement("numbers")
    assert caught.value.nearest == "number"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"range.historical"', '"range.historic"', 'got "range.historic"'),
        ('"range.historical"', '"range.historic"', 'Did you mean "range.historical"?'),
        ('"killing.adult"', '"killing.adlt"', 'Did you mean "killing.adult"?'),
        ("count:2015::vitkalova2018", "count:2015::vitkalova2019", 'Did you mean "count:2015::vitkalova2018"?'),
        ('reason = "because"\n', "", "nothing stands beside a statement (in FILE, at statement nothing)"),
        ("no_figure = true\n", "", "nothing stands beside a statement (in FILE, at statement nothing)"),
        ('id = "number"\n', 'id = "number"\nno_figure = true\n', "contradicts itself (in FILE, at statement number)"),
        ('id = "nothing"', 'id = "number"', 'a statement is given twice (in FILE, at statement number): got "number"'),
        ('id = "nothing"\n', "", "a key is missing (in FILE, at statement 2.id)"),
        (
            'id = "nothing"',
            'id = "no thing"',
            'not a name for a statement (in FILE, at statement no thing): got "no thing"',
        ),
        ('reason = "because"', 'findings = ["a b"]', 'a finding (in FILE, at statement nothing.findings): got "a b"'),
        ('id = "nothing"', "id = 2", "at statement 2.id): got 2"),
        ("figures =", "figure =", "unknown key (in FILE, at statement number.figure)"),
        ("figures =", "figure =", 'Did you mean "figures"?'),
        ("low = 1.0\nhigh = 2.0\nunit", "low = 3.0\nhigh = 2.0\nunit", "low, value and high are not in order"),
        ('unit = "km2"', 'unit = "km3"', 'unknown unit (in FILE, at statement number.unit): got "km3"'),
        ('"mile"', '"miles"', 'unknown unit (in FILE, at statement number.as_written.unit): got "miles"'),
        ('"closed"', '"shut"', 'not one of the words allowed here (in FILE, at state): got "shut"'),
        ("supporters = 3", "supporters = -3", "at supporters): got -3"),
        ("supporters = 3", "supporters = 3.5", "at supporters): got 3.5"),
        ('source = "petition"', 'source = "petitions"', 'Did you mean "petition"?'),
        ('published = "amur_leopard"', 'published = "amur"', 'unknown published figures (in FILE): got "amur"'),
        ('counts = "amur_leopard"', 'counts = "amur"', 'unknown counts (in FILE): got "amur"'),
        ('"panthera_pardus', '"pamthera_pardus', 'Did you mean "panthera_pardus_orientalis"?'),
        ("{ low = 1.0", "{ low = 9.0", "low and high are not in order (in FILE, at statement number.as_written)"),
        (
            '["russia"]',
            '"russia"',
            'not a value for this key (in FILE, at addressed_to): got "russia"; expected a list',
        ),
        ('title = "T"', "title = 3", "not a value for this key (in FILE, at title): got 3; expected a text in quotes"),
        ('title = "T"', 'titel = "T"', 'Did you mean "title"?'),
    ],
)
def test_bad_files_say_what_is_wrong(old: str, new: str, message: str, tmp_path: Path) -> None:
    assert old in GOOD
    file = tmp_path / "petition.toml"
    file.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_petition("x", file=file)
    assert message in str(caught.value).replace(str(file), "FILE")


def test_an_unknown_name_offers_the_nearest() -> None:
    with pytest.raises(InputError) as caught:
        load_petition("foundin")
    assert caught.value.nearest == "founding"
