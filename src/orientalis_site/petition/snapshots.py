"""The evidence of a version: every finding that its demands cite, as the bundle held it, with the bundle's hash."""

from __future__ import annotations

import json
from functools import lru_cache

from orientalis.evidence import Bundle, Finding, Run
from orientalis_site.petition.models import Version
from orientalis_site.petition.texts import Text, canonical


class Evidence:
    """What a version's evidence holds."""

    def __init__(self, text: str) -> None:
        held = json.loads(text)
        self.bundle_hash: str = held["bundle"]
        self.date: str = held["date"]
        self.findings = {one["id"]: Finding.model_validate(one["finding"]) for one in held["findings"]}
        self.runs = tuple(Run.model_validate(one) for one in held["runs"])

    def of(self, ids: tuple[str, ...]) -> tuple[Finding, ...]:
        """The findings of these ids, in this order."""
        return tuple(self.findings[one] for one in ids if one in self.findings)


def snapshot(bundle: Bundle, text: Text) -> str:
    """The evidence of a text, canonical JSON. ValueError where the bundle lacks a finding that the text cites."""
    cited = sorted({one for demand in text.demands for one in demand.findings})
    missing = [one for one in cited if one not in bundle.findings]
    if missing:
        raise ValueError(f"the bundle {bundle.hash[:10]} has no finding {missing[0]!r}")
    findings = [bundle.findings[one] for one in cited]
    hashes = {one.run_hash for one in findings}
    return canonical(
        {
            "bundle": bundle.hash,
            "date": bundle.manifest.date.isoformat(),
            "findings": [{"id": one.id, "finding": one.model_dump(mode="json")} for one in findings],
            "runs": [run.model_dump(mode="json") for run in bundle.runs.values() if run.run_hash in hashes],
        }
    )


def text_of(version: Version) -> Text:
    """The text of a version."""
    return _text(version.text)


def evidence_of(version: Version) -> Evidence:
    """The evidence of a version."""
    return _evidence(version.evidence)


@lru_cache(maxsize=64)
def _text(held: str) -> Text:
    return Text.model_validate_json(held)


@lru_cache(maxsize=64)
def _evidence(held: str) -> Evidence:
    return Evidence(held)
