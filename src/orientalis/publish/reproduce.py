"""Running a bundle's studies again and comparing each finding with the one that was published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isclose
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orientalis
from orientalis.analysis.scenarios import DRAWS, Scenario
from orientalis.core.errors import InputError, nearest_name
from orientalis.core.provenance import versions
from orientalis.evidence import Bundle, Finding, Run
from orientalis.publish.findings import default_findings, differences, draws_findings
from orientalis.publish.studies import StudyRun, read_study

if TYPE_CHECKING:
    from orientalis.scenario import RunSpec

TOLERANCE = 1e-6
"""Relative. On one platform and lock file values are equal to the last bit; elsewhere the last bits may differ."""

Execute = Callable[["Sequence[RunSpec]", list[str], Path, str], object]


@dataclass(frozen=True)
class Comparison:
    """A finding as published and as computed again; `again` None: the new run gives no such finding."""

    published: Finding
    again: Finding | None

    @property
    def is_same(self) -> bool:
        """Whether value and interval are the same but for the last bits."""
        if self.again is None:
            return False
        pairs = zip(_numbers(self.published), _numbers(self.again), strict=True)
        return all(_close(one, other) for one, other in pairs)


def reproduce(bundle: Bundle, finding: str | None, out: Path, execute: Execute) -> list[Comparison]:
    """Run what the finding (None: all) needs into folders under `out`, one a study, and compare.

    `execute(specifications, names, folder, text)` runs those of these names into a folder; `text` is the study's.
    InputError for an unknown finding and where this version of the program, or its catalogue, would make another run.
    """
    wanted = list(bundle.findings.values()) if finding is None else [_finding(bundle, finding)]
    needed = _needed(bundle, wanted)
    again: dict[str, Finding] = {}
    studies: dict[str, StudyRun] = {}
    for name in dict.fromkeys(run.study for run in needed):
        runs = [run for run in needed if run.study == name]
        text = bundle.read(runs[0].study_file).decode("utf-8")
        execute(_specifications(bundle, runs), [run.scenario for run in runs], out / name, text)
        studies[name] = read_study(out / name)
        found = _findings(bundle, studies[name], {run.scenario for run in runs})
        again |= {one.id: one for one in found}
    again |= {one.id: one for one in _differences(bundle, studies, wanted)}
    return [Comparison(one, again.get(one.id)) for one in wanted]


def other_versions(runs: Iterable[Run]) -> list[str]:
    """Where this machine has other versions than the published runs: "numpy 2.1 (published with 2.0)"."""
    here = versions()
    found = {
        f"{name} {here[name]} (published with {held})"
        for run in runs
        for name, held in run.versions.items()
        if name in here and here[name] != held
    }
    return sorted(found)


def _finding(bundle: Bundle, key: str) -> Finding:
    if key not in bundle.findings:
        nearest = nearest_name(key, bundle.findings)
        raise InputError("the bundle has no such finding", file=bundle.folder, value=key, nearest=nearest)
    return bundle.findings[key]


def _needed(bundle: Bundle, wanted: Iterable[Finding]) -> list[Run]:
    """The runs that findings rest on: their own, and the baseline's where they are differences to it."""
    hashes = set()
    for one in wanted:
        hashes.add(one.run_hash)
        if "baseline" in one.parameters:
            hashes.add(_run_of(bundle, one, "baseline"))
            hashes.add(_run_of(bundle, one, "scenario"))
    return [run for run in bundle.runs.values() if run.run_hash in hashes]


def _run_of(bundle: Bundle, finding: Finding, key: str) -> str:
    """The hash of the run at default values that a difference names as `key`; InputError where there is none."""
    name = finding.parameters.get(key)
    for run in bundle.runs.values():
        if run.scenario == name and not run.draws:
            return run.run_hash
    what = f"the difference {finding.id} is to be taken between scenarios of which one has no run in the bundle"
    raise InputError(what, file=bundle.folder, key=f"parameters.{key}", value=name, expected="a scenario with a run")


def _specifications(bundle: Bundle, runs: Sequence[Run]) -> list[RunSpec]:
    """The study's runs as this version of the program makes them; InputError where those needed would be others."""
    from orientalis.scenario import load_study, resolve, with_replicates

    file = bundle.folder / runs[0].study_file
    specs = {spec.scenario: spec for spec in resolve(load_study(file, runs[0].settings))}
    for run in runs:
        spec = specs.get(run.scenario)
        if spec is None or spec.run_hash != run.run_hash:
            raise InputError(
                f"the run of {run.scenario} cannot be repeated here: engine, species, landscape or study differ",
                file=file,
                key="run_hash",
                value="no such scenario" if spec is None else spec.run_hash[:12],
                expected=f"{run.run_hash[:12]}, of Orientalis {run.versions.get('orientalis', 'unknown')} "
                f"(this is {orientalis.__version__})",
            )
        specs[run.scenario] = with_replicates(spec, run.replicates)
    return list(specs.values())


def _findings(bundle: Bundle, study: StudyRun, names: set[str]) -> Iterator[Finding]:
    """The findings of the scenarios that were run again."""
    cell_km = None if study.landscape is None else study.landscape.cell_km
    for one in study.scenarios:
        if one.name in names:
            yield from default_findings(study, one, bundle.manifest.date, cell_km)
    for scenario in study.draws:
        if scenario + DRAWS in names:
            yield from draws_findings(study, scenario, bundle.manifest.date)


def _differences(bundle: Bundle, studies: dict[str, StudyRun], wanted: Sequence[Finding]) -> Iterator[Finding]:
    """Differences to the baseline, for the findings that are such."""
    at: dict[str, tuple[StudyRun, Scenario]] = {
        one.name: (study, one) for study in studies.values() for one in study.scenarios
    }
    for finding in wanted:
        if "baseline" in finding.parameters:
            base, other = (at[str(finding.parameters[key])] for key in ("baseline", "scenario"))
            yield from differences(base, other, bundle.manifest.date)


def _numbers(finding: Finding) -> tuple[Any, ...]:
    return finding.value, finding.interval.low, finding.interval.high, finding.n


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE * TOLERANCE)
