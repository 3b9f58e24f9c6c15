"""Drawings to SVG and PNG without a browser, and SVG made fit for a page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from orientalis.report.plots.plot import Figure
from orientalis.report.theme import LIGHT, NARROW, SANS, WIDE, with_variables

SCALE = 2


def to_svg(content: dict[str, Any]) -> str:
    """A Vega-Lite specification as SVG."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(content))


def to_png(content: dict[str, Any]) -> bytes:
    """A Vega-Lite specification as PNG, twice the size for sharp screens."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(content, scale=SCALE))


def inline_svg(figure: Figure, width: int) -> str:
    """The drawing for a page: colours as CSS variables, names of its own, decorative to screen readers (the text is beside it)."""
    svg = to_svg(figure.drawing(LIGHT, width))
    mark = f"{figure.plot.name.replace('_', '-')}-{width}-"
    svg = re.sub(r'id="([^"]+)"', rf'id="{mark}\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{mark}\1)", svg)
    svg = re.sub(r'\s(?:role|aria-[a-z]+)="[^"]*"', "", svg)
    svg = re.sub(r'font-family="[^"]*"', "", svg)
    svg = re.sub(r"(<svg[^>]*)>", rf'\1 aria-hidden="true" focusable="false" font-family="{SANS}">', svg, count=1)
    return with_variables(svg)


def write_files(figure: Figure, folder: Path) -> list[Path]:
    """Write NAME.svg, NAME.png, NAME-phone.svg and NAME.csv into a folder; titles are in the drawings."""
    folder.mkdir(parents=True, exist_ok=True)
    name = figure.plot.name
    wide = figure.drawing(LIGHT, WIDE, titled=True)
    paths = [folder / f"{name}{end}" for end in (".svg", ".png", "-phone.svg", ".csv")]
    paths[0].write_text(to_svg(wide), encoding="utf-8")
    paths[1].write_bytes(to_png(wide))
    paths[2].write_text(to_svg(figure.drawing(LIGHT, NARROW, titled=True)), encoding="utf-8")
    figure.frame.to_csv(paths[3], index=False, lineterminator="\n", encoding="utf-8")
    return paths
