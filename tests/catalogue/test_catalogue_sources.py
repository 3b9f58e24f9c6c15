"""References, counts and descriptions: every key exists, every reference is used, every text reads well."""

from pathlib import Path

import pytest

from orientalis.catalogue import (
    Reference,
    citations_of,
    count_names,
    describe_parameter,
    describe_quantity,
    load_counts,
    load_petition,
    load_published,
    load_references,
    load_species,
    load_threat,
    petition_names,
    published_names,
    readable_note,
    reference,
    species_names,
    threat_names,
)
from orientalis.catalogue.references import cited_keys, parse_references
from orientalis.catalogue.species_loader import SPECIES_FOLDER
from orientalis.core.errors import InputError
from orientalis.core.quantity import Quantity


def test_every_reference_is_used() -> None:
    used = {entry.key for name in species_names() for entry in citations_of(load_species(name))}
    used |= {count.source for name in count_names() for count in load_counts(name, recalled=True)}
    for name in published_names():
        for figure in load_published(name).values():
            used |= set(cited_keys(figure.source, figure.note))
    for name in threat_names():
        for quantity in load_threat(name).quantities.values():
            used |= set(cited_keys(quantity.source, quantity.note))
    used |= {key for name in petition_names() for key in load_petition(name).references()}
    assert set(load_references()) - used == set()


def test_every_reference_says_who_when_and_what() -> None:
    for key, entry in load_references().items():
        assert entry.key == key
        assert {"author", "year", "title"} <= set(entry.fields)
        assert entry.address.startswith("http") or "note" in entry.fields, key
        assert entry.as_text().endswith(".")
        assert "{" not in entry.as_text()


def test_a_citation_in_full_and_in_short() -> None:
    entry = reference("goodrich2008")
    assert entry.short == "Goodrich et al. 2008"
    assert entry.as_text() == (
        "Goodrich, J. M.; Kerley, L. L.; Smirnov, E. N.; Miquelle, D. G.; McDonald, L.; Quigley, H. B.; "
        "Hornocker, M. G.; McDonald, T. (2008). Survival rates and causes of mortality of Amur tigers on and near "
        "the Sikhote-Alin Biosphere Zapovednik. Journal of Zoology 276: 323-329. "
        "https://doi.org/10.1111/j.1469-7998.2008.00458.x. Abstract read."
    )
    assert reference("balme_hunter2013").short == "Balme and Hunter 2013"
    assert reference("jiang2015").short == "Jiang et al. 2015"
    assert Reference("x", "misc", {}).as_text() == "x (n.d.)."


def test_an_unknown_reference_offers_the_nearest() -> None:
    with pytest.raises(InputError) as caught:
        reference("goodrich2009")
    assert (
        str(caught.value) == 'unknown reference (in references.bib): got "goodrich2009". Did you mean "goodrich2008"?'
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("@misc{a, title = {x}}\n@misc{a, title = {y}}", "a reference is given twice (in FILE, at a)."),
        ("@misc{a, title = {x}", "does not close"),
        ("@misc{a, title = {x", "does not close"),
        ('@misc{a, title = "x"}', "does not close"),
    ],
)
def test_broken_references(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_references(text, Path("FILE"))
    assert message in str(caught.value)


def test_braces_and_line_breaks_of_references() -> None:
    found = parse_references(
        "% a comment\n@Article{k1,\n author = {{The {X} Fund}},\n title = {A\n   b}\n}\n@misc{k2,}"
    )
    assert found["k1"].fields == {"author": "The X Fund", "title": "A b"}
    assert found["k1"].kind == "article"
    assert found["k2"].fields == {}


def test_counts_leave_out_what_was_recalled() -> None:
    shown, everything = load_counts("amur_leopard"), load_counts("amur_leopard", recalled=True)
    assert not any(count.recalled for count in shown)
    assert len(everything) - len(shown) == 5
    assert [count.year for count in everything] == sorted(count.year for count in everything)
    assert {count.year for count in everything if count.held_out} == {2019, 2021, 2022, 2023, 2024}
    by_source = {count.source: count for count in shown}
    assert by_source["kremlin2018"].middle == 84
    assert by_source["wang2016"].high is None
    assert by_source["wwf_russia2013"].middle in (30.5, 44)


HEADER = "year,area,zone,group,estimate,low,high,method,standing,source,where\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("year,area\n1,2\n", 'wrong columns (in FILE): got ["year", "area"]'),
        (HEADER + "2000,a,,all,x,,,m,published,jiang2015,\n", "not a number (in FILE, at line 2, estimate)"),
        (HEADER + "MM,a,,all,1,,,m,published,jiang2015,\n", "not a number (in FILE, at line 2, year)"),
        (HEADER + "2000,a,,all,,,,m,published,jiang2015,\n", "a count without a number (in FILE, at line 2)"),
        (HEADER + "2000,a,,all,1,,,m,publishd,jiang2015,\n", 'Did you mean "published"?'),
        (HEADER + "2000,a,,all,1,,,m,published,jiang2016,\n", 'Did you mean "jiang2015"?'),
        (HEADER + "2000,a,,all,1\n", "a row with too few or too many columns (in FILE, at line 2)"),
        (HEADER + "2000,a,,all,1,,,m,published,jiang2015,,,\n", "a row with too few or too many columns"),
    ],
)
def test_broken_counts(text: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "counts.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_counts("x", file=file)
    assert message in str(caught.value).replace(str(file), "FILE").replace("'", '"')


def test_unknown_counts_offer_the_nearest() -> None:
    with pytest.raises(InputError) as caught:
        load_counts("amur_leopards")
    assert caught.value.nearest == "amur_leopard"


def test_a_parameter_in_words() -> None:
    leopard = load_species("panthera_pardus_orientalis")
    assert describe_parameter(leopard, "catastrophe.per_generation") == (
        "catastrophe.per_generation: chance of a catastrophe in a generation\n"
        "0.14 probability/generation\n"
        "range: 0.07 to 0.21 (triangular)\n"
        "kind: taken from another population or species\n"
        f"source: {reference('reed2003').as_text()}\n"
        "where: abstract: a severe die-off in a generation, vertebrates (88 species)\n"
        "note: A year in which half or more are lost. Range ± half: judgement."
    )


def test_assumed_shows_as_such() -> None:
    quantity = Quantity(
        value=(0.5, 0.5), unit="1", source="assumed", kind="assumed", note="as @reed2003 and @nobody say"
    )
    assert describe_quantity(quantity) == (
        "(0.5, 0.5)\nkind: ASSUMED\nsource: none, assumed\nnote: as Reed et al. 2003 and nobody say"
    )
    assert readable_note("@balme2013, @balme_hunter2013") == "Balme et al. 2013, Balme and Hunter 2013"


def test_a_source_of_the_users_own_is_kept(tmp_path: Path) -> None:
    text = (SPECIES_FOLDER / "benchmark_population.toml").read_text(encoding="utf-8")
    file = tmp_path / "mine.toml"
    file.write_text(text.replace('source = "assumed"', 'source = "my_thesis"', 1), encoding="utf-8")
    species = load_species(file)
    assert [entry.key for entry in citations_of(species)] == ["my_thesis"]
    assert "source: my_thesis" in describe_quantity(species.quantity("life_history.first_breeding_female"))
