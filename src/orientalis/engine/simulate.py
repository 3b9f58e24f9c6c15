"""The loop over ticks: a batch of replicates from inputs to records."""

from dataclasses import replace

import numpy as np

from orientalis.engine.food import own_land
from orientalis.engine.food_web import empty_food_state, first_prey, first_tigers
from orientalis.engine.founder_genes import give_founders_genes
from orientalis.engine.genes import empty_genes, empty_origin
from orientalis.engine.ground import empty_tinder
from orientalis.engine.life_cycle import LIFE_CYCLE
from orientalis.engine.parameters import fixed_rates
from orientalis.engine.people import empty_poachers
from orientalis.engine.process import Process
from orientalis.engine.processes.census import CENSUS
from orientalis.engine.processes.environment import ENVIRONMENT
from orientalis.engine.processes.fire import burn_past
from orientalis.engine.processes.habitat import HABITAT
from orientalis.engine.processes.territory import APRIL
from orientalis.engine.record import BINS, Recorder, Records
from orientalis.engine.scalars import MONTHS
from orientalis.engine.start import settle
from orientalis.engine.state import Clock, empty_animals, empty_ranges, empty_scratch, empty_slots
from orientalis.engine.surroundings import Fields, empty_strain, first_cover
from orientalis.engine.today import settle_people
from orientalis.engine.world import Inputs, World, empty_events, empty_tally

DECEMBER = 11
"""Month of the last tick of a year, January being 0."""


def simulate(inputs: Inputs, life_cycle: tuple[Process, ...] = LIFE_CYCLE) -> Records:
    """Run all years of a batch of replicates and return what was recorded.

    Results of a replicate depend on its keys alone, never on the batch, on slots or on other replicates.
    """
    world = begin(inputs)
    recorder = Recorder()
    CENSUS.step(world)
    if HABITAT.is_on(world):
        HABITAT.step(world)
    recorder.keep_year(world, 0)
    for year in range(inputs.settings.years):
        run_year(world, year, life_cycle)
        recorder.keep_year(world, year + 1)
    return recorder.finish(world)


def begin(inputs: Inputs) -> World:
    """A world before its first tick: founders placed and settled, rates of year 0 drawn."""
    world = empty_world(inputs)
    ENVIRONMENT.step(world)
    burn_past(world)
    settle(world)
    if inputs.settings.has_genetics:
        give_founders_genes(world)
    return world


def empty_world(inputs: Inputs) -> World:
    """A world without animals; ranges are given back, rates are those of the catalogue."""
    settings = inputs.settings
    slots = settings.slots
    largest = settings.largest_range
    land = own_land(inputs)
    land.claims[:] = 0
    world = World(
        inputs=inputs,
        animals=empty_animals(settings.replicates, slots),
        slots=empty_slots(settings.replicates, slots),
        land=land,
        cover=first_cover(inputs.ground.plants, settings.replicates),
        tinder=empty_tinder(len(inputs.ground.plants), settings.zones),
        push=np.zeros((settings.replicates, 0)),
        fields=_empty_fields(inputs),
        strain=empty_strain(settings.replicates, slots if settings.has_strain else 0),
        genes=empty_genes(settings.replicates, slots if settings.has_genetics else 0),
        origin=empty_origin(
            settings.replicates, inputs.values, inputs.layout.classes, inputs.founders.animals, settings.has_genetics
        ),
        poachers=empty_poachers(inputs.villages, settings.replicates, inputs.values.shape[0], settings.zones),
        ranges=empty_ranges(settings.replicates, slots if settings.is_spatial else 0, largest),
        food_state=empty_food_state(inputs),
        rates=fixed_rates(inputs.values, inputs.layout, settings.months_a_tick, settings.replicates),
        tally=empty_tally(settings),
        distances=np.zeros((2, BINS), np.int64),
        events=empty_events(settings.replicates, slots, settings.records_events),
        scratch=empty_scratch(len(inputs.land.kind), largest, slots),
        clock=Clock(0, 0, 0, settings.months_a_tick),
    )
    if settings.has_poaching:
        settle_people(world)
    return world


def _empty_fields(inputs: Inputs) -> Fields:
    """What threats leave for one another, before any has: of length 0 for those that are off."""
    settings, blocks = inputs.settings, len(inputs.blocks.size)
    nothing = np.zeros((settings.replicates, 0))
    fields = Fields(first_prey(inputs), first_tigers(inputs), hunting=nothing, patrol=nothing)
    if settings.has_poaching:
        fields = fields._replace(hunting=np.ones((settings.replicates, blocks)))
    if settings.has_rangers:
        fields = fields._replace(patrol=np.zeros((settings.replicates, blocks)))
    return fields


def compile_kernels(inputs: Inputs, is_backwards: bool = False) -> None:
    """Compile, or load from the cache, every kernel that a study needs, in a world without animals.

    Two processes with a cold cache that go through the kernels from both ends share the work: each finds in the cache
    what the other has compiled by then.
    """
    small = replace(
        inputs,
        settings=replace(inputs.settings, replicates=1, slots=8),
        founders=inputs.founders._replace(animals=0),
        land=inputs.land._replace(claims=inputs.land.claims[:1].copy()),
    )
    world = empty_world(small)
    starts = [burn_past, settle, give_founders_genes] if inputs.settings.has_genetics else [burn_past, settle]
    steps = [*starts, *(process.step for process in LIFE_CYCLE if process.is_on(world))]
    for step in reversed(steps) if is_backwards else steps:
        for month in (APRIL, DECEMBER):  # in one of them every process has something to do
            world.clock = Clock(month, 0, month, inputs.settings.months_a_tick)
            step(world)


def run_year(world: World, year: int, life_cycle: tuple[Process, ...] = LIFE_CYCLE) -> None:
    """All ticks of one year."""
    months = world.settings.months_a_tick
    ticks = MONTHS // months
    active = [process for process in life_cycle if process.is_on(world)]
    for part in range(ticks):
        world.clock = Clock(year * ticks + part, year, part * months, months)
        for process in active:
            if process.cadence == "year_start" and part > 0:
                continue
            if process.cadence == "year_end" and part < ticks - 1:
                continue
            process.step(world)
