"""The commands: exit statuses, one clear paragraph, and what `reproduce` finds."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from orientalis.evidence import Bundle

Command = Callable[..., int]
Capture = pytest.CaptureFixture[str]


def test_publish_then_verify(tiny: Bundle, tiny_run: Path, tmp_path: Path, command: Command, capsys: Capture) -> None:
    place = tmp_path / "b"
    assert command("publish", tiny_run, "--out", place, "--date", "2026-11-24") == 0
    assert tiny.hash in capsys.readouterr().out
    assert command("verify-bundle", place) == 0
    said = capsys.readouterr().out
    assert tiny.hash in said and "status_quo, worse (baseline: status_quo)" in said
    assert command("verify-bundle", place, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["hash"] == tiny.hash and told["holds"]["findings"] == len(tiny.findings) and not told["has_map"]
    assert told["bytes"] == sum(file.size for file in tiny.manifest.files)
    assert command("publish", tiny_run, "--out", place, "--quiet") == 0
    assert capsys.readouterr().out == ""
    assert json.loads((place / "manifest.json").read_text())["date"] == date.today().isoformat()


@pytest.mark.parametrize(
    "words",
    [
        ("publish", "{run}", "--out", "{tmp}/b", "--date", "24.11.2026"),
        ("publish", "{tmp}/nothing", "--out", "{tmp}/b"),
        ("publish", "{run}"),
        ("publish", "--out", "{tmp}/b"),
        ("publish", "{run}", "--out", "{run}"),
        ("verify-bundle", "{tmp}"),
        ("verify-bundle", "{run}"),
        ("reproduce", "{tmp}"),
        ("reproduce", "{bundle}", "extinct.statusquo"),
    ],
)
def test_bad_input_is_one_paragraph(
    words: tuple[str, ...], tiny: Bundle, tiny_run: Path, tmp_path: Path, command: Command, capsys: Capture
) -> None:
    capsys.readouterr()
    assert command(*(word.format(run=tiny_run, tmp=tmp_path, bundle=tiny.folder) for word in words)) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1 and "Traceback" not in said.err
    assert not any(tmp_path.iterdir())


def test_a_changed_bundle_is_refused(tiny: Bundle, tmp_path: Path, command: Command, capsys: Capture) -> None:
    place = shutil.copytree(tiny.folder, tmp_path / "b")
    (place / "findings.json").chmod(0o644)
    (place / "findings.json").write_bytes((place / "findings.json").read_bytes().replace(b'"n":12', b'"n":13', 1))
    assert command("verify-bundle", place) == 2
    said = capsys.readouterr().err
    assert "findings.json" in said and "checksum" in said and said.count("\n") == 1


def test_an_unchanged_bundle_is_reproduced(tiny: Bundle, command: Command, capsys: Capture) -> None:
    assert command("reproduce", tiny.folder, "--workers", 1) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in said[:-1]] == list(tiny.findings)
    assert all(": same, " in line for line in said[:-1])
    assert said[-1] == f"{len(tiny.findings)} findings, {len(tiny.findings)} the same, 0 different."


def test_only_what_is_needed_is_run(leopards: Bundle, tmp_path: Path, command: Command, capsys: Capture) -> None:
    kept = tmp_path / "kept"
    runs = kept / "a-few-leopards" / "runs"
    words = ("--out", kept, "--workers", 1)
    assert command("reproduce", leopards.folder, "extinct_draws.as_is", *words) == 0
    assert capsys.readouterr().out.startswith("extinct_draws.as_is: same, ")
    assert [path.name for path in runs.iterdir()] == ["as_is.draws"]
    assert command("reproduce", leopards.folder, "adults_difference.within", *words) == 0
    assert {path.name for path in runs.iterdir()} == {"as_is.draws", "as_is", "within"}
    assert command("reproduce", leopards.folder, "occupied_area.as_is.2026", *words, "--quiet") == 0
    assert command("reproduce", leopards.folder, "adults_median.fewer", *words, "--quiet") == 0


def _alter(key: str, where: str, to: float | None) -> Callable[[Any], None]:
    def change(findings: list[dict[str, Any]]) -> None:
        (one,) = (finding for finding in findings if finding["id"] == key)
        (one if where == "value" else one["interval"])[where] = to

    return change


@pytest.mark.parametrize(
    ("key", "where", "to"),
    [
        ("adults_median.worse", "value", 1234.5),
        ("extinct.status_quo", "high", 0.123),
        ("adults_mean_draws.status_quo", "low", None),
        ("adults_difference.worse", "value", 0.0),
    ],
)
def test_a_value_altered_and_signed_again_is_found(
    key: str,
    where: str,
    to: float | None,
    tiny: Bundle,
    rewritten: Callable[..., Path],
    command: Command,
    capsys: Capture,
) -> None:
    forged = rewritten(tiny, "findings.json", _alter(key, where, to))
    assert command("verify-bundle", forged) == 0  # it was signed again: only running it finds it out
    assert command("reproduce", forged, key, "--workers", 1) == 1
    told = capsys.readouterr().out.splitlines()[-2]
    assert told.startswith(f"{key}: differs: published ") and repr(to) in told
    genuine = tiny.findings[key]
    assert f"again {genuine.value!r} ({genuine.interval.low!r} to {genuine.interval.high!r})" in told
    assert command("reproduce", tiny.folder, key, "--workers", 1, "--quiet") == 0


def test_a_finding_that_never_was_is_found(tiny: Bundle, rewritten: Callable[..., Path], command: Command,
                                           capsys: Capture) -> None:  # fmt: skip
    forged = rewritten(tiny, "findings.json", lambda held: held.append({**held[0], "id": "saved.status_quo"}))
    assert command("reproduce", forged, "saved.status_quo", "--workers", 1) == 1
    assert "again not found" in capsys.readouterr().out


@pytest.mark.parametrize("key", ["baseline", "scenario"])
def test_a_difference_to_what_has_no_run_is_said(
    key: str, tiny: Bundle, rewritten: Callable[..., Path], command: Command, capsys: Capture
) -> None:
    def change(findings: list[dict[str, Any]]) -> None:
        for one in findings:
            if one["id"] == "adults_difference.worse":
                one["parameters"][key] = "nowhere"

    forged = rewritten(tiny, "findings.json", change)
    capsys.readouterr()
    assert command("reproduce", forged, "adults_difference.worse", "--workers", 1) == 2
    said = capsys.readouterr().err
    assert "has no run in the bundle" in said and '"nowhere"' in said and said.count("\n") == 1


def test_a_baseline_without_a_run_is_said(
    tiny: Bundle, rewritten: Callable[..., Path], command: Command, capsys: Capture
) -> None:
    def change(runs: list[dict[str, Any]]) -> None:
        for one in runs:
            one["scenario"] = one["scenario"].replace("status_quo", "other")

    forged = rewritten(tiny, "runs.json", change)
    capsys.readouterr()
    assert command("reproduce", forged, "extinct.worse", "--workers", 1) == 2
    said = capsys.readouterr().err
    assert "the baseline has no run" in said and said.count("\n") == 1


def test_a_run_that_cannot_be_repeated_here_is_said(
    tiny: Bundle, monkeypatch: pytest.MonkeyPatch, command: Command, capsys: Capture
) -> None:
    monkeypatch.setattr("orientalis.__version__", "99.0.0")
    assert command("reproduce", tiny.folder, "extinct.worse") == 2
    said = capsys.readouterr().err
    assert "the run of worse cannot be repeated here" in said and "99.0.0" in said and said.count("\n") == 1
