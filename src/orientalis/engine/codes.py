"""Append-only codes shared by kernels, tallies and files: a number once given is never given another meaning."""

from enum import IntEnum


class Species(IntEnum):
    """Who an event concerns."""

    FOCAL = 0


class Sex(IntEnum):
    """Sex of an animal."""

    FEMALE = 0
    MALE = 1


class Stage(IntEnum):
    """Stage of life: under 12 months; with its mother; on its own but too young to breed; of breeding age."""

    CUB = 0
    JUVENILE = 1
    SUBADULT = 2
    ADULT = 3


class Life(IntEnum):
    """State of a slot."""

    FREE = 0
    LIVING = 1
    DIED = 2  # died in this tick; `bury` frees the slot


class Status(IntEnum):
    """Where an animal stands on the map."""

    DEPENDENT = 0
    DISPERSER = 1
    RESIDENT = 2


class Cause(IntEnum):
    """Cause of death or loss."""

    NONE = 0
    NATURAL = 1
    INFANTICIDE = 2
    ORPHANED = 3
    PEOPLE = 4
    CATASTROPHE = 5
    DISPERSAL = 6
    CONTEST = 7
    OLD_AGE = 8
    CEILING = 9
    EMIGRATED = 10
    DISTEMPER = 11
    STARVED = 12
    INBREEDING = 13
    TRADE = 14
    CHANCE = 15
    SNARE = 16
    RETALIATION = 17
    ACCIDENT = 18


class Stream(IntEnum):
    """Streams of random numbers; each process that draws has its own."""

    START = 1
    ENVIRONMENT = 2
    SURVIVAL = 3
    KILLING = 4
    CATASTROPHE = 5
    MATING = 6
    BIRTH = 7
    LIFETIME = 8
    DISPERSAL = 9
    DISPERSAL_DEATH = 10
    CONTEST = 11
    INFANTICIDE = 12
    CEILING = 13
    SENIORITY = 14
    DISTEMPER = 15
    POACHING = 16
    RANGERS = 17


class Domain(IntEnum):
    """Top byte of the address of things that are not animals."""

    YEAR = 1
    TEAM = 2


class Event(IntEnum):
    """Kinds of recorded events."""

    BIRTH = 0
    DEATH = 1
    SETTLEMENT = 2


class Cell(IntEnum):
    """What an animal may do with a cell of the grid."""

    BARRIER = 0  # water or unknown land: reflects
    LAND = 1
    BEYOND = 2  # real habitat beyond the edge: takes emigrants


CLASSES: tuple[str, ...] = tuple(f"{stage.name.lower()}_{sex.name.lower()}" for stage in Stage for sex in Sex)
"""Names of the classes of the census, index = 2 * stage + sex."""

NUMBER = 0
BIRTHS = len(CLASSES)
LITTERS = BIRTHS + 2
READY = LITTERS + 1
UNMATED = READY + 1
RESIDENTS = UNMATED + 1
DISPERSERS = RESIDENTS + 2
SETTLED = DISPERSERS + 1
TAKEOVERS = SETTLED + 2
INFECTED = TAKEOVERS + 1
VACCINATED = INFECTED + 1
POACHING_DAYS = VACCINATED + 1
SNARES_SET = POACHING_DAYS + 1
SNARES_FOUND = SNARES_SET + 1
PATROL_KM = SNARES_FOUND + 1
PEOPLE_MET = PATROL_KM + 1
ARRESTS = PEOPLE_MET + 1
FOUND = ARRESTS + 1
DEATHS = FOUND + 1

ITEMS: tuple[str, ...] = (
    *(f"number.{name}" for name in CLASSES),
    "births.female",
    "births.male",
    "litters",
    "ready",
    "unmated",
    "residents.female",
    "residents.male",
    "dispersers",
    "settled.female",
    "settled.male",
    "takeovers",
    "infected",
    "vaccinated",
    "poaching.days",
    "snares.set",
    "snares.found",
    "patrol.km",
    "people.met",
    "arrests",
    "found",
    *(f"deaths.{name}.{cause.name.lower()}" for name in CLASSES for cause in Cause),
)
"""Names of the columns of the yearly tallies, in the order of their index.

ready: times that a ready female came into oestrus; unmated: those of them in which no male found her; settled: ranges
taken up by dispersers; takeovers: contests won, whether or not the winner could settle then; infected, vaccinated:
animals that met distemper, that were vaccinated against it; poaching.days: hunter-days; snares.set, snares.found: by
patrols; patrol.km: walked; people.met: hunters by patrols, and arrests of them; found: animals killed by people whose
death became known.
"""
