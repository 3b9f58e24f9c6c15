"""What stands in the repository is for its readers: no address of a registry, no path of one machine, no chatter."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {".git", ".venv", "out", "dist", "build", "__pycache__"}
CACHES = {".hypothesis", ".import_linter_cache", ".mypy_cache", ".pytest_cache", ".ruff_cache"}

# Each in pieces, so that this file does not hold what it forbids. Bytes, so that data files are read too.
HOSTS = ["py" + "pi.org", "python" + "hosted", "npm" + "js.", "registry." + "npm", "deb." + "debian", "crates" + ".io"]
PLACES = ["/wo" + "rk/", "/ro" + "ot/", "/opt/py" + "pi", "/opt/wh" + "eels", "/ho" + "me/[a-z]", "file" + ":///"]
CHATTER = [
    r"\bC" + r"EO\b",
    r"\bcla" + r"ude\b",
    r"\banthro" + r"pic\b",
    r"\bchat" + r"gpt\b",
    r"\bsub-?ag" + r"ents?\b",
    r"\bhelper ses" + r"sions?\b",
    r"\b(this|my|our|previous|next|developer|developer's) ses" + r"sions?\b",
    r"\bwork" + r"place\b",
    r"\bissues sh" + r"ow\b",
    r"\bissue #?[0-9]",
    r"\.\./sha" + r"red/",
    r"\bshared/des" + r"ign\b",
]
ANYWHERE = [*map(re.escape, HOSTS), *(rf"(?<![\w.\-]){place}" for place in PLACES)]
FORBIDDEN = re.compile("|".join(ANYWHERE + CHATTER).encode(), re.IGNORECASE)
# Compressed numbers may spell a short word by chance.
FORBIDDEN_IN_DATA = re.compile("|".join(ANYWHERE).encode())


def repository_files() -> list[Path]:
    """List the tracked files and those about to be; where git is not at hand, all but caches and results."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
        names = [ROOT / name for name in listed.decode().split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        names = [path for path in ROOT.rglob("*") if not (SKIPPED | CACHES) & set(path.relative_to(ROOT).parts)]
    return [path for path in names if path.is_file()]


def test_nothing_names_a_registry_a_machine_or_how_the_work_was_done() -> None:
    files = repository_files()
    assert len(files) > 10
    found = []
    for path in files:
        content = path.read_bytes()
        for hit in (FORBIDDEN_IN_DATA if b"\0" in content else FORBIDDEN).finditer(content):
            line = content[: hit.start()].count(b"\n") + 1
            found.append(f"{path.relative_to(ROOT)}:{line}: {hit.group().decode(errors='replace')}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "https://files.python" + "hosted.org/x",
        "see /wo" + "rk/main/a",
        "b'/ro" + "ot/.cache'",
        "as the previous ses" + "sion said",
        "closes issue " + "#3",
    ],
)
def test_the_search_finds(text: str) -> None:
    assert FORBIDDEN.search(text.encode())


@pytest.mark.parametrize("text", ["network/", "@pytest.fixture(scope='session')", "the tissue 3", "home/index"])
def test_the_search_leaves_alone(text: str) -> None:
    assert not FORBIDDEN.search(text.encode())


def test_the_lock_pins_every_package_with_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", "\n" + lock)[1:]
    assert len(entries) > 50
    for entry in entries:
        assert re.match(r"[a-z0-9][a-z0-9._-]*==[^ ]+", entry), entry
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


def requirement_names() -> set[str]:
    """Names of every package that pyproject.toml asks for, the build back end and the extras included."""
    text = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = text["project"]
    wanted = [*project["dependencies"], *text["build-system"]["requires"]]
    for extra in project["optional-dependencies"].values():
        wanted += extra
    return {re.split(r"[\[<>=!~; ]", name)[0].lower() for name in wanted} - {"orientalis"}


def test_the_lock_holds_every_package_asked_for() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert requirement_names() <= set(re.findall(r"^([a-z0-9._-]+)==", lock, re.MULTILINE))


def test_each_dependency_has_its_row_in_the_document() -> None:
    document = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([^`]+)` \|", document, re.MULTILINE)) == requirement_names()


def import_contracts() -> dict[str, dict[str, object]]:
    """The contracts of import-linter by id."""
    text = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"]: contract for contract in text["tool"]["importlinter"]["contracts"]}


def test_the_engine_is_barred_from_every_other_dependency() -> None:
    barred = set(import_contracts()["engine"]["forbidden_modules"])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *extras["dask"], *extras["site"]]
    wanted = {re.split(r"[\[<>=]", name)[0] for name in asked}
    modules = {"vl-convert-python": "vl_convert", "django-csp": "csp", "pillow": "PIL", "django-allauth": "allauth"}
    modules |= {"django-anymail": "anymail", "django-axes": "axes", "django-ninja": "ninja"}
    imported = {modules.get(name, name) for name in wanted}
    assert imported - {"numpy", "numba"} <= barred


def test_the_site_is_barred_from_all_but_evidence() -> None:
    barred = set(import_contracts()["site"]["forbidden_modules"])
    packages = {path.parent.name for path in (ROOT / "src" / "orientalis").glob("*/__init__.py")}
    packages |= {path.stem for path in (ROOT / "src" / "orientalis").glob("*.py")} - {"__init__", "__main__"}
    assert barred == {f"orientalis.{name}" for name in packages - {"evidence"}}


def test_the_hook_is_local_and_runs_make_check() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [source["repo"] for source in hooks["repos"]] == ["local"]
    assert [hook["entry"] for source in hooks["repos"] for hook in source["hooks"]] == ["make check"]


def test_the_citation_names_the_version() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    source = (ROOT / "src" / "orientalis" / "__init__.py").read_text(encoding="utf-8")
    assert f'__version__ = "{citation["version"]}"' in source
    assert citation["license"] == "Apache-2.0"
    assert f"## [{citation['version']}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_ci_runs_the_same_command_as_a_newcomer() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").strip().splitlines()
    assert script[-1].startswith("exec make") and script[-1].endswith(" test")
