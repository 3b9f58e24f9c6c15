"""Which quantities a species may have: path, unit, range and meaning, in one table.

The table is the only place where these stand: the loader, `describe_field`, the schema and the documentation read it.
"""

from math import isfinite

from orientalis.catalogue.field import Field
from orientalis.catalogue.threat_fields import THREATS
from orientalis.core.errors import InputError


def _share(meaning: str, unit: str = "1") -> Field:
    return Field(unit, meaning, 0.0, 1.0)


def _age(meaning: str) -> Field:
    return Field("month", meaning, 0.0, 600.0)


SECTIONS: dict[str, dict[str, Field]] = {
    "life_history": {
        "first_breeding_female": _age("age from which a female may conceive"),
        "first_breeding_male": _age("age from which a male may sire"),
        "last_breeding": _age("age from which a female no longer conceives; 0: no such age"),
        "longevity": _age("age that no animal outlives; 0: no such age"),
        "gestation": Field("month", "time from conception to birth", 0.0, 36.0),
        "independence_first": _age("age at which the first young leave their mother"),
        "independence_last": _age("age at which the last young have left their mother"),
        "orphan_age": _age("age below which the young die when their mother dies"),
    },
    "reproduction": {
        "litter_probability": _share("chance that a ready female conceives within a year", "probability/year"),
        "conception_season": Field(
            "1", "share of a year's conceptions in each month, January first", 0.0, 1.0, True, 12, True
        ),
        "litter_size": Field("probability", "chances of a litter of 1, 2, 3 … young at birth", 0.0, 1.0, True, 0, True),
        "male_share": _share("chance that a newborn is male", "probability"),
    },
    "killing": {
        "cub": Field("1/year", "hazard of being killed by people, cubs under 12 months", 0.0, 5.0),
        "juvenile": Field("1/year", "hazard of being killed by people, from 12 months to independence", 0.0, 5.0),
        "subadult": Field("1/year", "hazard of being killed by people, from independence to first breeding", 0.0, 5.0),
        "adult": Field("1/year", "hazard of being killed by people, adults", 0.0, 5.0),
    },
    "variation": {
        "adult_survival": Field("1", "standard deviation over years of the yearly survival of adults", 0.0, 0.5),
        "cub_survival": Field("1", "standard deviation over years of the yearly survival of cubs", 0.0, 0.5),
        "breeding": Field("1", "standard deviation over years of the yearly share of females that breed", 0.0, 0.5),
        "correlation": Field("1", "correlation of good years between the survival of adults and of cubs", 0.0, 1.0),
    },
    "catastrophe": {
        "per_generation": _share("chance of a catastrophe in a generation", "probability/generation"),
        "generation": Field("month", "length of a generation, for the chance above", 1.0, 600.0),
        "survival": _share("factor on survival in the year of a catastrophe"),
    },
    "infanticide": {
        "first_year": _share("chance that a cub under 12 months dies when a new male takes over", "probability"),
        "second_year": _share("chance that a cub of 12 to 24 months dies when a new male takes over", "probability"),
    },
    "territory": {
        "female_need": Field("kg/year", "prey that a female needs to be able to take from her range in a year"),
        "abandon_share": _share("share of her need below which a female leaves a range that yields less"),
        "male_area": Field("km2", "area that a resident male covers"),
        "largest_area": Field("km2", "largest range that a female can hold"),
        "smallest_area": Field("km2", "smallest range that an animal settles for, however rich"),
        "female_overlap": _share("share of a cell's food that a second female may still use"),
        "male_overlap": Field("animals", "how many males may share a cell", 1.0, 20.0),
        "contest_death": _share("chance that the loser of a contest for a range dies", "probability"),
    },
    "dispersal": {
        "steps": Field("1/month", "steps from cell to cell that a disperser takes in a month", 0.0, 200.0),
        "persistence": _share("strength with which a disperser keeps its direction"),
        "preference": Field("1", "strength with which a disperser prefers better habitat", 0.0, 50.0),
        "wander_female": Field(
            "km", "mean distance from her birthplace at which a daughter begins to look for a place"
        ),
        "wander_male": Field("km", "mean distance from his birthplace at which a son begins to look for a place"),
        "patience": Field(
            "month",
            "time after which a disperser looks at any distance, and a male settles where no female lives",
            0.0,
            240.0,
        ),
        "hazard": Field("1/year", "extra hazard of dispersers on neutral ground", 0.0, 5.0),
        "people_hazard": Field("1/year", "extra hazard of dispersers where the index of people is 1", 0.0, 5.0),
    },
    "mating": {
        "roaming_distance": Field("km", "distance over which an adult male finds a ready female"),
    },
    "prey": {
        "crop_share": Field("1/year", "share of the standing prey biomass that can be taken in a year", 0.0, 1.0),
    },
}
"""Quantities by section and key. A section is given whole or not at all."""

SHARES: dict[str, Field] = {
    "infanticide": _share("share of the class's hazard that is infanticide, a process of its own"),
    "orphaned": _share("share of the class's hazard that is death with the mother, a process of its own"),
    "people": _share("share of the class's hazard that is killing by people, a process of its own"),
}
"""Quantities of a section `shares.CLASS`."""

SURVIVAL: dict[str, Field] = {
    "female": _share("survival of females, all causes", "probability/year"),
    "male": _share("survival of males, all causes", "probability/year"),
}
"""Quantities of a section `survival.CLASS`, in probability/year or probability/stage."""

SURVIVAL_UNITS = ("probability/year", "probability/stage")
REQUIRED_SECTIONS = ("life_history", "reproduction", "survival", "variation")
VARIATIONS = ("cub", "adult", "none")
VARIATION_DISTRIBUTIONS = ("logit_normal", "uniform")
MOST_CLASSES = 32


def field_of(path: str) -> Field | None:
    """Return the field of a dotted path such as "killing.adult" or "survival.adult.female", None when there is none.

    The quantities of threats, such as "distemper.force", are among them.
    """
    section, _, rest = path.partition(".")
    if section in ("survival", "shares"):
        name, _, key = rest.rpartition(".")
        return (SURVIVAL if section == "survival" else SHARES).get(key) if name else None
    return SECTIONS.get(section, THREATS.get(section, {})).get(rest)


def check_value(path: str, value: float, file: str | None = None) -> None:
    """Refuse (InputError) a value, in the unit of its field, that lies outside what the path allows."""
    wanted = field_of(path)
    if wanted is None:
        raise InputError("no such parameter", file=file, value=path)
    if not isfinite(value) or not wanted.minimum <= value <= wanted.maximum:
        raise InputError("outside its range", file=file, key=path, value=value, expected=wanted.span)
