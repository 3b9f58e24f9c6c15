"""A small bundle written by hand, so that the reader is tested without the writer."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

RUN = "a" * 64
Files = dict[str, Any]


def records() -> Files:
    """The content of each file of a small whole bundle; bytes stand as they are, all else is JSON."""
    finding = {"id": "extinct.one", "key": "extinct", "parameters": {"scenario": "one", "year": 2100, "share": 0.5},
               "value": 0.25, "interval": {"low": 0.1, "high": 0.4, "level": 0.95, "covers": "simulation_error"},
               "unit": "share", "n": 8, "method": "wilson", "run_hash": RUN, "sources": ["lee2020"], "assumed": True,
               "date": "2026-11-24"}  # fmt: skip
    series = {"id": "fan.one", "key": "fan", "parameters": {}, "columns": {"year": [2023, 2024], "median": [4, None]},
              "units": {"year": "year", "median": "animals"}, "n": 8, "method": "quantiles", "run_hash": RUN,
              "assumed": True, "date": "2026-11-24"}  # fmt: skip
    raster = {"id": "land", "key": "land", "parameters": {}, "layer_class": "observed", "unit": "1", "scale": 1,
              "cells": [[0, 1, [1, 1]]], "run_hash": RUN, "n": 8}  # fmt: skip
    run = {"run_hash": RUN, "study": "s", "scenario": "one", "title": "One", "replicates": 8, "draws": 0, "years": 100,
           "start_year": 2000, "seed": 1, "changes": [], "settings": [], "versions": {"orientalis": "0.1.0"},
           "study_file": "downloads/s/study.toml", "command": "orientalis run study.toml"}  # fmt: skip
    figure = {"id": "life.age", "value": [1.0, 2.0], "unit": "year", "source": "assumed", "kind": "assumed"}
    count = {"id": "count.2015.1", "year": 2015, "area": "Russia", "zone": "russia", "group": "all", "estimate": 80,
             "low": None, "high": None, "method": "cameras", "standing": "published", "source": "lee2020"}  # fmt: skip
    claim = {"id": "number", "value": 80, "unit": "animals", "source": "lee2020",
             "figures": ["life.age", "count.2015.1"], "findings": ["extinct.one"]}  # fmt: skip
    source = {"id": "lee2020", "kind": "article", "text": "Lee (2020).", "short": "Lee 2020", "address": "",
              "is_verified": True}  # fmt: skip
    ground = {"name": "made_up", "rows": 2, "columns": 4, "cell_km": 2.0, "crs": "", "attribution": "", "lines": [],
              "places": [], "classes": {"land": "observed"}}  # fmt: skip
    return {
        "findings.json": [finding],
        "series/fan.one.json": [series],
        "maps/land.json": [raster],
        "figures.json": [figure],
        "counts.json": [count],
        "claims.json": [claim],
        "sources.json": [source],
        "runs.json": [run],
        "landscape.json": [ground],
        "downloads/s/study.toml": b'title = "One"\n',
    }


def write(folder: Path, files: Files, **changes: Any) -> Path:
    """Write files and a manifest that fits them; `changes` are keys of the manifest."""
    listed = []
    for name, content in files.items():
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        listed.append({"path": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest(), "type": "x/y"})
    manifest = {"format": [1, 0], "name": "small", "species": "panthera", "date": "2026-11-24", "orientalis": "0.1.0",
                "baseline": "one", "scenarios": ["one"], "start_year": 2000, "years": 100, "files": listed}  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps({**manifest, **changes}))
    return folder


@pytest.fixture
def files() -> Files:
    """The content of the small bundle, to be changed before it is written."""
    return records()


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write files as a bundle whose manifest fits them."""
    return lambda files, **changes: write(tmp_path / "bundle", files, **changes)
