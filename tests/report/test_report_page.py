"""The page: one file that requests nothing, with the figure, its interval, the span, and honest words."""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from orientalis.analysis.scenarios import change_in_words, study_titles
from orientalis.core.errors import InputError
from orientalis.report import build_report
from orientalis.report.answers import Answers
from orientalis.report.build import read_answers, write_report

REQUESTS = {"src", "href", "srcset", "data", "poster", "action", "xlink:href", "background", "cite", "formaction"}


class Page(HTMLParser):
    """Collects what the page would fetch, its ids, its links and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.inside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in REQUESTS and tag != "a" and not (value or "").startswith(("data:", "#")):
                self.fetched.append(f"{tag} {name}={value}")
            if name == "id":
                self.ids.append(value or "")
            if name == "href" and tag == "a" and (value or "").startswith("#"):
                self.inside.append((value or "")[1:])


@pytest.fixture(scope="module")
def page(full: Answers, tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_report(full, tmp_path_factory.mktemp("page"), 'title = "x"').read_text(encoding="utf-8")


def test_page_requests_nothing(page: str) -> None:
    found = Page(page)
    assert found.fetched == []
    assert not {"script", "link", "iframe", "object", "embed", "base"} & set(found.tags)
    style = "".join(re.findall(r"<style>(.*?)</style>", page, re.S))
    assert "@import" not in style and not re.search(r"url\((?!#)", style)
    assert not re.search(r"url\([\"']?http", page)


def test_ids_are_unique_and_links_lead_somewhere(page: str) -> None:
    found = Page(page)
    assert len(found.ids) == len(set(found.ids))
    assert set(found.inside) <= set(found.ids)


def test_lead_has_figure_interval_and_span(page: str) -> None:
    lead = page[page.index('class="lead"') : page.index("<nav")]
    assert "simulation error only" in lead
    assert re.search(r"Over 16 draws from the ranges of what we do not know", lead)
    assert 'class="assumed"' in lead


def test_assumed_quantities_are_marked(page: str) -> None:
    assert '<span class="assumed" title="assumed">0.02</span>' in page
    assert '<span class="assumed" title="assumed">0.93</span>' not in page
    assert 'href="https://doi.org/10.1/x"' in page


def test_every_chart_has_a_table_and_words_for_those_who_do_not_see_it(page: str) -> None:
    figures = re.findall(r"<figure.*?</figure>", page, re.S)
    assert len(figures) >= 10
    for figure in figures:
        assert "<table>" in figure and 'role="img" aria-label="' in figure and "<figcaption>" in figure


def test_classes_of_layers_stand_in_the_page(page: str) -> None:
    assert '<span class="assumed">schematic</span>' in page and "reserves: schematic" in page


def test_page_is_made_for_every_run(answers: Answers, tmp_path: Path) -> None:
    path = write_report(answers, tmp_path)
    text = path.read_text(encoding="utf-8")
    assert Page(text).fetched == []
    words = re.sub(r"<svg.*?</svg>|<style.*?</style>|<[^>]+>", " ", text, flags=re.S)
    assert not re.search(r"\b(nan|None|NaN|inf)\b", words)
    if answers.scenarios[0].draws is None:
        assert "parameter draws were not run" in words
    if answers.map_layers is None:
        assert 'id="map"' not in text


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        build_report(tmp_path)


def test_titles_are_the_study_s_own() -> None:
    text = 'title = "T"\n[[scenario]]\nname = "a"\ntitle = "A"\n'
    assert study_titles(text) == ("T", {"a": "A"})
    assert study_titles("= broken") == ("", {})


def test_what_a_scenario_changes_is_said_in_words() -> None:
    change = {
        "parameter": "killing.adult",
        "multiply": 0.5,
        "add": None,
        "set": None,
        "years": [0, 20],
        "zone": "russia",
    }
    assert change_in_words(change) == "killing.adult times 0.5 in years 0–20 in russia"
    assert change_in_words({"parameter": "killing.cub", "set": 0.0}) == "killing.cub set to 0"


def test_nobody_left_is_said_plainly(tmp_path: Path) -> None:
    invented_runs = sys.modules["invented_runs"]  # loaded by conftest
    runs = invented_runs.invent(20, 40, scenarios={"doomed": {"survival": 0.3, "start": 8}}, draws=0, spatial=False)
    text = write_report(read_answers(runs), tmp_path).read_text(encoding="utf-8")
    assert "no adult is left at the end" in text and "is 100\u202f%" in text
