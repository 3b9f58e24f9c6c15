"""`new`, `check`, `show`, `cite`, `doctor`, `schema`, `verify`."""

import json
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from orientalis.core.errors import InputError


@pytest.mark.parametrize("landscape", ["southwest_primorye", "none"])
@pytest.mark.parametrize("words", [[], ["study"]])
def test_a_new_study_is_sound(call: Callable[..., Any], tmp_path: Path, landscape: str, words: list[str]) -> None:
    file = tmp_path / "my.toml"
    answer = call("new", *words, file, "--landscape", landscape)
    assert answer.code == 0
    assert f"Next: orientalis check {file}" in answer.out
    assert "@" not in file.read_text()
    assert call("check", file).code == 0
    before = file.read_bytes()
    refused = call("new", *words, file)
    assert refused.code == 2 and "the file exists and is left as it is" in refused.err
    assert file.read_bytes() == before


def test_a_new_species_can_be_filled_in(call: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "snow_leopard.toml"
    assert call("new", "species", file).code == 0
    assert call("show", "species", file).code == 0


@pytest.mark.parametrize(
    "arguments",
    [["place", "x.toml"], ["x.toml", "--species", "nobody"], ["x.toml", "--landscape", "nowhere"], ["no/such/x.toml"]],
)
def test_new_refuses(
    call: Callable[..., Any], tmp_path: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = call("new", *arguments)
    assert answer.code == 2 and answer.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_check(call: Callable[..., Any], study: Path) -> None:
    answer = call("check", study)
    assert "is sound: Tiny" in answer.out and "worse.draws" in answer.out
    content = json.loads(call("check", study, "--json").out)
    assert [entry["name"] for entry in content["scenarios"]][:2] == ["status_quo", "worse"]
    assert content["scenarios"][0]["replicates"] == 12
    assert any("ceiling" in line for line in content["warnings"])
    assert (
        json.loads(call("check", study, "--json", "--set", "run.replicates=7").out)["scenarios"][0]["replicates"] == 7
    )


@pytest.mark.parametrize("kind", ["species", "parameter", "process", "landscape"])
def test_show_lists_and_shows_everything(call: Callable[..., Any], kind: str) -> None:
    names = json.loads(call("show", kind, "--json").out)
    assert names and call("show", kind).out.split("\n")[:-1] == names
    for name in names[:12]:
        assert len(call("show", kind, name).out) > 40
        json.loads(call("show", kind, name, "--json").out)


def test_show_parameter_says_unit_and_source(call: Callable[..., Any]) -> None:
    out = call("show", "parameter", "killing.adult").out
    assert "1/year" in out and "source:" in out


def test_cite(call: Callable[..., Any], study: Path, tmp_path: Path) -> None:
    file = tmp_path / "leopard.toml"
    call("new", file)
    out = call("cite", file).out
    assert "Reed" in out and "are assumed" in out and "Layers of the landscape:" in out
    assert "@" in call("cite", file, "--bibtex").out
    content = json.loads(call("cite", file, "--json").out)
    assert content["sources"] and content["assumed"] and content["landscape"]
    assert json.loads(call("cite", study, "--json").out)["landscape"] == []


def test_bibtex_reads_back(call: Callable[..., Any], tmp_path: Path) -> None:
    from orientalis.catalogue.references import parse_references

    call("new", tmp_path / "leopard.toml")
    content = json.loads(call("cite", tmp_path / "leopard.toml", "--json").out)
    found = parse_references(call("cite", tmp_path / "leopard.toml", "--bibtex").out)
    assert set(found) == {entry["key"] for entry in content["sources"]}


def test_doctor(call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    answer = call("doctor")
    assert answer.code == 0 and "landscape southwest_primorye: whole" in answer.out
    rows = json.loads(call("doctor", "--json").out)
    assert {row["state"] for row in rows} <= {"ok", "note"}

    def damaged(name: str) -> None:
        raise InputError("a layer is damaged", file=name)

    monkeypatch.setattr("orientalis.geography.load_landscape", damaged)
    answer = call("doctor")
    assert answer.code == 1 and "wrong  landscape southwest_primorye: a layer is damaged" in answer.out


def test_schema_knows_the_template(call: Callable[..., Any], tmp_path: Path) -> None:
    schema = json.loads(call("schema").out)
    call("new", tmp_path / "my.toml")
    content = tomllib.loads((tmp_path / "my.toml").read_text())
    assert set(content) <= set(schema["properties"])
    assert not {"file", "text"} & set(schema["properties"])
    assert schema["additionalProperties"] is False


ROWS = [
    {"case": "V5.a", "kind": "exact", "target": 1.0, "got": 1.0, "low": None, "high": None, "passed": True},
    {"case": "V5.b", "kind": "comparison", "target": 1.0, "got": 2.0, "low": None, "high": None, "passed": None},
]


@pytest.mark.parametrize(
    ("kind", "passed", "code"),
    [
        ("exact", True, 0),
        ("exact", False, 1),
        ("statistical", False, 1),
        ("calibration", False, 0),
        ("comparison", None, 0),
    ],
)
def test_verify(
    call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, kind: str, passed: bool | None, code: int
) -> None:
    asked: list[dict[str, Any]] = []

    def run_cases(**options: Any) -> list[dict[str, Any]]:
        asked.append(options)
        return [*ROWS, ROWS[0] | {"kind": kind, "passed": passed}]

    monkeypatch.setitem(sys.modules, "orientalis.verify", SimpleNamespace(run_cases=run_cases))
    answer = call("verify", "--only", "V5", "--quick", "--json")
    assert answer.code == code
    assert json.loads(answer.out)[0] == ROWS[0]
    assert asked == [{"only": "V5", "quick": True}]
    assert "V5.b" in call("verify").out
