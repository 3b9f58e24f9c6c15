"""A wheel built here runs outside the checkout, with its data, templates and licences."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "orientalis"
STUDY = ROOT / "examples" / "amur_leopard.toml"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel offline with the pinned back end."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("orientalis-*-py3-none-any.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel in an environment of its own, which borrows the other packages of this one.

    The borrowed folder is only appended to the path, so its own .pth files are not read and this checkout stays unseen.
    """
    home = tmp_path_factory.mktemp("elsewhere") / "environment"
    venv.create(home, with_pip=True, symlinks=os.name != "nt")
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    site = subprocess.run(
        [scripts / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (Path(site) / "borrowed.pth").write_text("\n".join(sorted(borrowed)) + "\n", encoding="utf-8")
    install = [scripts / "python", "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--force-reinstall"]
    subprocess.run([*install, wheel], check=True, env=clean_environment())
    return scripts


def clean_environment() -> dict[str, str]:
    """Return the environment without what could lead Python back to the checkout."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}


def run_elsewhere(command: list[str | Path], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run `command` in `folder`, outside the checkout."""
    assert not folder.is_relative_to(ROOT)
    return subprocess.run(command, cwd=folder, env=clean_environment(), text=True, capture_output=True, check=False)


def test_every_file_of_the_package_is_inside(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        path.relative_to(PACKAGE.parent).as_posix()
        for package in (PACKAGE, PACKAGE.with_name("orientalis_site"))
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {"orientalis/py.typed", "orientalis_site/bundle/manifest.json"} <= wanted
    assert wanted - inside == set()
    metadata = wheel.name.removesuffix("-py3-none-any.whl") + ".dist-info"
    assert {name.split("/")[0] for name in inside} == {"orientalis", "orientalis_site", metadata}


def test_the_licences_are_inside(wheel: Path) -> None:
    inside = zipfile.ZipFile(wheel).namelist()
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in inside)
    assert any(name.endswith(".dist-info/licenses/LICENSES/README.md") for name in inside)
    landscapes = PACKAGE / "catalogue" / "landscapes"
    for folder in [path for path in landscapes.glob("*") if (path / "manifest.json").exists()]:
        prefix = f"orientalis/catalogue/landscapes/{folder.name}/LICEN"
        assert any(name.startswith(prefix) for name in inside), f"{folder.name} ships data without their licences"


def test_the_wheel_is_imported_and_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    done = run_elsewhere([installed / "python", "-c", "import orientalis; print(orientalis.__file__)"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).is_relative_to(installed.parent)


def test_the_command_answers_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    done = run_elsewhere([installed / "orientalis", "--help"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert "run" in done.stdout and "report" in done.stdout


def test_the_main_job_runs_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    shutil.copy(STUDY, tmp_path / "study.toml")
    command = [installed / "orientalis", "run", "study.toml", "--out", "result", "--replicates", "2", "--workers", "1"]
    fewer_draws = ["--set", "draws.number=2", "--set", "draws.replicates_each=1"]
    done = run_elsewhere([*command, *fewer_draws], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert list((tmp_path / "result" / "runs").glob("*/part-00000.json"))
    done = run_elsewhere([installed / "orientalis", "report", "result"], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "result" / "report.html").stat().st_size > 0
