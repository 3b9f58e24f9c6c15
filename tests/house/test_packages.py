"""System packages are installed where that is allowed, and where it is not the reader is told what is left out."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tools" / "install_packages.sh"


class Machine:
    """A make-believe Debian: programs that write down how they were called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calls = folder / "calls"
        self.calls.touch()
        self.program("dpkg-query", "exit 1")
        self.program("apt-get")
        self.program("id", "echo 0")
        self.program("sudo", "exit 1")

    def program(self, name: str, body: str = "exit 0") -> None:
        """Put a program first in the path."""
        path = self.folder / name
        path.write_text(f'#!/bin/sh\necho "{name} $*" >> "{self.calls}"\n{body}\n', encoding="utf-8")
        path.chmod(0o755)

    def install(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the script on this machine."""
        environment = {"PATH": f"{self.folder}:/usr/bin:/bin"}
        command = ["bash", str(SCRIPT), *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def asked(self, name: str) -> list[str]:
        """The lines with which a program was called."""
        return [line for line in self.calls.read_text(encoding="utf-8").splitlines() if line.startswith(f"{name} ")]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine that has nothing and may install."""
    return Machine(tmp_path)


def test_what_is_there_is_not_asked_for(machine: Machine) -> None:
    machine.program("dpkg-query", "echo installed")
    assert machine.install("nothing works", "one", "two").returncode == 0
    assert machine.asked("apt-get") == []


def test_what_is_missing_is_installed_after_the_lists_are_renewed(machine: Machine) -> None:
    done = machine.install("nothing works", "one", "two")
    assert done.returncode == 0, done.stderr
    update, install = machine.asked("apt-get")
    assert update.endswith("update")
    assert install.endswith("install one two")


def test_sudo_is_used_by_one_who_is_not_root(machine: Machine) -> None:
    machine.program("id", "echo 1000")
    machine.program("sudo", 'shift; exec "$@"')
    assert machine.install("nothing works", "one").returncode == 0
    assert any("apt-get" in line and "install one" in line for line in machine.asked("sudo"))


def test_one_who_may_not_is_told_what_is_left_out(machine: Machine) -> None:
    machine.program("id", "echo 1000")
    done = machine.install("the map is not drawn", "one", "two")
    assert done.returncode == 1
    assert "one two" in done.stderr and "Without them: the map is not drawn." in done.stderr
    assert machine.asked("apt-get") == []


def test_a_failure_of_apt_is_told_too(machine: Machine) -> None:
    machine.program("apt-get", "exit 100")
    done = machine.install("the map is not drawn", "one")
    assert done.returncode == 1 and "the map is not drawn" in done.stderr


def test_the_tests_and_the_benchmark_have_their_lists(machine: Machine) -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    for name, packages in (("tests", ("chromium", "postgresql", "fonts-noto-cjk")), ("bench", ("nginx-light", "wrk"))):
        section = text.split(f"\n  {name})")[1].split(";;")[0]
        assert all(package in section for package in packages)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "install_packages.sh tests" in makefile and "install_packages.sh bench" in makefile


def test_a_name_is_asked_for(machine: Machine) -> None:
    assert machine.install().returncode == 2
