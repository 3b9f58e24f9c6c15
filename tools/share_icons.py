"""Draw the icons of the site from the mark in `orientalis_site.share.rosette`: one SVG and two PNGs.

python -m tools.share_icons
"""

from __future__ import annotations

import sys
from pathlib import Path

from orientalis_site.share.colours import COAT, PAPER, TINT, blend
from orientalis_site.share.draw import encode, rosette_image
from orientalis_site.share.lettering import Colour
from orientalis_site.share.rosette import Point, centre, spots

STATIC = Path(__file__).resolve().parent.parent / "src" / "orientalis_site" / "static" / "site"
SIZES = {"icon-192.png": 192, "apple-touch-icon.png": 180}
MARGIN = 0.11
"""White around the mark in the PNGs, of their size: systems cut the corners."""
CORNER = 18


def favicon() -> str:
    """The mark on a paper ground with round corners, so that it stands on light and dark tabs alike; no style in it."""
    ground = f'<rect width="100" height="100" rx="{CORNER}" fill="{_hex(PAPER)}"/>'
    inner = f'<path fill="{_hex(blend(COAT, TINT))}" d="{_path(centre())}"/>'
    ring = f'<path fill="{_hex(COAT)}" d="{"".join(map(_path, spots()))}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{ground}{inner}{ring}</svg>\n'


def icons() -> dict[str, bytes]:
    """All files by name."""
    drawn = {name: encode(rosette_image(size, MARGIN)) for name, size in SIZES.items()}
    return {"favicon.svg": favicon().encode(), **drawn}


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _path(outline: list[Point]) -> str:
    return "M" + "L".join(f"{x:.4g} {y:.4g}" for x, y in outline) + "Z"


def main() -> int:
    """Write all files and print their sizes."""
    STATIC.mkdir(parents=True, exist_ok=True)
    for name, content in icons().items():
        (STATIC / name).write_bytes(content)
        print(f"{name}: {len(content)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
