"""The items that are counted, as columns of the tallies."""

from orientalis.engine.codes import CLASSES, ITEMS, Cause
from orientalis.engine.record import BIN_KM, EVENT_TYPE
from tools.pages.text import NOTE, code, table

MEANINGS = {
    "number": "animals alive at the census: at the end of December, and for year 0 at the start",
    "births": "cubs born in the year, by sex",
    "litters": "litters born in the year",
    "ready": "times in the year that a ready female came into oestrus (one that found no male may do so again)",
    "unmated": "how many of these found no male",
    "residents": "animals that hold a range at the census, by sex",
    "dispersers": "animals on their own without a range at the census",
    "settled": "animals that took up a range in the year, by sex",
    "takeovers": "resident males ousted in the year",
    "infected": "animals that met distemper in the year",
    "vaccinated": "animals vaccinated against distemper in the year",
    "genes": "at the census, in zone 0 alone: `diversity`, mean over loci of 1 − Σp², parts per million; `inbred`, "
    "loci of 64 identical by descent, summed over the living; `alleles`, founder alleles left, summed over loci",
    "land": "cells of 4 km²: `burnt` and `logged` in the year; `habitat` and each class of cover (`field`, `grass`, "
    "`young_oak`, `oak`, `conifer`) as they stand",
    "prey": "kg alive at the census, by kind; `eaten`: kg eaten in the year",
    "tigers": "`adults`: hundredths of an adult tiger at the census",
    "poaching": "`days`: days that poachers spent in the year",
    "snares": "snares `set` and `found` in the year",
    "patrol": "`km` walked by patrols in the year",
    "people": "people `met` by patrols in the year",
    "arrests": "arrests in the year",
    "found": "killed animals that were found in the year",
    "deaths": "animals lost in the year, by class at death and by cause",
}
CAUSES = {
    "none": "never occurs",
    "natural": "the base hazard of the age class: all that no process of its own causes",
    "infanticide": "killed by a new male",
    "orphaned": "too young to live when the mother died",
    "people": "killed by people, where poaching is not modelled by its channels",
    "catastrophe": "a catastrophic year",
    "dispersal": "the dangers of the way",
    "contest": "a resident male, of the contest for his range",
    "old_age": "the longest age",
    "ceiling": "the cull of a plain ceiling",
    "emigrated": "left the map where habitat goes on beyond it",
    "distemper": "distemper (threat `distemper`)",
    "starved": "what hunger adds to the base hazard",
    "inbreeding": "what inbreeding adds to the base hazard",
    "trade": "people: a poacher after skin and bone",
    "chance": "people: an armed hunter of deer who met it",
    "snare": "people: a snare, set for it or for other game",
    "retaliation": "people: in return for deer or livestock taken",
    "accident": "people: a road or a railway",
    "tiger": "killed by a tiger",
    "predator": "a cub taken from its den by another predator",
    "disturbance": "a cub whose den was disturbed by people, dogs, roads or fire",
}
"""By the name of the cause in small letters; those of threats are 0 where the threat is off."""


def page() -> str:
    """Return `docs/reference/tallies.md`; KeyError for an item or cause without a meaning."""
    items: dict[str, list[str]] = {}
    for item in ITEMS:
        items.setdefault(item.partition(".")[0], []).append(item)
    lines = [
        "# What is counted",
        NOTE,
        "Tallies have a row for each replicate, year and atomic zone in which anything was counted, with the columns "
        "`replicate`, `year`, `zone` and one for each item below; an item that never occurred has no column. Row "
        "`year` y holds the census at the end of year y and what happened during it; year 0 the start. How to read "
        "them: [runs](../runs.md).",
        table(("item", "columns", "what"), ((f"`{k}`", str(len(v)), MEANINGS[k]) for k, v in items.items())),
        "## Classes",
        f"`number` and `deaths` are by class: {code(CLASSES)}. Cubs are under 12 months; juveniles older and still "
        "with their mother; subadults on their own and too young to breed; adults of breeding age, and beyond it.",
        "## Causes of death",
        table(
            ("code", "cause", "what"), ((str(c.value), f"`{c.name.lower()}`", CAUSES[c.name.lower()]) for c in Cause)
        ),
        "## Maps and histograms",
        "`maps` are sums over replicates by cell and map year: `female_range` and `male_range` (replicates in which "
        "the cell lies in a resident's range), `animals` (animals of 12 months or more, at their centre or position). "
        f"`dispersal.female` and `dispersal.male` count realised natal distances in bins of {BIN_KM:g} km; the last "
        "bin holds all that is farther.",
        "## Events",
        "Where a study asks for them: a row for each birth, death and settlement, with the columns "
        f"{code(EVENT_TYPE.names or ())}. `tick` counts from 0, `age` is in months, `cell` is row × columns + column "
        "from the north-west, −1 without a map; kinds and causes as in [the model's codes](../model/ODD.md#codes). "
        "`orientalis ledger DIR --out FILE` writes every death as a row of a CSV file, with its cause, cell, sex and "
        "age. These are simulated animals: no published map or file holds the place of a real one.",
        "## All columns",
        ", ".join(f"`{item}`" for item in ITEMS),
    ]
    return "\n\n".join(lines) + "\n"
