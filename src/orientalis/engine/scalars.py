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

(
    DISTEMPER_FORCE,
    DISTEMPER_OUTBREAK,
    DISTEMPER_OUTBREAK_FACTOR,
    DISTEMPER_FATALITY,
    DISTEMPER_WANING,
    DISTEMPER_DOG_SHARE,
    DISTEMPER_DOGS_VACCINATED,
    DISTEMPER_VACCINATED,
) = _places(
    "distemper",
    "force",
    "outbreak_probability",
    "outbreak_factor",
    "fatality",
    "waning",
    "dog_share",
    "dogs_vaccinated",
    "vaccinated",
)

(
    POACHING_TRADE_SHARE,
    POACHING_SNARE_SHARE,
    POACHING_RETALIATION_SHARE,
    POACHING_ACCIDENT_SHARE,
    POACHING_SKIN_PRICE,
    POACHING_BONE_PRICE,
    POACHING_DEER_VALUE,
    POACHING_TRADE_CHANCE,
    POACHING_GUN_CATCH,
    POACHING_SNARE_CATCH,
    POACHING_SNARES_A_DAY,
    POACHING_SNARE_DECAY,
    POACHING_DISTANCE_COST,
    POACHING_OFFROAD_COST,
    POACHING_WAGE,
    POACHING_RATIONALITY,
    POACHING_DISCOUNT,
    POACHING_FINE,
    POACHING_GAME_FINE,
    POACHING_PRISON,
    POACHING_ARREST,
    _POACHING_ARREST_CHANCE,
    _POACHING_ARREST_SNARES,
    _POACHING_ARREST_RETALIATION,
    POACHING_CONVICTION,
    _POACHING_CONVICTION_CHANCE,
    _POACHING_CONVICTION_SNARES,
    _POACHING_CONVICTION_RETALIATION,
    POACHING_ATTITUDE,
    POACHING_HOUSEHOLDS,
    POACHING_DAYS,
    POACHING_COMPENSATION,
    POACHING_LOSS,
    POACHING_RETALIATION_RATIONALITY,
    POACHING_TRAFFIC,
    POACHING_ROADS_OPEN,
    POACHING_FOUND_SHARE,
) = _places(
    "poaching",
    "trade_share",
    "snare_share",
    "retaliation_share",
    "accident_share",
    "skin_price",
    "bone_price",
    "deer_value",
    "trade_chance",
    "gun_catch",
    "snare_catch",
    "snares_a_day",
    "snare_decay",
    "distance_cost",
    "offroad_cost",
    "wage",
    "rationality",
    "discount",
    "fine",
    "game_fine",
    "prison",
    "arrest_trade",
    "arrest_chance",
    "arrest_snares",
    "arrest_retaliation",
    "conviction_trade",
    "conviction_chance",
    "conviction_snares",
    "conviction_retaliation",
    "attitude",
    "households",
    "days",
    "compensation",
    "loss",
    "retaliation_rationality",
    "traffic",
    "roads_open",
    "found_share",
)

(
    RANGERS_TEAMS,
    RANGERS_PERSONS,
    RANGERS_KM,
    RANGERS_FIND,
    RANGERS_MEET,
    RANGERS_ARREST,
    RANGERS_QUALITY,
    RANGERS_CORRUPTION,
    RANGERS_MEMORY,
) = _places(
    "rangers",
    "teams",
    "persons",
    "km",
    "find",
    "meet",
    "arrest",
    "quality",
    "corruption",
    "memory",
)

SCALARS: tuple[str, ...] = tuple(_paths)
"""Scalar parameters by dotted path; the index in this tuple is the index in the table."""
