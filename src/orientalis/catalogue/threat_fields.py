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
}
"""Quantities by threat and key; a threat is given whole or not at all."""

NEEDS: dict[str, tuple[str, ...]] = {}
"""Threats that a threat needs beside it."""
