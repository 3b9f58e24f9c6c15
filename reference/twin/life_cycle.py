"""The order of life, and the loop over replicates, years and ticks."""

from collections.abc import Callable

from orientalis.engine.record import Records
from orientalis.engine.world import Inputs
from reference.twin import dens, dying, food_web, heredity, living, moving, people, sickness, woods
from reference.twin.good_and_bad_years import environment
from reference.twin.rates import MONTHS
from reference.twin.records import Book
from reference.twin.start import start
from reference.twin.world import World

Process = Callable[[World], None]


def simulate(inputs: Inputs) -> Records:
    """Run every replicate of a batch, one after the other, and return what the engine would."""
    book = Book(inputs)
    for index in range(inputs.settings.replicates):
        world = World(inputs, index)
        environment(world)
        if inputs.settings.has_forest:
            woods.begin(world)
        food_web.begin(world)
        start(world)
        if inputs.settings.has_genetics:
            heredity.found(world)
        living.census(world)
        if inputs.settings.has_forest:
            woods.habitat(world)
        book.keep_year(world, 0)
        for year in range(inputs.settings.years):
            _live_a_year(world, year)
            book.keep_year(world, year + 1)
        book.keep_end(world)
    return book.records()


def _live_a_year(world: World, year: int) -> None:
    ticks = MONTHS // world.months
    for part in range(ticks):
        world.tick, world.year, world.month = year * ticks + part, year, part * world.months
        for process in _order(world, is_first=part == 0, is_last=part == ticks - 1):
            process(world)


def _order(world: World, is_first: bool, is_last: bool) -> list[Process]:
    """The processes of a tick, in their order."""
    settings = world.inputs.settings
    order: list[tuple[Process, bool]] = [
        (environment, is_first),
        (woods.forest, settings.has_forest and is_first),
        (woods.habitat, settings.has_forest and is_first),
        (woods.fire, settings.has_fire),
        (food_web.tigers, settings.has_tigers and is_first),
        (food_web.ungulates, settings.has_ungulates),
        (people.rangers, settings.has_rangers),
        (people.poaching, settings.has_poaching),
        (dying.killing, settings.has_killing),
        (food_web.tiger_attacks, settings.has_tigers),
        (sickness.distemper, settings.has_distemper),
        (dens.dens, settings.has_dens),
        (moving.territory, settings.is_spatial),
        (moving.dispersal, settings.is_spatial),
        (dying.infanticide, settings.has_infanticide and settings.is_spatial),
        (living.mating, True),
        (heredity.conception, settings.has_genetics),
        (living.birth, True),
        (heredity.inheritance, settings.has_genetics),
        (dying.catastrophe, settings.has_catastrophes),
        (food_web.hunger, settings.has_ungulates),
        (dying.survival, True),
        (dying.ceiling, settings.ceiling > 0 and is_last),
        (dying.bury, True),
        (living.ageing, True),
        (living.census, is_last),
    ]
    return [process for process, is_on in order if is_on]
