"""Countries: the codes of ISO 3166, named and ordered in the reader's language."""

from __future__ import annotations

import pytest
from django.utils import translation

from orientalis_site.kit import countries
from orientalis_site.kit.languages import CODES as LANGUAGES


def test_codes_are_those_of_the_standard_and_none_is_a_pseudo_code() -> None:
    """249 assigned codes; reserved ones and "unknown" are refused."""
    assert len(countries.CODES) == len(set(countries.CODES)) == 249
    for code in ("RU", "CN", "KP", "TW", "HK", "AQ", "GB"):
        assert countries.is_code(code)
    for code in ("ZZ", "EU", "UN", "EZ", "AC", "XA", "UK", "ru", "", "R", "RUS"):
        assert not countries.is_code(code)


@pytest.mark.parametrize(("language", "russia"), [("en", "Russia"), ("ru", "Россия"), ("zh-hans", "俄罗斯")])
def test_each_language_has_its_own_names(language: str, russia: str) -> None:
    """By argument and by the active language; an unknown code stands for itself."""
    assert countries.name("RU", language) == russia
    with translation.override(language):
        assert countries.name("RU") == russia
        assert countries.choices() == countries.choices(language)
    assert countries.name("??", language) == "??"
    assert {code for code, _ in countries.choices(language)} == set(countries.CODES)


@pytest.mark.parametrize(
    ("language", "codes"),
    [
        ("en", "AF AX AL DZ"),  # Åland among the A
        ("en", "CK CR CI HR"),  # Côte d’Ivoire before Croatia
        ("ru", "AU AT AZ AX"),
        ("ru", "TZ TC TG"),  # ё as е
        ("zh-hans", "AL DZ AF AR"),
        ("zh-hans", "BE PE IS"),  # Bìlǔ among the B
        ("zh-hans", "FR VA PH FJ FI"),
        ("zh-hans", "SS NR NP"),
    ],
)
def test_names_stand_where_readers_look_for_them(language: str, codes: str) -> None:
    """The order of some neighbours."""
    order = [code for code, _ in countries.choices(language)]
    places = [order.index(code) for code in codes.split()]
    assert places == sorted(places), [countries.name(order[place], language) for place in sorted(places)]


def test_languages_of_the_site_are_all_served() -> None:
    """Every language has 249 names, none empty; another language falls back to English."""
    for language in LANGUAGES:
        assert all(text.strip() for _, text in countries.choices(language))
    assert countries.name("CN", "fr") == "China"
