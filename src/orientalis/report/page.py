"""What the template is given: the report's sections in order."""

from __future__ import annotations

from typing import Any

import pandas as pd
from markupsafe import Markup

from orientalis.analysis.numbers import by_country
from orientalis.analysis.scenarios import change_in_words, find_key
from orientalis.report.answers import Answers
from orientalis.report.plots.plot import Figure
from orientalis.report.render import inline_svg
from orientalis.report.sentences import convergence_sentences, key_figures, lead
from orientalis.report.theme import DARK, LIGHT, NARROW, SANS, SERIF, WIDE, css_variables
from orientalis.report.words import number, plain, span

SECTION_ORDER = {
    "answer": ("fan", "extinction", "countries", "stages", "ages"),
    "sure": ("uncertainty",),
    "map": ("range_map",),
    "causes": ("causes", "deaths_by_year", "compensation", "infected", "mates"),
    "surroundings": ("burnt", "forest", "prey", "tigers"),
    "genes": ("gene_diversity",),
    "people": ("guarding",),
    "start": ("start",),
    "scenarios": ("paired",),
    "capacity": ("capacity", "density"),
}
VERSIONS = ("orientalis", "python", "numpy", "numba", "platform", "machine", "system", "engine", "catalogue")


def page(answers: Answers, figures: list[Figure], study: str) -> dict[str, Any]:
    """All that `report.html.j2` needs."""
    drawn = {figure.plot.name: figure_block(figure) for figure in figures}
    sections = {name: [drawn[key] for key in _ordered(name, figures)] for name in SECTION_ORDER}
    return {
        "title": answers.title,
        "subject": answers.subject,
        "lead": lead(answers),
        "sections": sections,
        "labels": [one.label for one in answers.scenarios],
        "figures": key_figures(answers),
        "countries": country_table(answers),
        "convergence": convergence_sentences(answers),
        "scenarios": answers.scenarios,
        "scenario_rows": scenario_rows(answers),
        "baseline": answers.baseline,
        "years": answers.baseline.panel.years,
        "has_draws": any(one.draws is not None for one in answers.scenarios),
        "threats": answers.threats,
        "is_compensation_open": answers.has_threats and "compensation" not in drawn,
        "assumptions": answers.assumptions,
        "assumed": sum(row.is_assumed for row in answers.assumptions),
        "sources": answers.sources,
        "classes": layer_classes(answers),
        "is_map": answers.map_layers is not None,
        "study": study,
        "versions": versions(answers),
        "start_year": answers.start_year,
        "light": Markup(css_variables(LIGHT)),
        "dark": Markup(css_variables(DARK)),
        "sans": Markup(SANS),
        "serif": Markup(SERIF),
        "number": number,
        "plain": plain,
        "command": "orientalis run study.toml --out out/again",
    }


def _ordered(section: str, figures: list[Figure]) -> list[str]:
    """The section's plots: those with a fixed place first, then any other in the order of their names."""
    names = [figure.plot.name for figure in figures if figure.plot.section == section]
    fixed = [name for name in SECTION_ORDER[section] if name in names]
    return fixed + sorted(set(names) - set(fixed))


def figure_block(figure: Figure) -> dict[str, Any]:
    """One figure: its words, its two drawings and its table."""
    return {
        "name": figure.plot.name,
        "title": figure.title,
        "subtitle": figure.subtitle,
        "caption": figure.caption,
        "alt": figure.alt_text,
        "wide": Markup(inline_svg(figure, WIDE)),
        "narrow": Markup(inline_svg(figure, NARROW)),
        "table": cells(figure.short),
    }


def cells(table: pd.DataFrame) -> dict[str, Any]:
    """A table for the template: columns, rows as text, and which columns hold figures."""
    columns = [str(name) for name in table.columns]
    rows = [
        ["" if cell is None or cell != cell else str(cell) for cell in row] for row in table.itertuples(index=False)
    ]
    is_figure = [
        bool(rows) and all(not row[i] or not row[i][0].isalpha() or row[i] == "not defined" for row in rows)
        for i in range(len(columns))
    ]
    return {"columns": columns, "rows": rows, "is_figure": is_figure}


def country_table(answers: Answers) -> dict[str, Any] | None:
    """Median and 5 % numbers by country at the end."""
    parts = []
    for one in answers.scenarios:
        rows = by_country(one.panel)
        parts.append(rows.assign(scenario=one.label))
    table = pd.concat(parts, ignore_index=True)
    if table["area"].nunique() < 2:
        return None
    names = {"everywhere": "whole window", "russia": "Russia", "china": "China", "north_korea": "North Korea"}
    table["figure"] = [
        number(v) + ("" if a is None or b is None or a != a or b != b else f" ({span(a, b)})")
        for v, a, b in zip(table["value"], table["low"], table["high"], strict=True)
    ]
    wide = table.pivot_table(
        index=["scenario", "area", "animals"], columns="statistic", values="figure", aggfunc="first", sort=False
    ).reset_index()
    return cells(
        pd.DataFrame(
            {
                "scenario": wide["scenario"],
                "area": wide["area"].map(names),
                "animals": wide["animals"].map({"adults": "adults", "over_one_year": "12 months or more"}),
                "median": wide["median"],
                "one in twenty has fewer than": wide["five_percent"],
            }
        )
    )


def scenario_rows(answers: Answers) -> list[tuple[str, str, str, str]]:
    """What each scenario is: its name, the study's words for it, its start, and what differs from the catalogue."""
    rows = []
    for one in answers.scenarios:
        start, land = one.specification.get("start") or {}, one.specification.get("land") or {}
        begin = f"{number(start['animals'])} animals" if "animals" in start else ""
        if begin and start.get("zone", "everywhere") != "everywhere":
            begin += f" in {plain(str(start['zone']))}"
        said = [change_in_words(change) for change in one.specification.get("changes") or ()]
        if land.get("within", "everywhere") != "everywhere":
            said.append(f"land that can be lived in: {plain(str(land['within']))} only")
        if land.get("threshold") is not None:
            said.append(f"habitat threshold {land['threshold']:g}")
        if land.get("trim_km"):
            said.append(f"window narrower by {land['trim_km']:g} km")
        if one.specification.get("ceiling"):
            said.append(
                f"a plain ceiling of {number(one.specification['ceiling'])} animals, which makes up for other losses"
            )
        rows.append((one.label, one.title, begin, "; ".join(said) or "nothing"))
    return rows


def layer_classes(answers: Answers) -> list[tuple[str, str]]:
    """Each layer of the map with its class."""
    return sorted(answers.map_layers.classes.items()) if answers.map_layers is not None else []


def versions(answers: Answers) -> list[tuple[str, str]]:
    """Versions and machine as the run recorded them."""
    found = [(key, find_key(answers.provenance, key)) for key in VERSIONS]
    return [(key, str(value)) for key, value in found if isinstance(value, (str, int, float))]
