"""V4: survival of the leopards of Sabi Sand by Kaplan and Meier, with late entry (LEOPARD-MP; Balme et al. 2013).

The records of single animals have no licence that would let them be shipped. What stands here are counts made from
them: at each age (months) at which somebody died, how many were under observation and how many died.
"""

from orientalis.methods.kaplan_meier import product_limit
from orientalis.verify.row import Case, Row, exact

DEATHS: dict[str, tuple[tuple[int, int, int], ...]] = {
    "cub": (
        (1, 480, 87),
        (2, 393, 87),
        (3, 306, 43),
        (4, 263, 24),
        (5, 239, 26),
        (6, 213, 14),
        (7, 199, 10),
        (8, 189, 9),
        (9, 180, 10),
        (10, 170, 3),
        (11, 167, 3),
        (12, 164, 7),
    ),
    "juvenile": (
        (13, 157, 4),
        (14, 153, 3),
        (15, 150, 4),
        (16, 146, 3),
        (17, 143, 4),
        (18, 139, 7),
        (19, 132, 4),
        (20, 128, 1),
        (21, 127, 3),
        (22, 124, 5),
        (23, 119, 2),
        (24, 117, 4),
    ),
    "female_24": ((30, 52, 1), (32, 51, 1)),
    "female_36": ((38, 46, 1), (39, 44, 1), (40, 43, 1), (44, 41, 1), (48, 40, 1)),
    "female_48": ((58, 37, 1),),
    "female_60": ((66, 34, 1), (70, 30, 1)),
    "female_72": ((79, 26, 1), (82, 25, 1)),
    "male_24": ((34, 35, 2), (36, 31, 1)),
    "male_36": ((40, 28, 1),),
    "male_48": (),
    "male_60": (),
    "male_72": ((84, 10, 1),),
}
"""Age in months, animals at risk, deaths. Classes: first and second year (sexes together), then sex and first month."""

PUBLISHED = {
    "cub": 0.3271,
    "juvenile": 0.7197,
    "female_24": 0.9615,
    "female_36": 0.8882,
    "female_48": 0.973,
    "female_60": 0.9382,
    "female_72": 0.9231,
    "male_24": 0.9124,
    "male_36": 0.9643,
    "male_48": 1.0,
    "male_60": 1.0,
    "male_72": 0.9,
}
PUBLISHED_ERRORS = {"cub": 0.0214, "juvenile": 0.0358}
_ROUNDING = 5.1e-5


def run(quick: bool) -> list[Row]:
    """Survival of each class, and the standard errors that were published."""
    found = {name: product_limit([(at_risk, deaths) for _, at_risk, deaths in rows]) for name, rows in DEATHS.items()}
    rows = [exact(f"V4.survival.{name}", PUBLISHED[name], alive, _ROUNDING) for name, (alive, _) in found.items()]
    errors = PUBLISHED_ERRORS.items()
    return rows + [exact(f"V4.survival.{name}_error", error, found[name][1], _ROUNDING) for name, error in errors]


SURVIVAL = Case(
    (*(f"V4.survival.{name}" for name in DEATHS), *(f"V4.survival.{name}_error" for name in PUBLISHED_ERRORS)), run
)
