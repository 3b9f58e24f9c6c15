"""All pages by one registry: twins, links between languages, queries to the database, the memory of pages."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from orientalis_site.kit import page_cache
from orientalis_site.pages.registry import PAGES
from tests.site.evidence import shipped
from tests.site.inside import LANGUAGES, NAMES, page, paths
from tests.site.petition.conftest import FOUNDING, OPEN

NUMBER = "numbers/extinct_draws.status_quo"
EVERY = (*NAMES, NUMBER)


def twin(language: str, name: str, form: str) -> str:
    """The address of a twin."""
    return f"/{language}/{name}.{form}" if name else f"/{language}.{form}"


@pytest.mark.parametrize("name", EVERY, ids=lambda name: name or "home")
def test_the_twins_hold_every_number_that_the_page_links(inside: Client, name: str) -> None:
    linked = set(
        re.findall(r'href="/en/numbers/([^"/]+)/"><data', page(inside, paths("en", NUMBER)[EVERY.index(name)]))
    )
    held = json.loads(page(inside, twin("en", name, "json")))
    found = {finding["id"]: finding for finding in held["findings"]}
    if name != NUMBER:  # a number's page also links its like in other scenarios
        assert linked <= found.keys()
    for one in found.values():
        whole = shipped().findings[one["id"]].model_dump(mode="json")
        assert one == whole
    rows = list(csv.DictReader(io.StringIO(page(inside, twin("en", name, "csv")))))
    values = {row["id"]: row["value"] for row in rows if row["record"] == "finding"}
    assert values.keys() == found.keys()
    for key, text in values.items():
        assert float(text) == found[key]["value"], key


@pytest.mark.parametrize("name", EVERY, ids=lambda name: name or "home")
def test_a_twin_is_the_same_in_every_language_but_for_its_words(inside: Client, name: str) -> None:
    held = [json.loads(page(inside, twin(language, name, "json"))) for language in LANGUAGES]
    for one in held:
        for words in ("title", "language", "url", "citation"):
            one.pop(words)
    assert held[0] == held[1] == held[2]


def test_an_error_has_one_shape(inside: Client) -> None:
    for path in ("/en/nothing.json", "/ru/nothing.csv", "/zh-hans/numbers/nothing.json", "/bundle/x/y.json"):
        response = inside.get(path)
        assert response.status_code == 404
        assert set(json.loads(response.content)["error"]) == {"status", "code", "message", "expected"}
    held = json.loads(inside.get("/en/forecast.json?scenario=statusquo").content)["error"]
    assert (held["code"], held["expected"]) == ("unknown_scenario", list(shipped().manifest.scenarios))


def test_no_cell_is_a_formula_for_a_spreadsheet(inside: Client) -> None:
    for path in (twin("en", name, "csv") for name in EVERY):
        for row in csv.reader(io.StringIO(page(inside, path))):
            for cell in row:
                is_number = re.fullmatch(r"[+-]?[0-9.e+-]+", cell)
                assert is_number or not cell.startswith(("=", "+", "-", "@", "\t")), (path, cell)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_asks_the_database_three_times_at_most(inside: Client, language: str) -> None:
    for path in [*paths(language, NUMBER), f"/{language}/feed.atom", f"/{language}/forecast.json", "/sitemap.xml"]:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert inside.get(path).status_code == 200
        assert len(asked) <= 3, path


def hreflangs(text: str) -> Iterator[tuple[str, str]]:
    """The addresses of a page in other languages, as its head gives them."""
    return (match.groups() for match in re.finditer(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', text))  # type: ignore[misc]


def test_the_pages_of_three_languages_name_one_another(inside: Client) -> None:
    for name in EVERY:
        heads = [dict(hreflangs(page(inside, f"/{code}/{name}/" if name else f"/{code}/"))) for code in LANGUAGES]
        assert heads[0] == heads[1] == heads[2]
        assert set(heads[0]) == {"en", "ru", "zh-Hans", "x-default"}


def test_the_sitemap_has_every_page_and_every_number(inside: Client) -> None:
    text = page(inside, "/sitemap.xml")
    petitions = ("petitions/", f"petitions/{OPEN}/", f"petitions/{FOUNDING}/")
    assert all(f"/en/{path}</loc>" in text for path in petitions)
    found = re.findall(r"<loc>\S+?</loc>", text)
    assert len(set(found)) == len(found) and len(found) % len(LANGUAGES) == 0
    others = [one for one in found if "/petitions/" not in one]
    assert len(others) == len(LANGUAGES) * (len(PAGES) + len(shipped().findings))


def test_made_up_queries_share_one_kept_page(inside: Client) -> None:
    assert page_cache.known_options("x=1&scenario=a&y=2&scenario=b") == (("scenario", "b"),)
    assert page_cache.known_options("utm_source=feed") == ()
    assert page(inside, "/en/forecast/?utm_source=feed") == page(inside, "/en/forecast/")
    keys = {key for one in PAGES for key in one.options(shipped())}
    assert keys == set(page_cache.OPTIONS)
