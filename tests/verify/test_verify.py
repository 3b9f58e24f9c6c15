"""`orientalis verify`: selection of cases, and every exact and statistical row of the quick table agrees."""

import json

import pytest
from typer.testing import CliRunner

from orientalis.cli.app import app
from orientalis.core.errors import InputError
from orientalis.verify import case_names, run_cases
from orientalis.verify.cases import CASES
from orientalis.verify.row import between, statistical


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rows[0])
def test_case_agrees(case):
    rows = case.run(True)
    assert tuple(row.case for row in rows) == case.rows
    assert [row for row in rows if row.passed is not True and row.kind != "comparison"] == []


def test_no_empty_registry_and_no_name_twice():
    names = case_names()
    assert len(names) >= 15
    assert len(set(names)) == len(names)
    for family in ("V4", "V5", "V8", "V9", "V12", "W1", "W2"):
        assert any(name.startswith(f"{family}.") for name in names)


def test_only_selects_a_family_and_a_single_case():
    assert [row.case for row in run_cases("V4.leslie")] == ["V4.leslie.litters_50", "V4.leslie.litters_69"]
    assert [row.case for row in run_cases("V4.leslie.litters_69")] == ["V4.leslie.litters_69"]


def test_unknown_case_names_the_nearest():
    with pytest.raises(InputError, match="V5.birth_death") as caught:
        run_cases("V5.birth_deth")
    assert caught.value.exit_code == 2
    with pytest.raises(InputError):
        run_cases("V1")  # no row is V1 or V1.*, though V12 begins so


def test_bounds():
    assert statistical("x", 1.0, 1.4, 0.1).passed
    assert not statistical("x", 1.0, 1.6, 0.1).passed
    assert not between("x", "exact", 1.0, float("nan"), 0.0, 2.0).passed


def test_command_prints_only_json():
    result = CliRunner().invoke(app, ["verify", "--only", "V4.leslie", "--quick", "--json"])
    assert result.exit_code == 0, result.output
    rows = json.loads(result.output)
    assert [set(row) for row in rows] == [{"case", "kind", "target", "got", "low", "high", "passed"}] * 2
