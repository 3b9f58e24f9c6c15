"""The files of a deployment name what exists: settings, commands, each other."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from orientalis_site.petition import states
from tests.site.server import ROOT, manage

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
RECIPE = (ROOT / "docs" / "site" / "production.md").read_text(encoding="utf-8")
OF_STAFF = {"purge", "erase_person", "export_person", "run_fraud_rules"}  # until that part is merged
RUNBOOK = (ROOT / "docs" / "site" / "runbook.md").read_text(encoding="utf-8")
SETTINGS = set(
    re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "site" / "README.md").read_text("utf-8"), re.MULTILINE)
)


def example() -> dict[str, str]:
    """The settings of the example, those that are commented out among them."""
    text = (DEPLOY / "site.env.example").read_text(encoding="utf-8")
    return dict(re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", text, re.MULTILINE))


def unit(path: Path) -> configparser.ConfigParser:
    """A unit of systemd."""
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(path.read_text(encoding="utf-8"))
    return parser


def test_the_example_holds_settings_that_there_are() -> None:
    assert set(example()) <= SETTINGS
    assert {"ORIENTALIS_SECRET_KEY", "ORIENTALIS_ALLOWED_HOSTS", "ORIENTALIS_SITE_URL"} <= set(example())
    assert example()["ORIENTALIS_SECRET_KEY"] == "", "an example's secret would be used"


def test_the_example_is_taken_once_it_has_a_secret(tmp_path: Path) -> None:
    given = {
        **example(),
        "ORIENTALIS_SECRET_KEY": "x" * 60,
        "ORIENTALIS_VAR": str(tmp_path),
        "ORIENTALIS_DATABASE_URL": "",
    }
    port = given.pop("PORT")
    var = Path(given.pop("ORIENTALIS_VAR"))
    assert manage(var, "check", PORT=port, **given).returncode == 0
    assert manage(var, "check", PORT=port, **{**given, "ORIENTALIS_SECRET_KEY": ""}).returncode == 2


@pytest.mark.parametrize("path", [path for path in UNITS if path.suffix == ".service"], ids=lambda path: path.name)
def test_a_unit_runs_a_command_that_there_is(tmp_path: Path, path: Path) -> None:
    start = unit(path)["Service"]["ExecStart"].split()
    assert start[1:3] == ["-m", "orientalis_site"]
    done = manage(tmp_path, start[3], "--help")
    assert done.returncode == 0
    assert all(option in done.stdout for option in start if option.startswith("--"))
    assert unit(path)["Service"]["User"] == "orientalis" and unit(path)["Service"]["NoNewPrivileges"] == "yes"


def test_the_recipe_names_every_file_and_the_timer_its_service() -> None:
    assert (DEPLOY / "systemd" / "orientalis-backup.timer").exists()
    for name in ("site.env.example", "nginx/orientalis.conf", "systemd/orientalis*"):
        assert f"deploy/{name}" in RECIPE
    for name in re.findall(r"^run ([a-z_]+) ", RECIPE, re.MULTILINE):
        assert name in ("load_bundle", "restore")
    for name in {path.stem for path in UNITS if path.suffix == ".timer"}:
        assert (DEPLOY / "systemd" / f"{name}.service").exists() and f"{name}.timer" in RECIPE


def test_the_runbook_names_commands_and_options_that_there_are() -> None:
    lines = re.findall(r"(?:^|`)run ([a-z_]+)([^`\n#]*)", RUNBOOK, re.MULTILINE)
    assert len(lines) > 15
    for name, rest in lines:
        if name in OF_STAFF - set(get_commands()):
            continue
        command = load_command_class(get_commands()[name], name)
        parser = command.create_parser("", name)
        known = {option for action in parser._actions for option in action.option_strings}
        for action in parser._subparsers._group_actions if parser._subparsers else ():
            assert rest.split()[0] in action.choices, (name, rest)
            known |= {option for one in action.choices[rest.split()[0]]._actions for option in one.option_strings}
        assert {word for word in rest.split() if word.startswith("--")} <= known, (name, rest)


def test_the_runbook_hides_a_petition_by_code_that_there_is() -> None:
    (code,) = re.findall(r'^run shell -c "(.*)"$', RUNBOOK, re.MULTILINE)
    compile(code, "runbook", "exec")
    assert callable(states.hide) and callable(states.unhide) and "states.hide(models.Petition" in code
