"""Which threats are on stands in the report, and what they count; without any, the report is what it was."""

import re
import sys
from pathlib import Path

import pytest

from orientalis.catalogue import load_threat, threat_names
from orientalis.report.answers import Answers
from orientalis.report.build import read_answers, write_report
from orientalis.report.plots import all_plots, compensation, deaths_by_year, series
from orientalis.report.threats import BESIDE, threat_rows

OF_THREATS = (
    "burnt", "forest", "prey", "tigers", "gene_diversity", "infected", "guarding", "deaths_by_year", "compensation",
)  # fmt: skip
LEOPARD = "panthera_pardus_orientalis"


def _run(on: dict[str, str] | None) -> Answers:
    runs = sys.modules["invented_runs"].invent(20, 12, draws=0, spatial=False, scenarios={"status_quo": {"start": 80}})
    runs.specification = {"species": {"name": LEOPARD}, "parameters": {}, **({"threats": on} if on else {})}
    return read_answers(runs)


def test_every_threat_is_listed_and_off_is_plain(tmp_path: Path) -> None:
    name = threat_names()[0]
    answers = _run({name: load_threat(name).sha256})
    text = write_report(answers, tmp_path).read_text(encoding="utf-8")
    section = text[text.index('<section id="model">') : text.index('<section id="kills">')]
    for row in answers.threats:
        line = re.search(rf"<tr[^>]*><td>{re.escape(row.title)}</td>.*?</tr>", section)
        assert line is not None
        assert ("<strong>on</strong>" in line[0]) is (row.name == name)
        assert ("off: not modelled on its own" in line[0]) is (row.name != name)
    assert {row.name for row in answers.threats} == set(threat_names())


def test_without_threats_the_list_alone_is_new(tmp_path: Path) -> None:
    text = write_report(_run(None), tmp_path).read_text(encoding="utf-8")
    assert "None is on in this run" in text and "<strong>on</strong>" not in text
    assert not [name for name in OF_THREATS if f'<figure id="{name}">' in text]
    assert 'id="surroundings"' not in text and 'id="people"' not in text and 'id="genes"' not in text
    assert "What is lost for each animal killed" not in text


def test_the_quantities_of_a_threat_stand_among_the_assumptions() -> None:
    name = "distemper"
    threat = load_threat(name)
    on = {row.path: row for row in _run({name: threat.sha256}).assumptions}
    assert set(threat.quantities) <= set(on)
    assert not set(threat.quantities) & {row.path for row in _run(None).assumptions}
    beside = _run({name: "0" * 64})
    rows = {row.path: row for row in beside.assumptions}
    assert {rows[path].note for path in threat.quantities} == {BESIDE}
    assert [row.beside for row in beside.threats if row.name == name] == [True]


def test_rows_follow_the_specification() -> None:
    assert not any(row.is_on or row.beside for row in threat_rows({}))
    assert [row.is_on for row in threat_rows({"distemper": "x"}) if row.name == "distemper"] == [True]


def test_compensation_that_cannot_be_told_is_said(tmp_path: Path) -> None:
    text = write_report(_run({"distemper": "0" * 64}), tmp_path).read_text(encoding="utf-8")
    assert "It cannot be told: no scenario of this run differs enough" in text
    assert '<figure id="compensation">' not in text


def test_areas_of_deaths_stand_on_one_another(full: Answers) -> None:
    table = deaths_by_year.read(full)
    assert table is not None
    for _, rows in table.drawn.groupby("year"):
        assert rows["bottom"].iloc[0] == pytest.approx(0) and rows["top"].iloc[-1] == pytest.approx(1)
        assert rows["bottom"].to_numpy()[1:] == pytest.approx(rows["top"].to_numpy()[:-1])
    assert {"distemper", "snare", "people"} <= set(table.drawn["cause"])
    people = table.whole[["people", "trade", "snare"]].sum()
    assert deaths_by_year.title(table).startswith(f"People kill {100 * people:.0f}")


def test_panels_of_a_run_are_those_that_it_counts(full: Answers) -> None:
    table = series.read_series(full, (series.Panel("burnt"), series.Panel("burnt", "north_korea")))
    assert table is not None and [panel.area for panel in table.panels] == [None]
    others = series.read_series(full, (series.Panel("prey", others=True),))
    assert others is not None
    assert list(dict.fromkeys(others.rows["scenario"])) == [one.label for one in full.scenarios]
    assert others.rows.loc[others.rows["is_main"], "scenario"].unique().tolist() == [full.baseline.label]


def test_compensation_has_its_interval(full: Answers) -> None:
    table = compensation.read(full)
    assert table is not None and {"near_capacity", "low_numbers"} == set(table.rows["state"])
    told = table.told.iloc[0]
    assert told["low"] < told["value"] < told["high"] and "Fieller" in compensation.caption(table)
    assert (compensation.short(table)["lost for each killed"] == compensation.TOLD_NOT).sum() == (
        table.rows["value"].isna().sum()
    )


def test_the_plots_of_threats_are_there() -> None:
    assert set(OF_THREATS) <= set(all_plots())
