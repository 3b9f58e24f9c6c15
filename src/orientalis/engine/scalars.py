"""Scalar parameters by dotted path: the place of each in the table of parameters, section by section.

A constant is the index of its path in `SCALARS`; a section is added by a block of its own, in the order of its fields.
"""

MONTHS = 12
"""Months of a year."""

_paths: list[str] = []


def _places(section: str, *keys: str) -> range:
    """The next places of the table, for the keys of a section."""
    first = len(_paths)
    _paths.extend(f"{section}.{key}" for key in keys)
    return range(first, len(_paths))


(
    FIRST_BREEDING_FEMALE,
    FIRST_BREEDING_MALE,
    LAST_BREEDING,
    LONGEVITY,
    GESTATION,
    INDEPENDENCE_FIRST,
    INDEPENDENCE_LAST,
    ORPHAN_AGE,
) = _places(
    "life_history",
    "first_breeding_female",
    "first_breeding_male",
    "last_breeding",
    "longevity",
    "gestation",
    "independence_first",
    "independence_last",
    "orphan_age",
)

(
    LITTER_PROBABILITY,
    MALE_SHARE,
) = _places(
    "reproduction",
    "litter_probability",
    "male_share",
)

(
    KILLING,
    _KILLING_JUVENILE,
    _KILLING_SUBADULT,
    _KILLING_ADULT,
) = _places(
    "killing",
    "cub",
    "juvenile",
    "subadult",
    "adult",
)

(
    VARIATION_ADULT,
    VARIATION_CUB,
    VARIATION_BREEDING,
    VARIATION_CORRELATION,
) = _places(
    "variation",
    "adult_survival",
    "cub_survival",
    "breeding",
    "correlation",
)

(
    CATASTROPHE_PER_GENERATION,
    CATASTROPHE_GENERATION,
    CATASTROPHE_SURVIVAL,
) = _places(
    "catastrophe",
    "per_generation",
    "generation",
    "survival",
)

(
    INFANTICIDE_FIRST_YEAR,
    INFANTICIDE_SECOND_YEAR,
) = _places(
    "infanticide",
    "first_year",
    "second_year",
)

(
    FEMALE_NEED,
    ABANDON_SHARE,
    MALE_AREA,
    LARGEST_AREA,
    SMALLEST_AREA,
    FEMALE_OVERLAP,
    MALE_OVERLAP,
    CONTEST_DEATH,
) = _places(
    "territory",
    "female_need",
    "abandon_share",
    "male_area",
    "largest_area",
    "smallest_area",
    "female_overlap",
    "male_overlap",
    "contest_death",
)

(
    STEPS,
    PERSISTENCE,
    PREFERENCE,
    WANDER_FEMALE,
    WANDER_MALE,
    PATIENCE,
    DISPERSER_HAZARD,
    PEOPLE_HAZARD,
) = _places(
    "dispersal",
    "steps",
    "persistence",
    "preference",
    "wander_female",
    "wander_male",
    "patience",
    "hazard",
    "people_hazard",
)

(ROAMING_DISTANCE,) = _places("mating", "roaming_distance")

(CROP_SHARE,) = _places("prey", "crop_share")

# fmt: off
(
    DISTEMPER_FORCE, DISTEMPER_OUTBREAK, DISTEMPER_OUTBREAK_FACTOR, DISTEMPER_FATALITY, DISTEMPER_WANING,
    DISTEMPER_DOG_SHARE, DISTEMPER_DOGS_VACCINATED, DISTEMPER_VACCINATED, DISTEMPER_IMMUNE_AT_START,
) = _places(
    "distemper", "force", "outbreak_probability", "outbreak_factor", "fatality", "waning", "dog_share",
    "dogs_vaccinated", "vaccinated", "immune_at_start",
)

(
    DENS_UNTIL, DENS_PREDATORS, DENS_DISTURBANCE, DENS_DOG_SHARE, DENS_ROAD, DENS_FIRE, DENS_BURNT,
    DENS_DOGS_CONTROLLED, DENS_CLOSED,
) = _places(
    "dens", "until", "predators", "disturbance", "dog_share", "road", "fire", "burnt", "dogs_controlled", "closed",
)

(
    LETHAL_EQUIVALENTS, FECUNDITY_SHARE, FIRST_YEAR_SHARE, ABSOLUTE, LETHAL_SHARE, BURN_IN_SIZE, BURN_IN_GENERATIONS,
) = _places(
    "genetics", "lethal_equivalents", "fecundity_share", "first_year_share", "absolute", "lethal_share",
    "burn_in_size", "burn_in_generations",
)

(
    FOREST_GRASS_YEARS, FOREST_YOUNG_OAK_YEARS, FOREST_OAK_YEARS, FOREST_REST, FOREST_MEMORY, FOREST_FIRES,
    FOREST_LOSS, FOREST_LOGGING, FOREST_COVER_EFFECT, FOREST_BURNING_EFFECT, FOREST_ROAD_EFFECT,
) = _places(
    "forest", "grass_years", "young_oak_years", "oak_years", "rest", "memory", "fires", "loss", "logging",
    "cover_effect", "burning_effect", "road_effect",
)

(
    FIRE_IGNITIONS, FIRE_PEOPLE_SHARE, FIRE_SPRING_SHARE, FIRE_DRYNESS, FIRE_SPREAD, FIRE_FUEL_EFFECT, FIRE_WIND,
    FIRE_SLOPE, FIRE_FUEL, _FIRE_FUEL_GRASS, _FIRE_FUEL_YOUNG_OAK, _FIRE_FUEL_OAK, _FIRE_FUEL_CONIFER, FIRE_GUARD,
    FIRE_SUPPRESSION, FIRE_CREWS, FIRE_FIREBREAKS, FIRE_PERMITS,
) = _places(
    "fire", "ignitions", "people_share", "spring_share", "dryness", "spread", "fuel_effect", "wind", "slope",
    "fuel_field", "fuel_grass", "fuel_young_oak", "fuel_oak", "fuel_conifer", "guard", "suppression", "crews",
    "firebreaks", "permits",
)

_PREY = ("sika", "roe", "boar", "red_deer", "small")
"""Keys of the species of prey, in the order of codes.Prey: a quantity of each stands in as many places in a row."""


def _by_prey(section: str, key: str) -> int:
    """The first of the places of a quantity that each species of prey has."""
    return _places(section, *(f"{key}_{prey}" for prey in _PREY))[0]


PREY_DENSITY = _by_prey("ungulates", "density")
PREY_MASS = _by_prey("ungulates", "mass")
PREY_GROWTH = _by_prey("ungulates", "growth")
PREY_WINTER = _by_prey("ungulates", "winter")
PREY_QUOTA = _by_prey("ungulates", "quota")
PREY_TASTE = _by_prey("ungulates", "taste")

(
    SNOW, SNOW_VARIATION, SWINE_FEVER, SWINE_FEVER_DEATH, DEER_POACHING, LEOPARD_INTAKE, LEOPARD_HALF,
    PREY_PER_LEOPARD, PREY_DISPERSAL, HUNGER_CUBS, HUNGER_ADULTS, HUNGER_CONCEPTION,
) = _places(
    "ungulates", "snow", "snow_variation", "swine_fever", "swine_fever_death", "poaching", "intake", "half",
    "prey_per_leopard", "dispersal", "hunger_cubs", "hunger_adults", "hunger_conception",
)

PREY_COVER = _places(
    "ungulates",
    "cover_field",
    "cover_grass",
    "cover_young_oak",
    "cover_oak",
    "cover_conifer",
)[0]
"""First of the places of what a class of cover carries, in the order of the classes."""

TIGER_TASTE = _by_prey("tigers", "taste")

(
    TIGER_INTAKE, TIGER_HALF, PREY_PER_TIGER, TIGER_GROWTH, TIGER_POACHING, TIGER_PATROL, TIGER_SPREAD, TIGER_HAZARD,
) = _places(
    "tigers", "intake", "half", "prey_per_adult", "growth", "poaching", "patrol_effect", "spread", "leopard_hazard",
)

(
    POACHING_TRADE_SHARE, POACHING_SNARE_SHARE, POACHING_RETALIATION_SHARE, POACHING_ACCIDENT_SHARE,
    POACHING_SKIN_PRICE, POACHING_BONE_PRICE, POACHING_DEER_VALUE, POACHING_TRADE_CHANCE, POACHING_GUN_CATCH,
    POACHING_SNARE_CATCH, POACHING_SNARES_A_DAY, POACHING_SNARE_DECAY, POACHING_DISTANCE_COST, POACHING_OFFROAD_COST,
    POACHING_WAGE, POACHING_RATIONALITY, POACHING_DISCOUNT, POACHING_FINE, POACHING_GAME_FINE, POACHING_PRISON,
    POACHING_ARREST, _POACHING_ARREST_CHANCE, _POACHING_ARREST_SNARES, _POACHING_ARREST_RETALIATION,
    POACHING_CONVICTION, _POACHING_CONVICTION_CHANCE, _POACHING_CONVICTION_SNARES, _POACHING_CONVICTION_RETALIATION,
    POACHING_ATTITUDE, POACHING_HOUSEHOLDS, POACHING_DAYS, POACHING_COMPENSATION, POACHING_LOSS,
    POACHING_RETALIATION_RATIONALITY, POACHING_TRAFFIC, POACHING_ROADS_OPEN, POACHING_FOUND_SHARE,
) = _places(
    "poaching", "trade_share", "snare_share", "retaliation_share", "accident_share", "skin_price", "bone_price",
    "deer_value", "trade_chance", "gun_catch", "snare_catch", "snares_a_day", "snare_decay", "distance_cost",
    "offroad_cost", "wage", "rationality", "discount", "fine", "game_fine", "prison", "arrest_trade", "arrest_chance",
    "arrest_snares", "arrest_retaliation", "conviction_trade", "conviction_chance", "conviction_snares",
    "conviction_retaliation", "attitude", "households", "days", "compensation", "loss", "retaliation_rationality",
    "traffic", "roads_open", "found_share",
)

(
    RANGERS_TEAMS, RANGERS_PERSONS, RANGERS_KM, RANGERS_FIND, RANGERS_MEET, RANGERS_ARREST, RANGERS_QUALITY,
    RANGERS_CORRUPTION, RANGERS_MEMORY,
) = _places(
    "rangers", "teams", "persons", "km", "find", "meet", "arrest", "quality", "corruption", "memory",
)
# fmt: on

SCALARS: tuple[str, ...] = tuple(_paths)
"""Scalar parameters by dotted path; the index in this tuple is the index in the table."""
