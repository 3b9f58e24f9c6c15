"""Generated pages are current and complete; links lead somewhere; the code of pages is code."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from orientalis.catalogue import load_species, load_threat, threat_names
from orientalis.engine.life_cycle import LIFE_CYCLE
from tools import generate_docs
from tools.pages.commands import command_help
from tools.pages.parameters import SPECIES, covers
from tools.pages.text import block_names

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")])
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def headings(page: str) -> set[str]:
    """The second-level headings of a page."""
    return set(re.findall(r"^## (.+)$", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE))


def test_generated_pages_are_current() -> None:
    names = [str(path.relative_to(ROOT)) for path in generate_docs.stale()]
    assert not names, f"run: python -m tools.generate_docs ({', '.join(names)})"


def test_a_stale_page_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "ODD.md").write_text("<!-- generated: schedule -->\nold\n<!-- /generated -->\n")
    monkeypatch.setattr(generate_docs, "DOCS", tmp_path)
    assert tmp_path / "model" / "ODD.md" in generate_docs.stale()


def test_every_command_parameter_and_process_has_a_heading() -> None:
    assert set(command_help()) <= headings("reference/commands.md")
    assert set(load_species(SPECIES).quantities()) <= headings("reference/parameters.md")
    of_threats = {path for name in threat_names() for path in load_threat(name).quantities}
    assert of_threats and of_threats <= headings("reference/parameters.md")
    assert {"[threats]"} <= headings("reference/study.md")
    assert {process.name for process in LIFE_CYCLE} <= headings("reference/processes.md")
    assert len(command_help()) > 10 and len(LIFE_CYCLE) > 10


def test_the_model_describes_every_process_and_parameter() -> None:
    text = (DOCS / "model" / "ODD.md").read_text(encoding="utf-8")
    assert {f"process {process.name}" for process in LIFE_CYCLE} <= set(block_names(text))
    declared = [name for process in LIFE_CYCLE for name in process.parameters]
    paths = load_species(SPECIES).quantities()
    assert not [path for path in paths if not any(covers(name, path) for name in declared)]
    assert not [path for path in paths if f"[`{path}`]" not in text]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    lost = []
    for target in re.findall(r"(?<!\!)\[[^\]]*\]\(([^)\s]+)\)", text):
        file, _, anchor = target.partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        there = (page.parent / file).resolve() if file else page
        if not there.exists() or (anchor and anchor not in anchors(there)):
            lost.append(target)
    assert not lost, f"{page.name}: {lost}"


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as common renderers make them."""
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_code_of_pages_can_be_read(page: Path) -> None:
    for language, text in _FENCE.findall(page.read_text(encoding="utf-8")):
        if language in ("python", "py"):
            ast.parse(text)
        elif language == "toml":
            tomllib.loads(text)
