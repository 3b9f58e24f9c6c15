"""The page of one number: everything there is to know about it, and how to compute it again."""

from __future__ import annotations

from typing import Any

from orientalis.evidence import Bundle, Finding
from orientalis_site.kit.errors import Refusal
from orientalis_site.pages import words
from orientalis_site.pages.page import Content, known, parameters


def content(bundle: Bundle, name: str) -> tuple[Finding, Content]:
    """A finding by its id, with its run, its sources and the assumed quantities behind it. 404 for an unknown id."""
    if name not in bundle.findings:
        raise Refusal(404, "unknown_finding")
    finding = bundle.findings[name]
    run = bundle.runs[finding.run_hash]
    assumed = tuple(one for one in parameters(bundle) if one.is_assumed)
    context: dict[str, Any] = {
        "finding": finding,
        "run": run,
        "method": words.say(words.METHODS, finding.method),
        "covers_note": words.say(words.COVERS_NOTES, finding.interval.covers),
        "assumed": assumed,
        "same": [one for one in bundle.findings.values() if one.key == finding.key and one.id != finding.id],
    }
    return finding, Content(context, findings=(finding,), sources=known(bundle.sources, finding.sources))
