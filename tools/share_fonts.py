"""Make the subset fonts of the share images from the Noto CJK fonts (Debian: fonts-noto-cjk).

    python -m tools.share_fonts [--noto FOLDER]

Writes three files to src/orientalis_site/share/fonts. Run it again when the Chinese translation has new characters: a
test says so. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
import tomllib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from tools.font_metrics import add_kerning, add_thin_spaces, make_proportional

ROOT = Path(__file__).resolve().parent.parent
NOTO = Path("/usr/share/fonts/opentype/noto")
FONTS = ROOT / "src" / "orientalis_site" / "share" / "fonts"
PETITIONS = ROOT / "src" / "orientalis_site" / "petition" / "shipped"
CHINESE = ROOT / "src" / "orientalis_site" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
SIMPLIFIED = 2
"""Place of the face for Simplified Chinese in each Noto collection."""
MOST_BYTES = 450_000

THIN_SPACES = "\u2009\u202f"
LATIN = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)])).replace("\u00ad", "")
CYRILLIC = "Ё" + "".join(map(chr, range(0x410, 0x450))) + "ё"
POINTS = "–—−‘’“”…•′№‰€→≤≥≈" + THIN_SPACES
LETTERS = "".join(map(chr, [*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B)]))
ENDS = ".,:;-–«»“”‘’()"
"""Points that stand beside letters and are kerned with them."""
CHINESE_POINTS = "\u3000《》〈〉「」【】，。、；：！？（）％～"
# What the share images and their tests say where there is no translation yet.
ALWAYS = (
    "远东豹东北豹豹与虎的未来一二三四五六七八九十百千万年月日数量成年个体只多少于或等以上下到至之间从百分比一半在情况中位区间"
    "预测模拟次运行参数灭绝风险可能性概率我们不知道有多大把握什么能拯救它请愿签名支持者目前现状今后将会消失存活种群栖息地"
    "盗猎森林火灾道路疾病近亲繁殖猎物俄罗斯中国朝鲜滨海吉林黑龙江珲春公园保护区证据来源方法下载地图情景措施费用答复机构"
    "公里平方每若是无尚未已经结束降低增加变化差异影响最后仍然其他以及这那就都也但因为所因此时超过防和内没全时间内外请看"
)


@dataclass(frozen=True)
class Face:
    """One file to make: the Noto collection it comes from, and whether it carries Chinese or proportional points."""

    collection: str
    is_chinese: bool


FACES = {
    "sans.otf": Face("NotoSansCJK-Regular.ttc", False),
    "serif.otf": Face("NotoSerifCJK-Regular.ttc", False),
    "serif-hans.otf": Face("NotoSerifCJK-Regular.ttc", True),
}


def translated(po: str) -> str:
    """All msgstrs of the text of a .po file, joined; obsolete entries are passed over."""
    strings = re.findall(r'^msgstr(?:\[\d+\])?((?:\s*"(?:[^"\\\n]|\\.)*")+)', po, re.MULTILINE)
    return "".join(ast.literal_eval(part) for text in strings for part in re.findall(r'"(?:[^"\\\n]|\\.)*"', text))


def petition_titles(folder: Path = PETITIONS) -> str:
    """The Chinese titles of the petitions that are shipped, joined: they stand on share images."""
    held = [tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.toml"))]
    return "".join(str(one["text"]["title"]["zh_hans"]) for one in held)


def chinese_characters(po: Path = CHINESE) -> str:
    """The characters beyond Latin and Cyrillic that the Chinese translation and petitions use, sorted, each once."""
    text = ALWAYS + petition_titles() + (translated(po.read_text(encoding="utf-8")) if po.exists() else "")
    known = set(LATIN + CYRILLIC + POINTS + CHINESE_POINTS)
    return "".join(sorted(mark for mark in set(text) - known if mark.isprintable()))


def make_face(name: str, noto: Path) -> bytes:
    """The bytes of one font file: subset, spaces and kerning added, named anew, no hints, no layout tables."""
    face = FACES[name]
    font = TTFont(noto / face.collection, fontNumber=SIMPLIFIED, recalcTimestamp=False)
    text = LATIN + CYRILLIC + POINTS + (CHINESE_POINTS + chinese_characters() if face.is_chinese else "")
    options = subset.Options(
        hinting=False,
        layout_features=["kern", "pwid"],
        notdef_outline=True,
        name_IDs=[0, 13, 14],
        recalc_timestamp=False,
    )
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]
    cutter = subset.Subsetter(options)
    cutter.populate(text=text + "\u2002")
    cutter.subset(font)
    if not face.is_chinese:
        make_proportional(font)
    add_thin_spaces(font, THIN_SPACES)
    add_kerning(font, () if face.is_chinese else (LETTERS + ENDS, CYRILLIC + ENDS))
    missing = set(text) - set(map(chr, font.getBestCmap()))
    if missing:
        raise SystemExit(f"{face.collection} has no glyph for {' '.join(sorted(missing))}")
    family = "Orientalis Share " + name.removesuffix(".otf")
    for number, entry in ((1, family), (2, "Regular"), (4, family), (6, family.replace(" ", ""))):
        font["name"].setName(entry, number, 3, 1, 0x409)
    font["CFF "].cff.fontNames = [family.replace(" ", "")]
    target = BytesIO()
    font.save(target)
    return target.getvalue()


def main(arguments: list[str] | None = None) -> int:
    """Write all files and print their sizes; exit status 1 where together they are too large."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--noto", type=Path, default=NOTO, help="folder of the Noto CJK collections")
    noto = parser.parse_args(arguments).noto
    made = {name: make_face(name, noto) for name in FACES}
    total = sum(map(len, made.values()))
    if total > MOST_BYTES:
        print(f"{total} bytes, at most {MOST_BYTES} are allowed", file=sys.stderr)
        return 1
    FONTS.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        (FONTS / name).write_bytes(content)
        print(f"{name}: {len(content)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
