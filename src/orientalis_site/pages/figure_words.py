"""Words for the published figures and quantities that stand beside the petition. A year in an id fills {year}."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from orientalis.evidence import Count, Figure
from orientalis_site.charts.count_words import area_words
from orientalis_site.kit import html, numerals
from orientalis_site.pages import figures

_YEAR = re.compile(r"_((?:19|20)\d\d)$")

LABELS: dict[str, Promise | str] = {
    "range.historical": _("Range in former times"),
    "range.in_the_1970s": _("Range in the seventies"),
    "range.in_2015": _("Range in {year}"),
    "range.in_2022": _("Range in {year}"),
    "range.russian_part": _("Range in Russia, as surveyed"),
    "range.chinese_park_used": _("Land used by tigers and leopards in the Chinese park, more than"),
    "range.cross_border_share": _("Share of leopards seen on both sides of the border"),
    "range.patches_russia": _("Further habitat in Russia, by a model"),
    "range.patches_china": _("Habitat in China, by a model"),
    "capacity.patches_russia": _("Adults that further habitat in Russia might hold, by a model"),
    "capacity.with_existing": _("The same with the present range"),
    "capacity.patches_china": _("Leopards that habitat in China might hold, by a model"),
    "protected.land_of_the_leopard": _("Land of the Leopard National Park"),
    "protected.share_of_range": _("Share of the range that the park holds"),
    "protected.russian_parks_and_buffer": _("Russian parks with their buffer"),
    "protected.kedrovaya_pad": _("Kedrovaya Pad reserve"),
    "protected.chinese_park": _("Northeast China Tiger and Leopard National Park"),
    "home_range.males_persian": _("Range of a male, Persian leopard"),
    "home_range.females_amur": _("Range of a female, by radio collar"),
    "home_range.males_amur": _("Range of a male, by radio collar"),
    "home_range.as_told": _("Territory, as an encyclopaedia tells it"),
    "home_range.den_month": _("Range of a female in the first month after a birth"),
    "density.land_of_the_leopard": _("Adults for each hundred km², Land of the Leopard"),
    "density.jilin": _("Leopards for each hundred km², Jilin"),
    "life.gestation": _("Days from mating to birth"),
    "life.oldest_wild": _("Oldest known in the wild, at least"),
    "life.oldest_captive": _("Oldest in captivity, up to"),
    "life.leaving_mother": _("Age at which the young leave"),
    "life.leaving_mother_sabi_sand": _("The same in South Africa"),
    "life.first_litter_sabi_sand": _("Age at the first litter, South Africa"),
    "litter.seen_2014": _("Cubs with a breeding female, seen in {year}"),
    "litter.seen_2015": _("Cubs with a breeding female, seen in {year}"),
    "litter.smallest_and_largest": _("Smallest and largest litter"),
    "litter.sabi_sand": _("Cubs in a litter, South Africa"),
    "cubs.first_year_survival_sabi_sand": _("Cubs that live through their first year, South Africa"),
    "cubs.first_quarter_survival_sabi_sand": _("Cubs that live through their first three months, South Africa"),
    "cubs.first_year_losses_amur_tiger": _("Amur tiger cubs lost in the first year"),
    "cubs.survival_chinese_park": _("Tiger and leopard cubs that survive in the Chinese park, at least"),
    "cubs.reaching_independence_sabi_sand": _("Cubs that live to leave their mother, South Africa"),
    "breeding.females_2017": _("Females of breeding age in Land of the Leopard, {year}"),
    "breeding.males_per_female": _("Males for each female"),
    "fire.burned_each_year": _("Share of the land that burns each year"),
    "fire.burned_each_year_range": _("The same in the best and the worst year"),
    "fire.burned_in_six_years": _("Share that burned within six years"),
    "fire.burned_in_ten_years": _("Share that burned within ten years"),
    "fire.worst_season": _("Share that burned in the worst season"),
    "fire.kedrovaya_each_year": _("Share of Kedrovaya Pad that burns each year"),
    "fire.forest_left": _("Share of the land that is forest"),
    "fire.prevented_by_crews": _("Share of burning that fire crews prevented"),
    "poaching.known_killed_2002": _("Leopards known to have been killed in {year}"),
    "poaching.skins_early_2003": _("Skins seized early in {year}"),
    "poaching.unseen_share_wolf": _("Share of poaching that is never seen, wolves in Scandinavia"),
    "poaching.tiger_losses": _("Share of Amur tigers lost to poachers each year"),
    "trade.skin_price_female": _("Price asked for the skin of a female"),
    "trade.skin_price_male": _("Price asked for the skin of a male"),
    "law.prison_2013": _("Prison by the Russian law of {year}, up to"),
    "law.prison_2021": _("Prison by the Russian law of {year}, up to"),
    "law.prison_group_2021": _("Prison for a group by the Russian law of {year}, up to"),
    "law.prison_official_2013": _("Prison for an official by the Russian law of {year}, up to"),
    "law.fine_2013": _("Fine by the Russian law of {year}, up to"),
    "patrol.team": _("People in an anti-poaching team"),
    "patrol.firearms": _("Firearms seized by one team, at least"),
    "livelihood.deer_farm_payment": _("Monthly payment to a deer farm"),
    "livelihood.compensation_paid": _("Paid to owners of killed livestock, in all"),
    "tiger.adults_2012": _("Adult tigers in south-west Primorye, {year}"),
    "tiger.adults_2016": _("Adult tigers that passed through, up to {year}"),
    "tiger.chinese_park_2024": _("Tigers in the Chinese park, {year}"),
    "prey_density.sika_deer": _("Sika deer for each km²"),
    "prey_density.roe_deer": _("Roe deer for each km²"),
    "prey_density.red_deer": _("Red deer for each km²"),
    "genes.expected_heterozygosity": _("Genetic diversity, expected heterozygosity"),
    "genes.observed_heterozygosity_1990s": _("Genetic diversity in the nineties, observed heterozygosity"),
    "genes.observed_heterozygosity_2020": _("Genetic diversity up to {year}, observed heterozygosity"),
    "genes.effective_size": _("Effective population size, by genes"),
    "viability.extinct_in_100_years": _("Chance of extinction within a century, another model"),
    "killing.adult": _("In our model: yearly rate at which people kill adults"),
    "territory.smallest_area": _("In our model: smallest range of a female"),
    "territory.largest_area": _("In our model: largest range of a female"),
    "territory.male_area": _("In our model: range of a male"),
    "territory.female_need": _("In our model: prey that a female needs"),
    "life_history.longevity": _("In our model: greatest age"),
    "life_history.first_breeding_female": _("In our model: age from which a female may conceive"),
    "life_history.independence_first": _("In our model: youngest age of leaving"),
    "life_history.independence_last": _("In our model: oldest age of leaving"),
    "reproduction.litter_size": _("In our model: shares of litters of one cub, two cubs and so on"),
    "reproduction.conception_season": _("In our model: weights of the months for mating, from January"),
    "survival.cub_0_3.female": _("In our model: cubs that live through their first three months"),
}

UNITS: dict[str, Promise | str] = {
    "km2": _("km²"),
    "year": pgettext_lazy("unit", "years"),
    "month": pgettext_lazy("unit", "months"),
    "day": pgettext_lazy("unit", "days"),
    "USD": _("US dollars"),
    "USD/month": _("US dollars a month"),
    "RUB": _("roubles"),
    "kg/year": _("kg a year"),
}
SHARES = ("probability", "probability/year", "probability/stage", "probability/generation")
PURE_SHARES = (
    "range.cross_border_share",
    "protected.share_of_range",
    "fire.",
    "poaching.unseen_share",
    "poaching.tiger",
)


def label(one: Figure) -> SafeString:
    """What a figure is; its id where nobody has worded it."""
    if one.id not in LABELS:
        return html.code(one.id)
    found = _YEAR.search(one.id)
    return format_html(str(LABELS[one.id]), year=html.year(int(found[1])) if found else "")


def value(one: Figure) -> SafeString:
    """A figure with its range: a share as per cent, anything else as it is."""
    if isinstance(one.value, tuple) or not (one.unit in SHARES or one.id.startswith(PURE_SHARES)):
        return figures.figure(one)
    given = [end for end in (one.low, one.high) if isinstance(end, float)]
    if len(given) == 2:
        ends = html.data(f"{one.low!r}/{one.high!r}", numerals.percent_span(given[0], given[1]))
        return ends if one.value is None else format_html("{} ({})", html.percent(one.value), ends)
    return html.percent(one.value if one.value is not None else given[0])


def unit(one: Figure) -> str:
    """The unit in the reader's words, empty for pure numbers, shares and heads."""
    return str(UNITS.get(one.unit, ""))


GROUPS = {"adults": _("adults"), "all": _("all leopards")}
_FIGURE = re.compile(r"\d[\d\u202f]*")


def area(one: Count) -> SafeString:
    """The area of a count; a figure in its name is marked as one."""
    text = area_words(one.area)
    found = _FIGURE.search(text)
    if found is None:
        return format_html("{}", text)
    marked = html.data(found[0].replace("\u202f", ""), found[0])
    return format_html("{}{}{}", text[: found.start()], marked, text[found.end() :])


def count_label(one: Count) -> SafeString:
    """Which count: year, area, who was counted."""
    return format_html(
        gettext("{year}, {area}, {group}"), year=html.year(one.year), area=area(one), group=GROUPS[one.group]
    )
