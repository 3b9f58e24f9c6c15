"""What the signs of the map mean, and how sure each layer is, in rows under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from orientalis.evidence import Landscape
from orientalis_site.charts import letters, svg
from orientalis_site.charts.frame import Look
from orientalis_site.charts.words import percent_tick
from orientalis_site.kit import numerals

SIGN = 22.0
ROW = 1.55


@dataclass(frozen=True)
class Sign:
    """An entry of the key: how it is drawn at (x, y of the text's middle), and its words."""

    draw: Callable[[float, float], str]
    words: str


def class_words(layer_class: str) -> str:
    """How sure a layer is."""
    return {
        "observed": pgettext("layer class", "observed"),
        "derived": pgettext("layer class", "derived"),
        "modelled": pgettext("layer class", "modelled"),
        "synthetic": pgettext("layer class", "synthetic"),
        "schematic": pgettext("layer class", "schematic"),
    }.get(layer_class, layer_class)


def steps_key(edges: Sequence[float], look: Look, y: float) -> tuple[str, float]:
    """The five steps of colour with their spans; returns the drawing and its lower edge."""
    width = look.width / len(edges)
    parts = []
    for index, edge in enumerate(edges):
        upper = edges[index + 1] if index + 1 < len(edges) else None
        words = _span(edge, upper) if upper else f"≥{numerals.THIN}{percent_tick(edge)}"
        box = "".join(svg.rectangle(index * width, y, width - 4, 12, f"step-{step + 1}") for step in range(index + 1))
        parts.append(box + svg.text(index * width, y + 14 + look.size, words))
    return svg.group("steps", *parts), y + 14 + look.size + 6


def layers_key(landscape: Landscape, look: Look, y: float, has_habitat: bool, habitat_class: str) -> tuple[str, float]:
    """Every kind of line and point on the map with its class, set in rows as they fit."""
    signs = _signs(landscape, has_habitat, habitat_class)
    across, line = 0.0, 0
    parts = []
    for sign in signs:
        lines = letters.wrap(sign.words, look.size, look.width - SIGN - 12)
        width = SIGN + 7 + max(letters.width(words, look.size) for words in lines) * 1.03 + 20
        if across and across + width - 20 > look.width:
            across, line = 0.0, line + 1
        parts.append(sign.draw(across, y + look.size * (ROW * line + 0.6)))
        for index, words in enumerate(lines):
            base = y + look.size * (ROW * (line + index) + 0.95)
            parts.append(svg.text(across + SIGN + 7, base, words))
        across, line = across + width, line + len(lines) - 1
    return svg.group("key", *parts), y + look.size * ROW * (line + 1)


def _signs(landscape: Landscape, has_habitat: bool, habitat_class: str) -> list[Sign]:
    held = {lines.id: str(lines.layer_class) for lines in landscape.lines}
    classes: Mapping[str, str] = {**landscape.classes, **held}
    signs = []
    modelled = _("%(layer)s: %(class)s") % {"layer": _("shading"), "class": class_words("modelled")}
    signs.append(Sign(lambda x, y: svg.rectangle(x, y - 5, SIGN, 10, "step-1") + _deep(x, y), modelled))
    if has_habitat:
        words = _("%(layer)s: %(class)s") % {"layer": _("potential habitat"), "class": class_words(habitat_class)}
        signs.append(Sign(lambda x, y: svg.rectangle(x, y - 5, SIGN, 10, "habitat"), words))
    water = next((classes[name] for name in ("coast", "lakes", "rivers") if name in held), None)
    named = {"coast": (_("coast, lakes and rivers"), water), "borders": (_("borders"), classes.get("borders"))}
    named["reserves"] = (_("reserves"), classes.get("reserves"))
    for name, (layer, kind) in named.items():
        if kind and (name in held or name == "coast"):
            signs.append(Sign(_stroke(name), _("%(layer)s: %(class)s") % {"layer": layer, "class": class_words(kind)}))
    if any(place.kind == "settlement" for place in landscape.places):
        kind = classes.get("settlements", "observed")
        words = _("%(layer)s: %(class)s") % {"layer": _("settlements"), "class": class_words(kind)}
        signs.append(Sign(lambda x, y: svg.circle(x + SIGN / 2, y, 2.4, "town"), words))
    return signs


def _span(low: float, high: float) -> str:
    return f"{numerals.figures(100 * low)}{numerals.EN_DASH}{percent_tick(high)}"


def _deep(x: float, y: float) -> str:
    return svg.rectangle(x + SIGN / 2, y - 5, SIGN / 2, 10, "step-5")


def _stroke(css: str) -> Callable[[float, float], str]:
    return lambda x, y: svg.line(x, y, x + SIGN, y, css)
