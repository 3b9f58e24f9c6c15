"""Runs on disk: layout, locked and durable writing, resume, and reading back as tables."""

from orientalis.store.disk import explain_write
from orientalis.store.folder import FORMAT_VERSION, RunFolder, ScenarioEntry
from orientalis.store.lock import holder_of
from orientalis.store.parts import Part, PartCommit, Zones, encode
from orientalis.store.runs import Runs, read

__all__ = [
    "FORMAT_VERSION",
    "Part",
    "PartCommit",
    "RunFolder",
    "Runs",
    "ScenarioEntry",
    "Zones",
    "encode",
    "explain_write",
    "holder_of",
    "read",
]
