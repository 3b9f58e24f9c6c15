"""The futures of a number as a fan: what most futures do, what a few do, and some of them one by one."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orientalis.evidence import Count, Series
from orientalis_site.charts import svg
from orientalis_site.charts.chart import Cell, Chart, Table, number_cell, year_cell
from orientalis_site.charts.columns import Columns, read_columns
from orientalis_site.charts.curves import band, curve, stretched
from orientalis_site.charts.frame import LOOKS, EndLabel, Frame, Look, axes, end_labels, label_room, year_frame
from orientalis_site.charts.observed import middle, observed_marks
from orientalis_site.charts.scales import known, ticks_from_zero
from orientalis_site.charts.words import ended, marks, present_words, sentences, series_source
from orientalis_site.kit import numerals
from orientalis_site.kit.numerals import number, percent, year

INNER, OUTER = 0.80, 0.95
EDGES = ("low95", "low80", "median", "high80", "high95")


def fan(series: Series, counts: Sequence[Count] = (), start_year: int | None = None) -> Chart:
    """Draw a fan. `counts` must be of the same animals and area; years before the start widen the chart to the left."""
    held = read_columns(series, start_year)
    drawn = tuple(count for count in counts if middle(count) is not None)
    wide, narrow = (_draw(series, held, drawn, start_year, look) for look in LOOKS)
    return Chart(
        name=series.key,
        title=title(series),
        subtitle=_subtitle(series, held, drawn),
        wide=wide,
        narrow=narrow,
        alt=_alt(series, held),
        table=_table(held),
        data_id=series.id,
        caption=sentences(
            _(
                "The bands show chance alone, with one set of parameters; they do not hold what we do not know about "
                "the animal and its land. The thin lines are the first futures computed, not chosen."
            ),
            _counts_caption(drawn),
            series_source(series),
        ),
    )


def title(series: Series) -> str:
    """Where half of the futures end."""
    median = (series.columns.get("median") or (None,))[-1]
    if not isinstance(median, int | float):
        return _("Where the futures end is not defined")
    if median == 0:
        return _("In at least half of the futures nobody is left at the end")
    words = {"number": number(median)}
    if series.key == "fan_russia":
        return (
            ngettext(
                "Half of the futures end below %(number)s adult in Russia",
                "Half of the futures end below %(number)s adults in Russia",
                floor(median),
            )
            % words
        )
    if series.key == "fan_china":
        return (
            ngettext(
                "Half of the futures end below %(number)s adult in China",
                "Half of the futures end below %(number)s adults in China",
                floor(median),
            )
            % words
        )
    return (
        ngettext(
            "Half of the futures end below %(number)s leopard",
            "Half of the futures end below %(number)s leopards",
            floor(median),
        )
        % words
    )


def _subtitle(series: Series, held: Columns, counts: Sequence[Count]) -> str:
    subject = {
        "fan_russia": _("Adult leopards in Russia each December."),
        "fan_china": _("Adult leopards in China each December."),
    }.get(series.key, _("Leopards of a year or older each December."))
    singles = len(held.futures)
    bands = _("Dark band: %(inner)s of futures; light band: %(outer)s.") % {
        "inner": percent(INNER),
        "outer": percent(OUTER),
    }
    lines = ngettext("Thin line: %(number)s single future.", "Thin lines: %(number)s single futures.", singles)
    dots = _("Dots: counts in the field with their intervals.") if counts else ""
    return sentences(subject, bands, lines % {"number": number(singles)} if singles else "", dots)


def _counts_caption(counts: Sequence[Count]) -> str:
    if not counts:
        return ""
    return _(
        "Full dots: camera traps; rings: other methods; arrows: at least so many. Each count has its own area, method "
        "and idea of an adult, which are not quite those of the model."
    )


def _alt(series: Series, held: Columns) -> str:
    last = {name: held.last(name) for name in EDGES}
    if not held.years:
        return ended(title(series))
    return _(
        "Fan chart from %(first)s to %(final)s. At the end the median is %(median)s; %(inner)s of futures lie within "
        "%(inner_span)s and %(outer)s within %(outer_span)s."
    ) % {
        "first": year(held.years[0]),
        "final": year(held.years[-1]),
        "median": number(last["median"]),
        "inner": percent(INNER),
        "inner_span": numerals.span(last["low80"], last["high80"]),
        "outer": percent(OUTER),
        "outer_span": numerals.span(last["low95"], last["high95"]),
    }


def _table(held: Columns) -> Table:
    low, high = pgettext("table", "%(share)s of futures from"), pgettext("table", "%(share)s of futures to")
    columns = [pgettext("table", "Year"), pgettext("table", "Median")]
    for share in (INNER, OUTER):
        columns += [low % {"share": percent(share)}, high % {"share": percent(share)}]
    rows: list[tuple[Cell, ...]] = []
    for index in held.shown_rows():
        cells = [number_cell(held.get(name)[index]) for name in ("median", "low80", "high80", "low95", "high95")]
        rows.append((year_cell(held.years[index]), *cells))
    return Table(tuple(columns), tuple(rows))


def _draw(series: Series, held: Columns, counts: Sequence[Count], start_year: int | None, look: Look) -> SafeString:
    labels = _labels(held, look)
    reach = known(value for name in (*EDGES, *held.futures) for value in held.get(name))
    reach += known(value for count in counts for value in (middle(count), count.low, count.high))
    years = [*held.years, *(count.year for count in counts)] or [0]
    frame = year_frame(
        look,
        (min(years), max(years)),
        ticks_from_zero(max(reach, default=1.0), is_whole=True),
        number,
        label_room(labels, look.size),
    )
    content = [
        stretched(
            frame,
            band(frame, held.years, held.get("low95"), held.get("high95"), "band-95"),
            band(frame, held.years, held.get("low80"), held.get("high80"), "band-80"),
            *(curve(frame, held.years, held.get(name), "future", 1.0) for name in held.futures),
            curve(frame, held.years, held.get("median"), "median"),
        ),
        axes(frame, start_year, present_words(start_year)),
        observed_marks(frame, counts),
        end_labels(frame, labels),
    ]
    return svg.drawing(look.width, frame.height, look.css, _alt(series, held), _reading(frame, held), content)


def _labels(held: Columns, look: Look) -> list[EndLabel]:
    median, inner, outer = (held.last(name) for name in ("median", "high80", "high95"))
    labels = []
    of_futures = pgettext("chart label", "%(share)s of futures") if look.is_wide else "%(share)s"
    if outer is not None:
        span = numerals.span(held.last("low95"), outer)
        labels.append(EndLabel(outer, of_futures % {"share": percent(OUTER)}, span))
    if inner is not None:
        span = numerals.span(held.last("low80"), inner)
        labels.append(EndLabel(inner, of_futures % {"share": percent(INNER)}, span))
    if median is not None:
        labels.append(EndLabel(median, pgettext("chart label", "median"), number(median), "coat"))
    return labels


def _reading(frame: Frame, held: Columns) -> dict[str, svg.Attribute]:
    """What the script needs to read the chart out."""
    line = _(
        "%(year)s: median %(median)s; %(inner)s of futures %(inner_low)s–%(inner_high)s, %(outer)s of futures "
        "%(outer_low)s–%(outer_high)s"
    ) % {
        "year": "{year}",
        "median": "{median}",
        "inner": percent(INNER),
        "inner_low": "{low80}",
        "inner_high": "{high80}",
        "outer": percent(OUTER),
        "outer_low": "{low95}",
        "outer_high": "{high95}",
    }
    return held.reading(frame, line, "median") | marks()
