"""What makes each run of a bundle reproducible, in words and as a command."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from orientalis.analysis.scenarios import DRAWS, change_in_words
from orientalis.evidence.records import Run
from orientalis.publish.studies import StudyRun


def study_file(study: StudyRun) -> str:
    """The path of a study's text within the bundle."""
    return f"downloads/{study.name}/study.toml"


def run_records(study: StudyRun, base: Mapping[str, Any]) -> Iterator[Run]:
    """A record for each scenario and each scenario's parameter draws, in the run's order.

    `base`: the specification of the bundle's baseline, to which the changes in words are.
    """
    titles = {one.name: one.title or one.label for one in study.scenarios}
    for name, content in study.specifications.items():
        default = name.removesuffix(DRAWS)
        if default not in titles:
            continue
        start = content.get("start_year")
        yield Run(
            run_hash=study.hashes[name],
            study=study.name,
            scenario=name,
            title=titles[default],
            replicates=study.replicates[name],
            draws=int(content["draws"]),
            years=int(content["years"]),
            start_year=None if start is None else int(start),
            seed=int(content["seed"]),
            changes=tuple(_changes(content, base)),
            settings=study.settings,
            versions=merged(study.versions),
            study_file=study_file(study),
            command=command(study, name),
        )


def command(study: StudyRun, scenario: str) -> str:
    """The command that runs one scenario of the study again.

    Parameter draws come with the run at default values, without which no report can be made of the folder.
    """
    words = ["orientalis", "run", "study.toml"]
    for name in dict.fromkeys((scenario.removesuffix(DRAWS), scenario)):
        words += ["--scenario", name]
    for setting in study.settings:
        words += ["--set", setting]
    return shlex.join([*words, "--out", "out/again"])


def merged(versions: tuple[Mapping[str, str], ...]) -> dict[str, str]:
    """Versions by program; where a run went on under another version, both."""
    found: dict[str, list[str]] = {}
    for one in versions:
        for name, version in one.items():
            if version not in found.setdefault(name, []):
                found[name].append(version)
    return {name: ", then ".join(several) for name, several in sorted(found.items())}


def _changes(content: Mapping[str, Any], base: Mapping[str, Any]) -> Iterator[str]:
    """What the scenario changes over years, then how its start, land and ceiling differ from the baseline's."""
    for change in content.get("changes") or ():
        yield change_in_words(change)
    for section in ("start", "land"):
        ours, theirs = content.get(section) or {}, base.get(section) or {}
        for key in sorted(ours):
            if ours[key] != theirs.get(key):
                yield f"{section}.{key} set to {_words(ours[key])}"
    if content.get("ceiling") != base.get("ceiling"):
        yield f"ceiling.capacity set to {content.get('ceiling')}"


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {value[key]:g}" for key in sorted(value)) or "none"
    return f"{value:g}" if isinstance(value, float) else str(value)
