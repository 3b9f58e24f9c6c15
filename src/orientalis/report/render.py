"""Drawings to SVG and PNG without a browser, and SVG made fit for a page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from orientalis.report.plots.plot import Figure
from orientalis.report.theme import LIGHT, SANS, WIDE, with_variables

SCALE = 2


def to_svg(content: dict[str, Any]) -> str:
    """A Vega-Lite specification as SVG."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(content))


def to_png(svg: str) -> bytes:
    """An SVG as PNG, twice the size for sharp screens."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg, scale=SCALE))


def inline_svg(figure: Figure, width: int) -> str:
    """The drawing for a page: colours as CSS variables, names of its own, hidden from screen readers."""
    svg = to_svg(figure.drawing(LIGHT, width))
    mark = f"{figure.plot.name.replace('_', '-')}-{width}-"
    svg = re.sub(r'id="([^"]+)"', rf'id="{mark}\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{mark}\1)", svg)
    svg = re.sub(r'\s(?:role|aria-[a-z]+)="[^"]*"', "", svg)
    svg = re.sub(r'font-family="[^"]*"', "", svg)
    svg = re.sub(r"(<svg[^>]*)>", rf'\1 aria-hidden="true" focusable="false" font-family="{SANS}">', svg, count=1)
    return with_variables(svg)


def write_files(figure: Figure, folder: Path) -> list[Path]:
    """Write NAME.svg, NAME.png and NAME.csv into a folder; title and subtitle are in the drawing."""
    folder.mkdir(parents=True, exist_ok=True)
    name = figure.plot.name
    svg = to_svg(figure.drawing(LIGHT, WIDE, titled=True))
    paths = [folder / f"{name}{end}" for end in (".svg", ".png", ".csv")]
    paths[0].write_text(svg, encoding="utf-8")
    paths[1].write_bytes(to_png(svg))
    figure.frame.to_csv(paths[2], index=False, lineterminator="\n", encoding="utf-8")
    return paths
