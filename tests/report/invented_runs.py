"""Made-up runs with the shape of real ones: a small stage-structured population in numpy, not the engine."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

STAGES = ("cub", "juvenile", "subadult", "adult")
CAUSES = {
    "cub": ("natural", "infanticide", "orphaned"),
    "juvenile": ("natural", "people"),
    "subadult": ("natural", "people", "dispersal"),
    "adult": ("natural", "people", "old_age", "contest"),
}
THREATS = {"distemper": 0.3, "starved": 0.1, "trade": 0.1, "snare": 0.2, "tiger": 0.08, "inbreeding": 0.05}
"""Causes of the threats with the share that each takes of the deaths of animals of a year or more."""

ATOMS = 5
MEMBERS = {
    "russia": [0, 1, 2],
    "china": [3, 4],
    "survey_3600": [0],
    "survey_5710": [0, 1],
    "range_today": [0, 1, 3],
    "kedrovaya_pad": [2],
}


def tallies(
    replicates: int,
    years: int,
    *,
    start: int = 160,
    survival: float = 0.88,
    draws: int = 0,
    seed: int = 1,
    spatial: bool = True,
    threatened: bool = False,
    killed: float = 0.0,
) -> pd.DataFrame:
    """One scenario's tallies; `survival` is that of adults, spread between draws where there are some.

    threatened: all threats are on, so that the land, prey, tigers and so on are counted too. killed: share of the
    animals of a year or more that people kill besides.
    """
    world = np.random.default_rng(seed)
    effect = world.normal(0, 0.25, (years + 1, replicates))
    shift = (
        np.tile(np.linspace(-0.6, 0.4, draws), replicates // draws + 1)[:replicates] if draws else np.zeros(replicates)
    )
    random = np.random.default_rng(seed + 1)
    odds = {
        stage: np.log(s / (1 - s))
        for stage, s in zip(STAGES, (0.5, survival - 0.12, survival - 0.05, survival), strict=True)
    }
    counts = {
        (stage, sex): random.binomial(start, share / 2, replicates)
        for stage, share in zip(STAGES, (0.2, 0.12, 0.18, 0.5), strict=True)
        for sex in ("female", "male")
    }
    frames = []
    for year in range(years + 1):
        flows: dict[str, Any] = {}
        if year:
            chances = {stage: 1 / (1 + np.exp(-(odds[stage] + 0.5 * effect[year] + shift))) for stage in STAGES}
            counts, flows = _live_a_year(counts, chances, random, threatened, killed)
        row = {f"number.{stage}_{sex}": number for (stage, sex), number in counts.items()} | flows
        zones = _zones(row, year, replicates, random, spatial)
        if threatened:
            _surround(zones, year, sum(counts.values()), random)
        frames += zones
    return _as_recorded(pd.concat(frames, ignore_index=True))


def _live_a_year(
    counts: dict[tuple[str, str], Any],
    chances: dict[str, Any],
    random: np.random.Generator,
    threatened: bool,
    killed: float,
) -> tuple[dict[tuple[str, str], Any], dict[str, Any]]:
    """The counts of the next year, and what was counted on the way; chances of survival by stage."""
    flows: dict[str, Any] = {}
    next_counts = dict.fromkeys(counts, np.zeros(len(chances["cub"]), int))
    for (stage, sex), number in counts.items():
        hunted = random.binomial(number, killed if stage != "cub" else 0.0)
        alive = random.binomial(number - hunted, chances[stage])
        lost = random.multinomial(number - hunted - alive, np.full(len(CAUSES[stage]), 1 / len(CAUSES[stage])))
        for i, cause in enumerate(CAUSES[stage]):
            flows[f"deaths.{stage}_{sex}.{cause}"] = lost[:, i]
        for cause, share in THREATS.items() if threatened and stage != "cub" else ():
            taken = random.binomial(flows[f"deaths.{stage}_{sex}.natural"], share)
            flows[f"deaths.{stage}_{sex}.{cause}"] = taken
            flows[f"deaths.{stage}_{sex}.natural"] -= taken
        if killed and stage != "cub":
            flows[f"deaths.{stage}_{sex}.people"] += hunted
        later = STAGES[min(3, STAGES.index(stage) + 1)]
        next_counts[later, sex] = next_counts[later, sex] + alive
    females, males = next_counts["adult", "female"], next_counts["adult", "male"]
    ready = random.binomial(females, 0.6)
    alone = np.where(males == 0, ready, random.binomial(ready, np.exp(-males / 6)))
    crowd = np.exp(-sum(counts.values()) / 330)
    litters = random.binomial(ready - alone, np.clip(1.1 * crowd, 0, 1))
    born = random.binomial(litters * 2, 0.97)
    girls = random.binomial(born, 0.49)
    next_counts["cub", "female"], next_counts["cub", "male"] = girls, born - girls
    flows |= {
        "births.female": girls,
        "births.male": born - girls,
        "litters": litters,
        "ready": ready,
        "unmated": alone,
    }
    return next_counts, flows


def _surround(zones: list[pd.DataFrame], year: int, living: np.ndarray[Any, Any], random: np.random.Generator) -> None:
    """Add what the threats count to a year's rows, in each zone; genes in zone 0 alone."""
    n = len(living)
    dry = random.gamma(4.0, 0.25, n)
    for atom, zone in enumerate(zones):
        cells = 4000 if atom == 0 else 2000
        forest = int(cells * (0.57 - 0.0005 * year))
        zone["land.field"], zone["land.grass"] = cells // 10, cells - cells // 10 - forest
        zone["land.young_oak"], zone["land.oak"], zone["land.conifer"] = (
            forest // 3,
            forest // 3,
            forest - forest // 3 * 2,
        )
        zone["land.habitat"] = forest // 2
        for kind, kg in {"sika": 9e5, "roe": 2e5, "boar": 3e5, "red_deer": 1e5, "small": 1.5e5}.items():
            zone[f"prey.{kind}"] = (kg * (1.0 + 0.002 * year) * random.uniform(0.8, 1.2, n)).astype(int)
        zone["tigers.adults"] = (800 * (1.0 + 0.004 * year) * random.uniform(0.9, 1.1, n)).astype(int)
        if atom == 0:
            zone["genes.diversity"] = (620000 * 0.998**year * random.uniform(0.96, 1.0, n) * (living > 0)).astype(int)
            zone["genes.inbred"] = (living * 64 * (0.03 + 0.002 * year)).astype(int)
            zone["genes.alleles"] = 400 - year
        if year:
            zone["land.burnt"] = (cells * np.clip(0.19 * dry, 0.0, 0.9)).astype(int)
            zone["land.logged"] = random.poisson(12, n)
            zone["prey.eaten"] = living * 900
            zone["infected"], zone["vaccinated"] = random.poisson(1.2, n), random.poisson(0.3, n)
            zone["poaching.days"], zone["snares.set"] = random.poisson(900, n), random.poisson(700, n)
            zone["snares.found"], zone["patrol.km"] = random.poisson(60, n), random.poisson(6000, n)
            zone["people.met"], zone["arrests"] = random.poisson(40, n), random.poisson(4, n)
            zone["found"] = random.poisson(0.6, n)


def _as_recorded(table: pd.DataFrame) -> pd.DataFrame:
    """The table as a run keeps it: int32, no row of zeros."""
    table = table.fillna(0)
    items = [name for name in table.columns if name not in ("replicate", "year", "zone")]
    table[items] = table[items].astype(np.int32)
    return table[table[items].to_numpy().any(axis=1)].reset_index(drop=True)


def _zones(
    row: dict[str, Any], year: int, replicates: int, random: np.random.Generator, spatial: bool
) -> list[pd.DataFrame]:
    """The year's rows, shared out over the atomic zones."""
    ids = np.arange(replicates)
    if not spatial:
        return [pd.DataFrame({"replicate": ids, "year": year, "zone": 0, **row})]
    shared = {name: random.multinomial(values, (0.3, 0.2, 0.1, 0.25, 0.15)) for name, values in row.items()}
    return [
        pd.DataFrame({"replicate": ids, "year": year, "zone": atom, **{k: v[:, atom] for k, v in shared.items()}})
        for atom in range(ATOMS)
    ]


@dataclass
class InventedRuns:
    """What `orientalis.store.read` gives, as far as the report needs it."""

    tables: dict[str, pd.DataFrame]
    sizes: dict[str, tuple[int, int]]
    specification: dict[str, Any] = field(default_factory=dict)
    spatial: bool = True
    shape: tuple[int, int] = (40, 50)
    provenance: dict[str, Any] = field(
        default_factory=lambda: {"versions": {"python": "3.11.7", "orientalis": "0.1.0"}}
    )
    resolved: dict[str, Any] = field(default_factory=dict)

    @property
    def scenarios(self) -> tuple[str, ...]:
        return tuple(self.tables)

    def years(self, scenario: str) -> int:
        return self.sizes[scenario][1]

    def replicates(self, scenario: str) -> np.ndarray:
        return np.arange(self.sizes[scenario][0], dtype=np.int32)

    def items(self, scenario: str) -> tuple[str, ...]:
        return tuple(name for name in self.tables[scenario].columns if name not in ("replicate", "year", "zone"))

    def zone_members(self, scenario: str) -> dict[str, np.ndarray]:
        return {name: np.array(atoms) for name, atoms in MEMBERS.items()} if self.spatial else {}

    def tallies(self, scenario: str, items: Iterable[str] | None = None) -> pd.DataFrame:
        names = list(self.items(scenario) if items is None else items)
        return self.tables[scenario].reindex(columns=["replicate", "year", "zone", *names], fill_value=0)

    def maps(self, scenario: str) -> dict[str, np.ndarray]:
        if not self.spatial or scenario.endswith(".draws"):
            return {}
        ny, nx = self.shape
        y, x = np.indices(self.shape)
        n = self.sizes[scenario][0]
        hill = np.exp(-(((x - 0.42 * nx) / (0.10 * nx)) ** 2 + ((y - 0.55 * ny) / (0.2 * ny)) ** 2))
        wide = np.exp(-(((x - 0.42 * nx) / (0.2 * nx)) ** 2 + ((y - 0.5 * ny) / (0.33 * ny)) ** 2))
        return {"female_range": np.round(n * np.stack([hill, (hill + wide) / 2, wide])).astype(np.int64)}

    def histograms(self, scenario: str) -> dict[str, np.ndarray]:
        if not self.spatial or scenario.endswith(".draws"):
            return {}
        bins = np.arange(101)
        living = (200 * np.exp(-np.arange(21) / 4)).astype(np.int64)
        return {
            "dispersal.female": 1000 // (bins + 1),
            "dispersal.male": 40 * np.exp(-bins / 15).astype(np.int64) + 1,
            "ages.female": np.stack([living, living, living // 2]),
            "ages.male": np.stack([living, living, living // 3]),
        }

    def entry(self, scenario: str) -> SimpleNamespace:
        return SimpleNamespace(
            name=scenario, run_hash="a3f81c" + "0" * 58, specification=self.specification, years=self.years(scenario)
        )


def invent(
    replicates: int = 120,
    years: int = 100,
    *,
    scenarios: dict[str, dict[str, Any]] | None = None,
    draws: int = 16,
    spatial: bool = True,
    shape: tuple[int, int] = (40, 50),
    specification: dict[str, Any] | None = None,
    threats: tuple[str, ...] = (),
) -> InventedRuns:
    """Runs of some scenarios (name -> arguments of `tallies`), each with `draws` parameter draws (0: none).

    threats: names of those that are on; with any, all that threats count is counted.
    """
    chosen = scenarios or {"status_quo": {"survival": 0.86}, "petition_start": {"survival": 0.86, "start": 80}}
    tables, sizes = {}, {}
    for name, settings in chosen.items():
        tables[name] = tallies(replicates, years, spatial=spatial, threatened=bool(threats), **settings)
        sizes[name] = (replicates, years)
        if draws:
            tables[f"{name}.draws"] = tallies(draws * 8, years, draws=draws, spatial=spatial, **settings)
            sizes[f"{name}.draws"] = (draws * 8, years)
    spec = (
        {"draws": {"number": draws}, "map_years": [0, 50, years], "landscape": "none"}
        if specification is None
        else specification
    )
    if threats:
        spec = {**spec, "threats": dict.fromkeys(threats, "0" * 64)}
    return InventedRuns(tables, sizes, spec, spatial, shape)
