"""What the layout needs of an OpenType file: which characters it has, how wide each is, which pairs are kerned.

Reads the tables `cmap` (format 4), `hmtx` and `kern` (format 0), in which tools/share_fonts.py writes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from struct import unpack_from


@dataclass(frozen=True)
class Metrics:
    """Glyph by character, advance by glyph and correction by pair of glyphs, both in units of the em."""

    units: int
    glyphs: dict[str, int]
    advances: tuple[int, ...]
    kerning: dict[tuple[int, int], int]

    def positions(self, text: str) -> list[float]:
        """Where each character begins and, last, where the text ends, in ems; every character must be in `glyphs`."""
        places, place = [0.0], 0
        glyphs = [self.glyphs[mark] for mark in text]
        for here, following in zip(glyphs, [*glyphs[1:], -1], strict=True):
            place += self.advances[here] + self.kerning.get((here, following), 0)
            places.append(place / self.units)
        return places


def read_metrics(data: bytes) -> Metrics:
    """Read the tables of the font file `data`."""
    tables = {}
    for number in range(unpack_from(">H", data, 4)[0]):
        tag, _, start, size = unpack_from(">4sLLL", data, 12 + 16 * number)
        tables[tag.decode("ascii")] = data[start : start + size]
    count = unpack_from(">H", tables["hhea"], 34)[0]
    glyphs = unpack_from(">H", tables["maxp"], 4)[0]
    advances = [unpack_from(">H", tables["hmtx"], 4 * number)[0] for number in range(count)]
    advances += [advances[-1]] * (glyphs - count)
    units = unpack_from(">H", tables["head"], 18)[0]
    return Metrics(units, _characters(tables["cmap"]), tuple(advances), _kerning(tables.get("kern", b"")))


def _characters(table: bytes) -> dict[str, int]:
    """The character map; the font's files have one of format 4, which holds segments of consecutive characters."""
    starts = [unpack_from(">L", table, 8 + 8 * number)[0] for number in range(unpack_from(">H", table, 2)[0])]
    start = next(place for place in starts if unpack_from(">H", table, place)[0] == 4)
    twice = unpack_from(">H", table, start + 6)[0]
    ends = start + 14
    found: dict[str, int] = {}
    for at in range(0, twice, 2):
        last, first, shift, offset = (
            unpack_from(">H", table, ends + at + column * twice + (2 if column else 0))[0] for column in range(4)
        )
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                place = ends + 2 + at + 3 * twice + offset + 2 * (code - first)
                glyph = unpack_from(">H", table, place)[0]
            if glyph or not offset:
                glyph = (glyph + shift) % 0x10000
            if glyph:
                found[chr(code)] = glyph
    return found


def _kerning(table: bytes) -> dict[tuple[int, int], int]:
    if not table or not unpack_from(">H", table, 2)[0]:
        return {}
    count = unpack_from(">H", table, 10)[0]
    triples = (unpack_from(">HHh", table, 18 + 6 * number) for number in range(count))
    return {(left, right): value for left, right, value in triples}
