"""Where supporters live: countries shaded by their number. A country with few of them is neither drawn nor named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orientalis_site.charts import letters, svg
from orientalis_site.charts.chart import Cell, Chart, Table, number_cell, share_cell, text_cell
from orientalis_site.charts.frame import LOOKS, Look
from orientalis_site.charts.words import ended, sentences
from orientalis_site.charts.world_map import World, world
from orientalis_site.kit import countries
from orientalis_site.kit.numerals import EN_DASH, number

FEWEST = 5
"""Countries with fewer supporters are told of together, so that nobody is found by where she lives (assumed)."""
CLASSES = 5
DOT = 3.2
SIGN = 20.0
NAMED_WIDE, NAMED_NARROW = 8, 4
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Grouped:
    """Countries that are named, most supporters first, and the supporters of all others with how many those are."""

    named: tuple[tuple[str, int], ...]
    others: int
    other_countries: int

    @property
    def total(self) -> int:
        """All supporters with a country."""
        return self.others + sum(count for _, count in self.named)


def grouped(counts: Mapping[str, int], fewest: int = FEWEST) -> Grouped:
    """Put countries with fewer than `fewest` supporters together. Codes of no country are among the others."""
    held = {code: count for code, count in counts.items() if count > 0}
    named = {code: count for code, count in held.items() if count >= fewest and countries.is_code(code)}
    order = sorted(named.items(), key=lambda item: (-item[1], item[0]))
    return Grouped(tuple(order), sum(held.values()) - sum(named.values()), len(held) - len(named))


def supporters_map(counts: Mapping[str, int]) -> Chart:
    """Draw the supporters of each country, by ISO code."""
    held = grouped(counts)
    wide, narrow = (_draw(held, look) for look in LOOKS)
    return Chart(
        name="countries",
        title=_title(held),
        subtitle=_("Confirmed supporters by the country that they gave when signing."),
        wide=wide,
        narrow=narrow,
        alt=_alt(held),
        table=_table(held),
        data_id="",
        caption=_caption(held),
    )


def edges(top: int) -> list[int]:
    """The lower ends of at most five classes, from the fewest that are drawn: round numbers, each a step apart."""
    marks = [factor * 10**power for power in range(len(str(top))) for factor in (1, 2, 5)]
    marks = [mark for mark in marks if FEWEST <= mark <= max(top, FEWEST)]
    every = -(-len(marks) // CLASSES)
    return marks[::every]


def _title(held: Grouped) -> str:
    if not held.total:
        return _("No supporter has been counted by country yet")
    count = len(held.named) + held.other_countries
    words = {"number": number(count)}
    said = (
        ngettext(
            "Supporters live in %(number)s country or region",
            "Supporters live in %(number)s countries and regions",
            count,
        )
        % words
    )
    if not held.named:
        return said
    code, most = held.named[0]
    if count == 1:
        return _("All supporters counted by country live in one: %(country)s") % {"country": countries.name(code)}
    return (
        said
        + pgettext("between clauses", "; ")
        + _("the most: %(country)s, %(number)s") % {"country": countries.name(code), "number": number(most)}
    )


def _alt(held: Grouped) -> str:
    named = [
        _("%(country)s: %(number)s") % {"country": countries.name(code), "number": number(count)}
        for code, count in held.named[:NAMED_WIDE]
    ]
    return sentences(_("World map."), ended(_title(held)), ended("; ".join(named)) if named else "")


def _caption(held: Grouped) -> str:
    small = ngettext(
        "Countries with fewer than %(number)s supporter are told of together and not drawn.",
        "Countries with fewer than %(number)s supporters are told of together and not drawn.",
        FEWEST,
    ) % {"number": number(FEWEST)}
    drawn = world()
    absent = [code for code, _ in held.named if code not in drawn.countries and code not in drawn.points]
    lost = ngettext(
        "%(number)s place has no outline of its own on this map and stands in the table alone.",
        "%(number)s places have no outline of their own on this map and stand in the table alone.",
        len(absent),
    ) % {"number": number(len(absent))}
    outlines = _("Outlines follow Natural Earth (public domain) and are no statement about any border.")
    return sentences(small, lost if absent else "", outlines)


def _table(held: Grouped) -> Table:
    columns = (pgettext("table", "Country"), pgettext("table", "Supporters"), pgettext("table", "Share"))
    rows: list[tuple[Cell, ...]] = [
        (text_cell(countries.name(code)), number_cell(count), share_cell(count / held.total))
        for code, count in held.named
    ]
    if held.others:
        words = ngettext(
            "%(number)s other country or region", "%(number)s other countries and regions", held.other_countries
        )
        others = words % {"number": number(held.other_countries)}
        rows.append((text_cell(others), number_cell(held.others), share_cell(held.others / held.total)))
    if not rows:
        rows.append((text_cell(_("nobody yet")), number_cell(0), text_cell("")))
    return Table(columns, tuple(rows))


def _draw(held: Grouped, look: Look) -> SafeString:
    drawn = world()
    scale = look.width / drawn.width
    height = drawn.height * scale
    steps = edges(held.named[0][1]) if held.named else []
    shaded = {code: _class_of(count, steps) for code, count in held.named}
    content = [
        svg.group("world", *_land(drawn, shaded), transform=f"scale({scale:.4f})"),
        svg.group("world", *_dots(drawn, shaded, scale)),
        _names(held, drawn, scale, look),
    ]
    key, low = _key(steps, look, height + 10) if steps else ("", height)
    return svg.drawing(look.width, low, look.css, _alt(held), {}, [*content, key])


def _land(drawn: World, shaded: Mapping[str, int]) -> list[str]:
    """All other land in one path, then each country with supporters."""
    rest = drawn.land + "".join(one.outline for code, one in drawn.countries.items() if code not in shaded)
    outlined = [(drawn.countries[code].outline, of) for code, of in shaded.items() if code in drawn.countries]
    held = [svg.path(outline, f"from-{of}") for outline, of in outlined]
    return [svg.path(rest, "land"), *held]


def _dots(drawn: World, shaded: Mapping[str, int], scale: float) -> list[str]:
    found = [(drawn.points[code], of) for code, of in shaded.items() if code in drawn.points]
    return [svg.circle(x * scale, y * scale, DOT, f"from-{of}") for (x, y), of in found]


def _class_of(count: int, steps: Sequence[int]) -> int:
    """1 for the lowest class, CLASSES for the highest; few classes are spread, so that the highest is always full."""
    place = sum(count >= edge for edge in steps)
    return CLASSES - len(steps) + place if len(steps) > 1 else CLASSES


def _names(held: Grouped, drawn: World, scale: float, look: Look) -> str:
    """Name and number of the largest, or the number alone, as on a phone, where their land has room.

    No label touches another.
    """
    parts: list[str] = []
    boxes: list[Box] = []
    for code, count in held.named[: NAMED_WIDE if look.is_wide else NAMED_NARROW]:
        if code not in drawn.countries:
            continue
        x, y, room = (part * scale for part in drawn.countries[code].room)
        whole = ((countries.name(code), number(count)),) if look.is_wide else ()
        for lines in (*whole, (number(count),)):
            wide = max(letters.width(line, look.size, is_bold=True) for line in lines)
            tall = look.size * 1.15 * len(lines)
            box = (x - wide / 2 - 3, y - tall / 2, x + wide / 2 + 3, y + tall / 2)
            if wide > room or any(_overlap(box, other) for other in boxes):
                continue
            boxes.append(box)
            first = y - tall / 2 + look.size * 0.92
            styles = (None, "strong")[-len(lines) :]
            for row, (line, css) in enumerate(zip(lines, styles, strict=True)):
                parts.append(svg.text(x, first + look.size * 1.15 * row, line, css, "middle"))
            break
    return svg.group("names", *parts)


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _key(steps: Sequence[int], look: Look, y: float) -> tuple[str, float]:
    """The classes with their spans, and land without a number; the drawing and its lower edge."""
    spans = [_span(edge, steps[index + 1] if index + 1 < len(steps) else None) for index, edge in enumerate(steps)]
    signs = [(f"from-{_class_of(edge, steps)}", words) for edge, words in zip(steps, spans, strict=True)]
    signs.append(("land", _("fewer, or nobody")))
    parts, x, row = [], 0.0, 0
    for css, words in signs:
        room = SIGN + 6 + letters.width(words, look.size) + 16
        if x and x + room - 16 > look.width:
            x, row = 0.0, row + 1
        top = y + row * look.size * 1.6
        parts.append(svg.rectangle(x, top + 1, SIGN, look.size - 1, css))
        parts.append(svg.text(x + SIGN + 6, top + look.size - 1, words))
        x += room
    return svg.group("classes", *parts), y + (row + 1) * look.size * 1.6


def _span(low: int, following: int | None) -> str:
    if following is None:
        return _("%(number)s and more") % {"number": number(low)}
    return f"{number(low)}{EN_DASH}{number(following - 1)}"
