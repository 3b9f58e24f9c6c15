"""Which quantities each threat has, and what it needs beside it, in one table."""

from math import inf

from orientalis.catalogue.field import Field

PREY = ("sika", "roe", "boar", "red_deer", "small")
"""Kinds of prey, in the engine's order: each has a quantity of its own in a group of keys such as growth_sika."""
_NAMES = ("sika deer", "roe deer", "wild boar", "red deer", "small prey")


def _by_prey(key: str, unit: str, meaning: str, minimum: float = 0.0, maximum: float = inf) -> dict[str, Field]:
    return {
        f"{key}_{prey}": Field(unit, f"{meaning}, {name}", minimum, maximum)
        for prey, name in zip(PREY, _NAMES, strict=True)
    }


THREATS: dict[str, dict[str, Field]] = {
    "distemper": {
        "force": Field("1/year", "force of infection on an animal without immunity in an ordinary year", 0.0, 5.0),
        "outbreak_probability": Field("probability/year", "chance that a year is one of an outbreak", 0.0, 1.0),
        "outbreak_factor": Field("1", "factor on the force of infection in a year of an outbreak", 1.0, 100.0),
        "fatality": Field("probability", "chance that an infected animal dies", 0.0, 1.0),
        "waning": Field("1/year", "rate at which immunity is lost; 0: it lasts for life", 0.0, 5.0),
        "dog_share": Field("1", "share of the force of infection that comes from dogs", 0.0, 1.0),
        "dogs_vaccinated": Field("1", "share of dogs that are vaccinated", 0.0, 1.0),
        "vaccinated": Field("1/year", "animals without immunity that are vaccinated in a year", 0.0, 1000.0),
    },
    "tigers": {
        **_by_prey("taste", "1", "how much of it a tiger takes, relative to sika at the same density", 0.0, 100.0),
        "intake": Field("kg/year", "prey that an adult tiger takes where it abounds", 1.0, 20_000.0),
        "half": Field("kg/km2", "density of prey (as sika) at which a tiger takes half of that", 1.0, 10_000.0),
        "prey_per_adult": Field("kg/animals", "ungulates in habitat for each adult tiger, today", 100.0, 1e6),
        "growth": Field("1/year", "growth of tigers where they are few, before poaching", 0.0, 2.0),
        "poaching": Field("1/year", "hazard of tigers of being poached, with today's patrols", 0.0, 2.0),
        "patrol_effect": Field(
            "month/km", "how fast poaching of tigers falls with the patrols remembered there", 0.0, 10.0
        ),
        "spread": Field("1", "share of the tigers that may move to other blocks in a year", 0.0, 0.9),
        "leopard_hazard": Field(
            "1/year", "hazard of leopards of being killed by tigers, at their density today", 0.0, 2.0
        ),
    },
    "ungulates": {
        **_by_prey("density", "animals/km2", "density in good forest, for the split of the map's prey", 0.0, 1000.0),
        **_by_prey("mass", "kg/animals", "mass over all ages", 0.0, 1000.0),
        **_by_prey("growth", "1/year", "growth where few, without winters, hunters and predators", 0.0, 5.0),
        **_by_prey("winter", "1/year", "hazard of dying in a winter of mean snow", 0.0, 5.0),
        **_by_prey("quota", "1/year", "hazard of being hunted within the legal quota", 0.0, 5.0),
        **_by_prey("taste", "1", "how much of it a leopard takes, relative to sika at the same density", 0.0, 100.0),
        "snow": Field("1", "mean snow, relative to today's", 0.0, 10.0),
        "snow_variation": Field("1", "standard deviation over years of the snow, whose mean is 1", 0.0, 3.0),
        "swine_fever": Field("probability/year", "chance that a year is one of African swine fever", 0.0, 1.0),
        "swine_fever_death": Field("1", "share of the boars that die in such a year", 0.0, 0.99),
        "poaching": Field("1/year", "hazard of deer of being poached, with today's hunters", 0.0, 5.0),
        "intake": Field("kg/year", "prey that a leopard takes where it abounds", 1.0, 20_000.0),
        "half": Field("kg/km2", "density of prey (as sika) at which a leopard takes half of that", 1.0, 10_000.0),
        "prey_per_leopard": Field(
            "kg/animals", "prey for each independent leopard, today, where they live", 100.0, 1e6
        ),
        "dispersal": Field("1", "share of the prey that may move to other blocks in a year", 0.0, 0.9),
        "hunger_cubs": Field("1", "rise of the hazard of the young with a female that finds no food", 0.0, 100.0),
        "hunger_adults": Field("1", "rise of the hazard of a female that finds no food", 0.0, 100.0),
        "hunger_conception": Field(
            "1", "fall of the chance to come into oestrus of a female that finds no food", 0.0, 10.0
        ),
        "cover_grass": Field("1", "prey that grass and shrub carry, relative to mature oak forest", 0.0, 10.0),
        "cover_young_oak": Field("1", "prey that young oak carries, relative to mature oak forest", 0.0, 10.0),
        "cover_mature_oak": Field(
            "1", "prey that mature oak and mixed forest carries: the measure of the others", 0.0, 10.0
        ),
        "cover_conifer": Field("1", "prey that conifer-broadleaf forest carries, relative to mature oak", 0.0, 10.0),
        "cover_field": Field("1", "prey that fields and settlements carry, relative to mature oak forest", 0.0, 10.0),
        "cover_water": Field("1", "prey that water carries, relative to mature oak forest", 0.0, 10.0),
    },
}
"""Quantities by threat and key; a threat is given whole or not at all."""

NEEDS: dict[str, tuple[str, ...]] = {"tigers": ("ungulates",)}
"""Threats that a threat needs beside it."""
