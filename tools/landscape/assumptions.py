"""All numbers of the landscape that rest on judgement, in one place; they are copied into the manifest.

Sources are named beside each. "[J]" marks judgement: a plausible value that no readable source gives. Of published
habitat models (Hebblewhite et al. 2011; Jiang et al. 2015) the signs could be read, not the coefficients.
"""

from typing import Final

# --- Forest from the luma of NASA's Blue Marble -----------------------------------------------------------------------
FOREST_LUMA: Final = 47.0
"""Luma (0-255) at which land is as likely forest as field; 18 of 20 held-out points right."""
FOREST_LUMA_WIDTH: Final = 3.0
"""Luma over which the forest index goes from 0.73 to 0.27 [J]."""

# --- Ruggedness from a shaded relief ----------------------------------------------------------------------------------
RUGGEDNESS_SPREAD: Final = (0.7, 25.0)
"""Local spread of brightness (0-255) that counts as level and as roughest: 2nd and 98th percentile of the window."""

# --- Snow: degree-day model -------------------------------------------------------------------------------------------
SNOW_ALL_BELOW: Final = -1.0
SNOW_NONE_ABOVE: Final = 3.0
"""Monthly mean temperatures (deg C) between which the share of snow falls from 1 to 0 [J]."""
MELT_PER_DEGREE_DAY: Final = 2.5
"""Melt, mm of water per degree-day above 0 deg C [J]."""
DAILY_SPREAD: Final = 2.0
"""Spread of daily about monthly temperature that melts snow, deg C; set so that south-west Primorye gets the published
70-100 mm [J]."""
LAPSE_PER_KM: Final = 5.0
"""Fall of temperature with height, deg C per km (winter inversions make it smaller than 6.5) [J]."""

# --- People -----------------------------------------------------------------------------------------------------------
PEOPLE_RADIUS_BASE_KM: Final = 2.0
PEOPLE_RADIUS_PER_TENFOLD_KM: Final = 2.0
PEOPLE_SMALLEST: Final = 50
"""A settlement of 50 people or fewer (or of unknown population) reaches 2 km, each tenfold of people 2 km more [J]."""
ROAD_WEIGHT: Final = {1: 0.35, 2: 0.7}
ROAD_RADIUS_KM: Final = {1: 1.5, 2: 2.5}
"""People index on a minor (1) and a main (2) synthetic road, and the distance at which it falls to 1/e [J]."""
TOWN: Final = 10_000
"""Main roads link settlements of this many people or more [J]."""
CROSSINGS: Final = (("Suifenhe", "Pogranichnyy"), ("Hunchun", "Kraskino"), ("Tumen", "Namyang"))
"""Settlements linked across a border; no other synthetic road crosses one [J]."""

# --- Habitat: logistic score ------------------------------------------------------------------------------------------
HABITAT: Final = {
    "intercept": -1.0,
    "forest": 4.0,  # + forest (index 0..1); published for Korean pine forest
    "ruggedness": 1.0,  # + broken ground (index 0..1): fields take the plains, forest keeps the slopes
    "elevation": -5.0,  # - per km above ELEVATION_FREE_M; sign published: low ground is selected
    "people": -4.0,  # - people index (0..1); sign published: distance from people is selected
    "snow": -6.0,  # - per 100 mm of water beyond SNOW_FREE_MM
}
"""Coefficients of the logit of suitability [J]; set together with the threshold so that potential habitat has the areas
published before 2017 in each part. No count of leopards was looked at."""
ELEVATION_FREE_M: Final = 300.0
SNOW_FREE_MM: Final = 90.0
HABITAT_THRESHOLD: Final = 0.5
"""Cells at or above it are potential habitat."""
PATCH_KM2: Final = 500.0
"""Published areas count patches of this size or more."""

# --- Prey -------------------------------------------------------------------------------------------------------------
PREY: Final = {
    # species: (animals per km2 of hunting ground, animals per km2 in a reserve, kg per animal over all ages)
    "sika": (1.9, 3.0, 60.0),
    "roe": (0.39, 0.39, 30.0),
    "red_deer": (0.185, 0.185, 130.0),
    "boar": (0.44, 0.44, 60.0),
}
"""Densities: Ussuri reserve and hunting grounds (Petrov et al. 2024); boar = 300/1,300 of sika, the ratio seen in the
aerial count of December 2019. Masses [J]. The reference state of 1.0 is forest with little snow and no people."""
PREY_OPEN_SHARE: Final = 0.25
"""Prey on open land as a share of that in forest [J]."""
PREY_SNOW_HALF_MM: Final = 250.0
"""Snow (mm of water) at which prey is halved [J]: 1 / (1 + (snow / half)^2)."""
PREY_CHINA: Final = 0.63
"""Prey in China as a share of that in like cover in Russia [J]: the ratio of the leopards' densities of 2012-15, 0.62
per 100 km2 in Jilin (Qi et al. 2015) and 0.98 in the park in Russia (Vitkalova and Shevtsova 2016), taken for prey."""
PREY_PEOPLE_LOSS: Final = 0.8
"""Share of prey missing where the people index is 1 [J]."""

# --- Schematic protected areas: published area, published or recalled centre ------------------------------------------
RESERVES: Final = {
    # zone: (country, area km2, latitude, longitude, title, since)
    "land_of_the_leopard": ("russia", 2620.0, 43.1865, 131.4821, "Land of the Leopard National Park", 2012),
    "kedrovaya_pad": ("russia", 179.0, 43.1, 131.5, "Kedrovaya Pad Nature Reserve", 1916),
    "hunchun": ("china", 1087.0, 42.8, 130.8, "Hunchun National Nature Reserve", 2001),
    "northeast_china_park": ("china", 14100.0, 43.3, 130.4, "Northeast China Tiger and Leopard National Park", 2021),
}
SURVEYS: Final = {"survey_3600": 3600.0, "survey_5710": 5710.0}
RANGE_TODAY_KM2: Final = 9850.0
"""Middle of the published 9,000 km2 (2022) and 10,709 km2 (2015)."""
RANGE_CENTRE: Final = (43.1865, 131.4821)
CORRIDOR: Final = (
    (42.80, 131.85),  # Amur Bay
    (43.20, 131.82),
    (43.33, 131.80),  # mouth of the Razdolnaya
    (43.54, 131.90),  # Razdolnoye
    (43.80, 131.96),  # Ussuriysk
    (44.25, 132.00),
    (44.55, 132.05),  # Lake Khanka
    (45.00, 132.35),
    (46.50, 132.35),
)
"""Latitude, longitude of the line Vladivostok-Ussuriysk-Khanka; Russian land east of it is `east_of_razdolnaya`."""
