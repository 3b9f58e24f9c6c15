"""The house colours of a share image, all on light paper, and the palette of its PNG."""

from __future__ import annotations

from orientalis_site.share.lettering import Colour

PAPER: Colour = (0xFB, 0xF8, 0xF2)
INK: Colour = (0x1F, 0x22, 0x24)
QUIET: Colour = (0x6B, 0x6A, 0x65)
COAT: Colour = (0xB8, 0x74, 0x2A)
BAND_95, BAND_80, HAIRLINE, TINT = 0.12, 0.28, 0.42, 0.28
"""How much of a mark's colour covers what is below it."""
GRID = 0.22


def blend(colour: Colour, share: float, ground: Colour = PAPER) -> Colour:
    """`share` (0..1) of `colour` over `ground`."""
    red, green, blue = (round(below + share * (above - below)) for above, below in zip(colour, ground, strict=True))
    return red, green, blue


def palette() -> list[int]:
    """At most 256 colours as red, green, blue, …: paper, and the ways from it to ink, quiet and coat.

    All that is drawn lies on one of these ways, so that nothing needs dithering.
    """
    steps = {INK: 48, QUIET: 32, COAT: 96}
    found = {PAPER: None}
    for colour, count in steps.items():
        # Pillow looks colours up in boxes of four by four by four: a neighbour too near paper would take its place.
        found |= dict.fromkeys(blend(colour, step / count) for step in range(max(2, count // 32), count + 1))
    # Text and the median cross into ink over the bands.
    found |= dict.fromkeys(blend(INK, step / 16, blend(COAT, BAND_80)) for step in range(1, 16))
    return [part for colour in found for part in colour]
