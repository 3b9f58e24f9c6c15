"""The site within the test's own process: quick to ask, and its queries can be counted."""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from django.test import Client

from orientalis_site.kit import languages
from orientalis_site.pages.registry import PAGES
from orientalis_site.publications.shelf import current, point_to, put, shelf
from tests.site.evidence import SHIPPED

NAMES = tuple(page.name for page in PAGES)
VOID = {"meta", "link", "br", "hr", "img", "input"}
# Bibliography, code and addresses are the same in every language; drawings, scripts and heads are looked at elsewhere.
LEFT_OUT = {"code", "pre", "svg", "script", "head", "time"}


@cache
def _prepared(folder: Path) -> tuple[str, Path]:
    """The hash of a bundle, and a shelf that holds nothing else: to verify and pack it takes half a second."""
    held = put(folder).hash
    ready = Path(tempfile.mkdtemp(prefix="orientalis-shelf-"))
    atexit.register(shutil.rmtree, ready, ignore_errors=True)
    for path in shelf().glob(f"{held}*"):
        (shutil.copytree if path.is_dir() else shutil.copy)(path, ready / path.name)
    return held, ready


def show(folder: Path) -> None:
    """Make a bundle the one that this process shows."""
    if folder == SHIPPED:
        held, ready = _prepared(folder)
        shutil.copytree(ready, shelf(), dirs_exist_ok=True)
    else:
        held = put(folder).hash
    point_to(held)
    current.forget()


def paths(language: str, *more: str) -> list[str]:
    """The addresses of all pages of a language."""
    names = [*NAMES, *more]
    return [f"/{language}/{name}/" if name else f"/{language}/" for name in names]


def page(client: Client, path: str) -> str:
    """A page's text; any other answer than 200 fails."""
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()


class Reading(HTMLParser):
    """What a page says: its numbers as (value, text), the words of its charts, and its other words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.numbers: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.charts: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._value: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element."""
        if tag in VOID:
            return
        held = dict(attrs)
        is_left_out = tag in LEFT_OUT or held.get("translate") == "no"
        self._open.append((tag, is_left_out))
        if tag == "data":
            self._value = held.get("value")
            self.numbers.append((str(self._value), ""))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag == "data":
            self._value = None

    def handle_data(self, data: str) -> None:
        """Read text."""
        if any(left_out for _, left_out in self._open):
            return
        if self._value is not None:
            value, text = self.numbers[-1]
            self.numbers[-1] = (value, text + data)
        elif data.strip():
            is_chart = any(tag == "figure" for tag, _ in self._open)
            (self.charts if is_chart else self.words).append(" ".join(data.split()))


def spoken(text: str) -> Iterator[float]:
    """The figures in a number's text, whatever the language: 1 234,5 and 1 234.5 are one."""
    for found in re.findall(r"[−+]?\d[\d\u202f]*(?:[.,]\d+)?", text):
        yield float(found.replace("\u202f", "").replace("−", "-").replace(",", "."))


LANGUAGES = languages.CODES
