"""Append-only codes shared by kernels, tallies and files: a number once given is never given another meaning."""

from enum import IntEnum


class Species(IntEnum):
    """Who an event concerns."""

    FOCAL = 0


class Prey(IntEnum):
    """What leopards and tigers eat; small prey (hares, badgers, raccoon dogs, fowl) is one pool."""

    SIKA = 0
    ROE = 1
    BOAR = 2
    RED_DEER = 3
    SMALL = 4


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
    PREDATOR = 14
    DISTURBANCE = 15
    TIGER = 16
    TRADE = 17
    CHANCE = 18
    SNARE = 19
    RETALIATION = 20
    ACCIDENT = 21


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
    DENS = 16
    GENES = 17
    FIRE = 18
    FOREST = 19
    UNGULATES = 20
    TIGERS = 21
    POACHING = 22
    RANGERS = 23


class Domain(IntEnum):
    """Top byte of the address of things that are not animals."""

    YEAR = 1
    LOCUS = 2
    CELL = 3
    BLOCK = 4
    TEAM = 5


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


class Plants(IntEnum):
    """Class of cover of a cell of land, from what burns down to what nobody has burnt for long; water is a barrier."""

    FIELD = 0  # or a settlement: neither burns nor changes
    GRASS = 1  # or shrub
    YOUNG_OAK = 2
    OAK = 3  # mature oak and mixed deciduous
    CONIFER = 4  # Korean pine with broadleaf


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
GENE_DIVERSITY = VACCINATED + 1
GENES_INBRED = GENE_DIVERSITY + 1
GENE_ALLELES = GENES_INBRED + 1
LAND_BURNT = GENE_ALLELES + 1
LAND_PLANTS = LAND_BURNT + 1
LAND_HABITAT = LAND_PLANTS + len(Plants)
LAND_LOGGED = LAND_HABITAT + 1
PREY = LAND_LOGGED + 1
PREY_EATEN = PREY + len(Prey)
TIGER_ADULTS = PREY_EATEN + 1
POACHING_DAYS = TIGER_ADULTS + 1
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
    "genes.diversity",
    "genes.inbred",
    "genes.alleles",
    "land.burnt",
    *(f"land.{plants.name.lower()}" for plants in Plants),
    "land.habitat",
    "land.logged",
    *(f"prey.{prey.name.lower()}" for prey in Prey),
    "prey.eaten",
    "tigers.adults",
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
animals that met distemper, that were vaccinated against it. Of the census, in zone 0: genes.diversity: mean over loci
of 1 - sum p^2, parts per million; genes.inbred: loci identical by descent, summed over the living; genes.alleles:
founder alleles left, summed over loci. In cells: land.burnt: burnt in the year, once each; by class of cover and
land.habitat: as they stand in the year, the changes of its January included; land.logged: logged. prey: kg alive at
the end of the year, of the blocks of the zone; prey.eaten: kg that the animals ate there in the year; tigers.adults:
hundredths of an adult at its end. poaching.days: hunter-days; snares.set; snares.found: by patrols; patrol.km: walked;
people.met: hunters by patrols, and arrests of them; found: animals killed by people whose death became known.
"""
