"""The report in sentences: each figure with how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

from orientalis.analysis.causes import births_by_year, unmated_share
from orientalis.analysis.convergence import WANTED, advice
from orientalis.analysis.draws import Span, span_of_mean
from orientalis.analysis.extinction import chance_of
from orientalis.analysis.intervals import SIMULATION_ERROR_ONLY, Estimate, quantile
from orientalis.analysis.numbers import growth_rate, minimum_abundance
from orientalis.analysis.panel import Panel
from orientalis.analysis.scenarios import Scenario, span_of
from orientalis.analysis.waiting import NOT_REACHED, Waiting, time_to_extinction, time_to_mature
from orientalis.report.answers import Answers
from orientalis.report.words import number, percent, percent_span, sentence, signed, span

NO_DRAWS = "not run"


@dataclass(frozen=True)
class Lead:
    """The first sentences: the chance, its interval, the span over draws; then how many are left."""

    start: str
    chance: str
    spread: str
    numbers: str


def spread_in_words(found: Span | None) -> str:
    """The span over draws as a clause."""
    if found is None or found.centre is None:
        return NO_DRAWS
    if found.is_separated:
        return f"{percent_span(found.low, found.high)} (5 to 95\u202f% of {found.draws} draws)"
    if found.centre == 0:
        return f"0 in all {number(found.replicates)} runs of {found.draws} draws"
    if found.centre == 1:
        return f"100\u202f% in all {number(found.replicates)} runs of {found.draws} draws"
    return f"{percent(found.centre)} over {found.draws} draws, no spread to be told from chance"


def lead(answers: Answers) -> Lead:
    """The opening, about the baseline."""
    one, years = answers.baseline, answers.baseline.panel.years
    found, reach = chance_of(one.panel, "extinct"), span_of(one, "extinct")
    started = one.panel.over_one_year()[:, 0]
    begin = number(float(started.mean())) if started.size else "0"
    if found.value is None:
        return Lead(begin, "No replicate has finished yet: there is nothing to report.", "", "")
    by = f"by {answers.calendar(years)}" if answers.start_year else f"within {years} years"
    chance = (
        f"the chance that none, or only one sex, is left {by} is {percent(found.value)} with our default "
        f"figures (95\u202f% interval "
        f"{percent_span(found.low, found.high)}, {SIMULATION_ERROR_ONLY}; {number(found.n)} replicates)"
    )
    if reach is None:
        spread = (
            "Nobody has yet asked how far that moves over the ranges of what we do not know: parameter draws "
            "were not run, so the "
            "interval is far too narrow to act on."
        )
    elif reach.is_separated:
        spread = (
            f"Over {reach.draws} draws from the ranges of what we do not know, the same chance spans "
            f"{percent_span(reach.low, reach.high)}."
        )
    elif reach.centre in (0, 1):
        spread = (
            f"Over {reach.draws} draws from the ranges of what we do not know it was {percent(reach.centre)} in "
            f"every one of "
            f"{number(reach.replicates)} runs."
        )
    else:
        spread = (
            f"Over {reach.draws} draws from the ranges of what we do not know it averages "
            f"{percent(reach.centre)}; their spread cannot be "
            "told from chance."
        )
    return Lead(begin, chance, spread, numbers_sentence(answers))


def numbers_sentence(answers: Answers) -> str:
    """Adults at the end: median, 5 %, and their span."""
    one = answers.baseline
    final = one.panel.adults()[:, -1]
    middle, low = quantile(final, 0.5), quantile(final, 0.05)
    if not middle.value:
        text = "In half of the futures or more no adult is left at the end."
    else:
        text = (
            f"Half of the futures end with more than {number(middle.value)} adults (95\u202f% interval "
            f"{interval_text(middle)}), one in twenty with {number(low.value)} or fewer."
        )
    if one.draws is not None:
        reach = span_of_mean(one.draws.adults()[:, -1], one.draws.replicates, one.draw_number)
        if reach.low is not None:
            text += f" The mean number of adults at the end spans {span(reach.low, reach.high)} over the draws."
    return text


def interval_text(found: Estimate, digits: int = 0) -> str:
    """low–high, simulation error only; one-sided where the sample bounds one end only."""
    if found.low is None or found.high is None:
        return "too few replicates to bound"
    return f"{span(found.low, found.high, digits)}, {found.words}"


def waiting_in_words(found: Waiting) -> str:
    """Median of a waiting time and how many runs got there."""
    if found.runs == 0:
        return "not defined"
    if found.median is None:
        return f"{NOT_REACHED} ({number(found.events)} of {number(found.runs)} runs did)"
    ends = [NOT_REACHED if end is None else number(end) for end in (found.median_low, found.median_high)]
    return f"{number(found.median)} years ({ends[0]} to {ends[1]}, {SIMULATION_ERROR_ONLY})"


def key_figures(answers: Answers) -> list[tuple[str, list[str]]]:
    """Rows of the table of answers: a name, then a cell for each scenario."""
    rows: list[tuple[str, list[str]]] = []
    chances = (
        ("extinct", "Extinct: no animal, or only one sex"),
        ("none_alive", "No animal at all"),
        ("below_5_females", "Ever fewer than 5 breeding females"),
        ("below_10", "Ever fewer than 10 adults"),
        ("below_20", "Ever fewer than 20 adults"),
        ("below_50", "Ever fewer than 50 adults"),
    )
    for measure, name in chances:
        found = [chance_of(one.panel, measure) for one in answers.scenarios]
        rows.append((name, [f"{percent(e.value)} ({percent_span(e.low, e.high)})" for e in found]))
        if any(one.draws is not None for one in answers.scenarios) and measure in ("extinct", "below_20"):
            rows.append(
                ("· over parameter draws", [spread_in_words(span_of(one, measure)) for one in answers.scenarios])
            )
    panels = [one.panel for one in answers.scenarios]
    for p, name in ((0.5, "Adults at the end, median"), (0.05, "Adults at the end, one in twenty has fewer than")):
        rows.append((name, [_figure(quantile(panel.adults()[:, -1], p)) for panel in panels]))
    rows.append(
        ("Expected minimum abundance, adults", [_figure(minimum_abundance(panel.adults()), 1) for panel in panels])
    )
    if any(one.draws is not None for one in answers.scenarios):
        rows.append(("· over parameter draws", [_minimum_span(one) for one in answers.scenarios]))
    rows.append(("Stochastic growth a year, all animals", [_growth(panel) for panel in panels]))
    rows.append(
        ("Median time to extinction (Kaplan–Meier)", [waiting_in_words(time_to_extinction(panel)) for panel in panels])
    )
    rows.append(("Median time to 250 adults", [waiting_in_words(time_to_mature(panel)) for panel in panels]))
    rows.append(("Cubs born a year; cubs in a litter", [_births(panel) for panel in panels]))
    rows.append(("Ready females without a mate", [percent(unmated_share(panel)) for panel in panels]))
    return rows


def _births(panel: Panel) -> str:
    """Mean births a run and year, and the mean litter."""
    table = births_by_year(panel)
    litters = float(table["litters"].sum())
    if table.empty or litters == 0:
        return "none"
    size = float(table["births"].sum()) / litters
    return f"{number(float(table['births'].mean()), 1)}; {number(size, 2)}"


def _figure(found: Estimate, digits: int = 0) -> str:
    if found.value is None:
        return "not defined"
    return (
        f"{number(found.value, digits)} ({span(found.low, found.high, digits)})"
        if found.low is not None and found.high is not None
        else number(found.value, digits)
    )


def _minimum_span(one: Scenario) -> str:
    if one.draws is None:
        return NO_DRAWS
    reach = span_of_mean(one.draws.adults().min(axis=1), one.draws.replicates, one.draw_number)
    return NO_DRAWS if reach.low is None else f"{span(reach.low, reach.high)} (5 to 95\u202f% of {reach.draws} draws)"


def _growth(panel: Panel) -> str:
    found = growth_rate(panel.number())
    if found.value is None:
        return "not defined"
    ends = (
        ""
        if found.low is None or found.high is None
        else f" ({signed(100 * found.low, 2)} to {signed(100 * found.high, 2)})"
    )
    return f"{signed(100 * found.value, 2)}\u202f%{ends}"


def convergence_sentences(answers: Answers) -> list[str]:
    """For each scenario: are the replicates enough."""
    result = []
    for one in answers.scenarios:
        for measure, label in (("extinct", "extinction"), ("below_20", "fewer than 20 adults")):
            text = advice(chance_of(one.panel, measure).value, one.replicates, WANTED)
            result.append(sentence(f"{one.label}, {label}: {text[:1].lower()}{text[1:]}"))
    return result
