"""What surrounds the leopards, by year: fire, forest, prey, tigers, genes, patrols; the middle and most futures."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from orientalis.evidence import Series
from orientalis_site.charts import svg
from orientalis_site.charts.chart import Cell, Chart, Table, number_cell, share_cell, year_cell
from orientalis_site.charts.columns import Columns, read_columns
from orientalis_site.charts.curves import band, curve, stretched
from orientalis_site.charts.frame import LOOKS, EndLabel, Look, axes, end_labels, label_room, year_frame
from orientalis_site.charts.scales import known, ticks_from_zero
from orientalis_site.charts.words import ended, marks, percent_tick, present_words, sentences, series_source
from orientalis_site.kit.numerals import number, percent, percent_span, span, year

LEVEL = 0.90
FLOWS = ("burnt", "infected", "snares", "patrol_km")
TONES = {"burnt": "ember", "snares": "ember", "tigers": "frost", "gene_diversity": "coat", "infected": "coat"}
OTHER_TONES = ("ink", "coat", "frost", "ember", "quiet-line")
DRAWN = ("burnt", "forest", "prey", "tigers", "snares", "patrol_km", "gene_diversity", "infected")
"""The keys of the series that are drawn, in the order of the page."""


@dataclass(frozen=True)
class Line:
    """One line: its column, its name and its colour."""

    column: str
    words: str
    tone: str


def surroundings(series: Series, start_year: int | None = None) -> Chart:
    """Draw a series of medians with the middle futures, from zero."""
    held = read_columns(series, start_year)
    lines = _lines(series.key, held)
    wide, narrow = (_draw(series, held, lines, start_year, look) for look in LOOKS)
    return Chart(
        name=series.key,
        title=title(series, held),
        subtitle=sentences(
            _subjects()[series.key],
            _("Line: the middle future. Band: %(level)s of the futures.") % {"level": percent(LEVEL)},
        ),
        wide=wide,
        narrow=narrow,
        alt=_alt(series, held, lines),
        table=_table(series, held, lines),
        data_id=series.id,
        caption=sentences(
            _("The band shows chance alone, with one set of figures."),
            series_source(series),
        ),
    )


def title(series: Series, held: Columns) -> str:
    """The middle year of what happens every year; start and end of what stands."""
    what = _names()[series.key]
    values = known(held.get(next(iter(held.numbers), "")))
    if not values:
        return what
    if series.key in FLOWS:
        typical = sum(values) / len(values)
        return _("%(what)s: %(number)s in the middle year") % {"what": what, "number": _written(series, typical)}
    words = {"what": what, "first": _written(series, values[0]), "last": _written(series, values[-1])}
    return _("%(what)s: %(first)s at the start, %(last)s at the end") % words


def _names() -> dict[str, str]:
    return {
        "burnt": _("Share of the land that burns"),
        "forest": _("Share of the land under forest"),
        "prey": _("Prey in tonnes"),
        "tigers": _("Adult tigers"),
        "snares": _("Snares set"),
        "patrol_km": _("Kilometres of patrols"),
        "gene_diversity": _("Gene diversity kept"),
        "infected": _("Leopards infected with distemper"),
    }


def _subjects() -> dict[str, str]:
    return {
        "burnt": _("Share of the land with a fire in the year."),
        "forest": _("Share of the land with young, old or mixed forest each December."),
        "prey": _("Tonnes of prey alive each December."),
        "tigers": _("Adult tigers on the map each December."),
        "snares": _("Snares that poachers set in the year and that patrols find."),
        "patrol_km": _("Kilometres that patrols walk in the year."),
        "gene_diversity": _("Gene diversity against the start of the same future, while anybody lives."),
        "infected": _("Leopards that meet the virus in the year, whether they die or become immune."),
    }


def _line_names() -> dict[str, str]:
    return {
        "prey": pgettext("chart label", "all prey"),
        "prey_sika": pgettext("chart label", "sika deer"),
        "prey_roe": pgettext("chart label", "roe deer"),
        "prey_boar": pgettext("chart label", "wild boar"),
        "prey_red_deer": pgettext("chart label", "red deer"),
        "prey_small": pgettext("chart label", "small prey"),
        "snares_set": pgettext("chart label", "set"),
        "snares_found": pgettext("chart label", "found"),
    }


def _lines(key: str, held: Columns) -> list[Line]:
    """The lines that the series holds; the first in the colour of its subject."""
    columns = [name for name in held.numbers if not name.endswith(("_low", "_high"))]
    tones = [TONES.get(key, "forest"), *OTHER_TONES]
    if len(columns) == 1:
        return [Line(columns[0], pgettext("chart label", "median"), tones[0])]
    names = _line_names()
    return [
        Line(name, names.get(name, name.replace("_", " ")), tones[min(i, len(tones) - 1)])
        for i, name in enumerate(columns)
    ]


def _is_share(series: Series) -> bool:
    return "share" in series.units.values()


def _written(series: Series, value: float | None) -> str:
    return percent(value) if _is_share(series) else number(value)


def _spread(series: Series, low: float | None, high: float | None) -> str:
    return percent_span(low, high) if _is_share(series) else span(low, high)


def _alt(series: Series, held: Columns, lines: list[Line]) -> str:
    if not held.years:
        return ended(title(series, held))
    said = [
        _("%(measure)s %(share)s (%(span)s)")
        % {
            "measure": one.words,
            "share": _written(series, held.last(one.column)),
            "span": _spread(series, held.last(f"{one.column}_low"), held.last(f"{one.column}_high")),
        }
        for one in lines
    ]
    return _("Curves from %(first)s to %(final)s. At the end: %(lines)s.") % {
        "first": year(held.years[0]),
        "final": year(held.years[-1]),
        "lines": pgettext("between clauses", "; ").join(said),
    }


def _table(series: Series, held: Columns, lines: list[Line]) -> Table:
    columns = [pgettext("table", "Year")]
    for one in lines:
        columns += [one.words, pgettext("table", "%(measure)s, from") % {"measure": one.words}]
        columns.append(pgettext("table", "%(measure)s, to") % {"measure": one.words})
    cell = share_cell if _is_share(series) else number_cell
    rows: list[tuple[Cell, ...]] = []
    for index in held.shown_rows():
        names = [f"{one.column}{end}" for one in lines for end in ("", "_low", "_high")]
        rows.append((year_cell(held.years[index]), *(cell(held.get(name)[index]) for name in names)))
    return Table(tuple(columns), tuple(rows))


def _draw(series: Series, held: Columns, lines: list[Line], start_year: int | None, look: Look) -> SafeString:
    is_share = _is_share(series)
    labels = [
        EndLabel(value, one.words, _written(series, value), one.tone)
        for one in lines
        if (value := held.last(one.column)) is not None
    ]
    reach = max(known(value for one in lines for end in ("", "_high") for value in held.get(one.column + end)),
                default=1.0)  # fmt: skip
    ticks = ticks_from_zero(max(reach, 0.02 if is_share else 1.0), is_whole=not is_share)
    if is_share and reach <= 1.0:
        ticks = [tick for tick in ticks if tick <= 1.0]
    years = held.years or (0,)
    writer = percent_tick if is_share else number
    first = min(years) if start_year is None else min(start_year, *years)
    frame = year_frame(look, (first, max(years)), ticks, writer, label_room(labels, look.size))
    shown = lines[:1] if len(lines) > 2 else lines  # of many lines the first alone has its band
    bands = [
        band(frame, held.years, held.get(f"{one.column}_low"), held.get(f"{one.column}_high"), f"chance {one.tone}")
        for one in shown
    ]
    curves = [curve(frame, held.years, held.get(one.column), f"line {one.tone}", 0.5) for one in lines]
    content = [
        stretched(frame, *bands, *curves[::-1]),
        axes(frame, start_year, present_words(start_year)),
        end_labels(frame, labels),
    ]
    place = ":p" if is_share else ""
    parts = [_("%(measure)s %(share)s") % {"measure": one.words, "share": f"{{{one.column}{place}}}"} for one in lines]
    line = pgettext("readout", "%(year)s: ") % {"year": "{year}"} + pgettext("between clauses", "; ").join(parts)
    reading = held.reading(frame, line, " ".join(one.column for one in lines)) | marks()
    return svg.drawing(look.width, frame.height, look.css, _alt(series, held, lines), reading, content)
