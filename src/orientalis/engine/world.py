"""The inputs of a batch and the world that its processes share."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from orientalis.engine import codes
from orientalis.engine.food import fill_food
from orientalis.engine.food_web import FoodState, FoodWeb, no_food_web
from orientalis.engine.genes import Genes, Origin
from orientalis.engine.ground import Ground, Tinder, no_ground
from orientalis.engine.parameters import Layout, Rates, Schedule, fixed_rates, refresh
from orientalis.engine.people import Poachers, Villages, no_villages
from orientalis.engine.state import (
    Animals,
    ClassTable,
    Clock,
    Events,
    Founders,
    Land,
    Ranges,
    Scratch,
    Slots,
    empty_scratch,
    grown,
)
from orientalis.engine.surroundings import Blocks, Cover, Fields, Strain, empty_strain, no_blocks

Words = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Settings:
    """What a study fixes once: sizes, switches and what is recorded."""

    first_replicate: int
    replicates: int
    years: int
    months_a_tick: int
    slots: int
    zones: int
    is_spatial: bool
    is_single_sex: bool = False
    is_newborn_safe: bool = False
    has_uniform_variation: bool = False
    ceiling: int = 0
    largest_range: int = 0
    has_killing: bool = False
    has_infanticide: bool = False
    has_catastrophes: bool = False
    has_distemper: bool = False
    has_dens: bool = False
    has_strain: bool = False
    has_genetics: bool = False
    has_forest: bool = False
    has_fire: bool = False
    has_ungulates: bool = False
    has_tigers: bool = False
    has_poaching: bool = False
    has_rangers: bool = False
    map_years: tuple[int, ...] = ()
    records_events: bool = False
    settling_rounds: int = 60


@dataclass(frozen=True)
class Inputs:
    """All the engine sees: it knows no file and no species.

    keys [replicate, 2]: key_environment, key_chance; values [replicate or 1, zone, parameter]; zone_names [named] and
    zone_members [named, zone]: which zones of the tallies make up the zones that have a name. people_mean: index of
    people where animals may start, 0 without people or map. blocks: of the map, none without one; ground: what
    forest and fire find, none where they are off; food_web: prey and tigers at the reference state, of no blocks
    where they are no populations of their own; villages: where people poach, none otherwise.
    """

    settings: Settings
    layout: Layout
    classes: ClassTable
    keys: Words
    values: npt.NDArray[np.float64]
    schedule: Schedule
    founders: Founders
    land: Land
    zone_names: tuple[str, ...]
    zone_members: npt.NDArray[np.bool_]
    people_mean: float = 0.0
    blocks: Blocks = field(default_factory=no_blocks)
    ground: Ground = field(default_factory=no_ground)
    food_web: FoodWeb = field(default_factory=no_food_web)
    villages: Villages = field(default_factory=no_villages)


EVENT_COLUMNS = ("replicate", "tick", "kind", "sex", "age", "cell", "cause")


@dataclass
class World:
    """The shared state of a batch: processes meet here and nowhere else.

    push [replicate, block or none]: what moves the logit of habitat besides cover, by block, 0 at the start.
    """

    inputs: Inputs
    animals: Animals
    slots: Slots
    ranges: Ranges
    land: Land
    cover: Cover
    tinder: Tinder
    push: npt.NDArray[np.float64]
    fields: Fields
    strain: Strain
    genes: Genes
    origin: Origin
    food_state: FoodState
    poachers: Poachers
    rates: Rates
    tally: npt.NDArray[np.int32]
    distances: npt.NDArray[np.int64]
    events: Events
    scratch: Scratch
    clock: Clock
    event_pages: list[tuple[npt.NDArray[np.int64], Words]] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        """The study's settings."""
        return self.inputs.settings

    def renew_rates(self, year: int) -> None:
        """Apply the schedule of `year` to the parameters, if anything changes then."""
        schedule = self.inputs.schedule
        if year == 0 or schedule.applies_anew(year):
            table = refresh(self.inputs.values, schedule, year)
            settings = self.settings
            self.rates = fixed_rates(table, self.inputs.layout, settings.months_a_tick, settings.replicates)
            if year == 0 or not settings.has_ungulates:  # else prey feeds the cells, each quarter
                fill_food(self.land, table)

    def grow(self) -> None:
        """Make room for half as many animals again; nobody changes slot."""
        slots = self.animals.life.shape[1] * 3 // 2 + 8
        self.animals = Animals(*(grown(array, slots) for array in self.animals))  # type: ignore[arg-type]
        self.ranges = Ranges(*(grown(array, slots) for array in self.ranges))  # type: ignore[arg-type]
        self.slots = self.slots._replace(free=grown(self.slots.free, slots))  # type: ignore[arg-type]
        if self.strain.hunger.shape[1] > 0:
            before, self.strain = self.strain, empty_strain(self.settings.replicates, slots)
            for old, new in zip(before, self.strain, strict=True):
                new[:, : old.shape[1]] = old
        self.genes = Genes(*(grown(array, slots) for array in self.genes))  # type: ignore[arg-type]
        self.scratch = empty_scratch(len(self.land.kind), self.settings.largest_range, slots)
        self.events = empty_events(self.settings.replicates, slots, self.settings.records_events)

    def turn_page(self, at_least: int = 1) -> None:
        """Move the buffered events to their pages once `at_least` have gathered."""
        used = int(self.events.used[0])
        if used >= at_least:
            self.event_pages.append((self.events.table[:used].copy(), self.events.uid[:used].copy()))
            self.events.used[0] = 0


def empty_events(replicates: int, slots: int, is_recorded: bool) -> Events:
    """A buffer that holds all that can happen in one tick, three times over; of no length when nothing is recorded."""
    length = replicates * slots * 4 if is_recorded else 0
    return Events(np.zeros((length, len(EVENT_COLUMNS)), np.int64), np.zeros(length, np.uint64), np.zeros(1, np.int64))


def empty_tally(settings: Settings) -> npt.NDArray[np.int32]:
    """A year's counts [replicate, zone, item]."""
    return np.zeros((settings.replicates, settings.zones, len(codes.ITEMS)), np.int32)


def array_of(world: World, name: str) -> npt.NDArray[Any]:
    """The array that a process's declaration names, such as `animals.age` or `tally`."""
    value: Any = world
    for part in name.split("."):
        value = getattr(value, part)
    return value
