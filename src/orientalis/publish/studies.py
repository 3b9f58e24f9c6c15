"""Reading what is to be published: finished runs, with the species and the landscape that they used."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orientalis.analysis.panel import Panel
from orientalis.analysis.read import NUMBERS, read_panel
from orientalis.analysis.scenarios import DRAWS, Scenario, read_scenarios, study_titles
from orientalis.catalogue import Species, citations_of, load_species, load_threat, threat_names
from orientalis.core.errors import InputError

if TYPE_CHECKING:
    from orientalis.geography import Landscape
    from orientalis.store import Runs


@dataclass(frozen=True)
class StudyRun:
    """A finished run folder. `name` is fit for a path and comes from the study's title, never from the folder.

    `settings` are those given beside the study (PATH=VALUE); `versions` those of each time the run went on, without
    repetition. `draws` holds the runs over parameter draws by the name of their scenario; the mappings at the end have
    those under NAME.draws.
    """

    name: str
    title: str
    path: Path
    text: str
    scenarios: tuple[Scenario, ...]
    draws: Mapping[str, Panel] = field(repr=False)
    species: Species
    landscape: Landscape | None = field(repr=False)
    settings: tuple[str, ...]
    versions: tuple[Mapping[str, str], ...]
    specifications: Mapping[str, Mapping[str, Any]] = field(repr=False)
    hashes: Mapping[str, str] = field(repr=False)
    replicates: Mapping[str, int] = field(repr=False)

    @property
    def baseline(self) -> Scenario:
        """The first scenario."""
        return self.scenarios[0]

    @property
    def specification(self) -> Mapping[str, Any]:
        """That of the first run; species, landscape and parameters are the same for all."""
        return next(iter(self.specifications.values()))

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of the references that the quantities of the species and of the threats that were on cite."""
        return tuple(entry.key for entry in citations_of(self.species))

    @property
    def is_assumed(self) -> bool:
        """Whether any quantity behind the run is assumed."""
        quantities = self.species.quantities()
        return any(one.is_assumed or one.source == "assumed" for one in quantities.values()) or any(
            is_other(one.value, self.used(path, one.value)) for path, one in quantities.items()
        )

    def used(self, path: str, ours: Any) -> Any:
        """The value of a quantity that the runs had, `ours` where they name none; a list comes as a tuple."""
        value = self.specification["parameters"].get(path, {}).get("value", ours)
        return tuple(value) if isinstance(value, list) else value


def is_other(ours: object, held: object) -> bool:
    """Whether a run had another value than the catalogue, or another run, has."""
    return (tuple(held) if isinstance(held, list) else held) != ours


def read_studies(folders: Sequence[Path]) -> tuple[StudyRun, ...]:
    """Read run folders in order.

    InputError: not finished, two scenarios of one name or of one and the same run, another species, landscape or value
    of a quantity.
    """
    studies: list[StudyRun] = []
    for folder in folders:
        study = read_study(folder)
        if not study.scenarios:
            raise InputError("the run has no scenario with default parameters", file=folder, expected="one or more")
        held = {one.name: earlier.path for earlier in studies for one in earlier.scenarios}
        for one in study.scenarios:
            if one.name in held:
                what = f"two runs have a scenario of one name (the other is {held[one.name]})"
                raise InputError(what, file=folder, value=one.name, expected="another name in one of the studies")
        _check_one_subject(studies, study)
        _check_same_values(studies, study)
        _check_apart({run: name for earlier in studies for name, run in earlier.hashes.items()}, study)
        studies.append(_named_apart(study, [earlier.name for earlier in studies]))
    return tuple(studies)


def read_study(folder: Path) -> StudyRun:
    """Read one run folder whose replicates are all there."""
    from orientalis.store import read

    runs = read(folder)
    replicates = {name: _finished(runs, name) for name in runs.scenarios}
    text = runs.study_file.read_text(encoding="utf-8") if runs.study_file.is_file() else ""
    title, titles = study_titles(text)
    scenarios = read_scenarios(runs, titles)
    draws = {one.name: one.draws for one in scenarios if one.draws is not None}
    for name in runs.scenarios:
        if name.endswith(DRAWS) and name.removesuffix(DRAWS) not in runs.scenarios:
            draws[name.removesuffix(DRAWS)] = read_panel(runs, name, NUMBERS)
    specifications = {name: runs.entry(name).specification for name in runs.scenarios}
    content = next(iter(specifications.values()))
    sessions = runs.provenance.get("sessions", [])
    versions = [session["versions"] for session in sessions if isinstance(session.get("versions"), dict)]
    return StudyRun(
        name=slug(title) or "study",
        title=title,
        path=folder,
        text=text,
        scenarios=scenarios,
        draws=draws,
        species=_species(content, folder),
        landscape=_landscape(content, folder),
        settings=tuple(str(line) for line in (sessions[-1].get("settings") or ())) if sessions else (),
        versions=tuple(one for i, one in enumerate(versions) if one not in versions[:i]),
        specifications=specifications,
        hashes={name: runs.entry(name).run_hash for name in runs.scenarios},
        replicates=replicates,
    )


def slug(title: str) -> str:
    """A title as a name for a folder: small letters, digits and dashes, 60 at most."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60].rstrip("-")


def _finished(runs: Runs, name: str) -> int:
    """The number of replicates, from the first on without a gap; what was asked for must be there."""
    found, wanted = runs.replicates(name), runs.entry(name).replicates
    if len(found) < wanted or int(found[-1]) != len(found) - 1:
        raise InputError(
            f"the run is not finished: {len(found)} of {wanted} replicates of {name} are there",
            file=runs.path,
            expected="a whole run: the same `orientalis run` again goes on with it",
        )
    return len(found)


def _species(content: Mapping[str, Any], folder: Path) -> Species:
    held = content["species"]
    species = load_species(str(held["name"]))
    if species.sha256 != held["sha256"]:
        raise _changed(f"the species {species.name}", folder)
    for name, sha256 in content.get("threats", {}).items():
        if name not in threat_names() or (threat := load_threat(name)).sha256 != sha256:
            raise _changed(f"the threat {name}", folder)
        species = species.with_threats(threat.quantities)
    return species


def _landscape(content: Mapping[str, Any], folder: Path) -> Landscape | None:
    held = content["landscape"]
    if held is None:
        return None
    from orientalis.geography import load_landscape

    landscape = load_landscape(str(held["name"]))
    if landscape.sha256 != held["sha256"]:
        raise _changed(f"the landscape {landscape.name}", folder)
    return landscape


def _changed(what: str, folder: Path) -> InputError:
    return InputError(
        f"{what} has changed in the catalogue since the run, so its figures cannot stand beside the results",
        file=folder,
        expected="the study run again into a new folder",
    )


def _check_one_subject(studies: Sequence[StudyRun], study: StudyRun) -> None:
    """All runs of a bundle are of one species, and those on a map on one landscape."""
    for earlier in studies[:1]:
        if study.species.name != earlier.species.name:
            raise InputError("the runs are of different species", file=study.path, value=study.species.name,
                             expected=earlier.species.name)  # fmt: skip
        ours, theirs = (None if one.landscape is None else one.landscape.name for one in (study, earlier))
        if ours != theirs:
            raise InputError("the runs are on different landscapes", file=study.path, value=ours or "none",
                             expected=theirs or "none")  # fmt: skip


def _check_same_values(studies: Sequence[StudyRun], study: StudyRun) -> None:
    """All runs of a bundle have the same value of each quantity: a figure says one that was used."""
    for earlier in studies[:1]:
        for path, one in study.species.quantities().items():
            if path not in earlier.species.quantities():  # of a threat that only one of both has on
                continue
            ours, theirs = (held.used(path, one.value) for held in (study, earlier))
            if is_other(theirs, ours):
                what = f"the runs have different values of one quantity (the other is {earlier.path})"
                raise InputError(what, file=study.path, key=path, value=ours, expected=str(theirs))


def _check_apart(held: dict[str, str], study: StudyRun) -> None:
    """Two names for one run would be one result told twice; a run's hash stands for it everywhere."""
    for name, run in study.hashes.items():
        if run in held:
            what = f"two scenarios are one and the same run: {name} and {held[run]}"
            raise InputError(what, file=study.path, key="run_hash", value=run[:12], expected="each run once")
        held[run] = name


def _named_apart(study: StudyRun, taken: Sequence[str]) -> StudyRun:
    """The study under a name that no earlier one has."""
    name, number = study.name, 2
    while name in taken:
        name, number = f"{study.name}-{number}", number + 1
    return replace(study, name=name)
