"""How to cite a view."""

from __future__ import annotations

from orientalis.evidence import Bundle
from orientalis_site.kit.citation import Citation
from orientalis_site.pages.page import Content

MOST_RUNS = 3


def citation(bundle: Bundle, title: str, address: str, content: Content) -> Citation:
    """The citation of a page: its runs are named where they are few."""
    hashes = tuple(run.run_hash for run in content.runs(bundle))
    named = hashes if len(hashes) <= MOST_RUNS else ()
    manifest = bundle.manifest
    return Citation(title, address, manifest.date, bundle.hash, manifest.orientalis, named)
