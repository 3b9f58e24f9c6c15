"""The reader takes in a whole bundle and refuses every other, naming the file and what is wrong."""

import hashlib
import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from orientalis.core.errors import InputError
from orientalis.evidence import BundleError, Interval, open_bundle, safe_cell
from tests.evidence.conftest import records

Files = dict[str, Any]
Write = Callable[..., Path]


def refused(folder: Path, what: str, where: str) -> None:
    """The bundle is refused in one paragraph that says what and where."""
    with pytest.raises(BundleError) as caught:
        open_bundle(folder)
    said = str(caught.value)
    assert what in said and where in said, said
    assert "\n" not in said and caught.value.exit_code == 2 and isinstance(caught.value, InputError)


def test_a_whole_bundle_is_read(files: Files, written: Write) -> None:
    folder = written(files)
    bundle = open_bundle(folder)
    assert bundle.hash == hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    assert bundle.findings["extinct.one"].interval.high == 0.4 and bundle.findings["extinct.one"].date == date(
        2026, 11, 24
    )
    assert bundle.series["fan.one"].columns["median"] == (4.0, None)
    assert bundle.rasters["land"].cells == ((0, 1, (1, 1)),) and bundle.runs["a" * 64].scenario == "one"
    assert bundle.figures["life.age"].value == (1.0, 2.0) and bundle.figures["life.age"].is_assumed
    assert bundle.counts["count.2015.1"].estimate == 80 and bundle.sources["lee2020"].is_verified
    assert bundle.claims["number"].findings == ("extinct.one",)
    assert bundle.landscape is not None and bundle.landscape.cell_km == 2.0
    assert bundle.find("extinct", year=2100) is bundle.findings["extinct.one"]
    assert bundle.find("extinct", year=2101) is None and bundle.find("saved") is None
    assert bundle.read("downloads/s/study.toml") == b'title = "One"\n' and set(bundle.files) == set(files)


def test_a_bundle_may_lack_a_layer(files: Files, written: Write) -> None:
    for name in ("landscape.json", "maps/land.json", "claims.json"):
        del files[name]
    bundle = open_bundle(written(files))
    assert bundle.landscape is None and not bundle.rasters and not bundle.claims and bundle.findings


def test_an_older_minor_format_is_read(files: Files, written: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orientalis.evidence.bundle.BUNDLE_FORMAT", (1, 3))
    assert open_bundle(written(files, format=[1, 2])).manifest.format == (1, 2)


@pytest.mark.parametrize("found", [[2, 0], [0, 9], [1, 1], [1, -1], [1], "1.0", None, [1.0, 0], [True, 0]])
def test_another_format_is_refused(found: object, files: Files, written: Write) -> None:
    refused(written(files, format=found), "has a format that this version of Orientalis cannot read", "manifest.json")


def test_a_changed_byte_is_refused(files: Files, written: Write) -> None:
    folder = written(files)
    for name in files:
        data = (folder / name).read_bytes()
        (folder / name).write_bytes(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
        refused(folder, "its checksum is another", name)
        (folder / name).write_bytes(data)
    assert open_bundle(folder)


def test_a_truncated_file_is_refused(files: Files, written: Write) -> None:
    folder = written(files)
    for name in files:
        data = (folder / name).read_bytes()
        (folder / name).write_bytes(data[:-1])
        refused(folder, "truncated or changed", name)
        (folder / name).write_bytes(data)


def test_a_missing_file_is_refused(files: Files, written: Write) -> None:
    for name in [*files, "manifest.json"]:
        folder = written(files)
        (folder / name).unlink()
        refused(folder, "is missing", name)


@pytest.mark.parametrize("name", ["extra.json", ".hidden", "series/more.json", "deep/er/x"])
def test_another_file_is_refused(name: str, files: Files, written: Write) -> None:
    folder = written(files)
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("x")
    refused(folder, "a file that the manifest does not name", name)


@pytest.mark.parametrize("name", ["findings.json", "series", "elsewhere", "manifest.json"])
def test_a_link_is_refused(name: str, files: Files, written: Write, tmp_path: Path) -> None:
    folder = written(files)
    if (folder / name).exists():
        (folder / name).rename(tmp_path / "moved")
    else:
        (tmp_path / "moved").mkdir()
    (folder / name).symlink_to(tmp_path / "moved")
    refused(folder, "holds no links", name)


OUTSIDE = ["../outside.json", "/etc/hostname", "a/../../outside.json", "a\\b.json", ".git", "a//b", "a/", "", "C:x",
           "a\nb", "con/\x00"]  # fmt: skip


@pytest.mark.parametrize("path", OUTSIDE)
def test_a_path_that_leaves_the_folder_is_refused(path: str, files: Files, written: Write, tmp_path: Path) -> None:
    (tmp_path / "outside.json").write_text("[]")
    folder = written(files)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][0] |= {"path": path, "size": 2, "sha256": hashlib.sha256(b"[]").hexdigest()}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    refused(folder, "a record is wrong", "manifest.json")


@pytest.mark.parametrize("again", ["findings.json", "Findings.json", "manifest.json"])
def test_a_path_given_twice_is_refused(again: str, files: Files, written: Write) -> None:
    folder = written(files)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"].append({**manifest["files"][0], "path": again})
    (folder / "manifest.json").write_text(json.dumps(manifest))
    refused(folder, "named twice", "manifest.json")


BROKEN = {
    "cut": b'[{"id": "extinct.one"',
    "empty": b"",
    "latin": '[{"id": "é"}]'.encode("latin-1"),
    "nul": b"\x00\x01",
    "byte order mark": "\ufeff[]".encode(),
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("how", sorted(BROKEN))
def test_what_is_no_json_is_refused(how: str, files: Files, written: Write) -> None:
    for name in ("findings.json", "series/fan.one.json", "landscape.json"):
        refused(written({**files, name: BROKEN[how]}), "not JSON in UTF-8", name)
    folder = written(files)
    (folder / "manifest.json").write_bytes(BROKEN[how])
    refused(folder, "not JSON in UTF-8", "manifest.json")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_what_is_no_number_is_refused(number: str, files: Files, written: Write) -> None:
    text = json.dumps(files["findings.json"]).replace("0.25", number).encode()
    refused(written({**files, "findings.json": text}), "a record is wrong", "findings.json")
    text = json.dumps(files["series/fan.one.json"]).replace("4,", f"{number},").encode()
    refused(written({**files, "series/fan.one.json": text}), "a record is wrong", "fan.one.json")
    text = json.dumps(files["landscape.json"]).replace("2.0", number).encode()
    refused(written({**files, "landscape.json": text}), "a record is wrong", "landscape.json")


def _set(name: str, *path: Any, to: Any) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        place = files[name]
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = to

    return change


SERIES = records()["series/fan.one.json"][0]
WRONG: dict[str, tuple[Callable[[Files], None], str, str]] = {
    "unknown key": (_set("findings.json", 0, "colour", to="red"), "a record is wrong", "findings.json"),
    "unknown key within": (_set("findings.json", 0, "interval", "x", to=1), "a record is wrong", "findings.json"),
    "no list": (_set("findings.json", slice(None), to=[1]), "a record is wrong", "findings.json"),
    "ends exchanged": (_set("findings.json", 0, "interval", "low", to=0.9), "low is above high", "findings.json"),
    "level of one": (_set("findings.json", 0, "interval", "level", to=1.0), "a record is wrong", "findings.json"),
    "unknown cover": (_set("findings.json", 0, "interval", "covers", to="luck"), "a record is wrong", "findings.json"),
    "id for no path": (_set("findings.json", 0, "id", to="../x"), "a record is wrong", "findings.json"),
    "no hash": (_set("findings.json", 0, "run_hash", to="b"), "a record is wrong", "findings.json"),
    "columns unlike": (_set("series/fan.one.json", 0, "columns", "median", to=[1]), "different length", "fan.one"),
    "column without unit": (_set("series/fan.one.json", 0, "units", to={}), "each column has a unit", "fan.one"),
    "unknown class": (_set("maps/land.json", 0, "layer_class", to="guess"), "a record is wrong", "land.json"),
    "map without cells": (_set("landscape.json", 0, "rows", to=0), "a record is wrong", "landscape.json"),
    "count in the year of the stars": (_set("counts.json", 0, "year", to=10**9), "a record is wrong", "counts.json"),
    "series to the end of time": (
        _set("series/fan.one.json", 0, "columns", "year", 1, to=1e12),
        "a year of fan.one",
        "bundle",
    ),
    "finding without run": (_set("findings.json", 0, "run_hash", to="b" * 64), "a run is named", "extinct.one"),
    "series without run": (_set("series/fan.one.json", 0, "run_hash", to="b" * 64), "a run is named", "fan.one"),
    "raster without run": (_set("maps/land.json", 0, "run_hash", to="b" * 64), "a run is named", "land"),
    "finding without source": (_set("findings.json", 0, "sources", to=["no"]), "a source is named", "extinct.one"),
    "figure without source": (_set("figures.json", 0, "source", to="no"), "a source is named", "life.age"),
    "count without source": (_set("counts.json", 0, "source", to="no"), "a source is named", "count.2015.1"),
    "claim without figure": (_set("claims.json", 0, "figures", to=["no"]), "a figure is named", "number"),
    "no column": (_set("series/fan.one.json", 0, to={**SERIES, "columns": {}, "units": {}}), "no column", "fan.one"),
    "script for an address": (_set("sources.json", 0, "address", to="javascript:alert(1)"), "is wrong", "sources.json"),
    "address in two parts": (_set("sources.json", 0, "address", to="https://a b"), "is wrong", "sources.json"),
    "run without study": (_set("runs.json", 0, "study_file", to="downloads/s/no.toml"), "a file is named", "at one"),
    "baseline without run": (_set("runs.json", 0, "scenario", to="one.draws"), "the baseline has no run", "manifest"),
    "finding in no year": (_set("findings.json", 0, "parameters", "year", to="soon"), "no whole number", "extinct.one"),
    "finding in half a year": (_set("findings.json", 0, "parameters", "year", to=0.5), "whole number", "extinct.one"),
    "series in no year": (_set("series/fan.one.json", 0, "parameters", to={"year": "x"}), "whole number", "fan.one"),
    "occupancy in no year": (_set("maps/land.json", 0, "key", to="occupancy"), "no whole number", "land"),
    "claim without finding": (_set("claims.json", 0, "findings", to=["no"]), "a finding is named", "number"),
}


@pytest.mark.parametrize("how", sorted(WRONG))
def test_a_wrong_record_is_refused(how: str, files: Files, written: Write) -> None:
    change, what, where = WRONG[how]
    change(files)
    refused(written(files), what, where)


@pytest.mark.parametrize("name", ["findings.json", "runs.json", "sources.json", "figures.json", "series/fan.one.json"])
def test_a_record_given_twice_is_refused(name: str, files: Files, written: Write) -> None:
    files[name].append(dict(files[name][0]))
    refused(written(files), "given twice", name)


def test_a_manifest_that_is_wrong_is_refused(files: Files, written: Write) -> None:
    refused(written(files, baseline="two"), "the baseline is no scenario", "manifest.json")
    refused(written(files, mood="good"), "a record is wrong", "manifest.json")
    refused(written(files, date="soon"), "a record is wrong", "manifest.json")
    folder = written(files)
    (folder / "manifest.json").write_text("[]")
    refused(folder, "has a format", "manifest.json")


def test_a_file_changed_after_opening_is_not_served(files: Files, written: Write) -> None:
    bundle = open_bundle(written(files))
    (bundle.folder / "downloads/s/study.toml").write_bytes(b'title = "Two"\n')
    with pytest.raises(BundleError, match=r"study\.toml"):
        bundle.read("downloads/s/study.toml")
    for path in ("manifest.json", "../bundle/findings.json", "no.json"):
        with pytest.raises(BundleError, match="no such file"):
            bundle.read(path)


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    refused(tmp_path / "nothing", "is missing", "manifest.json")
    (tmp_path / "file").write_text("x")
    refused(tmp_path / "file", "cannot be read", "manifest.json")


def test_a_file_too_large_is_not_read(files: Files, written: Write) -> None:
    folder = written(files)
    os.truncate(folder / "findings.json", 65 * 1024 * 1024)
    refused(folder, "too large", "findings.json")


def test_an_interval_may_have_ends_without_a_level(files: Files, written: Write) -> None:
    files["findings.json"][0]["interval"]["level"] = None
    held = open_bundle(written(files)).findings["extinct.one"].interval
    assert held == Interval(low=0.1, high=0.4, level=None, covers="simulation_error")


def test_a_figure_is_published_unless_it_says_that_runs_use_it(files: Files, written: Write) -> None:
    assert not open_bundle(written(files)).figures["life.age"].is_parameter
    files["figures.json"][0]["is_parameter"] = True
    assert open_bundle(written(files)).figures["life.age"].is_parameter


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_no_cell_is_a_formula(sign: str) -> None:
    assert safe_cell(f"{sign}1+1") == f"'{sign}1+1"
    assert safe_cell(f"a{sign}") == f"a{sign}"


@pytest.mark.parametrize("value", [-1, -1.5, 0, True, None, "", "text", "'=1"])
def test_other_cells_stay_as_they_are(value: object) -> None:
    assert safe_cell(value) is value
