"""Widths inside a font: thin spaces it lacks, proportional points, and kerning as a plain table of pairs.

The site lays its letters out by itself, so that a picture is the same on every machine; it reads the old `kern` table,
and no other feature. What the share images need of GPOS and GSUB is written into `kern` and the character map.
"""

from __future__ import annotations

from itertools import product
from typing import Any

from fontTools.misc.psCharStrings import T2CharString
from fontTools.misc.transform import Offset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0

THIN = 180
"""Width of a thin space in thousandths of an em."""
SIDE = 55
"""White on each side of a mark that is set proportionally, in thousandths of an em."""
LEAST_KERNING = 8
"""Smaller corrections, in thousandths of an em, are left out."""
FULL_WIDTH = "·•×÷±→≤≥≈§¶′‰№"


def add_thin_spaces(font: TTFont, spaces: str, donor: int = 0x2002) -> None:
    """Map each of `spaces` to the glyph of the en space, made narrow; the en space itself is no longer mapped."""
    glyph = font.getBestCmap()[donor]
    _put(font, glyph, T2CharStringPen(THIN, font.getGlyphSet()), THIN)
    for table in font["cmap"].tables:
        table.cmap.pop(donor, None)
        table.cmap.update(dict.fromkeys(map(ord, spaces), glyph))


def make_proportional(font: TTFont) -> None:
    """Quotation marks and signs in the width that Latin and Cyrillic text wants, not that of a Chinese character."""
    narrow: dict[str, str] = {}
    for subtable in _subtables(font, "GSUB", "pwid"):
        narrow.update(getattr(subtable, "mapping", {}))
    glyphs = font.getGlyphSet()
    for table in font["cmap"].tables:
        for code, name in list(table.cmap.items()):
            table.cmap[code] = narrow.get(name, name) if chr(code) not in FULL_WIDTH else name
    cmap = font.getBestCmap()
    for name in {cmap[ord(mark)] for mark in FULL_WIDTH if ord(mark) in cmap}:
        box = BoundsPen(glyphs)
        glyphs[name].draw(box)
        if box.bounds is None or font["hmtx"][name][0] < 900:
            continue
        width = round(box.bounds[2] - box.bounds[0]) + 2 * SIDE
        pen = T2CharStringPen(width, glyphs)
        glyphs[name].draw(TransformPen(pen, Offset(SIDE - box.bounds[0], 0)))
        _put(font, name, pen, width)


def add_kerning(font: TTFont, scripts: tuple[str, ...]) -> None:
    """Write the GPOS kerning of pairs within each script as a `kern` table; drop the layout tables, read by nobody."""
    cmap = font.getBestCmap()
    subtables = _subtables(font, "GPOS", "kern")
    pairs = {}
    for text in scripts:
        names = sorted({cmap[ord(mark)] for mark in text})
        for left, right in product(names, names):
            value = _pair(subtables, left, right)
            if abs(value) >= LEAST_KERNING:
                pairs[left, right] = value
    for tag in ("GPOS", "GSUB", "GDEF"):
        if tag in font:
            del font[tag]
    part = KernTable_format_0(apple=False)
    part.coverage, part.format, part.kernTable = 1, 0, pairs
    kern = newTable("kern")
    kern.version, kern.kernTables = 0, [part]
    font["kern"] = kern


def _put(font: TTFont, glyph: str, pen: T2CharStringPen, width: int) -> None:
    """Give `glyph` the outline that `pen` has drawn and the width."""
    charstrings = font["CFF "].cff.topDictIndex[0].CharStrings
    old = charstrings[glyph]
    new: T2CharString = pen.getCharString(old.private, old.globalSubrs)
    new.program[0] = width - old.private.nominalWidthX
    new.fdSelectIndex = getattr(old, "fdSelectIndex", None)
    charstrings[glyph] = new
    font["hmtx"][glyph] = (width, font["hmtx"][glyph][1])


def _subtables(font: TTFont, tag: str, feature: str) -> list[Any]:
    table = font[tag].table if tag in font else None
    if table is None or table.FeatureList is None:
        return []
    records = [record.Feature for record in table.FeatureList.FeatureRecord if record.FeatureTag == feature]
    places = sorted({place for record in records for place in record.LookupListIndex})
    found = [subtable for place in places for subtable in table.LookupList.Lookup[place].SubTable]
    return [getattr(subtable, "ExtSubTable", subtable) for subtable in found]


def _pair(subtables: list[Any], left: str, right: str) -> int:
    """Kerning of one pair: the first subtable that knows it decides."""
    for subtable in subtables:
        if left not in subtable.Coverage.glyphs:
            continue
        if subtable.Format == 1:
            records = subtable.PairSet[subtable.Coverage.glyphs.index(left)].PairValueRecord
            found = [record.Value1 for record in records if record.SecondGlyph == right]
            if found:
                return getattr(found[0], "XAdvance", 0) or 0
        else:
            first = subtable.ClassDef1.classDefs.get(left, 0)
            second = subtable.ClassDef2.classDefs.get(right, 0)
            value = subtable.Class1Record[first].Class2Record[second].Value1
            return getattr(value, "XAdvance", 0) or 0
    return 0
