"""The dossier: the same words and figures as were signed, in three languages, with every letter drawn."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from orientalis_site.delivery import render
from orientalis_site.delivery.dossier import content, dossier
from orientalis_site.delivery.drawing import on_paper, path, styles
from orientalis_site.delivery.render import DossierError
from orientalis_site.delivery.tally import counted
from orientalis_site.kit import countries
from orientalis_site.pages import drawings, figures
from orientalis_site.petition.models import Petition
from orientalis_site.petition.snapshots import evidence_of, text_of
from orientalis_site.petition.texts import digest
from orientalis_site.share.views import plain
from tests.site.evidence import shipped
from tests.site.petition.delivered import FOUNDING, START, closed, petition

LANGUAGES = ("en", "ru", "zh-hans")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="tools/install_packages.sh tests"),
]


@pytest.fixture(autouse=True)
def _keys(inside: Client, settings: Any, tmp_path: Path) -> None:
    settings.KEYS = tmp_path / "keys"


def made(held: Petition, language: str, *, is_final: bool = True) -> bytes:
    return dossier(held, held.current, counted(held), language, START, is_final=is_final)


def read(pdf: bytes, folder: Path) -> str:
    """The text of a PDF, as a reader's program finds it, on one line."""
    file = folder / "read.pdf"
    file.write_bytes(pdf)
    found = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(found.split())


def closely(text: str) -> str:
    """Without the spaces and hyphens that a line's end puts in."""
    return "".join(mark for mark in text if not mark.isspace() and mark not in "-\u00ad\u2010\u200b")


def rewrite(held: Petition, change: Any) -> None:
    """Change the text of a version behind the site's back, as if the staff had written so."""
    data = json.loads(held.current.text)
    change(data)
    held.current.text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    held.current.text_hash = digest(held.current.text)
    held.current.save()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_was_signed(language: str, tmp_path: Path) -> None:
    held = closed()
    said = closely(read(made(held, language), tmp_path))
    text, evidence = text_of(held.current), evidence_of(held.current)
    with override(language):
        wanted = [str(text.title), str(text.summary), *text.body.here()]
        wanted += [str(part) for demand in text.demands for part in (demand.title, demand.text)]
        wanted += [str(target.name) for target in text.targets]
        for finding in evidence.findings.values():
            wanted += [plain(figures.value(finding)), plain(figures.interval(finding)), finding.run_hash[:10]]
        wanted += [countries.name(code) for code in ("RU", "CN", "DE", "US", "KR")]
        few = [countries.name(code) for code in ("FR", "SE")]
    wanted += [held.current.text_hash, held.current.evidence_hash, held.current.bundle_hash, "78"]
    missing = [one for one in wanted if closely(one) not in said]
    assert not missing
    assert not [name for name in few if closely(name) in said], "countries with few signatures are grouped"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_is_drawn_and_every_font_within(language: str, tmp_path: Path) -> None:
    file = tmp_path / "fonts.pdf"
    file.write_bytes(made(closed(), language))
    rows = subprocess.run(["pdffonts", str(file)], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert rows and all(row.split()[-5] == "yes" for row in rows), rows
    names = " ".join(row.split()[0] for row in rows)
    assert ("NotoSerifCJK" in names or "SourceHanSerif" in names) == (language == "zh-hans")
    info = subprocess.run(["pdfinfo", str(file)], capture_output=True, text=True, check=True).stdout
    assert "Tagged:          yes" in info and "595.276 x 841.89" in info
    content = file.read_bytes()
    assert {"en": b"(en)", "ru": b"(ru)", "zh-hans": b"(zh"}[language] in content


def test_the_same_data_give_the_same_bytes() -> None:
    held = closed()
    first = made(held, "en")
    assert made(held, "en") == first
    held.count.confirmed += 1
    assert made(held, "en") != first


def test_no_word_is_read_as_markup(tmp_path: Path) -> None:
    held = petition()
    nasty = '#import "x.typ": * <script>alert(1)</script> *bold* _it_ $x^2$ = head \\ @ref [a] // `raw` #panic() "q"'

    def change(data: dict[str, Any]) -> None:
        data["title"]["en"] = nasty
        data["demands"][0]["text"]["en"] = nasty
        data["targets"][0]["name"]["en"] = nasty
        data["body"]["en"][0] = f"= {nasty}"

    rewrite(held, change)
    held.counted_source = nasty
    held.counted_elsewhere = 3
    said = closely(read(made(held, "en"), tmp_path))
    assert said.count(closely(nasty)) >= 5


def test_a_letter_that_no_font_has_is_an_error_that_names_it() -> None:
    held = petition()
    rewrite(held, lambda data: data["title"].update(en="Save the \U0001f406"))
    with pytest.raises(DossierError, match="\U0001f406"):
        made(held, "en")


def test_without_a_chinese_font_it_says_which_package(monkeypatch: pytest.MonkeyPatch) -> None:
    held = petition()
    monkeypatch.setattr(render, "_installed", lambda: frozenset({"Libertinus Serif"}))
    with pytest.raises(DossierError, match="fonts-noto-cjk"):
        made(held, "zh-hans")
    assert made(held, "en").startswith(b"%PDF")


def test_what_has_no_figure_says_so_and_assumed_ones_are_marked() -> None:
    held = closed()
    with override("en"):
        data = content(held, held.current, counted(held), "en", START, is_final=True)
    assert [len(one["findings"]) for one in data["demands"]] == [1, 3, 0, 0, 0]
    evidence = evidence_of(held.current)
    marked = [one["assumed"] for demand in data["demands"] for one in demand["findings"]]
    cited = [one for demand in text_of(held.current).demands for one in demand.findings]
    assert marked == [evidence.findings[one].assumed for one in cited]


def test_counted_elsewhere_and_nobody_here(tmp_path: Path) -> None:
    said = closely(read(made(closed(FOUNDING), "en"), tmp_path))
    assert closely("1 870 supporters") in said and closely("the petition's own page") in said
    assert closely("No signature has been confirmed on this site") in said


def test_without_the_signed_bundle_there_is_no_picture_of_another(settings: Any) -> None:
    held = closed()
    with override("en"):
        assert len(content(held, held.current, counted(held), "en", START, is_final=True)["charts"]) == 2
        shutil.rmtree(Path(settings.VAR) / "bundles" / held.current.bundle_hash)
        data = content(held, held.current, counted(held), "en", START, is_final=True)
    assert data["charts"] == [] and data["no_charts"] and data["demands"][0]["findings"]
    assert made(held, "en").startswith(b"%PDF")


def test_drawings_need_no_style_sheet_and_stretch_no_stroke() -> None:
    bundle = shipped()
    with override("en"):
        for chart in (drawings.fan(bundle, "status_quo"), drawings.occupancy(bundle, "status_quo", "2123")):
            assert chart is not None
            drawn = on_paper(chart.wide, "'Libertinus Serif'")
            assert "var(" not in drawn and "@media" not in drawn and "matrix(" not in drawn and "scale(" not in drawn
    assert "#B8742A" in styles("serif") and "--" not in styles("serif")


@pytest.mark.parametrize(
    ("d", "wanted"),
    [
        ("M1 2h3v4", "M2.00 3.00L8.00 3.00L8.00 5.00"),
        ("M1 2l-1 2-1-1z", "M2.00 3.00L0.00 4.00L-2.00 3.50z"),
        ("M1 2l1 1zm1 1h1", "M2.00 3.00L4.00 3.50zM4.00 3.50L6.00 3.50"),
    ],
)
def test_stretched_paths_are_written_out(d: str, wanted: str) -> None:
    assert path(d, (2.0, 0.5, 0.0, 2.0)) == wanted
