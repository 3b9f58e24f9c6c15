"""A bundle as a whole: the same bytes for the same run, whole or not there, and nothing of the machine in it."""

import csv
import json
import os
import re
import shutil
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from orientalis.catalogue import load_species
from orientalis.core.errors import InputError
from orientalis.evidence import Bundle, BundleError, open_bundle
from orientalis.publish import publish_bundle
from orientalis.publish import write as writing
from orientalis.publish.studies import read_study, slug
from orientalis.publish.tables import cell
from orientalis.publish.write import write_bundle

DAY = date(2026, 11, 24)


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_run_gives_the_same_bytes(leopards: Bundle, leopard_run: Path, tmp_path: Path) -> None:
    """Another folder, another time, other workers, resumed: no byte differs."""
    moved = shutil.copytree(leopard_run, tmp_path / "elsewhere" / "of another name")
    provenance = json.loads((moved / "provenance.json").read_text())
    again = {**provenance["sessions"][0], "started": "1999-01-01T00:00:00+00:00", "workers": 77, "seconds": 1.5}
    (moved / "provenance.json").write_text(json.dumps({"sessions": [provenance["sessions"][0], again]}))
    second = publish_bundle([moved], tmp_path / "b", DAY)
    assert content(second.folder) == content(leopards.folder) and second.hash == leopards.hash


def test_only_the_date_differs_with_the_date(tiny: Bundle, tiny_run: Path, tmp_path: Path) -> None:
    later = publish_bundle([tiny_run], tmp_path / "b", date(2027, 1, 2))
    assert later.hash != tiny.hash
    one, other = content(tiny.folder), content(later.folder)
    for name in one:
        if name != "manifest.json":
            assert other[name].replace(b"2027-01-02", b"2026-11-24") == one[name], name


def test_what_is_read_back_is_what_stands_in_the_files(leopards: Bundle) -> None:
    for name, records in (("findings", leopards.findings), ("figures", leopards.figures), ("runs", leopards.runs)):
        held = json.loads((leopards.folder / f"{name}.json").read_text(encoding="utf-8"))
        assert [one.model_dump(mode="json") for one in records.values()] == held and held
    for path in leopards.folder.rglob("*.json"):
        text = path.read_text(encoding="utf-8")
        kind = dict if path.name in ("manifest.json", "resolved.json", "provenance.json") else list
        assert isinstance(json.loads(text), kind) and "NaN" not in text and text.endswith("\n")
        assert json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n" == text


def test_nothing_of_the_machine_is_in_it(leopards: Bundle, leopard_run: Path) -> None:
    told = [str(leopard_run), str(Path.home()), os.uname().nodename if hasattr(os, "uname") else "no such"]
    for name, data in content(leopards.folder).items():
        assert not any(word.encode() in data for word in told if len(word) > 4), name
        assert not re.search(rb'"(started|ended|workers|seconds|cluster)"', data), name


def test_files_are_read_only(tiny: Bundle) -> None:
    for path in tiny.folder.rglob("*"):
        if path.is_file():
            assert stat.S_IMODE(path.stat().st_mode) == 0o444


def test_ids_of_a_bundle(tiny: Bundle, leopards: Bundle) -> None:
    """A finding that goes missing, or comes under another name, is noticed here."""
    keys = ["extinct", "none_alive", "below_females_5", "below_adults_10", "below_adults_20", "below_adults_50"]
    keys += ["adults_median", "adults_futures", "over_one_year_median", "over_one_year_futures", "adults_five_percent"]
    keys += ["start_animals", "minimum_abundance", "growth", "growth_first", "capacity"]
    draws = ["extinct_draws", "below_adults_20_draws", "below_adults_50_draws"]
    draws += ["adults_mean_draws", "minimum_abundance_draws"]
    causes = {key for key in tiny.findings if key.startswith("deaths_share.")}
    expected = {f"{key}.{name}" for key in keys for name in ("status_quo", "worse")}
    expected |= {f"{key}.status_quo" for key in draws} | {"adults_difference.worse"}
    assert set(tiny.findings) - causes == expected and causes
    assert set(tiny.series) == {f"{key}.{name}" for key in ("fan", "extinction") for name in ("status_quo", "worse")}
    places = ["adults_median_russia.as_is", "adults_median_china.as_is", "capacity_today.as_is"]
    places += ["density_survey_3600.as_is.2023", "density_survey_3600.as_is.2026", "occupied_area.as_is.2026"]
    assert set(places) <= set(leopards.findings)
    maps = {f"occupancy.{name}.{year}" for name in ("as_is", "within") for year in (2023, 2026)}
    assert set(leopards.rasters) == maps | {"land", "potential_habitat"}


def test_each_finding_says_what_it_rests_on(leopards: Bundle) -> None:
    for finding in leopards.findings.values():
        assert finding.assumed and finding.sources and finding.date == DAY and finding.n > 0
        assert leopards.runs[finding.run_hash].scenario.removesuffix(".draws") == finding.parameters["scenario"]
        assert isinstance(finding.parameters["year"], int) and finding.unit
        assert finding.value is None or finding.interval.covers != "none" or finding.n < 6


def test_figures_are_the_species_quantities(leopards: Bundle) -> None:
    for path, quantity in load_species("panthera_pardus_orientalis").quantities().items():
        figure = leopards.figures[path]
        assert (figure.value, figure.unit, figure.source, figure.kind) == (
            quantity.value, quantity.unit, quantity.source, quantity.kind
        )  # fmt: skip
        assert figure.used is None and figure.is_parameter
    published = {figure.id for figure in leopards.figures.values() if not figure.is_parameter}
    assert published and published.isdisjoint(load_species("panthera_pardus_orientalis").quantities())
    assert {source.id for source in leopards.sources.values() if not source.is_verified} >= {"augustine1996"}
    assert leopards.sources["balme2013"].is_verified


def test_a_value_set_in_the_study_is_said(command: Callable[..., int], tiny_run: Path, tmp_path: Path) -> None:
    words = ("--set", "reproduction.litter_probability=0.3", "--replicates", 2, "--scenario", "worse")
    study, run = tiny_run / "study.toml", tmp_path / "run"
    assert command("run", study, *words, "--out", run, "--workers", 1, "--quiet") == 0
    bundle = publish_bundle([run], tmp_path / "b", DAY)
    assert bundle.figures["reproduction.litter_probability"].used == 0.3
    assert bundle.manifest.baseline == "worse" and set(bundle.runs) == {bundle.findings["extinct.worse"].run_hash}
    (held,) = bundle.runs.values()
    assert held.settings == ("reproduction.litter_probability=0.3", "run.replicates=2") and held.replicates == 2
    assert held.command == (
        "orientalis run study.toml --scenario worse --set reproduction.litter_probability=0.3 --set run.replicates=2 "
        "--out out/again"
    )
    assert command("reproduce", bundle.folder, "--workers", 1) == 0


def test_runs_are_told_in_words(tiny: Bundle, leopards: Bundle) -> None:
    runs = {run.scenario: run for run in [*tiny.runs.values(), *leopards.runs.values()]}
    assert runs["worse"].changes == ("reproduction.litter_probability times 0.4 in years 2–8",)
    assert runs["within"].changes == ("land.within set to range_today",)
    assert runs["fewer"].changes == ("start.animals set to 30",) and runs["fewer"].replicates == 3
    assert (runs["status_quo.draws"].draws, runs["status_quo.draws"].replicates) == (3, 12)
    assert runs["status_quo"].title == "As it is" and runs["status_quo"].study == "tiny-one-two"
    assert runs["status_quo"].command == "orientalis run study.toml --scenario status_quo --out out/again"
    assert runs["status_quo.draws"].command == (
        "orientalis run study.toml --scenario status_quo --scenario status_quo.draws --out out/again"
    )
    assert tiny.read(runs["status_quo"].study_file).startswith(b'title = "Tiny')
    assert runs["status_quo"].versions["orientalis"] and "platform" in runs["status_quo"].versions


def test_downloads_hold_the_same_numbers(leopards: Bundle) -> None:
    def rows(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(leopards.read(f"downloads/{name}.csv").decode("utf-8").splitlines()))

    for row, finding in zip(rows("findings"), leopards.findings.values(), strict=True):
        assert row["id"] == finding.id and json.loads(row["parameters"]) == finding.parameters
        assert (float(row["value"]) if row["value"] else None) == finding.value
        assert (float(row["high"]) if row["high"] else None) == finding.interval.high
    fan = [row for row in rows("fan") if row["scenario"] == "as_is" and row["area"] == "everywhere"]
    assert [float(row["median"]) for row in fan] == list(leopards.series["fan.as_is"].columns["median"])
    assert len(rows("figures")) == len(leopards.figures) and len(rows("counts")) == len(leopards.counts) > 5
    lines = [row for row in rows("extinction") if row["scenario"] == "within"]
    assert [float(row["extinct_high"]) for row in lines] == list(
        leopards.series["extinction.within"].columns["extinct_high"]
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@a", "\t=1", "\uff1d1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert cell(text) == "'" + text and cell(-1.5) == "-1.5" and cell(4.0) == "4" and cell(None) == ""


def test_the_map_lies_on_the_grid(leopards: Bundle) -> None:
    ground = leopards.landscape
    assert ground is not None and {line.id for line in ground.lines} == {
        "coast", "lakes", "rivers", "borders", "reserves", "graticule"
    }  # fmt: skip
    for line in ground.lines:
        for part in line.parts:
            assert len(part) >= 4 and len(part) % 2 == 0
            assert all(0 <= x <= 10 * ground.columns for x in part[::2])
            assert all(0 <= y <= 10 * ground.rows for y in part[1::2])
    kinds = {place.name: place for place in ground.places}
    assert {"russia", "china", "north_korea", "Vladivostok", "Land of the Leopard National Park"} <= set(kinds)
    land = {row: values for row, *values in leopards.rasters["land"].cells}
    assert kinds["russia"].y // 10 in land and ground.classes["reserves"] == "schematic"
    assert "GeoNames" in ground.attribution and b"GNU Lesser" in leopards.read("LICENCES.txt")


def test_several_runs_make_one_bundle(
    tiny: Bundle, tiny_run: Path, tmp_path: Path, command: Callable[..., int]
) -> None:
    text = (tiny_run / "study.toml").read_text().replace('"status_quo"', '"one"').replace('"worse"', '"two"')
    (tmp_path / "more.toml").write_text(text.replace("animals = 14", "animals = 20"))
    assert command("run", tmp_path / "more.toml", "--out", tmp_path / "more", "--workers", 1, "--quiet") == 0
    bundle = publish_bundle([tiny_run, tmp_path / "more"], tmp_path / "b", DAY)
    assert (
        bundle.manifest.scenarios == ("status_quo", "worse", "one", "two") and bundle.manifest.baseline == "status_quo"
    )
    assert {run.study for run in bundle.runs.values()} == {"tiny-one-two", "tiny-one-two-2"}
    assert set(tiny.findings) < set(bundle.findings)
    changes = {run.scenario: run.changes for run in bundle.runs.values()}
    assert changes["one"] == ("start.animals set to 20",) and changes["status_quo"] == ()
    more = bundle.findings["start_animals.one"].value, bundle.findings["start_animals.status_quo"].value
    assert more == (20, 14) and bundle.findings["adults_difference.one"].parameters["baseline"] == "status_quo"
    assert command("reproduce", bundle.folder, "adults_difference.two", "--workers", 1, "--quiet") == 0


def test_one_run_under_two_names_is_refused(tiny_run: Path, tmp_path: Path, command: Callable[..., int]) -> None:
    text = (tiny_run / "study.toml").read_text().replace('"status_quo"', '"one"').replace('"worse"', '"two"')
    (tmp_path / "more.toml").write_text(text)
    assert command("run", tmp_path / "more.toml", "--out", tmp_path / "more", "--workers", 1, "--quiet") == 0
    with pytest.raises(InputError, match="two scenarios are one and the same run.*one and status_quo"):
        publish_bundle([tiny_run, tmp_path / "more"], tmp_path / "b", DAY)


def test_runs_that_cannot_stand_together(tiny_run: Path, leopard_run: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="scenario of one name"):
        publish_bundle([tiny_run, tiny_run], tmp_path / "b", DAY)
    with pytest.raises(InputError, match="different species"):
        publish_bundle([tiny_run, leopard_run], tmp_path / "b", DAY)
    assert not any(tmp_path.iterdir())


def test_runs_with_two_values_of_a_quantity_are_refused(
    tiny_run: Path, tmp_path: Path, command: Callable[..., int]
) -> None:
    text = (tiny_run / "study.toml").read_text().replace('"status_quo"', '"one"').replace('"worse"', '"two"')
    (tmp_path / "more.toml").write_text(text)
    words = ("--set", "reproduction.litter_probability=0.3", "--replicates", 2, "--scenario", "one")
    assert command("run", tmp_path / "more.toml", *words, "--out", tmp_path / "m", "--workers", 1, "--quiet") == 0
    with pytest.raises(InputError, match=r"different values of one quantity.*reproduction\.litter_probability.*0\.3"):
        publish_bundle([tiny_run, tmp_path / "m"], tmp_path / "b", DAY)


def test_the_command_of_draws_makes_a_folder_that_can_be_reported(
    tiny: Bundle, tmp_path: Path, command: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (run,) = (run for run in tiny.runs.values() if run.scenario == "status_quo.draws")
    (tmp_path / "study.toml").write_bytes(tiny.read(run.study_file))
    assert command(*run.command.split()[1:], "--workers", 1, "--quiet") == 0
    study = read_study(tmp_path / "out" / "again")
    assert study.hashes["status_quo.draws"] == run.run_hash and study.draws["status_quo"].replicates.size == 12
    assert command("report", "out/again") == 0


def test_a_run_that_is_not_finished_is_refused(tiny_run: Path, tmp_path: Path) -> None:
    for lost in ("part-00001", "part-00002"):
        run = shutil.copytree(tiny_run, tmp_path / lost)
        for path in (run / "runs" / "worse").glob(f"{lost}*"):
            path.unlink()
        with pytest.raises(InputError, match="not finished.*worse"):
            publish_bundle([run], tmp_path / "b", DAY)


@pytest.mark.parametrize("what", ["species", "landscape"])
def test_a_catalogue_that_has_moved_on_is_refused(what: str, leopard_run: Path, tmp_path: Path) -> None:
    run = shutil.copytree(leopard_run, tmp_path / "run")
    resolved = json.loads((run / "resolved.json").read_text())
    for entry in resolved["scenarios"]:
        entry["specification"][what]["sha256"] = "0" * 64
    (run / "resolved.json").write_text(json.dumps(resolved))
    with pytest.raises(InputError, match=f"the {what} .* has changed"):
        publish_bundle([run], tmp_path / "b", DAY)


def test_a_bundle_replaces_a_bundle_and_nothing_else(tiny: Bundle, tiny_run: Path, tmp_path: Path) -> None:
    place = shutil.copytree(tiny.folder, tmp_path / "b")
    (place / "findings.json").chmod(0o644)
    (place / "findings.json").write_text("spoilt")
    assert publish_bundle([tiny_run], place, DAY).hash == tiny.hash  # a spoilt bundle is still one
    (place / "mine.txt").write_text("notes")
    with pytest.raises(InputError, match="something else than a bundle.*mine.txt"):
        publish_bundle([tiny_run], place, DAY)
    assert (place / "mine.txt").read_text() == "notes"
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(place)
    for other in ("file", "link"):
        with pytest.raises(InputError, match="no folder that a bundle can replace"):
            publish_bundle([tiny_run], tmp_path / other, DAY)
    with pytest.raises(InputError, match="something else"):
        publish_bundle([tiny_run], tiny_run, DAY)
    (tmp_path / "empty").mkdir()
    assert publish_bundle([tiny_run], tmp_path / "empty", DAY).hash == tiny.hash
    assert {path.name for path in tmp_path.iterdir()} == {"b", "file", "link", "empty"}  # nothing is left over


def test_read_only_files_go_where_the_system_keeps_them(
    tiny: Bundle, tiny_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, which removes no read-only file."""
    remove = os.unlink

    def as_on_windows(path: str, *, dir_fd: int | None = None) -> None:
        if not os.stat(path, dir_fd=dir_fd).st_mode & stat.S_IWRITE:
            raise PermissionError(13, "Access is denied", path)
        remove(path, dir_fd=dir_fd)

    place = shutil.copytree(tiny.folder, tmp_path / "b")
    monkeypatch.setattr(os, "unlink", as_on_windows)
    assert publish_bundle([tiny_run], place, DAY).hash == tiny.hash
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_a_failure_leaves_the_old_bundle(tiny: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = shutil.copytree(tiny.folder, tmp_path / "b")
    files = content(tiny.folder)
    with pytest.raises(BundleError):
        write_bundle({**files, "findings.json": b"[]"}, place)
    calls = []

    def fails_once(self: Path, target: Path) -> Path:
        calls.append(self)
        if len(calls) == 2:
            raise OSError("no")
        return Path(shutil.move(self, target))

    monkeypatch.setattr(writing.Path, "rename", fails_once)
    with pytest.raises(InputError):
        write_bundle(files, place)
    assert len(calls) == 3 and open_bundle(place).hash == tiny.hash
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_names_come_from_titles() -> None:
    assert slug("The Amur leopard over 100 years") == "the-amur-leopard-over-100-years"
    assert slug("  Леопард ") == "" and len(slug("a b" * 80)) <= 60 and not slug("x" * 59 + " y").endswith("-")
