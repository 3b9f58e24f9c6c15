"""Journeys of a reader: the number and its interval, the way to its run and sources, other languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page

from tests.site.browser import LANGUAGES, PAGES, PHONE, Readers
from tests.site.evidence import shipped

TAGS = {"en": "en", "ru": "ru", "zh-hans": "zh-Hans"}


def first_number(page: Page) -> Locator:
    """The first number of the page's content that leads to its run."""
    return page.locator("main a[href*='/numbers/']:visible").first


def numbers_in_view(page: Page) -> list[str]:
    """The values of numbers that can be seen without scrolling."""
    return page.evaluate(
        """() => [...document.querySelectorAll("main data.n")].filter(element => {
          const box = element.getBoundingClientRect();
          return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
        }).map(element => element.value)"""
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_with_a_phone_sees_the_number_and_its_interval_without_scrolling(readers: Readers, language) -> None:
    page = readers.new(language, PHONE).open(f"/{language}/")
    assert page.locator("html").get_attribute("lang") == TAGS[language]
    assert page.locator("h1").count() == 1
    seen = numbers_in_view(page)
    spans = [tuple(map(float, value.split("/"))) for value in seen if "/" in value]
    values = [float(value) for value in seen if "/" not in value]
    assert any(low <= value <= high for low, high in spans for value in values), seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_follows_a_number_to_its_run_and_its_sources(readers: Readers, language) -> None:
    reader = readers.new(language)
    page = reader.open(f"/{language}/")
    link = first_number(page)
    shown = {element.get_attribute("value") for element in link.locator("data.n").all()}
    link.click()
    page.wait_for_url(f"**/{language}/numbers/**")
    finding = shipped().findings[page.url.rstrip("/").rsplit("/", 1)[1].split("#")[0].rstrip("/")]
    run = shipped().runs[finding.run_hash]
    on_page = {element.get_attribute("value") for element in page.locator("main data.n").all()}
    assert shown <= on_page, "another number than the one that was followed"
    text = page.locator("main").inner_text()
    held = {"hash": run.run_hash, "command": f"orientalis reproduce BUNDLE {finding.id}", "seed": str(run.seed)}
    for what, expected in held.items():
        assert expected in text.replace("\u202f", "").replace("\u00a0", " "), f"no {what}"
    assert str(finding.n) in on_page, "no number of replicates"
    assert f"{finding.interval.low!r}/{finding.interval.high!r}" in on_page, "no interval"
    for key in set(finding.sources) - {"assumed"}:
        source = shipped().sources[key]
        assert source.short in text or source.text in text, f"no source {key}"
    assert not reader.complaints


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_that_a_page_links_leads_to_the_same_number(readers: Readers, language) -> None:
    reader = readers.new(language)
    wrong = []
    for slug in PAGES:
        page = reader.open(f"/{language}/{slug}")
        links = page.evaluate(
            """() => [...document.querySelectorAll("main a[href*='/numbers/']")].map(link =>
              [link.getAttribute("href"), [...link.querySelectorAll("data.n")].map(element => element.value)])"""
        )
        for href, values in links:
            finding = shipped().findings.get(href.split("#")[0].rstrip("/").rsplit("/", 1)[1])
            if finding is None:
                wrong.append(f"{slug}: {href} leads nowhere")
                continue
            held = {finding.value, finding.interval.low, finding.interval.high, *finding.parameters.values()}
            for value in values:
                ends = [float(end) for end in value.split("/") if end not in ("", "None")]
                if not all(any(is_same(end, one) for one in held) for end in ends):
                    wrong.append(f"{slug}: {value} is shown, {href} holds {held}")
    assert not wrong, "\n".join(wrong)


def is_same(shown: float, held: object) -> bool:
    """Whether a shown value is a held one; levels and counts of the sentence are parameters of the finding."""
    return isinstance(held, int | float) and shown == pytest.approx(float(held), rel=1e-12)


@pytest.mark.parametrize("language", LANGUAGES)
def test_changing_the_language_keeps_the_page(readers: Readers, language) -> None:
    reader = readers.new(language)
    number = next(iter(shipped().findings))
    for slug in (*PAGES, f"numbers/{number}/"):
        for other in LANGUAGES:
            if other == language:
                continue
            page = reader.open(f"/{language}/{slug}")
            page.locator(f"a[hreflang='{TAGS[other]}' i]:visible").first.click()
            page.wait_for_url(f"**/{other}/{slug}")
            assert page.locator("html").get_attribute("lang") == TAGS[other]
            assert page.locator("h1").inner_text().strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_script_all_can_be_read(readers: Readers, language) -> None:
    scripted, plain = readers.new(language), readers.new(language, java_script_enabled=False)
    for slug in PAGES:
        full, bare = scripted.open(f"/{language}/{slug}"), plain.open(f"/{language}/{slug}")
        text = bare.locator("main").inner_text()
        assert len(text.strip()) > 200, slug
        drawn, held = (page.content().count('<data class="n"') for page in (full, bare))
        assert held >= drawn, f"{slug}: a script brings numbers that are not there without it"
    page = plain.open(f"/{language}/")
    first_number(page).click()
    assert f"/{language}/numbers/" in page.url
    assert shipped().findings[page.url.rstrip("/").rsplit("/", 1)[1].rstrip("/")].run_hash in page.content()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_forecast_is_drawn_and_told_without_a_script(readers: Readers, language) -> None:
    page = readers.new(language, java_script_enabled=False).open(f"/{language}/forecast/")
    drawing = page.locator("main svg:visible").first
    box = drawing.bounding_box()
    assert box is not None and box["width"] > 300 and box["height"] > 100
    name = drawing.evaluate(
        "svg => svg.getAttribute('aria-label') || svg.querySelector('title')?.textContent"
        " || document.getElementById((svg.getAttribute('aria-labelledby') || '').split(' ')[0])?.textContent"
    )
    assert name and name.strip(), "the drawing has no name for those who cannot see it"
    assert page.locator("main table").count() >= 1
