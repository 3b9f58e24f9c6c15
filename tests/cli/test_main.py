"""The frame: help at once, exit statuses, one paragraph for each error, never a traceback for bad input."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orientalis.core.errors import OrientalisError

COMMANDS = (
    "new check run status summarise report publish verify-bundle verify-petition reproduce show cite doctor schema "
    "verify"
).split()
HEAVY = ("numpy", "numba", "pandas", "pyarrow", "pydantic", "xarray", "rich", "scipy", "altair")


def test_help_names_every_command_at_once(start: Callable[..., Any]) -> None:
    used = []
    for _ in range(3):
        before = os.times()
        process = start("--help")
        out, _ = process.communicate(timeout=60)
        after = os.times()
        used.append(after.children_user + after.children_system - before.children_user - before.children_system)
        assert process.returncode == 0
        assert all(f"\n  {command} " in out for command in COMMANDS)
        assert "..." not in out.partition("Commands:")[2], "a summary is cut off"
    assert min(used) < 0.5


def test_help_imports_nothing_heavy() -> None:
    code = f"import sys, orientalis.cli.app; print([name for name in {HEAVY} if name in sys.modules])"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(call: Callable[..., Any], command: str) -> None:
    answer = call(command, "--help")
    assert answer.code == 0
    assert answer.out.startswith(f"Usage: orientalis {command}")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["frobnicate"], "No such command 'frobnicate'"),
        (["run"], "Missing argument 'STUDY'"),
        (["run", "a.toml", "--nonsense"], "No such option: --nonsense"),
        (["run", "a.toml", "--replicates", "many"], "Invalid value for '--replicates'"),
        (["run", "a.toml", "--out"], "requires an argument"),
        (["show", "creature"], "'species', 'parameter', 'process', 'landscape'"),
        (["--nonsense"], "No such option: --nonsense"),
        (["check", "missing.toml"], "missing.toml"),
        (["check", "."], "folder"),
        (["status", "nowhere"], "there is no such run folder (in nowhere)"),
        (["summarise", "nowhere"], "there is no such run folder (in nowhere)"),
        (["report", "nowhere"], "there is no such run folder (in nowhere)"),
        (["show", "species", "panthera_parduss"], 'Did you mean "panthera_pardus_orientalis"?'),
        (["show", "parameter", "killing.adlut"], 'Did you mean "killing.adult"?'),
        (["show", "process", "buury"], 'Did you mean "bury"?'),
        (["show", "landscape", "southwest_primorie"], 'Did you mean "southwest_primorye"?'),
    ],
)
def test_bad_input_is_one_paragraph_and_2(call: Callable[..., Any], arguments: list[str], words: str) -> None:
    answer = call(*arguments)
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.startswith("Error: ")
    assert words in answer.err
    assert answer.err.count("\n") == 1 and "Traceback" not in answer.err


@pytest.mark.parametrize(
    "content", [b"", b"   \n", b"\x89PNG\r\n\x1a\n\x00", b"title = ", b"\xff\xfe\x00", b"title = 3\n"]
)
@pytest.mark.parametrize("command", ["check", "run", "cite"])
def test_files_that_are_no_study(call: Callable[..., Any], tmp_path: Path, content: bytes, command: str) -> None:
    file = tmp_path / "bad.toml"
    file.write_bytes(content)
    answer = call(command, file)
    assert answer.code == 2
    assert "bad.toml" in answer.err and answer.err.count("\n") == 1


def test_our_own_fault_is_1_and_admitted(call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("orientalis.core.provenance.versions", broken)
    answer = call("doctor")
    assert answer.code == 1
    assert "ZeroDivisionError: oh. This is our fault" in answer.err and "Traceback" not in answer.err
    monkeypatch.setenv("ORIENTALIS_DEBUG", "0")
    assert "Traceback" in call("--debug", "doctor").err


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt(), 130), (MemoryError(), 1), (OrientalisError("x"), 1)])
def test_other_ends(call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int) -> None:
    def broken() -> None:
        raise error

    monkeypatch.setattr("orientalis.core.provenance.versions", broken)
    answer = call("doctor")
    assert answer.code == code
    assert "Traceback" not in answer.err


def test_version(call: Callable[..., Any]) -> None:
    import orientalis

    assert call("--version").out == f"orientalis {orientalis.__version__}\n"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")
def test_a_reader_that_leaves_is_no_error(start: Callable[..., Any]) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    process = start("show", "species", "panthera_pardus_orientalis", stdout=write_end)
    os.close(write_end)
    _, err = process.communicate(timeout=60)
    assert "Traceback" not in err and "Exception ignored" not in err


def test_a_terminal_that_knows_only_ascii(start: Callable[..., Any]) -> None:
    process = start(
        "show", "species", "panthera_pardus_orientalis", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    )
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert "?" in out and "Panthera pardus orientalis" in out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completion(start: Callable[..., Any], shell: str) -> None:
    process = start("--show-completion", shell, env={"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"})
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "orientalis" in out


def test_completion_of_names() -> None:
    from types import SimpleNamespace

    from orientalis.cli.show import complete_name

    context: Any = SimpleNamespace(params={"kind": "parameter"})
    assert complete_name(context, "killing.a") == ["killing.adult"]
    assert complete_name(SimpleNamespace(params={}), "x") == []  # type: ignore[arg-type]
