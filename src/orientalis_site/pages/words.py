"""Words for what the bundle names by keys: findings, scenarios, areas, causes, methods, units."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from orientalis.evidence import Finding, Run
from orientalis_site.kit import html

Words = Mapping[str, Promise | str]

FINDINGS: Words = {
    "extinct": _("No leopard, or only one sex, left by {year}"),
    "none_alive": _("No leopard at all by {year}"),
    "below_females_5": _("Ever fewer than {threshold} breeding females by {year}"),
    "below_adults_10": _("Ever fewer than {threshold} adults by {year}"),
    "below_adults_20": _("Ever fewer than {threshold} adults by {year}"),
    "below_adults_50": _("Ever fewer than {threshold} adults by {year}"),
    "extinct_draws": _("No leopard, or only one sex, left by {year}, with all figures in doubt"),
    "below_adults_20_draws": _("Ever fewer than {threshold} adults by {year}, with all figures in doubt"),
    "below_adults_50_draws": _("Ever fewer than {threshold} adults by {year}, with all figures in doubt"),
    "adults_mean_draws": _("Mean number of adults in {year}, with all figures in doubt"),
    "minimum_abundance_draws": _("Expected smallest number of adults up to {year}, with all figures in doubt"),
    "adults_median": _("Adults in {year}: half of the futures have more"),
    "adults_five_percent": _("Adults in {year}: {share} of the futures have fewer"),
    "over_one_year_median": _("Leopards of a year or more in {year}: half of the futures have more"),
    "adults_futures": _("Adults in {year}: the spread of single futures"),
    "over_one_year_futures": _("Leopards of a year or more in {year}: the spread of single futures"),
    "start_animals": _("Leopards of a year or more at the start, {year}"),
    "minimum_abundance": _("Expected smallest number of adults up to {year}"),
    "growth": _("Yearly growth, the whole time"),
    "growth_first": _("Yearly growth, the first years"),
    "adults_median_russia": _("Adults in Russia in {year}: half of the futures have more"),
    "adults_median_china": _("Adults in China in {year}: half of the futures have more"),
    "capacity": _("Adults that the whole map holds in the end"),
    "capacity_today": _("Adults that today's range holds in the end"),
    "density_survey_5710": _("Adults in the whole Russian range, per area, {year}"),
    "density_survey_3600": _("Adults in the surveyed part of Land of the Leopard, per area, {year}"),
    "occupied_area": _("Land with a resident female in at least half of the futures, {year}"),
    "deaths_share": _("Share of deaths of leopards of a year or more: {cause}"),
    "burnt_mean": _("Share of the land that burns in a year"),
    "forest_median": _("Share of the land under forest in {year}"),
    "habitat_median": _("Land in {year} that leopards can live on"),
    "prey_start": _("Prey alive in {year}, the start"),
    "prey_median": _("Prey alive in {year}: half of the futures have more"),
    "tigers_start": _("Adult tigers in {year}, the start"),
    "tigers_median": _("Adult tigers in {year}: half of the futures have more"),
    "snares_set_mean": _("Snares that poachers set"),
    "snares_found_mean": _("Snares that patrols find"),
    "patrol_km_mean": _("Kilometres that patrols walk"),
    "gene_diversity_median": _("Gene diversity kept by {year}: half of the futures keep more"),
    "inbreeding_median": _("Inbreeding of the living in {year}, from zero to one"),
    "infected_mean": _("Leopards that meet distemper"),
    "adults_difference": _("Adults in {year}, compared with threats as they are"),
}

SCENARIOS: Words = {
    "status_quo": _("Threats as they are"),
    "petition_start": _("From the petition's number"),
    "no_expansion": _("No range beyond today's"),
    "stricter_habitat": _("A stricter idea of habitat"),
    "looser_habitat": _("A looser idea of habitat"),
    "smaller_window": _("A smaller map"),
}
SCENARIO_NOTES: Words = {
    "status_quo": _("It starts from about as many leopards as live today, and nothing that threatens them changes."),
    "petition_start": _("It starts from the number that the petition gives; the threats are the same."),
    "no_expansion": _("Leopards may not settle beyond the range they have today."),
    "stricter_habitat": _("Land must be better before it counts as habitat."),
    "looser_habitat": _("Land may be poorer and still count as habitat."),
    "smaller_window": _("The map ends earlier on every side."),
}

UNITS: Words = {
    "share": "",
    "animals": _("leopards"),
    "adults": _("adults"),
    "cubs": _("cubs"),
    "km2": _("km²"),
    "per_year": _("a year"),
    "tonnes": _("tonnes"),
    "adult_tigers": _("adult tigers"),
    "inbreeding": "",
    "animals_per_year": _("leopards a year"),
    "snares_per_year": _("snares a year"),
    "km_per_year": _("km a year"),
    "adults_per_100km2": _("adults per {area} km²"),
}

COVERS: Words = {
    "simulation_error": _("simulation error only"),
    "parameter_draws": _("with all figures in doubt"),
    "futures": _("the spread of single futures"),
    "published": _("as published"),
    "none": _("no interval"),
}
COVERS_NOTES: Words = {
    "simulation_error": _(
        "Chance alone, with one set of figures. More runs would shrink it. It holds nothing of what we do not know "
        "about the animal."
    ),
    "parameter_draws": _(
        "The same question asked over and over with figures drawn from the whole range of what may be true. "
        "More runs would not shrink it; only knowledge would."
    ),
    "futures": _("Not doubt about a figure but how far single futures differ from one another."),
    "published": _("As the source gives it."),
    "none": _("No interval can be given."),
}

METHODS: Words = {
    "wilson": _("Share of futures, Wilson's score interval."),
    "order_statistics": _("Quantile over futures, interval from order statistics."),
    "t": _("Mean over futures, Student's t interval."),
    "quantiles": _("Quantiles over futures."),
    "delta": _("Ratio of sums over futures, interval by the delta method."),
    "beta_binomial": _("Beta-binomial distribution fitted to the draws by maximum likelihood, its middle part."),
    "random_effects": _("Random effects over the draws, by moments, their middle part."),
    "wilson_cells": _("Cell by cell: Wilson's interval for the share of futures, compared with one half."),
    "paired_t": _("Mean difference between paired futures, Student's t interval."),
}

CAUSES: Words = {
    "natural": _("illness, hunger, accident"),
    "old_age": _("old age"),
    "people": _("killed by people"),
    "infanticide": _("killed as a cub by a male"),
    "orphaned": _("orphaned"),
    "catastrophe": _("a catastrophe"),
    "dispersal": _("on the way to a territory"),
    "contest": _("a fight over a territory"),
    "ceiling": _("no room left"),
    "trade": _("killed for skin and bone"),
    "chance": _("shot by a deer hunter"),
    "snare": _("caught in a snare"),
    "retaliation": _("killed for taking livestock"),
    "accident": _("road or railway"),
    "distemper": _("distemper"),
    "starved": _("hunger"),
    "inbreeding": _("inbreeding"),
    "tiger": _("killed by a tiger"),
    "predator": _("a cub taken by a predator"),
    "disturbance": _("a den disturbed"),
}

AREAS: Words = {
    "everywhere": _("the whole map"),
    "russia": _("Russia"),
    "china": _("China"),
    "north_korea": _("North Korea"),
    "range_today": _("today's range"),
    "window": _("the whole map"),
}

KINDS: Words = {
    "measured": pgettext_lazy("kind of figure", "measured"),
    "estimated": pgettext_lazy("kind of figure", "estimated"),
    "analogue": pgettext_lazy("kind of figure", "from a related animal or place"),
    "expert": pgettext_lazy("kind of figure", "judged by experts"),
    "assumed": pgettext_lazy("kind of figure", "assumed"),
}


def say(words: Words, key: str) -> str:
    """The words for a key; the key itself, its underlines as spaces, where there are none."""
    return str(words[key]) if key in words else key.replace("_", " ")


def label(finding: Finding) -> SafeString:
    """What a finding is, with its year and threshold, as a heading or a cell of a table."""
    filled: dict[str, str] = {}
    for name in ("year", "threshold"):
        held = finding.parameters.get(name)
        filled[name] = html.data(held, str(held)) if isinstance(held, int) else html.number(float(held or 0))
    filled["cause"] = say(CAUSES, str(finding.parameters.get("cause", "")))
    filled["share"] = html.level(float(finding.parameters.get("quantile", 0.05)))
    return format_html(say(FINDINGS, finding.key), **filled)


def scenario(name: str) -> str:
    """A scenario in the reader's words."""
    return say(SCENARIOS, name.removesuffix(".draws"))


def replicates(count: int) -> SafeString:
    """ "1 replicate", "500 replicates"."""
    return format_html(ngettext("{count} replicate", "{count} replicates", count), count=html.number(count))


def draws(count: int) -> SafeString:
    """ "1 parameter draw", "64 parameter draws"."""
    return format_html(ngettext("{count} parameter draw", "{count} parameter draws", count), count=html.number(count))


def size(finding: Finding, run: Run) -> SafeString:
    """How many runs a finding rests on."""
    if finding.interval.covers == "parameter_draws":
        both = gettext("{draws}, {replicates} in all")
        return format_html(both, draws=draws(finding.n), replicates=replicates(run.replicates))
    if finding.n < run.replicates:  # a number of some futures only, such as those that persist
        both = gettext("{some} of {all}")
        return format_html(both, some=html.number(finding.n), all=replicates(run.replicates))
    return replicates(finding.n)
