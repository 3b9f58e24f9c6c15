"""Small worlds in which everything happens, for the comparison of the engine with its twin."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from orientalis.catalogue import threat_names
from orientalis.engine.world import Inputs
from orientalis.geography import Landscape, synthetic
from orientalis.scenario import compile_batch, load_study, resolve

LEOPARD = "panthera_pardus_orientalis"

CHANGES = """
[[scenario.change]]
parameter = "killing.adult"
multiply = 3.0
years = [2, 5]
zone = "west"
[[scenario.change]]
parameter = "dispersal.hazard"
add = 0.1
years = [3, 6]
[[scenario.change]]
parameter = "survival.adult.male"
set = 0.75
years = [4, 4]
zone = "east"
[[scenario.change]]
parameter = "prey.crop_share"
multiply = 0.07
years = [6, 7]
zone = "east"
[[scenario.change]]
parameter = "variation.adult_survival"
multiply = 2.0
years = [1, 9]
"""

PARAMETERS = """
[parameters]
"catastrophe.per_generation" = 0.35
"dispersal.patience" = 4.0
"infanticide.second_year" = 0.5
"territory.contest_death" = 0.5
"life_history.longevity" = 110.0
"life_history.last_breeding" = 96.0
"life_history.first_breeding_male" = 30.0
"killing.cub" = 0.05
"mating.roaming_distance" = 12.0
"dispersal.hazard" = 0.3
"territory.female_need" = 900.0
"""


# Rates of the threats that make much happen in few years; they stand below [parameters].
THREATENED = """
"distemper.force" = 0.06
"distemper.waning" = 0.3
"distemper.dogs_vaccinated" = 0.3
"distemper.vaccinated" = 2.0
"distemper.immune_at_start" = 0.4
"dens.until" = 4.5
"dens.predators" = 0.4
"dens.disturbance" = 0.4
"dens.dogs_controlled" = 0.2
"dens.closed" = 0.1
"dens.road" = 2.0
"genetics.lethal_equivalents" = 20.0
"genetics.lethal_share" = 0.3
"genetics.burn_in_size" = 4.0
"fire.ignitions" = 0.2
"fire.crews" = 0.1
"fire.firebreaks" = 0.1
"fire.permits" = 0.2
"forest.grass_years" = 10.0
"forest.young_oak_years" = 5.0
"forest.oak_years" = 10.0
"forest.rest" = 1.0
"forest.loss" = 0.5
"forest.logging" = 0.1
"ungulates.winter_sika" = 0.3
"ungulates.swine_fever" = 0.4
"ungulates.hunger_adults" = 40.0
"ungulates.hunger_cubs" = 40.0
"ungulates.prey_per_leopard" = 4000.0
"tigers.prey_per_adult" = 6000.0
"tigers.poaching" = 0.15
"tigers.leopard_hazard" = 0.02
"killing.subadult" = 0.3
"killing.juvenile" = 0.2
"rangers.km" = 150.0
"rangers.teams" = 3.0
"rangers.find" = 0.003
"rangers.memory" = 2.0
"poaching.households" = 3000.0
"poaching.trade_share" = 0.3
"""

THREATENED_CHANGES = """
[[scenario.change]]
parameter = "rangers.teams"
add = 4.0
years = [3, 5]
[[scenario.change]]
parameter = "poaching.skin_price"
multiply = 6.0
years = [2, 6]
zone = "east"
[[scenario.change]]
parameter = "poaching.roads_open"
set = 0.4
years = [4, 7]
zone = "west"
[[scenario.change]]
parameter = "poaching.compensation"
set = 1.0
years = [1, 3]
"""


def study_text(body: str, landscape: str, years: int, tick: str, seed: int, events: bool) -> str:
    """The text of a study of the leopard; `body` follows its tables and ends with those of the scenario."""
    return f"""
title = "Twin"
species = "{LEOPARD}"
landscape = "{landscape}"
[run]
replicates = 4
years = {years}
tick = "{tick}"
seed = {seed}
batch = 4
[record]
events = {str(events).lower()}
{body}
"""


def inputs_of(
    folder: Path, text: str, *, landscape: Landscape | None = None, first: int = 0, count: int = 4, index: int = 0
) -> Inputs:
    """Inputs of a batch of the study's scenario at `index` (runs over draws follow the scenarios)."""
    file = folder / "study.toml"
    file.write_text(text, encoding="utf-8")
    return compile_batch(resolve(load_study(file), landscape=landscape)[index], first, count)


def patchy_map() -> Landscape:
    """14 x 16 cells: sea on three sides, an open edge in the west, a lake, a road, two zones that overlap."""
    y, x = np.mgrid[0:14, 0:16]
    is_lake = (y > 5) & (y < 9) & (x > 6) & (x < 9)
    is_sea = ((y == 0) & (x > 4)) | (y == 13) | (x == 15)
    land = ~(is_lake | is_sea)
    habitat = 0.35 + 0.65 * ((3 * x + 5 * y) % 7) / 6.0
    prey = 80.0 + 100.0 * ((2 * x + y) % 5)
    people = np.where(x == 11, 1.0, 0.1 * ((x + y) % 4))
    roads = np.where(x == 11, 2, y % 5 == 2)
    zones = {"west": x < 9, "east": x >= 7}
    return synthetic(
        (14, 16),
        habitat=habitat,
        prey=prey,
        people=people,
        roads=roads,
        land=land.astype(int),
        is_open=True,
        zones=zones,
    )


def benchmark(folder: Path) -> Inputs:
    """The common workload, smaller: yearly steps, no map, a ceiling, uniform variation."""
    text = """
title = "W1, small"
species = "benchmark_population"
landscape = "none"
[run]
replicates = 5
years = 30
tick = "year"
seed = 11
[start]
animals = 80
ages = "uniform"
youngest = 1
oldest = 8
[ceiling]
capacity = 90
[[scenario]]
name = "status_quo"
"""
    return inputs_of(folder, text, count=5)


def monthly_without_map(folder: Path) -> Inputs:
    """Leopards by months without a map: ceiling, killing, catastrophes, changes by year."""
    body = PARAMETERS + '[start]\nanimals = 60\n[ceiling]\ncapacity = 62\n[[scenario]]\nname = "a"\n'
    changes = CHANGES.replace('zone = "west"\n', "").replace('zone = "east"\n', "")
    text = study_text(body + changes, "none", 12, "month", 3, events=True)
    return inputs_of(folder, text, first=7)


def monthly_on_a_map(folder: Path, seed: int = 47) -> Inputs:
    """Everything at once: a dense map with an open edge, changes by zone and year, events, maps."""
    body = "map_years = [0, 3, 10]\n" + PARAMETERS + '[start]\nanimals = 26\n[[scenario]]\nname = "a"\n' + CHANGES
    return inputs_of(folder, study_text(body, "made", 10, "month", seed, events=True), landscape=patchy_map(), count=6)


def drawn_on_a_map(folder: Path) -> Inputs:
    """Parameters drawn anew for every replicate."""
    body = '[draws]\nnumber = 8\nreplicates_each = 1\n[start]\nanimals = 26\n[[scenario]]\nname = "a"\n' + CHANGES
    text = study_text(body, "made", 8, "month", 9, events=False)
    return inputs_of(folder, text, landscape=patchy_map(), first=3, index=1)


def yearly_on_a_map(folder: Path) -> Inputs:
    """A yearly tick on the map."""
    body = "map_years = [0, 12]\n" + PARAMETERS + '[start]\nanimals = 26\n[[scenario]]\nname = "a"\n' + CHANGES
    return inputs_of(folder, study_text(body, "made", 12, "year", 6, events=True), landscape=patchy_map())


def crowded(folder: Path) -> Inputs:
    """The monthly map with a table of slots that must grow."""
    inputs = monthly_on_a_map(folder, seed=21)
    return replace(inputs, settings=replace(inputs.settings, slots=inputs.founders.animals * 2))


def threatened_on_a_map(folder: Path) -> Inputs:
    """The dense map with every threat on."""
    threats = "[threats]\n" + "".join(f"{name} = true\n" for name in threat_names())
    body = threats + PARAMETERS + THREATENED + '[start]\nanimals = 26\n[[scenario]]\nname = "a"\n' + CHANGES
    body += THREATENED_CHANGES
    return inputs_of(folder, study_text(body, "made", 8, "month", 5, events=True), landscape=patchy_map())


def inbred_without_map(folder: Path) -> Inputs:
    """Genetics without a map: related founders, lethals, changes by year, parameters drawn."""
    body = PARAMETERS + '"genetics.lethal_share" = 0.4\n"genetics.absolute" = 1.0\n[threats]\ngenetics = true\n'
    body += "[draws]\nnumber = 3\nreplicates_each = 2\n[start]\nanimals = 24\n[ceiling]\ncapacity = 30\n"
    body += '[[scenario]]\nname = "a"\n[[scenario.change]]\nparameter = "genetics.lethal_equivalents"\nmultiply = 1.5\n'
    return inputs_of(folder, study_text(body, "none", 15, "month", 13, events=True), index=1)


def inbred_by_years(folder: Path) -> Inputs:
    """Genetics with yearly ticks, births in the tick of conception, unrelated founders, a table that must grow."""
    text = """
title = "Inbred, by years"
species = "benchmark_population"
landscape = "none"
[run]
replicates = 4
years = 25
tick = "year"
seed = 12
[threats]
genetics = true
[parameters]
"genetics.burn_in_generations" = 0.0
[start]
animals = 12
ages = "uniform"
youngest = 0
oldest = 8
[[scenario]]
name = "status_quo"
"""
    inputs = inputs_of(folder, text)
    return replace(inputs, settings=replace(inputs.settings, slots=16))


def threatened_by_years(folder: Path) -> Inputs:
    """Every threat on in a yearly tick, with parameters drawn for every replicate."""
    threats = "[threats]\n" + "".join(f"{name} = true\n" for name in threat_names())
    draws = "[draws]\nnumber = 3\nreplicates_each = 1\n"
    body = threats + draws + "[parameters]" + THREATENED + '[start]\nanimals = 26\n[[scenario]]\nname = "a"\n' + CHANGES
    text = study_text(body, "made", 8, "year", 8, events=False)
    return inputs_of(folder, text, landscape=patchy_map(), count=3, index=1)


def widening_ranges(folder: Path) -> Inputs:
    """Ranges that may be largest in a year in which no change begins, only one ends."""
    changes = """
[parameters]
"territory.male_area" = 40.0
"territory.largest_area" = 40.0
"territory.female_need" = 500.0
"prey.crop_share" = 0.03
[start]
animals = 26
[[scenario]]
name = "a"
[[scenario.change]]
parameter = "territory.largest_area"
multiply = 4.0
[[scenario.change]]
parameter = "territory.largest_area"
multiply = 0.25
years = [0, 1]
"""
    return inputs_of(folder, study_text(changes, "made", 6, "month", 4, events=True), landscape=patchy_map())
