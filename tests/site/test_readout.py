"""The script that reads charts out, in a browser: pointer, touch and keys, and numbers as the server writes them."""

from __future__ import annotations

import re

import django
import pytest
from django.conf import settings
from django.utils import translation
from playwright.sync_api import Locator, Page

from tests.site.browser import LANGUAGES, PHONE, Readers
from tests.site.evidence import shipped

if not settings.configured:
    settings.configure(USE_I18N=True)
    django.setup()

from orientalis_site.kit import numerals


def _drawing(page: Page, key: str) -> tuple[Locator, Locator]:
    """The drawing of a record that is shown, once it can be read out, and the line that reads it."""
    page.locator(f"svg.chart[data-id^='{key}.']").first.locator("xpath=ancestor::figure").scroll_into_view_if_needed()
    drawing = page.locator(f"svg.chart[data-id^='{key}.'][tabindex]:visible")
    drawing.wait_for()
    return drawing, drawing.locator("xpath=../output")


def _line(drawing: Locator, row: int, language: str) -> str:
    """What the line must say of a row of the record, written by the server's rules."""
    columns = shipped().series[drawing.get_attribute("data-id") or ""].columns

    def written(found: re.Match[str]) -> str:
        value = columns[found[1]][row]
        assert not isinstance(value, str)
        if found[1] == "year":
            return numerals.year(int(value or 0))
        return numerals.percent(value) if found[2] else numerals.number(value)

    with translation.override(language):
        return re.sub(r"\{(\w+)(:p)?\}", written, drawing.get_attribute("data-line") or "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["fan", "extinction"])
def test_keys_read_out_each_year_as_the_server_writes_it(readers: Readers, language, key) -> None:
    reader = readers.new(language)
    drawing, line = _drawing(reader.open(f"/{language}/forecast/"), key)
    assert drawing.get_attribute("role") == "slider" and drawing.get_attribute("aria-label")
    hint = line.inner_text()
    drawing.press("Home")
    row = 0
    for press, step in [("", 0), *[("ArrowRight", 1)] * 12, *[("PageUp", 10)] * 8, ("End", 0)]:
        row += step
        if press:
            drawing.press(press)
        wanted = _line(drawing, 100 if press == "End" else row, language)
        assert line.inner_text() == wanted
        assert drawing.get_attribute("aria-valuetext") == wanted
    drawing.press("Escape")
    assert line.inner_text() == hint
    assert not reader.complaints


def test_a_pointer_reads_out_the_year_under_it(readers: Readers) -> None:
    drawing, line = _drawing(readers.new().open("/en/forecast/"), "fan")
    box = drawing.bounding_box()
    assert box is not None
    left, _top, width, _height = map(float, (drawing.get_attribute("data-plot") or "").split())
    scale = box["width"] / 680
    drawing.hover(position={"x": (left + width / 2) * scale, "y": box["height"] / 2})
    assert line.inner_text() == _line(drawing, 50, "en")


def test_a_finger_reads_out_and_the_page_still_scrolls(readers: Readers) -> None:
    drawing, line = _drawing(readers.new(device=PHONE).open("/en/forecast/"), "fan")
    hint = line.inner_text()
    drawing.tap(position={"x": 120, "y": 120})
    assert line.inner_text() not in ("", hint)
    assert drawing.evaluate("element => getComputedStyle(element).touchAction") == "pan-y"


def test_without_the_script_the_drawing_stands(readers: Readers) -> None:
    page = readers.new(java_script_enabled=False).open("/en/forecast/")
    drawing = page.locator("svg.chart:visible").first
    assert drawing.get_attribute("role") == "img"
    assert page.locator("output").count() == 0


def test_the_map_is_walked_with_keys_from_where_most_futures_meet(readers: Readers) -> None:
    reader = readers.new()
    page = reader.open("/en/forecast/")
    drawing, line = _drawing(page, "occupancy")
    raster = shipped().rasters[drawing.get_attribute("data-id") or ""]
    most = max(value for _row, _first, run in raster.cells for value in run)
    drawing.press("Shift+ArrowRight")
    drawing.press("Shift+ArrowLeft")
    with translation.override("en"):
        assert line.inner_text().startswith(numerals.percent(most / raster.scale))
    for _ in range(60):
        drawing.press("ArrowRight")
        drawing.press("ArrowDown")
    assert line.inner_text() == drawing.get_attribute("data-water")
    assert line.get_attribute("aria-live") == "polite" and not reader.complaints
