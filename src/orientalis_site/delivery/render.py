"""Setting a dossier: data in, PDF out. No word of anybody is ever read as markup: the words travel as JSON.

The PDF is for the archive and for everybody (PDF/A-2a and PDF/UA-1): tagged, its fonts within, and a letter that no
font can draw is an error, never an empty box.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from orientalis_site.share.lettering import FONTS

TEMPLATE = Path(__file__).resolve().parent / "dossier.typ"
STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
PACKAGE = "fonts-noto-cjk"
LATIN = "Libertinus Serif"
"""It comes with typst, so the dossiers in English and Russian are the same on every machine."""
SANS = "Orientalis Share sans"
CHINESE = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Songti SC", "SimSun")
CHINESE_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei")


class DossierError(Exception):
    """A dossier that cannot be set; the sentence says what is missing."""


def set_pdf(data: Mapping[str, Any], language: str, moment: datetime) -> bytes:
    """The PDF of a dossier's data. The same data and fonts give the same bytes. DossierError."""
    held = {**data, "fonts": families(language)}
    try:
        made = typst.compile(
            TEMPLATE.read_bytes(),
            font_paths=_fonts(),
            sys_inputs={"data": json.dumps(held, ensure_ascii=False)},
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=int(moment.timestamp()),
        )
    except typst.TypstError as error:
        raise DossierError(f"the dossier in {language} cannot be set: {error.message}") from None
    return made


def families(language: str) -> list[str]:
    """The fonts of a language, first choice first. DossierError where none for Chinese is installed."""
    chinese = [name for name in CHINESE if name in _installed()]
    if language == "zh-hans":
        if not chinese:
            raise DossierError(f"no font for Chinese is installed; install the Debian package {PACKAGE}")
        return [*chinese[:1], LATIN]
    return [LATIN, *chinese[:1]]


def drawn_with(language: str) -> str:
    """The fonts of the words in drawings, as a style sheet names them."""
    chinese = [name for name in (*CHINESE_SANS, *CHINESE) if name in _installed()][:1]
    names = [*chinese, LATIN] if language == "zh-hans" else [SANS, *chinese, LATIN]
    return ", ".join(f"'{name}'" for name in names)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(font_paths=[FONTS])


@cache
def _installed() -> frozenset[str]:
    return frozenset(_fonts().families())
