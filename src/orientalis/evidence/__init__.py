"""Evidence: what may be shown. A bundle of findings, series, maps and sources, checked as it is read."""

from orientalis.evidence.bundle import Bundle, BundleError, open_bundle
from orientalis.evidence.cells import safe_cell
from orientalis.evidence.records import (
    BUNDLE_FORMAT,
    Claim,
    Count,
    Figure,
    File,
    Finding,
    Interval,
    Landscape,
    Lines,
    Manifest,
    Place,
    Raster,
    Run,
    Series,
    Source,
)

__all__ = [
    "BUNDLE_FORMAT",
    "Bundle",
    "BundleError",
    "Claim",
    "Count",
    "Figure",
    "File",
    "Finding",
    "Interval",
    "Landscape",
    "Lines",
    "Manifest",
    "Place",
    "Raster",
    "Run",
    "Series",
    "Source",
    "open_bundle",
    "safe_cell",
]
