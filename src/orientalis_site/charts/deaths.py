"""Of what leopards die, by year: the share of each cause, one on top of the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from orientalis.evidence import Series
from orientalis_site.charts import svg
from orientalis_site.charts.chart import Cell, Chart, Table, share_cell, year_cell
from orientalis_site.charts.columns import Column, Columns, read_columns
from orientalis_site.charts.curves import band, stretched
from orientalis_site.charts.frame import LOOKS, EndLabel, Look, axes, end_labels, label_room, year_frame
from orientalis_site.charts.scales import known
from orientalis_site.charts.words import ended, marks, percent_tick, present_words, sentences, series_source
from orientalis_site.kit.numerals import percent, year

PEOPLE = ("people", "trade", "chance", "snare", "retaliation", "accident")
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "ember": PEOPLE,
    "coat": ("distemper", "starved", "inbreeding"),
    "frost": ("tiger", "predator", "infanticide", "contest", "disturbance"),
    "forest": ("catastrophe", "dispersal", "orphaned", "ceiling"),
    "quiet-line": ("natural", "old_age"),
}
"""The colour of a cause: people; sickness, hunger, genes; other animals; bad luck; age and all else."""

SHADES = 4
MOST = {True: 8, False: 6}
REST = "rest"
LONGEST = 17
"""Letters of a name on a phone."""


@dataclass(frozen=True)
class Part:
    """One area: its column, name, colour and shade, and its lower and upper edge by year."""

    column: str
    words: str
    tone: str
    low: Column
    high: Column

    @property
    def last(self) -> float:
        """Its share in the last year."""
        return (self.high[-1] or 0.0) - (self.low[-1] or 0.0)


def deaths(series: Series, causes: Mapping[str, str], start_year: int | None = None) -> Chart:
    """Draw the shares of the causes; `causes`: their names in the reader's language."""
    held = read_columns(series, start_year)
    means = {name: _mean(held.get(name)) for name in held.numbers}
    wide, narrow = (_draw(series, held, means, causes, start_year, look) for look in LOOKS)
    return Chart(
        name="deaths",
        title=_("People kill %(share)s of the leopards of a year or more that die")
        % {"share": percent(sum(means.get(name, 0.0) for name in PEOPLE))},
        subtitle=_("Share of each cause in the deaths of a year, all futures together."),
        wide=wide,
        narrow=narrow,
        alt=_alt(held, means, causes),
        table=_table(held, means, causes),
        data_id=series.id,
        caption=sentences(
            _("A cause that is not modelled on its own is part of illness, hunger and accident."),
            series_source(series),
        ),
    )


def _mean(column: Column) -> float:
    values = known(column)
    return sum(values) / len(values) if values else 0.0


def _name(cause: str, causes: Mapping[str, str]) -> str:
    if cause == REST:
        return pgettext("causes of death", "other causes")
    return causes.get(cause, cause.replace("_", " "))


def _short(words: str, look: Look) -> str:
    """The name of a cause; on a phone its first words, so that room is left for the areas. The table has it whole."""
    if look.is_wide or len(words) <= LONGEST:
        return words
    kept = words[:LONGEST]
    return (kept.rpartition(" ")[0] or kept).rstrip(" ,") + "…"


def _parts(held: Columns, means: Mapping[str, float], causes: Mapping[str, str], most: int) -> list[Part]:
    """The areas from the bottom up: the commonest causes by family, then all the others as one."""
    ranked = sorted(means, key=lambda name: -means[name])
    kept = ranked if len(ranked) <= most else ranked[: most - 1]
    order = [name for members in FAMILIES.values() for name in members if name in kept]
    order += [name for name in kept if name not in order]
    groups: list[tuple[str, Sequence[str]]] = [(name, (name,)) for name in order]
    if len(kept) < len(ranked):
        groups.append((REST, [name for name in ranked if name not in kept]))
    low: Column = (0.0,) * len(held.years)
    parts = []
    for column, members in groups:
        sums = [sum(held.get(name)[index] or 0.0 for name in members) for index in range(len(held.years))]
        high = tuple((below or 0.0) + more for below, more in zip(low, sums, strict=True))
        parts.append(Part(column, _name(column, causes), _tone(column, order), low, high))
        low = high
    return parts


def _tone(cause: str, order: Sequence[str]) -> str:
    """Colour of the family, and a paler shade for each further cause of it."""
    for tone, members in FAMILIES.items():
        if cause in members:
            shade = [name for name in order if name in members].index(cause)
            return f"{tone} shade-{min(shade, SHADES - 1)}" if shade else tone
    return f"quiet-line shade-{SHADES - 1}"


def _alt(held: Columns, means: Mapping[str, float], causes: Mapping[str, str]) -> str:
    if not held.years:
        return ended(_("Share of each cause in the deaths of a year, all futures together."))
    said = [
        _("%(measure)s %(share)s") % {"measure": _name(name, causes), "share": percent(means[name])}
        for name in sorted(means, key=lambda name: -means[name])
    ]
    return _("Areas from %(first)s to %(final)s. Over all years: %(lines)s.") % {
        "first": year(held.years[0]),
        "final": year(held.years[-1]),
        "lines": pgettext("between clauses", "; ").join(said),
    }


def _table(held: Columns, means: Mapping[str, float], causes: Mapping[str, str]) -> Table:
    ranked = sorted(means, key=lambda name: -means[name])
    rows: list[tuple[Cell, ...]] = [
        (year_cell(held.years[index]), *(share_cell(held.get(name)[index]) for name in ranked))
        for index in held.shown_rows()
    ]
    return Table((pgettext("table", "Year"), *(_name(name, causes) for name in ranked)), tuple(rows))


def _draw(
    series: Series,
    held: Columns,
    means: Mapping[str, float],
    causes: Mapping[str, str],
    start_year: int | None,
    look: Look,
) -> SafeString:
    parts = _parts(held, means, causes, MOST[look.is_wide]) if held.years else []
    labels = [
        EndLabel(
            ((one.high[-1] or 0.0) + (one.low[-1] or 0.0)) / 2, _short(one.words, look), percent(one.last), one.tone
        )
        for one in parts[::-1]
    ]
    years = held.years or (0,)
    first = min(years) if start_year is None else min(start_year, *years)
    ticks = (0.0, 0.25, 0.5, 0.75, 1.0)
    frame = year_frame(look, (first, max(years)), ticks, percent_tick, label_room(labels, look.size))
    areas = [band(frame, held.years, one.low, one.high, f"chance stack {one.tone}") for one in parts]
    content = [
        stretched(frame, *areas),
        axes(frame, start_year, present_words(start_year)),
        end_labels(frame, labels),
    ]
    shown = [one for one in parts if one.column != REST]
    said = [_("%(measure)s %(share)s") % {"measure": one.words, "share": f"{{{one.column}:p}}"} for one in shown]
    line = pgettext("readout", "%(year)s: ") % {"year": "{year}"} + pgettext("between clauses", "; ").join(said)
    reading = held.reading(frame, line, "") | marks()
    return svg.drawing(look.width, frame.height, look.css, _alt(held, means, causes), reading, content)
