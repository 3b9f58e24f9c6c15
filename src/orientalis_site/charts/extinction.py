"""The share of futures that have died out, or have once been very few, by year."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from orientalis.evidence import Series
from orientalis_site.charts import svg
from orientalis_site.charts.chart import Cell, Chart, Table, share_cell, year_cell
from orientalis_site.charts.columns import Columns, read_columns
from orientalis_site.charts.curves import band, curve, stretched
from orientalis_site.charts.frame import LOOKS, EndLabel, Look, axes, end_labels, label_room, year_frame
from orientalis_site.charts.scales import known, ticks_from_zero
from orientalis_site.charts.words import ended, marks, percent_tick, present_words, sentences, series_source
from orientalis_site.kit.numerals import THIN, number, percent, percent_span, year

LEVEL = 0.95
FEW = "below_adults_20"
LEAST_TOP = 0.02
TONES = {"extinct": "ember", "below_females": "coat", "below_adults": "quiet-line"}
ADULT_TONES = {10: "ink", 20: "frost", 50: "forest"}


@dataclass(frozen=True)
class Measure:
    """One line of the chart: its column, its name and its colour."""

    column: str
    words: str
    short: str
    tone: str


def extinction(series: Series, start_year: int | None = None) -> Chart:
    """Draw the curves of extinction and of falling below each number, with the interval that chance alone gives."""
    held = read_columns(series, start_year)
    measures = _measures(held)
    wide, narrow = (_draw(series, held, measures, start_year, look) for look in LOOKS)
    return Chart(
        name="extinction",
        title=title(series, held),
        subtitle=sentences(
            _("Share of futures that had crossed each line by that year."),
            _("Extinct: nobody, or only one sex, left."),
            _("Bands: %(level)s interval, chance alone.") % {"level": percent(LEVEL)},
        ),
        wide=wide,
        narrow=narrow,
        alt=_alt(held, measures),
        table=_table(held, measures),
        data_id=series.id,
        caption=sentences(
            _(
                "Once below a line counts for good, even if numbers recover. The bands shrink with more futures and "
                "hold nothing of what we do not know about the animal."
            ),
            series_source(series),
        ),
    )


def title(series: Series, held: Columns) -> str:
    """What the last year says."""
    share = held.last("extinct")
    if share is None:
        return _("The chance of extinction is not defined")
    words = {"share": percent(share), "number": number(series.n), "year": year(held.years[-1])}
    if share == 0 and series.n:
        said = (
            ngettext(
                "The one future does not end in extinction by %(year)s",
                "None of %(number)s futures ends in extinction by %(year)s",
                series.n,
            )
            % words
        )
    else:
        said = _("%(share)s of futures end in extinction by %(year)s") % words
    few = held.last(FEW)
    if few is None:
        return said
    below = ngettext(
        "%(share)s fall below %(number)s adult on the way", "%(share)s fall below %(number)s adults on the way", 20
    ) % {"share": percent(few), "number": number(20)}
    return said + pgettext("between clauses", "; ") + below


def _measures(held: Columns) -> list[Measure]:
    """The lines that the series holds, extinction first."""
    found = []
    for column in held.numbers:
        if column.endswith(("_low", "_high")):
            continue
        if column == "extinct":
            found.append(
                Measure(column, pgettext("chart label", "extinct"), pgettext("chart label", "extinct"), TONES[column])
            )
            continue
        kind, _sep, threshold = column.rpartition("_")
        if kind not in TONES or not threshold.isdigit():
            continue
        tone = ADULT_TONES.get(int(threshold), TONES[kind]) if kind == "below_adults" else TONES[kind]
        found.append(Measure(column, _below(kind, int(threshold)), _below_short(kind, int(threshold)), tone))
    return sorted(found, key=_severity)


def _severity(one: Measure) -> tuple[int, int]:
    """Extinction first, then few females, then adults from few to many."""
    kind, _sep, threshold = one.column.rpartition("_")
    return list(TONES).index(kind if kind in TONES else one.column), int(threshold) if threshold.isdigit() else 0


def _below(kind: str, threshold: int) -> str:
    words = {"number": number(threshold)}
    if kind == "below_females":
        return ngettext("below %(number)s female", "below %(number)s females", threshold) % words
    return ngettext("below %(number)s adult", "below %(number)s adults", threshold) % words


def _below_short(kind: str, threshold: int) -> str:
    """The same for a phone, where the number with its sign stands for "below"."""
    words = {"bound": f"<{THIN}{number(threshold)}"}
    if kind == "below_females":
        return npgettext("short chart label", "%(bound)s female", "%(bound)s females", threshold) % words
    return npgettext("short chart label", "%(bound)s adult", "%(bound)s adults", threshold) % words


def _alt(held: Columns, measures: list[Measure]) -> str:
    if not held.years:
        return ended(_("The chance of extinction is not defined"))
    lines = [
        _("%(measure)s %(share)s (%(span)s)")
        % {
            "measure": one.words,
            "share": percent(held.last(one.column)),
            "span": percent_span(held.last(f"{one.column}_low"), held.last(f"{one.column}_high")),
        }
        for one in measures
    ]
    return _("Curves from %(first)s to %(final)s. At the end: %(lines)s.") % {
        "first": year(held.years[0]),
        "final": year(held.years[-1]),
        "lines": pgettext("between clauses", "; ").join(lines),
    }


def _table(held: Columns, measures: list[Measure]) -> Table:
    columns = [pgettext("table", "Year")]
    for one in measures:
        columns += [one.words, pgettext("table", "%(measure)s, from") % {"measure": one.words}]
        columns.append(pgettext("table", "%(measure)s, to") % {"measure": one.words})
    rows: list[tuple[Cell, ...]] = []
    for index in held.shown_rows():
        names = [f"{one.column}{end}" for one in measures for end in ("", "_low", "_high")]
        rows.append((year_cell(held.years[index]), *(share_cell(held.get(name)[index]) for name in names)))
    return Table(tuple(columns), tuple(rows))


def _draw(series: Series, held: Columns, measures: list[Measure], start_year: int | None, look: Look) -> SafeString:
    labels = [
        EndLabel(value, one.words if look.is_wide else one.short, percent(value), one.tone)
        for one in reversed(measures)
        if (value := held.last(one.column)) is not None
    ]
    shown = [f"{one.column}{end}" for one in measures for end in ("", "_high")]
    reach = max(known(value for name in shown for value in held.get(name)), default=1.0)
    ticks = [tick for tick in ticks_from_zero(max(reach, LEAST_TOP)) if tick <= 1.0]
    years = held.years or (0,)
    frame = year_frame(look, (min(years), max(years)), ticks, percent_tick, label_room(labels, look.size))
    bands = [
        band(frame, held.years, held.get(f"{one.column}_low"), held.get(f"{one.column}_high"), f"chance {one.tone}")
        for one in measures
    ]
    lines = [curve(frame, held.years, held.get(one.column), f"line {one.tone}") for one in measures]
    content = [
        stretched(frame, *bands, *lines[::-1]),
        axes(frame, start_year, present_words(start_year)),
        end_labels(frame, labels),
    ]
    parts = [_("%(measure)s %(share)s") % {"measure": one.words, "share": f"{{{one.column}:p}}"} for one in measures]
    line = pgettext("readout", "%(year)s: ") % {"year": "{year}"} + pgettext("between clauses", "; ").join(parts)
    reading = held.reading(frame, line, " ".join(one.column for one in measures)) | marks()
    return svg.drawing(look.width, frame.height, look.css, _alt(held, measures), reading, content)
