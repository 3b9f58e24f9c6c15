"""Journeys on a phone, at 400 %, on paper: nothing is cut off, everything can be read."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.site.browser import LANGUAGES, PHONE, ZOOMED, Reader, Readers
from tests.site.evidence import all_pages

# Text that ends beyond the window and that no frame lets one scroll to.
CUT_OFF = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility({visibilityProperty: true})) continue;
    range.selectNodeContents(walker.currentNode);
    const box = range.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1 || box.right <= innerWidth + 1 || box.bottom < 0) continue;
    let frame = element;
    while (frame && !["auto", "scroll"].includes(getComputedStyle(frame).overflowX)) frame = frame.parentElement;
    if (!frame) found.push(element.outerHTML.slice(0, 160));
  }
  return found;
}"""


def too_wide(reader: Reader, path: str) -> list[str]:
    """What of a page does not fit into the window."""
    page = reader.open(path)
    faults = [f"{path}: cut off: {markup}" for markup in page.evaluate(CUT_OFF)]
    more = reader.wider_than_window()
    return faults + ([f"{path}: scrolls sideways by {more:.0f} pixels"] if more > 0 else [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_shows_all_without_scrolling_sideways_and_no_text_is_tiny(readers: Readers, language) -> None:
    reader = readers.new(language, PHONE)
    faults = []
    for path in all_pages(language):
        faults += too_wide(reader, path)
        faults += [f"{path}: {one.measure:.1f} px: {one.markup}" for one in reader.small_text(12)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_four_hundred_per_cent_nothing_is_cut_off(readers: Readers, language) -> None:
    reader = readers.new(language, ZOOMED)
    faults = [fault for path in all_pages(language) for fault in too_wide(reader, path)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_prints_and_no_sheet_is_empty(readers: Readers, language, tmp_path: Path) -> None:
    reader = readers.new(language)
    faults = []
    for path in all_pages(language):
        page = reader.open(path)
        title = page.locator("h1").inner_text()
        file = tmp_path / "page.pdf"
        page.pdf(path=file, format="A4", print_background=False)
        sheets = sheets_of(file)
        if not sheets:
            faults.append(f"{path}: no sheet")
        if shutil.which("pdftotext"):
            faults += [f"{path}: sheet {n} of {len(sheets)} is empty" for n, text in enumerate(sheets, 1) if not text]
            if bare(title) not in "".join(map(bare, sheets)):
                faults.append(f"{path}: the title is not on paper")
    assert not faults, "\n".join(faults)


def sheets_of(file: Path) -> list[str]:
    """The text of each sheet; without pdftotext, a mark for each."""
    if not shutil.which("pdftotext"):
        return ["?"] * len(re.findall(rb"/Type\s*/Page\b", file.read_bytes()))
    done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    return [sheet.strip() for sheet in done.stdout.decode("utf-8").split("\f")[:-1]]


def bare(text: str) -> str:
    """A text without its spaces, and with the ligatures of print taken apart."""
    for joined, apart in {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "\u00ad": ""}.items():
        text = text.replace(joined, apart)
    return "".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_paper_ink_is_dark_on_white_even_for_those_who_read_in_the_dark(readers: Readers, language) -> None:
    page = readers.new(language, color_scheme="dark").open(f"/{language}/")
    page.emulate_media(media="print")
    colours: Any = page.evaluate(
        "() => [getComputedStyle(document.body).color, getComputedStyle(document.querySelector('main h1')).color]"
    )
    for colour in colours:
        red, green, blue = (int(part) for part in re.findall(r"\d+", colour)[:3])
        assert max(red, green, blue) < 120, colour
