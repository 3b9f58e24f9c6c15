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


LEDGER = """title = "Deaths"
species = "benchmark_population"
landscape = "none"

[run]
replicates = 6
years = 4
tick = "year"
seed = 3
batch = 3

[record]
events = true

[threats]
distemper = true

[start]
animals = 30
ages = "uniform"
youngest = 1
oldest = 8

[[scenario]]
name = "status_quo"
"""


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small run with a threat and its events; not to be changed."""
    from orientalis.cli.main import run

    folder = tmp_path_factory.mktemp("recorded")
    (folder / "study.toml").write_text(LEDGER, encoding="utf-8")
    assert run(["run", str(folder / "study.toml"), "--out", str(folder / "run"), "--workers", "1", "--quiet"]) == 0
    return folder


def test_the_ledger_holds_every_death_of_the_tallies(call: Any, recorded: Path, tmp_path: Path) -> None:
    import pandas as pd

    from orientalis.store import read

    out = tmp_path / "new" / "deaths.csv"
    answer = call("ledger", recorded / "run", "--out", out)
    assert answer.code == 0 and "distemper" in answer.out
    rows = pd.read_csv(out)
    tallies = read(recorded / "run").tallies("status_quo")
    for cause in ("distemper", "natural"):
        columns = [name for name in tallies.columns if name.startswith("deaths.") and name.endswith(f".{cause}")]
        by_year = tallies.groupby("year")[columns].sum().sum(axis=1)
        found = rows[rows["cause"] == cause].groupby("year").size()
        assert by_year[by_year > 0].to_dict() == found.to_dict() and found.sum() > 0
    held = json.loads(call("ledger", recorded / "run", "--json").out)["deaths"]
    assert sum(row["deaths"] for row in held) == len(rows)


def test_a_run_without_events_has_no_ledger(call: Any, results: Path, recorded: Path) -> None:
    answer = call("ledger", results)
    assert answer.code == 2 and "events = true" in answer.err
    answer = call("ledger", recorded / "run", "--scenario", "status_qou")
    assert answer.code == 2 and "status_quo" in answer.err


def test_threats_are_shown(call: Any) -> None:
    from orientalis.catalogue import load_threat, threat_names

    said = call("show", "threats")
    for name in threat_names():
        threat = load_threat(name)
        assert f"{name} " in said.out and threat.title in said.out
        shown = call("show", "threat", name).out
        assert all(f"{path}: " in shown for path in threat.quantities) and "ASSUMED" in shown
    assert json.loads(call("show", "threat", "--json").out) == list(threat_names())
    assert set(json.loads(call("show", "threat", "distemper", "--json").out)["quantities"]) > {"distemper.force"}
    assert "force of infection" in call("show", "parameter", "distemper.force").out
    wrong = call("show", "threat", "distempr")
    assert wrong.code == 2 and "distemper" in wrong.err


def test_check_says_which_threats_are_on(call: Any, recorded: Path, study: Path) -> None:
    assert "threats on: distemper" in call("check", recorded / "study.toml").out
    off = call("check", recorded / "study.toml", "--set", "threats.distemper=false").out
    assert "threats on: none" in off and "distemper" in off[off.index("threats off") :]
    held = json.loads(call("check", study, "--json").out)["threats"]
    assert held["distemper"] is False
    assert json.loads(call("check", recorded / "study.toml", "--json").out)["threats"]["distemper"] is True


def test_whoever_has_a_threat_on_cites_its_sources(call: Any, recorded: Path) -> None:
    held = json.loads(call("cite", recorded / "study.toml", "--json").out)
    assert "gilbert2016" in {source["key"] for source in held["sources"]}
    assert "distemper.force" in held["assumed"]
    text = (recorded / "study.toml").read_text(encoding="utf-8").replace("distemper = true", "distemper = false")
    (recorded / "off.toml").write_text(text, encoding="utf-8")
    held = json.loads(call("cite", recorded / "off.toml", "--json").out)
    assert "gilbert2016" not in {source["key"] for source in held["sources"]}
