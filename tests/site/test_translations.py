"""The words of the site in each language: all there, current, and with no number of their own."""

from __future__ import annotations

import gettext
import re
import shutil
import string
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "src" / "orientalis_site"
FOLDERS = ("ru", "zh_Hans")
PLACES = re.compile(r"%\((\w+)\)[sd]")


NAMES_WITH_DIGITS = re.compile(r"SHA-256|Ed25519|user:1|save-the-amur-leopard")
"""Names of the program's own that are the same in every language."""


def messages(folder: str, site: Path = SITE) -> dict[tuple[str, str, str], list[str]]:
    """The entries of a .po file: (context, id, plural id) to translations. Fuzzy ones count as missing."""
    text = (site / "locale" / folder / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    found = {}
    for block in text.split("\n\n"):
        fields: dict[str, str] = {}
        key = ""
        for line in block.splitlines():
            if line.startswith("#") or not line.strip():
                continue
            word, _, rest = line.partition(" ")
            if not line.startswith('"'):
                key, line = word, rest
                fields[key] = ""
            fields[key] += eval(line)  # noqa: S307 (a C string, and our own file)
        if fields.get("msgid"):
            is_fuzzy = re.search(r"^#,.*\bfuzzy\b", block, re.MULTILINE)
            texts = [value for name, value in fields.items() if name.startswith("msgstr")]
            place = (fields.get("msgctxt", ""), fields["msgid"], fields.get("msgid_plural", ""))
            found[place] = [""] if is_fuzzy else texts
    return found


def places(text: str) -> set[str]:
    """The names of the places that a text leaves for others."""
    braces = {name for _, name, _, _ in string.Formatter().parse(text.replace("%", "")) if name}
    return set(PLACES.findall(text)) | braces


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_text_is_translated(folder: str) -> None:
    held = messages(folder)
    assert len(held) > 400
    assert [place for place, texts in held.items() if not all(texts)] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_places_are_the_same(folder: str) -> None:
    for (_, first, plural), texts in messages(folder).items():
        for text in texts:
            assert places(text) in (places(first), places(plural or first)), (first, text)


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_number_stands_in_a_text(folder: str) -> None:
    for (_, first, plural), texts in messages(folder).items():
        for text in (first, plural, *texts):
            assert not re.search(r"\d", NAMES_WITH_DIGITS.sub("", text)), text


def test_chinese_texts_hold_no_other_alphabet() -> None:
    allowed = {
        "Orientalis",
        "JSON",
        "CSV",
        "BibTeX",
        "Apache",
        "Atom",
        "s",
        "km",
        "kB",
        "Student",
        "t",
        "Wilson",
        "EB",
        "OL",
        "PDF",
        "Natural",
        "Earth",
        *("petition", "json", "name", "example", "org"),  # a file, an address
    }
    for (_, first, _), texts in messages("zh_Hans").items():
        for text in texts:
            plain = NAMES_WITH_DIGITS.sub(" ", re.sub(r"%\(\w+\)[sd]|\{\w+\}", " ", text))
            assert set(re.findall(r"[A-Za-z]+", plain)) <= allowed, (first, text)


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_compiled_is_what_is_written(folder: str) -> None:
    with (SITE / "locale" / folder / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for (context, first, plural), texts in messages(folder).items():
        if plural:
            found = {
                compiled.npgettext(context, first, plural, n) if context else compiled.ngettext(first, plural, n)
                for n in range(0, 120)
            }
            assert found == set(texts), first
        else:
            assert (compiled.pgettext(context, first) if context else compiled.gettext(first)) == texts[0], first


def test_no_text_of_the_pages_is_missing_or_left_over(tmp_path: Path) -> None:
    if shutil.which("xgettext") is None:
        pytest.skip("there is no gettext: tools/install_packages.sh tests")
    site = tmp_path / "orientalis_site"
    shutil.copytree(SITE, site, ignore=shutil.ignore_patterns("bundle", "__pycache__", "fonts"))
    before = {folder: set(messages(folder, site)) for folder in FOLDERS}
    command = [sys.executable, "-m", "orientalis_site", "makemessages", "--no-location", "--no-wrap", "--no-obsolete"]
    for folder in FOLDERS:
        command += ["--locale", folder]
    environment = {"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin", "ORIENTALIS_VAR": str(tmp_path / "var")}
    subprocess.run(command, cwd=site, check=True, capture_output=True, env=environment)
    for folder in FOLDERS:
        assert set(messages(folder, site)) == before[folder], "run `make messages` and translate what is new"
