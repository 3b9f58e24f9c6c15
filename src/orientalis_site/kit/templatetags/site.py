"""Tags of the templates: numbers that lead to their page, links, figures."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from orientalis.evidence import Count, Figure, File, Finding, Run, Source
from orientalis_site.charts import Chart
from orientalis_site.kit import html, numerals
from orientalis_site.pages import figure_words, figures, links, words

register = template.Library()


def language() -> str:
    """The active language's code in addresses."""
    return get_language() or "en"


@register.simple_tag
def num(finding: Finding) -> SafeString:
    """A finding's value, leading to the page of this number."""
    address = links.page(language(), f"numbers/{finding.id}")
    kind = "num assumed" if finding.assumed else "num"
    return format_html('<a class="{}" href="{}">{}</a>', kind, address, figures.value(finding))


@register.simple_tag
def value(finding: Finding) -> SafeString:
    """A finding's value."""
    return figures.value(finding)


@register.simple_tag
def interval(finding: Finding) -> SafeString:
    """A finding's interval in words."""
    return figures.interval(finding)


@register.simple_tag
def span(finding: Finding) -> SafeString:
    """The ends of a finding's interval."""
    return figures.span(finding)


@register.simple_tag
def unit(finding: Finding) -> SafeString:
    """A finding's unit."""
    return figures.unit(finding)


@register.simple_tag
def label(finding: Finding) -> SafeString:
    """What a finding is."""
    return words.label(finding)


@register.simple_tag
def link(name: str) -> str:
    """The address of a page in this language."""
    return links.page(language(), name)


@register.simple_tag
def n(held: float | int | None, digits: int = 0) -> SafeString:
    """A plain number."""
    return SafeString("") if held is None else html.number(held, digits)


@register.simple_tag
def year(held: int | str | float) -> SafeString:
    """A calendar year."""
    return html.year(int(held))


@register.simple_tag
def day(held: Any) -> SafeString:
    """A date."""
    return html.day(held)


@register.simple_tag
def level(held: float | None) -> SafeString:
    """The level of an interval."""
    return SafeString("") if held is None else html.level(held)


@register.simple_tag
def code(held: object) -> SafeString:
    """A name of the program, a hash, a command."""
    return html.code(str(held))


@register.simple_tag
def quantity(held: float | tuple[float, ...] | None) -> SafeString:
    """A value of a quantity."""
    return figures.quantity(held)


@register.simple_tag
def spread(one: Figure) -> SafeString:
    """The range of a quantity."""
    return figures.spread(one.low, one.high)


@register.simple_tag
def count_value(one: Count) -> SafeString:
    """A count in the field."""
    return figures.count(one)


@register.simple_tag
def count_area(one: Count) -> SafeString:
    """The area of a count."""
    return figure_words.area(one)


@register.simple_tag
def cited(source: Source) -> SafeString:
    """A reference on one line; its address leads there."""
    if not source.address:
        return format_html("{}", source.text)
    before, _, after = source.text.partition(source.address)
    address = format_html('<a href="{0}" rel="noreferrer external">{0}</a>', source.address)
    return format_html("{}{}{}", before, address, after)


@register.simple_tag
def kind_word(name: str) -> str:
    """How a figure was come by."""
    return words.say(words.KINDS, name)


@register.simple_tag
def scenario_word(name: str) -> str:
    """A scenario."""
    return words.scenario(name)


@register.simple_tag
def scenario_note(name: str) -> str:
    """What a scenario is, in a sentence."""
    return str(words.SCENARIO_NOTES.get(name.removesuffix(".draws"), ""))


@register.simple_tag
def cause_word(name: object) -> str:
    """A cause of death."""
    return words.say(words.CAUSES, str(name))


@register.simple_tag(takes_context=True)
def chart_file(context: template.Context, chart: Chart) -> str:
    """The address of the record that a chart is drawn from; empty where it is drawn from several."""
    bundle = context["bundle"]
    path = f"{'series' if chart.data_id in bundle.series else 'maps'}/{chart.data_id}.json"
    return links.file(bundle, path) if path in bundle.files else ""


@register.simple_tag(takes_context=True)
def chart_run(context: template.Context, chart: Chart) -> Run | None:
    """The run that a chart is drawn from; None where it is drawn from several."""
    bundle = context["bundle"]
    record = bundle.series.get(chart.data_id) or bundle.rasters.get(chart.data_id)
    return bundle.runs.get(record.run_hash) if record is not None and record.run_hash else None


@register.simple_tag(takes_context=True)
def file_link(context: template.Context, path: str) -> str:
    """The address of a file of the bundle."""
    return links.file(context["bundle"], path)


@register.simple_tag
def kilobytes(file: File | int) -> SafeString:
    """A size in kB."""
    size = (file if isinstance(file, int) else file.size) / 1000
    return html.data(size, numerals.figures(size))


@register.simple_tag
def replicates(count: int) -> SafeString:
    """Replicates in words."""
    return words.replicates(count)


@register.simple_tag
def size(finding: Finding, run: Run) -> SafeString:
    """How many futures or draws a finding rests on."""
    return words.size(finding, run)


@register.simple_tag
def draws(count: int) -> SafeString:
    """Parameter draws in words."""
    return words.draws(count)


@register.simple_tag
def in_language(held: dict[str, str]) -> str:
    """The words of the active language, English where there are none."""
    return held.get(language()) or held.get(language().replace("-", "_")) or held.get("en", "")


@register.filter
def short(text: str) -> str:
    """The first ten letters of a hash."""
    return text[:10]
