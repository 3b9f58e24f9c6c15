"""Words that several charts share: names of scenarios, where an answer comes from, what the reader script needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orientalis.evidence import Finding, Series
from orientalis_site.charts.svg import Attribute
from orientalis_site.kit import numerals


def scenario_name(name: str, names: Mapping[str, str] | None = None) -> str:
    """A scenario in the reader's language; one that has no name loses its underscores."""
    return (names or {}).get(name, name.replace("_", " "))


def percent_tick(share: float) -> str:
    """A share at a tick: as few figures as it takes."""
    return f"{numerals.figures(100 * share)}{numerals.marks().before_percent}%"


def present_words(start_year: int | None) -> str:
    """The name of the rule at the year in which the futures begin."""
    if start_year is None:
        return pgettext("chart", "start")
    return pgettext("chart", "futures start")


def series_source(series: Series) -> str:
    """Where a series comes from, for the end of a caption."""
    return source_words([series.n], [], [series.run_hash], series.date, is_assumed=series.assumed)


def finding_source(findings: Sequence[Finding]) -> str:
    """Where findings come from: replicates and draws, the fewest and the most, and the run where they share one."""
    if not findings:
        return ""
    draws = [one.n for one in findings if one.interval.covers == "parameter_draws"]
    replicates = [one.n for one in findings if one.interval.covers != "parameter_draws"]
    hashes = [one.run_hash for one in findings]
    is_assumed = any(one.assumed for one in findings)
    return source_words(replicates, draws, hashes, findings[0].date, is_assumed=is_assumed)


def source_words(
    replicates: Sequence[int], draws: Sequence[int], hashes: Sequence[str], day: date, *, is_assumed: bool
) -> str:
    """Replicates, draws, run and date in one line. Several runs are not named."""
    parts = []
    if replicates:
        words = ngettext("%(number)s simulated future", "%(number)s simulated futures", max(replicates))
        parts.append(words % {"number": numerals.span(min(replicates), max(replicates))})
    if draws:
        words = ngettext("%(number)s parameter draw", "%(number)s parameter draws", max(draws))
        parts.append(words % {"number": numerals.span(min(draws), max(draws))})
    if len(set(hashes)) == 1:
        parts.append(_("run %(hash)s, %(date)s") % {"hash": hashes[0][:8], "date": numerals.day(day)})
    said = ended(pgettext("between clauses", "; ").join(parts))
    if is_assumed:
        said += pgettext("between sentences", " ") + _("Some figures behind it are assumed.")
    return said


def unbroken(text: str) -> str:
    """The text without a place at which a line may break."""
    return text.replace(" ", "\u00a0").replace(numerals.EN_DASH, numerals.EN_DASH + "\u2060")


def ended(text: str) -> str:
    """The text as a sentence; one that ends in a point, as a Russian date does, gets no second one."""
    return text if text.endswith(".") else text + pgettext("end of sentence", ".")


def sentences(*parts: str) -> str:
    """Sentences one after the other, as the language sets them apart."""
    return pgettext("between sentences", " ").join(part for part in parts if part)


def marks() -> dict[str, Attribute]:
    """The marks of the reader's language, for the script that writes numbers."""
    held = numerals.marks()
    return {
        "decimal": held.decimal,
        "thousands": numerals.THIN,
        "percent": f"{held.before_percent}%",
        "undefined": numerals.number(None),
    }
