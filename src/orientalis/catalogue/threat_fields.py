"""Which quantities each threat has, and what it needs beside it, in one table."""

from orientalis.catalogue.field import Field

THREATS: dict[str, dict[str, Field]] = {
    "dens": {
        "until": Field("month", "age until which cubs are in danger in their dens", 0.0, 12.0),
        "predators": Field("1/year", "hazard of such a cub from other predators", 0.0, 5.0),
        "disturbance": Field("1/year", "hazard of such a cub from disturbance of its den, at today's mean", 0.0, 5.0),
        "dog_share": Field("1", "share of that hazard that comes from dogs", 0.0, 1.0),
        "road": Field("1", "disturbance by a main road in the den's cell, in today's mean disturbances", 0.0, 1000.0),
        "fire": Field("probability", "chance that such a cub dies where its den's cell burns", 0.0, 0.99),
        "burnt": Field("1/year", "rate at which dens with cubs burn today, where fire is on", 0.0, 5.0),
        "dogs_controlled": Field("1", "share of dogs kept away from the forest", 0.0, 1.0),
        "closed": Field("1", "share of dens around which the forest is closed to people", 0.0, 1.0),
    },
    "distemper": {
        "force": Field("1/year", "force of infection on an animal without immunity in an ordinary year", 0.0, 5.0),
        "outbreak_probability": Field("probability/year", "chance that a year is one of an outbreak", 0.0, 1.0),
        "outbreak_factor": Field("1", "factor on the force of infection in a year of an outbreak", 1.0, 100.0),
        "fatality": Field("probability", "chance that an infected animal dies", 0.0, 1.0),
        "waning": Field("1/year", "rate at which immunity is lost; 0: it lasts for life", 0.0, 5.0),
        "dog_share": Field("1", "share of the force of infection that comes from dogs", 0.0, 1.0),
        "dogs_vaccinated": Field("1", "share of dogs that are vaccinated", 0.0, 1.0),
        "vaccinated": Field("1/year", "animals without immunity that are vaccinated in a year", 0.0, 1000.0),
        "immune_at_start": Field("probability", "chance that one of the first animals is immune", 0.0, 1.0),
    },
    "genetics": {
        "lethal_equivalents": Field("1", "diploid lethal equivalents over a whole life", 0.0, 60.0),
        "fecundity_share": Field("1", "share of the load in the mother's fecundity", 0.0, 1.0),
        "first_year_share": Field("1", "share of the load in the first year; the rest lies between it and maturity", 0.0, 1.0),
        "absolute": Field("1", "1: F counts from the unrelated ancestors, 0: from the mean of the first animals", 0.0, 1.0),
        "lethal_share": Field("1", "share of the load carried by recessive lethals at the loci, which purge", 0.0, 1.0),
        "burn_in_size": Field("animals", "effective size of the population before the start", 1.0, 5000.0),
        "burn_in_generations": Field("1", "generations of drift before the start; 0: founders are unrelated", 0.0, 200.0),
    },
}
"""Quantities by threat and key; a threat is given whole or not at all."""

NEEDS: dict[str, tuple[str, ...]] = {}
"""Threats that a threat needs beside it."""
