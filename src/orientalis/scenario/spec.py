"""A run specification: a scenario made fully explicit, canonical, hashed. Workers need nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import orientalis
from orientalis.catalogue import NEEDS, ON_A_MAP, Species, Threat, load_species, load_threat, threat_names
from orientalis.catalogue.species_fields import SECTIONS, field_of
from orientalis.core.canonical import canonical_json, sha256_hex
from orientalis.core.errors import InputError, nearest_name
from orientalis.core.quantity import Quantity
from orientalis.geography import Landscape, load_landscape
from orientalis.scenario.genetics import check_genetics
from orientalis.scenario.study import Change, Scenario, Start, Study

NO_MAP = "none"
DRAWS_SUFFIX = ".draws"
FORMAT = 1


@dataclass(frozen=True)
class RunSpec:
    """Everything a batch depends on.

    content: plain data, hashed. replicates: how many are asked for, not hashed. species, landscape: the loaded entries
    that the content names by checksum; they travel with the specification, so a worker reads no file of the study.
    """

    scenario: str
    years: int
    batch: int
    replicates: int
    content: Mapping[str, Any]
    species: Species = field(repr=False, compare=False)
    landscape: Landscape | None = field(repr=False, compare=False)
    changes: tuple[Change, ...] = ()

    def canonical(self) -> dict[str, Any]:
        """The specification as plain data."""
        return dict(self.content)

    @property
    def run_hash(self) -> str:
        """Sha256 of the canonical specification; replicates, workers, paths and times play no part."""
        return sha256_hex(canonical_json(self.content))

    @property
    def draws(self) -> int:
        """Number of parameter draws; 0 for a run at the catalogue's values."""
        return int(self.content["draws"])


def resolve(study: Study, *, landscape: Landscape | None = None) -> list[RunSpec]:
    """The specifications of a study: each scenario, then each scenario's runs over parameter draws.

    `landscape` stands in for the one that the study names, for maps made in Python.
    """
    threats = _threats(study)
    species = load_species(_beside(study, study.species))
    for threat in threats:
        species = species.with_threats(threat.quantities)
    quantities = _with_settings(species, study)
    check_genetics(study, quantities)
    land = landscape
    if land is None and study.landscape != NO_MAP:
        land = load_landscape(_beside(study, study.landscape))
    held = {threat.name: threat.sha256 for threat in threats}
    for name in held:
        if name in ON_A_MAP and land is None:
            raise InputError(
                f"the threat {name} needs a map, and the study has none",
                file=study.file,
                key=f"threats.{name}",
                value=True,
                expected=f'landscape = "…" in the study, or {name} = false',
            )
    specs = [_spec(study, scenario, species, quantities, land, held, 0) for scenario in study.scenario]
    if study.draws is not None:
        drawn = [scenario for scenario in study.scenario if scenario.draws]
        specs += [_spec(study, scenario, species, quantities, land, held, study.draws.number) for scenario in drawn]
    return specs


def with_replicates(spec: RunSpec, replicates: int) -> RunSpec:
    """The same specification with another number of replicates asked for."""
    return replace(spec, replicates=replicates)


def _threats(study: Study) -> list[Threat]:
    """The threats that are on, each with those that it needs beside it."""
    found = []
    for name, given in study.threats.items():
        if name not in threat_names():
            raise InputError(
                "unknown threat",
                file=study.file,
                key=f"threats.{name}",
                expected="one of " + ", ".join(threat_names()),
                nearest=nearest_name(name, threat_names()),
            )
        threat = load_threat(name, study.file.parent / given if isinstance(given, str) else None)
        if given is not False:
            found.append(threat)
    on = [threat.name for threat in found]
    for name in on:
        for needed in NEEDS.get(name, ()):
            if needed not in on:
                raise InputError(
                    f"the threat {name} needs {needed}",
                    file=study.file,
                    key=f"threats.{needed}",
                    value=study.threats.get(needed),
                    expected=f"{needed} = true beside {name} = true, or {name} = false",
                )
    return sorted(found, key=lambda threat: threat_names().index(threat.name))


def _beside(study: Study, name: str) -> str:
    """A file or folder named in a study is looked for beside it; a bare name is the catalogue's."""
    if "/" in name or "\\" in name or name.endswith(".toml"):
        return str(study.file.parent / name)
    return name


def _with_settings(species: Species, study: Study) -> dict[str, Quantity]:
    """The species' quantities with the study's `[parameters]` in place of the catalogue's values."""
    quantities = species.quantities()
    for path, value in study.parameters.items():
        quantity = _known(quantities, path, study, "parameters")
        _check_range(path, value, quantity, study, f"parameters.{path}")
        quantities[path] = Quantity.model_validate(
            {
                "value": value,
                "unit": quantity.unit,
                "source": "assumed",
                "kind": "assumed",
                "note": "set in the study",
            }
        )
    return quantities


def _known(quantities: Mapping[str, Quantity], path: str, study: Study, key: str) -> Quantity:
    if path not in quantities:
        keys = [name for name in Study.model_fields if name not in ("file", "text", "parameters", "scenario")]
        raise InputError(
            "unknown parameter",
            file=study.file,
            key=key,
            value=path,
            expected="the dotted path of a parameter of the species, such as killing.adult, or of a study key",
            nearest=nearest_name(path, [*quantities, *(f"run.{name}" for name in ("years", "seed")), *keys]),
        )
    return quantities[path]


def _check_range(path: str, value: Any, quantity: Quantity, study: Study, key: str) -> None:
    """Refuse a value that the parameter cannot have."""
    entry = field_of(path)
    if entry is None:
        return
    wanted = len(quantity.value) if isinstance(quantity.value, tuple) else 0
    numbers = tuple(value) if isinstance(value, tuple) else (value,)
    if wanted != (len(numbers) if isinstance(value, tuple) else 0):
        expected = f"a list of {wanted} numbers" if wanted else "a single number"
        raise InputError("a value cannot be used", file=study.file, key=key, value=value, expected=expected)
    for number in numbers:
        if not entry.minimum <= number <= entry.maximum:
            raise InputError(
                f"the parameter {path} is out of its range",
                file=study.file,
                key=key,
                value=number,
                expected=f"{entry.minimum:g} to {entry.maximum:g} ({quantity.unit})",
            )
    if entry.sums_to_one and abs(sum(numbers) - 1.0) > 1e-9:
        raise InputError(
            f"the shares of {path} do not sum to 1", file=study.file, key=key, value=sum(numbers), expected="a sum of 1"
        )


def _spec(
    study: Study,
    scenario: Scenario,
    species: Species,
    quantities: Mapping[str, Quantity],
    landscape: Landscape | None,
    threats: Mapping[str, str],
    draws: int,
) -> RunSpec:
    start = study.start_of(scenario)
    _check_zones(study, scenario, start, landscape)
    _check_changes(study, scenario, quantities)
    ceiling = scenario.ceiling or study.ceiling
    name = scenario.name + (DRAWS_SUFFIX if draws else "")
    content = {
        "format": FORMAT,
        "engine": orientalis.__version__,
        "species": {"name": species.name, "sha256": species.sha256},
        "landscape": None if landscape is None else {"name": landscape.name, "sha256": landscape.sha256},
        "parameters": {path: _plain(quantity, bool(draws)) for path, quantity in quantities.items()},
        "tick": study.run.tick,
        "years": study.run.years,
        "seed": study.run.seed,
        "start_year": study.run.start_year,
        "batch": study.run.batch,
        "world": None if study.run.paired else name,
        "draws": draws,
        "start": start.model_dump(),
        "ceiling": 0 if ceiling is None else ceiling.capacity,
        "land": scenario.land.model_dump(),
        "changes": [change.model_dump() for change in scenario.change],
        "events": study.record.events and not draws,
        "map_years": [] if draws else sorted(set(_map_years(study))),
    }
    if threats:  # a study without them keeps the hash that it has had
        content["threats"] = dict(threats)
    replicates = min(study.run.replicates, scenario.replicates or study.run.replicates)
    if draws and study.draws is not None:
        replicates = study.draws.number * study.draws.replicates_each
    return RunSpec(
        name, study.run.years, study.run.batch, replicates, content, species, landscape, tuple(scenario.change)
    )


def _check_changes(study: Study, scenario: Scenario, quantities: Mapping[str, Quantity]) -> None:
    """Refuse changes of what is not known, not a single number, or cannot change that way."""
    for index, change in enumerate(scenario.change):
        key = f"scenario {scenario.name}, change[{index + 1}]"
        quantity = _known(quantities, change.parameter, study, f"{key}.parameter")
        if isinstance(quantity.value, tuple):
            raise InputError(
                "a change needs a parameter that is a single number",
                file=study.file,
                key=key,
                value=change.parameter,
            )
        _check_change(study, key, change, quantity, scenario.change[: index + 1])
        if change.parameter.startswith("shares.") and not change.parameter.endswith(".people"):
            raise InputError(
                "this share describes where the rates come from and does not change over years",
                file=study.file,
                key=f"{key}.parameter",
                value=change.parameter,
                expected="the same path under [parameters], for all scenarios and years",
            )
        if change.zone != "everywhere" and not _varies_by_zone(change.parameter):
            raise InputError(
                f"the parameter {change.parameter} is one for the whole map",
                file=study.file,
                key=f"{key}.zone",
                value=change.zone,
                expected="no zone",
            )


def _map_years(study: Study) -> Sequence[int]:
    if study.record.map_years:
        return [year for year in study.record.map_years if year <= study.run.years]
    return [0, study.run.years // 4, study.run.years // 2, study.run.years]


def _plain(quantity: Quantity, is_drawn: bool) -> Any:
    """A quantity as hashed: its value, and its range where draws are made from it."""
    value: Any = list(quantity.value) if isinstance(quantity.value, tuple) else quantity.value
    if not is_drawn or quantity.distribution == "fixed" or quantity.low is None:
        return {"value": value, "unit": quantity.unit}
    low = list(quantity.low) if isinstance(quantity.low, tuple) else quantity.low
    high = list(quantity.high) if isinstance(quantity.high, tuple) else quantity.high
    return {"value": value, "unit": quantity.unit, "low": low, "high": high, "distribution": quantity.distribution}


def _varies_by_zone(path: str) -> bool:
    """Whether zones may differ in a parameter: rates may, ages and shapes of distributions may not."""
    whole = (
        *("life_history.", "dispersal.preference", "dispersal.persistence", "dispersal.patience", "genetics."),
        *("forest.memory", "forest.fires", "fire.people_share", "fire.spring_share", "fire.dryness", "fire.spread"),
        *("fire.fuel_effect", "fire.wind", "fire.slope", "fire.guard", "fire.suppression"),
        *(f"rangers.{key}" for key in ("teams", "km", "quality", "memory")),
    )
    return not path.startswith(whole)


def _check_zones(study: Study, scenario: Scenario, start: Start, landscape: Landscape | None) -> None:
    known = ["everywhere", *(landscape.zones if landscape is not None else ())]
    asked = [
        ("start.zone", start.zone),
        *(("start.shares", zone) for zone in start.shares),
        ("land.within", scenario.land.within),
    ]
    asked += [(f"change[{i + 1}].zone", change.zone) for i, change in enumerate(scenario.change)]
    for key, zone in asked:
        if zone not in known:
            raise InputError(
                "unknown zone",
                file=study.file,
                key=f"scenario {scenario.name}, {key}",
                value=zone,
                expected="one of " + ", ".join(known),
                nearest=nearest_name(zone, known),
            )


def _check_change(study: Study, key: str, change: Change, quantity: Quantity, so_far: Sequence[Change]) -> None:
    """Refuse a change that takes the parameter's value out of what it can be, changes before it included."""
    value = quantity.number
    for earlier in so_far:
        if earlier.parameter == change.parameter and _overlap(earlier, change):
            value = value * earlier.factor + earlier.offset
    _check_range(change.parameter, value, quantity, study, key)


def _overlap(a: Change, b: Change) -> bool:
    first_a, last_a = a.years or (0, 10**9)
    first_b, last_b = b.years or (0, 10**9)
    in_time = first_a <= last_b and first_b <= last_a
    return in_time and (a.zone == b.zone or "everywhere" in (a.zone, b.zone))


def warnings_of(study: Study) -> list[str]:
    """What is legal but odd in a study, one sentence each."""
    found = []
    for scenario in study.scenario:
        for index, change in enumerate(scenario.change):
            last = study.run.years - 1
            if change.years is not None and change.years[1] > last:
                found.append(
                    f"scenario {scenario.name}, change[{index + 1}]: years {list(change.years)} reach past the last "
                    f"year, {last}."
                )
        if (scenario.ceiling or study.ceiling) is not None:
            found.append(
                f"scenario {scenario.name}: a plain ceiling culls after all deaths, so it makes up for every other "
                "loss as long as numbers stand at it."
            )
    return found


def sections_of_species() -> tuple[str, ...]:
    """Names of the sections whose parameters a study may change."""
    return (*SECTIONS, "survival", "shares")
