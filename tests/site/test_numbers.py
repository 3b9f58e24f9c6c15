"""A page states findings and quantities and nothing else, and says the same in every language."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from orientalis.evidence import open_bundle
from tests.site.evidence import SHIPPED, rewrite
from tests.site.inside import LANGUAGES, NAMES, Reading, page, paths, show, spoken

NUMBER_PAGES = ("numbers/extinct_draws.status_quo", "numbers/growth.petition_start")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_digit_stands_in_a_text(inside: Client, language: str) -> None:
    for path in paths(language, *NUMBER_PAGES):
        for words in Reading(page(inside, path)).words:
            assert not re.search(r"\d", words), (path, words)


@pytest.mark.parametrize("name", [*NAMES, *NUMBER_PAGES], ids=str)
def test_a_language_never_changes_a_number(inside: Client, name: str) -> None:
    found, charts = {}, {}
    for language in LANGUAGES:
        reading = Reading(page(inside, f"/{language}/{name}/" if name else f"/{language}/"))
        found[language] = reading.numbers
        # A month has a name in some languages and a number in others.
        months = re.compile(r"年\d+月")
        charts[language] = Counter(number for words in reading.charts for number in spoken(months.sub(" ", words)))
    assert charts["ru"] == charts["en"] == charts["zh-hans"]
    counted = {language: Counter(value for value, _ in numbers) for language, numbers in found.items()}
    assert counted["ru"] == counted["en"] == counted["zh-hans"]
    said = {code: Counter((value, *spoken(text)) for value, text in numbers) for code, numbers in found.items()}
    assert said["ru"] == said["en"] == said["zh-hans"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_text_is_its_number_rounded(inside: Client, language: str) -> None:
    for path in paths(language, *NUMBER_PAGES):
        for value, text in Reading(page(inside, path)).numbers:
            ends = [float(part) for part in value.split("/") if part not in ("None", "")]
            said = list(spoken(text))
            assert said, (path, value, text)
            scale = 100 if "%" in text else 1
            shown = re.findall(r"\d[\d\u202f]*(?:[.,](\d+))?", text)
            for number, decimals, end in zip(said, shown, ends if len(said) > 1 else ends[:1], strict=False):
                is_near = abs(number - end * scale) <= 0.5000001 * 10 ** -len(decimals)
                is_bound = "<" in text or ">" in text
                assert is_bound or is_near, (path, value, text)


def numbers_of(record: Any) -> set[str]:
    """Every number anywhere in a record."""
    if isinstance(record, dict):
        return set().union(*(numbers_of(value) for value in record.values())) if record else set()
    if isinstance(record, list):
        return set().union(*(numbers_of(value) for value in record)) if record else set()
    if isinstance(record, (int, float)) and not isinstance(record, bool):
        return {f"{float(record):.10g}"}
    return set()


def test_every_number_comes_from_the_bundle(inside: Client) -> None:
    bundle = open_bundle(SHIPPED)
    known: set[str] = set()
    for name in ("findings", "figures", "counts", "claims", "runs"):
        known |= numbers_of(json.loads(bundle.read(f"{name}.json")))
    drawn = known | numbers_of([0.01, 0.1, 0.25, 0.5, 0.75])  # the steps of the map's key
    for file in bundle.manifest.files:
        if file.path.startswith("series/"):
            drawn |= numbers_of(json.loads(bundle.read(file.path)))
    # The map's table gives areas: whole cells of this size.
    assert bundle.landscape is not None
    cell = bundle.landscape.cell_km**2
    drawn |= {f"{cell * cells:.10g}" for cells in range(bundle.landscape.rows * bundle.landscape.columns)}
    figures, used = list(bundle.figures.values()), [one for one in bundle.figures.values() if one.is_parameter]
    derived = [  # numbers of records, which pages may say
        *(len(group) for group in (figures, used)),
        *(sum(one.is_assumed for one in group) for group in (figures, used)),
        sum(one.kind == "analogue" for one in used),
        *(file.size / 1000 for file in bundle.manifest.files),
        sum(file.size for file in bundle.manifest.files) / 1000,
        bundle.manifest.start_year,
        100,  # of "adults per 100 km²": part of the unit's name
        *(int(match[0]) for one in figures if (match := re.search(r"(?:19|20)\d\d$", one.id))),
        *(int(size) for one in bundle.counts.values() for size in re.findall(r"\d+(?= km2)", one.area)),
        *Counter(one.source for one in [*figures, *bundle.counts.values()]).values(),
        0,
    ]
    known |= numbers_of(derived)
    for path in paths("en", *NUMBER_PAGES):
        text = page(inside, path)
        outside = re.sub(r"<figure.*?</figure>", "", text, flags=re.DOTALL)
        for content, allowed in ((outside, known), (text, drawn | known)):
            for value, words in Reading(content).numbers:
                for part in value.split("/"):
                    assert part in ("None", "") or f"{float(part):.10g}" in allowed, (path, value, words)


def changed(folder: Path) -> Path:
    """A copy of the shipped bundle in which every finding, figure and count has another value."""
    shutil.copytree(SHIPPED, folder, copy_function=shutil.copyfile)

    def scale(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for record in records:
            for held in (record, record.get("interval") or {}):
                for key in ("value", "low", "high", "estimate"):
                    if isinstance(held.get(key), (int, float)):
                        held[key] = held[key] * 0.93 + (0.0003 if record.get("unit") == "share" else 3.0)
        return records

    for name in ("findings.json", "counts.json", "claims.json"):
        rewrite(folder, name, scale)
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
def test_changing_the_bundle_changes_every_number_and_nothing_else(
    inside: Client, language: str, tmp_path: Path
) -> None:
    names = ("forecast", "unknowns", "leopard", "", *NUMBER_PAGES)
    before = {name: page(inside, f"/{language}/{name}/".replace("//", "/")) for name in names}
    show(changed(tmp_path / "other"))
    bundle = open_bundle(SHIPPED)
    for name in names:
        after = page(inside, f"/{language}/{name}/".replace("//", "/"))
        first, second = linked(before[name]), linked(after)
        assert first.keys() == second.keys(), name
        assert first, name
        for address, texts in first.items():
            held = bundle.findings[address]
            if held.value is not None:
                assert texts != second[address], (name, address)
        assert words_of(before[name]) == words_of(after), name


def linked(text: str) -> dict[str, str]:
    """The value of each finding that a page links, by its id."""
    pattern = r'href="/[a-z-]+/numbers/([^"/]+)/"><data class="n" value="([^"]+)"'
    return dict(re.findall(pattern, text))


def words_of(text: str) -> list[str]:
    """The words of a page. Those of charts are left out: a chart chooses its title by what it shows."""
    return Reading(text).words
