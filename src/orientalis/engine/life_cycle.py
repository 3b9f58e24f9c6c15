"""The model on one screen: the ordered tuple of processes that make a year."""

from orientalis.engine.process import Process
from orientalis.engine.processes.ageing import AGEING
from orientalis.engine.processes.birth import BIRTH
from orientalis.engine.processes.bury import BURY
from orientalis.engine.processes.catastrophe import CATASTROPHE
from orientalis.engine.processes.ceiling import CEILING
from orientalis.engine.processes.census import CENSUS
from orientalis.engine.processes.conception import CONCEPTION
from orientalis.engine.processes.dens import DENS
from orientalis.engine.processes.dispersal import DISPERSAL
from orientalis.engine.processes.distemper import DISTEMPER
from orientalis.engine.processes.environment import ENVIRONMENT
from orientalis.engine.processes.fire import FIRE
from orientalis.engine.processes.forest import FOREST
from orientalis.engine.processes.habitat import HABITAT
from orientalis.engine.processes.hunger import HUNGER
from orientalis.engine.processes.infanticide import INFANTICIDE
from orientalis.engine.processes.inheritance import INHERITANCE
from orientalis.engine.processes.killing import KILLING
from orientalis.engine.processes.mating import MATING
from orientalis.engine.processes.poaching import POACHING
from orientalis.engine.processes.rangers import RANGERS
from orientalis.engine.processes.survival import SURVIVAL
from orientalis.engine.processes.territory import TERRITORY
from orientalis.engine.processes.tigers import TIGER_ATTACKS, TIGERS
from orientalis.engine.processes.ungulates import UNGULATES

LIFE_CYCLE: tuple[Process, ...] = (
    ENVIRONMENT,
    FOREST,
    HABITAT,
    FIRE,
    TIGERS,
    UNGULATES,
    RANGERS,
    POACHING,
    KILLING,
    TIGER_ATTACKS,
    DISTEMPER,
    DENS,
    TERRITORY,
    DISPERSAL,
    INFANTICIDE,
    MATING,
    CONCEPTION,
    BIRTH,
    INHERITANCE,
    CATASTROPHE,
    HUNGER,
    SURVIVAL,
    CEILING,
    BURY,
    AGEING,
    CENSUS,
)
"""Order within a tick; processes of cadence year_start and year_end run in the first and last tick of a year."""
