"""Citations of a view: plain text, BibTeX, CSL-JSON."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from orientalis_site.kit.citation import Citation

VIEW = Citation(
    title="Half of the futures end above 480",
    url="https://orientalis.example/en/future/?year=2123&scenario=status_quo",
    date=date(2026, 11, 24),
    bundle_hash="ab" * 32,
    version="0.1.0",
    run_hashes=("cd" * 32, "ef" * 32),
)


def test_the_text_names_all_that_fixes_the_view() -> None:
    text = replace(VIEW, accessed=date(2026, 12, 1)).text("en")
    assert text == (
        "The Orientalis authors (2026). Half of the futures end above 480. Orientalis, version 0.1.0. Evidence bundle "
        "abababababab of 24 November 2026. Runs: cdcdcdcdcdcd, efefefefefef. "
        "https://orientalis.example/en/future/?year=2123&scenario=status_quo (accessed 1 December 2026)"
    )
    assert "accessed" not in VIEW.text("en") and "Runs" not in replace(VIEW, run_hashes=()).text("en")


def test_dates_are_those_of_the_language() -> None:
    assert "24 ноября 2026 г." in VIEW.text("ru")
    assert "2026年11月24日" in VIEW.text("zh-hans")


def test_the_key_is_stable() -> None:
    assert VIEW.key == "orientalis2026-55f03b7e"
    assert replace(VIEW, title="Another", accessed=date(2027, 1, 1), version="9").key == VIEW.key
    assert replace(VIEW, url=VIEW.url + "0").key != VIEW.key != replace(VIEW, bundle_hash="00" * 32).key


@pytest.mark.parametrize(
    ("raw", "escaped"),
    [
        ("50 % & more", r"50 \% \& more"),
        ("a_b #1 $x", r"a\_b \#1 \$x"),
        (r"{\end} ~ ^", r"\{\textbackslash{}end\} \textasciitilde{} \textasciicircum{}"),
        ("<\u202f0.1\u202f%, 2–3, \u22124, 5\u00a0km", r"\textless{}\,0.1\,\%, 2--3, $-$4, 5~km"),
        ("two\nlines\x00 and  spaces", "two lines and spaces"),
        ("Леопард 远东豹", "Леопард 远东豹"),
    ],
)
def test_special_characters_of_bibtex_are_escaped(raw: str, escaped: str) -> None:
    assert f"  title = {{{{{escaped}}}}}," in replace(VIEW, title=raw).bibtex().splitlines()


def test_a_bibtex_entry() -> None:
    view = replace(VIEW, accessed=date(2026, 12, 1), url=VIEW.url + "&a={b} c\\d")
    entry = view.bibtex()
    fields = dict(re.findall(r"^  (\w+) = \{(.*)\},$", entry, re.MULTILINE))
    assert entry.startswith(f"@misc{{{view.key},\n") and entry.endswith("\n}\n")
    assert fields["author"] == "{The Orientalis authors}" and fields["year"] == "2026" and fields["month"] == "11"
    assert fields["url"] == VIEW.url + "&a=%7Bb%7D%20c%5Cd" and fields["urldate"] == "2026-12-01"
    assert "ab" * 32 in fields["note"] and "ef" * 32 in fields["note"]
    assert "urldate" not in VIEW.bibtex()


@pytest.mark.parametrize("text", ["}", "{{", "\\", "a}\n@misc{x,"])
def test_no_title_breaks_out_of_its_braces(text: str) -> None:
    entry = replace(VIEW, title=text, url=VIEW.url + text).bibtex()
    plain = re.sub(r"\\[{}]", "", entry)
    assert plain.count("{") == plain.count("}") and "\n@" not in entry


def test_csl_json() -> None:
    item = json.loads(json.dumps(replace(VIEW, accessed=date(2026, 12, 1)).csl()))
    assert item["id"] == VIEW.key and item["type"] == "webpage" and item["URL"] == VIEW.url
    assert item["issued"] == {"date-parts": [[2026, 11, 24]]} and item["accessed"] == {"date-parts": [[2026, 12, 1]]}
    assert "ab" * 32 in item["note"] and "accessed" not in VIEW.csl()
