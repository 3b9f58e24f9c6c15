"""Elements of SVG as text. Only classes and presentation attributes, so that the strictest policy lets them through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

Attribute = str | float | int | None


def px(value: float) -> str:
    """A length to a tenth of a pixel, without idle zeros."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def element(name: str, attributes: Mapping[str, Attribute], *content: str) -> str:
    """One element; attributes that are None are left out, numbers are rounded to a tenth, `content` is markup."""
    written = "".join(
        f' {key}="{escape(value) if isinstance(value, str) else px(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(content)
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def group(css: str, *content: str, transform: str | None = None) -> str:
    """A group; nothing at all where it would be empty."""
    return element("g", {"class": css, "transform": transform}, *content) if any(content) else ""


def text(x: float, y: float, words: str, css: str | None = None, anchor: str | None = None) -> str:
    """One line of text on its baseline; `anchor` is middle or end."""
    return element("text", {"x": x, "y": y, "class": css, "text-anchor": anchor}, escape(words))


def line(x1: float, y1: float, x2: float, y2: float, css: str) -> str:
    """A straight line."""
    return element("path", {"class": css, "d": f"M{px(x1)} {px(y1)}" + _to(x2 - x1, y2 - y1)})


def circle(x: float, y: float, radius: float, css: str) -> str:
    """A dot."""
    return element("circle", {"class": css, "cx": x, "cy": y, "r": radius})


def rectangle(x: float, y: float, width: float, height: float, css: str) -> str:
    """A box."""
    return element("rect", {"class": css, "x": x, "y": y, "width": width, "height": height})


def path(d: str, css: str) -> str:
    """A path; nothing where it has no points."""
    return element("path", {"class": css, "d": d}) if d else ""


def steps(points: Sequence[tuple[int, int]], *, is_closed: bool = False) -> str:
    """A path through whole-number points, each written as the step from the one before: short to send."""
    if not points:
        return ""
    parts = [f"M{points[0][0]} {points[0][1]}"]
    last = ""
    for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
        dx, dy = x1 - x0, y1 - y0
        if dx or dy:
            step = _whole(dx, dy)
            parts.append(
                step[1:] if step[0] == last == "l" and step[1] == "-" else step if step[0] != last else " " + step[1:]
            )
            last = step[0]
    return "".join(parts) + ("z" if is_closed else "")


def drawing(
    width: float, height: float, css: str, label: str, data: Mapping[str, Attribute], content: Iterable[str]
) -> SafeString:
    """The outermost element: an image with a name for those who do not see it. `data` become data- attributes."""
    attributes: dict[str, Attribute] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "class": f"chart {css}",
        "viewBox": f"0 0 {px(width)} {px(height)}",
        "role": "img",
        "aria-label": label,
    }
    attributes |= {f"data-{key}": value for key, value in data.items()}
    return mark_safe(element("svg", attributes, *content))  # noqa: S308 - every value above is escaped


def _to(dx: float, dy: float) -> str:
    if not dy:
        return f"h{px(dx)}"
    return f"v{px(dy)}" if not dx else f"l{px(dx)} {px(dy)}"


def _whole(dx: int, dy: int) -> str:
    if not dy:
        return f"h{dx}"
    if not dx:
        return f"v{dy}"
    return f"l{dx}{dy}" if dy < 0 else f"l{dx} {dy}"
