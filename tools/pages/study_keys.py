"""The keys of a study file, from the models that read it."""

from typing import Any

from pydantic import BaseModel

from orientalis.catalogue import NEEDS, load_threat, threat_names
from orientalis.scenario import study
from tools.pages.text import NOTE, code, table

TABLES: tuple[tuple[str, type[BaseModel]], ...] = (
    ("the top of the file", study.Study),
    ("[run]", study.Run),
    ("[draws]", study.Draws),
    ("[record]", study.Record),
    ("[start]", study.Start),
    ("[ceiling]", study.Ceiling),
    ("[[scenario]]", study.Scenario),
    ("land of a scenario", study.Land),
    ("[[scenario.change]]", study.Change),
)
HIDDEN = ("file", "text")
MEANINGS = {
    "Study.title": "title of the study, shown in the report",
    "Study.species": "name of a species of the catalogue, or the path of a species file, relative to the study",
    "Study.landscape": 'name of a landscape, or the path of its folder, relative to the study; "none": no map',
    "Study.run": "how much is computed",
    "Study.draws": "further runs over the catalogue's ranges; without it there are none",
    "Study.record": "what is kept besides the yearly tallies",
    "Study.threats": "parts of the model that are on, by name, such as `{distemper = true}`: true, false, or the path "
    "of a file that takes the catalogue's place, relative to the study; what is not named is off",
    "Study.start": "the first animals, for all scenarios",
    "Study.ceiling": "a plain carrying capacity, for all scenarios; without it there is none",
    "Study.parameters": 'values in place of the catalogue\'s, by path: `"killing.adult" = 0.03`; they are not varied',
    "Study.scenario": "the futures to compare; the first is the baseline",
    "Run.replicates": "random worlds of each scenario; more extend an earlier run",
    "Run.years": "length",
    "Run.tick": "step of time; a year for species with yearly rates",
    "Run.seed": "the seed from which every random world comes",
    "Run.batch": "replicates computed together and written as one part; part of the run's hash",
    "Run.start_year": "the calendar year of the start, for the axes of the report; none: years count from 0",
    "Run.paired": "whether replicate i meets the same chances in every scenario",
    "Draws.number": "draws, by Latin hypercube",
    "Draws.replicates_each": "replicates of each draw",
    "Record.events": "a row for each birth, death and settlement",
    "Record.map_years": "years of which maps are kept; none given: the first, the last and two between",
    "Start.animals": "animals of 12 months or more",
    "Start.ages": "the stable structure, or equal chances from youngest to oldest",
    "Start.youngest": "years, for uniform ages",
    "Start.oldest": "years, for uniform ages",
    "Start.zone": "where they are put, on potential habitat",
    "Start.shares": "shares of the founders by zone, within `zone`: `{russia = 0.6, china = 0.4}`; they sum to 1",
    "Start.cubs": "whether a share of the females has cubs at the start (a monthly tick and stable ages only)",
    "Ceiling.capacity": "animals of all ages left by the cull at the end of a year",
    "Scenario.name": "name, unique in the study",
    "Scenario.title": "a phrase for the report",
    "Scenario.start": "keys of `[start]` that differ in this scenario",
    "Scenario.ceiling": "a ceiling in place of the study's",
    "Scenario.replicates": "at most so many replicates, for side scenarios",
    "Scenario.draws": "whether it runs over parameter draws too, where the study has `[draws]`",
    "Scenario.land": "which part of the map can be lived in",
    "Scenario.change": "changes of parameters, applied in their order",
    "Land.threshold": "suitability from which a cell is potential habitat; none: the landscape's own",
    "Land.within": "potential habitat lies within this zone alone",
    "Land.trim_km": "how much is cut off each side of the window",
    "Change.parameter": "dotted path of a parameter that is a single number; of shares, those of people alone",
    "Change.multiply": "new value = old × this",
    "Change.add": "new value = old + this",
    "Change.set": "new value = this",
    "Change.years": "first and last year, inclusive, from 0; none: all",
    "Change.zone": "where; ages, and the preference and persistence of dispersers, are one for the whole map",
}


def page() -> str:
    """Return `docs/reference/study.md`."""
    lines = [
        "# The study file",
        NOTE,
        "One TOML file. An unknown key is an error. `orientalis new FILE` writes one with comments, `orientalis "
        "schema` prints the JSON Schema, `orientalis check FILE` reads one and says what is wrong. Any key can be set "
        "for one run: `--set run.years=50`.",
    ]
    for name, model in TABLES:
        lines += [f"## {name}", table(("key", "may be", "default", "meaning"), rows(model))]
    lines += ["## [threats]", threats()]
    lines.append(
        "Of `multiply`, `add` and `set`, a change has exactly one. The result must lie in the parameter's range; a "
        "change beyond the last year is legal, with a warning."
    )
    return "\n\n".join(lines) + "\n"


def threats() -> str:
    """Return the threats that a study may switch on, what each needs beside it, and how."""
    found = [(f"`{name}`", load_threat(name).title, code(NEEDS.get(name, ()))) for name in threat_names()]
    lines = [
        "Threats are off unless the study names them: `name = true`, or `--set threats.name=true` for one run. A "
        "threat that is on takes its share of the base rates, so that nobody dies twice; its quantities stand under "
        "[parameters](parameters.md) and are changed like all others. `orientalis check` prints which are on.",
        table(("threat", "what", "needs"), found),
    ]
    return "\n\n".join(lines)


def rows(model: type[BaseModel]) -> list[tuple[str, str, str, str]]:
    """Return key, allowed values, default and meaning of each key of a table; KeyError for a key without meaning."""
    schema = model.model_json_schema()
    found = []
    for key, entry in schema["properties"].items():
        if key in HIDDEN:
            continue
        is_needed = key in schema.get("required", ())
        default = "needed" if is_needed else _default(entry.get("default"))
        found.append((f"`{key}`", allowed(entry), default, MEANINGS[f"{model.__name__}.{key}"]))
    return found


def _default(value: Any) -> str:
    if value is None or isinstance(value, dict) or value in ("", []):
        return "none"
    return f"`{str(value).lower()}`" if isinstance(value, bool) else f"`{value}`"


def allowed(entry: dict[str, Any]) -> str:
    """Return in words what a key of a JSON Schema may be."""
    if "anyOf" in entry:
        return " or ".join(dict.fromkeys(allowed(each) for each in entry["anyOf"] if each.get("type") != "null"))
    if "$ref" in entry:
        return "a table"
    if "enum" in entry:
        return " or ".join(f'`"{value}"`' for value in entry["enum"])
    if entry.get("type") == "array":
        return "[first, last]" if "prefixItems" in entry else "a list"
    words = {"integer": "whole number", "number": "number", "string": "text", "boolean": "true or false"}
    kind = words.get(entry.get("type", ""), "a table")
    low, high = entry.get("minimum"), entry.get("maximum")
    if low is None:
        return kind
    return f"{kind}, {low:,} or more" if high is None or high > 10**15 else f"{kind}, {low:,} to {high:,}"
