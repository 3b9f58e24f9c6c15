"""Journeys of a reader without a mouse: everything is reached, in order, and one always sees where one is."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.site.browser import LANGUAGES, PAGES, Readers

# What has the focus: its place in the document, whether it can be seen, whether its focus can.
FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const ring = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1.5) || style.boxShadow !== "none";
  const all = [...document.querySelectorAll("*")];
  return {
    place: all.indexOf(element),
    markup: element.outerHTML.slice(0, 140),
    href: element.getAttribute("href") || "",
    in_main: !!element.closest("main"),
    ring,
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0,
  };
}"""
REACHABLE = """() => {
  const all = [...document.querySelectorAll("*")];
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter(element => !element.disabled && element.checkVisibility({visibilityProperty: true})
      && !(element.type === "radio" && !element.checked && element.form !== undefined
        && document.querySelector(`input[type=radio][name="${element.name}"]:checked`)))
    .map(element => all.indexOf(element));
}"""


def walk(page: Page, most: int = 600) -> list[dict[str, Any]]:
    """Press Tab until the focus leaves the page; what had it, in order."""
    visited: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None or (visited and focused["place"] == visited[0]["place"]):
            return visited
        visited.append(focused)
    raise AssertionError(f"the focus did not come to an end in {most} steps")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_tab_offers_to_skip_to_the_content(readers: Readers, language) -> None:
    page = readers.new(language).open(f"/{language}/forecast/")
    page.keyboard.press("Tab")
    first = page.evaluate(FOCUSED)
    assert first["href"].startswith("#"), first["markup"]
    assert first["seen"] and first["ring"], "the skip link cannot be seen when it has the focus"
    target = page.evaluate("id => !!document.getElementById(id)?.closest('main')", first["href"][1:])
    assert target, "the skip link does not lead to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["in_main"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_tab_reaches_everything_in_the_order_of_reading(readers: Readers, language) -> None:
    reader = readers.new(language, reduced_motion="reduce")
    faults = []
    for slug in PAGES:
        page = reader.open(f"/{language}/{slug}")
        reader.scroll_through()  # what a script adds, it adds when it is scrolled to
        visited = walk(page)
        places = [focused["place"] for focused in visited]
        if places != sorted(places):
            faults.append(f"{slug}: the focus jumps back")
        missed = set(page.evaluate(REACHABLE)) - set(places)
        if missed:
            markup = page.evaluate("n => [...document.querySelectorAll('*')][n].outerHTML.slice(0, 140)", min(missed))
            faults.append(f"{slug}: {len(missed)} are never reached, first {markup}")
        faults += [f"{slug}: no focus to be seen on {one['markup']}" for one in visited if not one["ring"]]
        faults += [f"{slug}: out of sight: {one['markup']}" for one in visited if not one["seen"]]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_enter_follows_a_number_and_the_way_back_leads_back(readers: Readers, language) -> None:
    page = readers.new(language).open(f"/{language}/")
    for _ in range(100):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["in_main"] and "/numbers/" in focused["href"]:
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{language}/numbers/**")
    page.go_back()
    page.wait_for_url(f"**/{language}/")
