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
    "prey": "kg alive at the census by kind, and kg that the animals ate in the year, of the blocks of the zone",
    "tigers": "hundredths of an adult tiger at the census, of the blocks of the zone",
    "deaths": "animals lost in the year, by class at death and by cause",
}
CAUSES = {
    Cause.NONE: "never occurs",
    Cause.NATURAL: "the base hazard of the age class: all that no process of its own causes",
    Cause.INFANTICIDE: "killed by a new male",
    Cause.ORPHANED: "too young to live when the mother died",
    Cause.PEOPLE: "killed by people",
    Cause.CATASTROPHE: "a catastrophic year",
    Cause.DISPERSAL: "the dangers of the way",
    Cause.CONTEST: "a resident male, of the contest for his range",
    Cause.OLD_AGE: "the longest age",
    Cause.CEILING: "the cull of a plain ceiling",
    Cause.EMIGRATED: "left the map where habitat goes on beyond it",
    Cause.DISTEMPER: "distemper",
    Cause.STARVED: "hunger: what it adds to the base hazard",
    Cause.INBREEDING: "inbreeding: what it adds to the base hazard",
    Cause.TIGER: "killed by a tiger",
}


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
        table(("code", "cause", "what"), ((str(c.value), f"`{c.name.lower()}`", CAUSES[c]) for c in Cause)),
        "## Maps and histograms",
        "`maps` are sums over replicates by cell and map year: `female_range` and `male_range` (replicates in which "
        "the cell lies in a resident's range), `animals` (animals of 12 months or more, at their centre or position). "
        f"`dispersal.female` and `dispersal.male` count realised natal distances in bins of {BIN_KM:g} km; the last "
        "bin holds all that is farther.",
        "## Events",
        "Where a study asks for them: a row for each birth, death and settlement, with the columns "
        f"{code(EVENT_TYPE.names or ())}. `tick` counts from 0, `age` is in months, `cell` is row × columns + column "
        "from the north-west, −1 without a map; kinds and causes as in [the model's codes](../model/ODD.md#codes).",
        "## All columns",
        ", ".join(f"`{item}`" for item in ITEMS),
    ]
    return "\n\n".join(lines) + "\n"
