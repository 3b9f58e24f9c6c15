"""The site's own drawings on paper: colours written out, and every stroke as thick as on the page.

The page's style sheet says how a drawing looks. On paper there are no variables, no media and no strokes that do not
stretch, so variables are filled in and stretched paths are written out in the drawing's own units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

SVG = "http://www.w3.org/2000/svg"
STATIC = Path(__file__).resolve().parents[1] / "static" / "site"
TOKENS = ("paper", "ink", "quiet", "coat", "forest", "frost", "ember")
Matrix = tuple[float, float, float, float]
"""Scale and shift: x times the first plus the third, y times the second plus the fourth."""
WHOLE: Matrix = (1.0, 1.0, 0.0, 0.0)
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
_STEP = re.compile(r"([MmLlHhVvZz])([^MmLlHhVvZz]*)")
_CALL = re.compile(r"(matrix|scale)\(([^)]*)\)")

ElementTree.register_namespace("", SVG)


def on_paper(drawing: str, families: str) -> str:
    """A drawing of `orientalis_site.charts` that needs no style sheet; `families` are the fonts of its words."""
    root = ElementTree.fromstring(drawing)  # noqa: S314 - the site's own drawing
    for name in [name for name in root.attrib if name.startswith("data-") or name in ("tabindex", "role")]:
        del root.attrib[name]
    _, _, width, height = root.attrib["viewBox"].split()
    root.attrib |= {"width": width, "height": height}
    _write_out(root, WHOLE)
    style = ElementTree.Element(f"{{{SVG}}}style")
    style.text = styles(families)
    root.insert(0, style)
    return ElementTree.tostring(root, encoding="unicode")


@cache
def styles(families: str) -> str:
    """The style sheet of the drawings without what paper does not know, its variables filled in."""
    text = re.sub(r"/\*.*?\*/", "", (STATIC / "charts.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    page = (STATIC / "site.css").read_text(encoding="utf-8")
    held = {name: found[1] for name in TOKENS if (found := re.search(rf"--{name}:\s*(#[0-9A-Fa-f]{{6}})", page))}
    rules = []
    for selector, body in _rules(text):
        if not selector.startswith("@") and not re.search(r"[:\[]|svg\.chart|readout|cross", selector):
            filled = re.sub(r"var\(--sans[^)]*\)", families, body)
            rules.append(f"{selector} {{{re.sub(r'var[(]--([a-z]+)[)]', lambda found: held[found[1]], filled)}}}")
    return "\n".join(rules)


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """(what stands before the brace, what stands within it) of the outermost blocks."""
    depth, start, head = 0, 0, ""
    for place, mark in enumerate(text):
        if mark == "{":
            if depth == 0:
                head, start = text[start:place].strip(), place + 1
            depth += 1
        elif mark == "}":
            depth -= 1
            if depth == 0:
                yield head, text[start:place]
                start = place + 1


def _write_out(element: ElementTree.Element, outer: Matrix) -> None:
    """Write paths that a transform or an inner drawing stretches in the units of the whole drawing."""
    for child in list(element):
        matrix = _of(child, outer)
        if child.tag == f"{{{SVG}}}svg":
            child.tag = f"{{{SVG}}}g"
            for name in ("width", "height", "viewBox"):
                child.attrib.pop(name, None)
        if matrix != WHOLE:
            child.attrib.pop("transform", None)
            if child.tag == f"{{{SVG}}}path":
                child.set("d", path(child.attrib["d"], matrix))
        _write_out(child, matrix)


def _of(element: ElementTree.Element, outer: Matrix) -> Matrix:
    scale_x, scale_y, left, top = WHOLE
    if element.tag == f"{{{SVG}}}svg":
        box = [float(part) for part in element.attrib["viewBox"].split()]
        scale_x, scale_y = float(element.attrib["width"]) / box[2], float(element.attrib["height"]) / box[3]
    elif call := _CALL.match(element.get("transform", "")):
        parts = [float(part) for part in _NUMBER.findall(call[2])]
        scale_x, scale_y = parts[0], parts[3] if call[1] == "matrix" else parts[-1]
        left, top = (parts[4], parts[5]) if call[1] == "matrix" else (0.0, 0.0)
    return (
        outer[0] * scale_x,
        outer[1] * scale_y,
        outer[0] * left + outer[2],
        outer[1] * top + outer[3],
    )


def path(d: str, matrix: Matrix) -> str:
    """A path of straight lines, moved and scaled, written with whole places."""
    x = y = first_x = first_y = 0.0
    written = []
    for command, rest in _STEP.findall(d):
        numbers = [float(part) for part in _NUMBER.findall(rest)]
        if command in "zZ":
            x, y = first_x, first_y
            written.append("z")
            continue
        size = 1 if command in "hHvV" else 2
        for index in range(0, len(numbers), size):
            held = numbers[index : index + size]
            is_step = command.islower()
            if command in "hH":
                x = x * is_step + held[0]
            elif command in "vV":
                y = y * is_step + held[0]
            else:
                x, y = x * is_step + held[0], y * is_step + held[1]
            is_start = command in "mM" and index == 0
            if is_start:
                first_x, first_y = x, y
            at = f"{matrix[0] * x + matrix[2]:.2f} {matrix[1] * y + matrix[3]:.2f}"
            written.append(("M" if is_start else "L") + at)
    return "".join(written)
