"""Runs on disk: layout, locked and durable writing, resume, and reading back as tables."""

from orientalis.store.folder import FORMAT_VERSION, RunFolder, ScenarioEntry
from orientalis.store.parts import Part, PartCommit, Zones, encode
from orientalis.store.runs import Runs, read

__all__ = ["FORMAT_VERSION", "Part", "PartCommit", "RunFolder", "Runs", "ScenarioEntry", "Zones", "encode", "read"]
