"""Which quantities each threat has, and what it needs beside it, in one table."""

from orientalis.catalogue.field import Field

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
    "genetics": {
        "lethal_equivalents": Field("1", "diploid lethal equivalents over a whole life", 0.0, 60.0),
        "fecundity_share": Field("1", "share of the load in the mother's fecundity", 0.0, 1.0),
        "first_year_share": Field(
            "1", "share of the load in the first year; the rest lies between it and maturity", 0.0, 1.0
        ),
        "absolute": Field(
            "1", "1: F counts from the unrelated ancestors, 0: from the mean of the first animals", 0.0, 1.0
        ),
        "lethal_share": Field("1", "share of the load carried by recessive lethals at the loci, which purge", 0.0, 1.0),
        "burn_in_size": Field("animals", "effective size of the population before the start", 1.0, 5000.0),
        "burn_in_generations": Field(
            "1", "generations of drift before the start; 0: founders are unrelated", 0.0, 200.0
        ),
    },
}
"""Quantities by threat and key; a threat is given whole or not at all."""

NEEDS: dict[str, tuple[str, ...]] = {}
"""Threats that a threat needs beside it."""
