"""The cases, one a file; `CASES` lists them in the order of the table."""

from orientalis.verify.cases.benchmark import W1, W2
from orientalis.verify.cases.birth_death import BIRTH_DEATH
from orientalis.verify.cases.distemper import LEOPARDS, TIGERS
from orientalis.verify.cases.effective_size import EFFECTIVE_SIZE
from orientalis.verify.cases.fire import FIRE
from orientalis.verify.cases.inbreeding import INBREEDING
from orientalis.verify.cases.inbreeding_and_extinction import V6
from orientalis.verify.cases.load_and_extinction import V9
from orientalis.verify.cases.poaching_threshold import POACHING_THRESHOLD
from orientalis.verify.cases.ranges_from_food import RANGES_FROM_FOOD
from orientalis.verify.cases.sabi_sand import ENGINE, LESLIE
from orientalis.verify.cases.sabi_sand_survival import SURVIVAL

CASES = (
    SURVIVAL,
    LESLIE,
    ENGINE,
    BIRTH_DEATH,
    INBREEDING,
    EFFECTIVE_SIZE,
    V6,
    TIGERS,
    LEOPARDS,
    V9,
    FIRE,
    RANGES_FROM_FOOD,
    POACHING_THRESHOLD,
    W1,
    W2,
)
