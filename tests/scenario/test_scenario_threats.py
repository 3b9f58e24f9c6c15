"""Bad input about threats gets one paragraph with file, key, value and what was expected, and exit code 2."""

import pytest

from orientalis.catalogue.threat_loader import THREAT_FOLDER
from orientalis.core.errors import InputError
from orientalis.scenario import check_taken, load_study, resolve

STUDY = """
title = "Threats"
species = "panthera_pardus_orientalis"
landscape = "none"
[run]
replicates = 2
years = 2
seed = 1
[start]
animals = 20
[threats]
distemper = true
dens = true
{parameters}
[[scenario]]
name = "status_quo"
{change}
"""


def checked(folder, parameters="", change="", threats=None):
    """What `orientalis check` looks at."""
    text = STUDY.format(parameters=f"[parameters]\n{parameters}" if parameters else "", change=change)
    file = folder / "study.toml"
    file.write_text(text.replace("dens = true", threats) if threats else text, encoding="utf-8")
    study = load_study(file)
    specs = resolve(study)
    check_taken(specs, study.file)
    return specs


def refusal(folder, *arguments, **named):
    """The words of the refusal, which name the file and carry the exit code 2."""
    with pytest.raises(InputError) as caught:
        checked(folder, *arguments, **named)
    assert caught.value.exit_code == 2
    assert caught.value.file is not None
    return str(caught.value)


def test_the_catalogue_leaves_something_of_every_base_hazard(tmp_path):
    assert len(checked(tmp_path)) == 1


@pytest.mark.parametrize(
    "path, value",
    [
        ("distemper.dogs_vaccinated", 1.2),
        ("distemper.fatality", -0.1),
        ("distemper.immune_at_start", 2.0),
        ("distemper.vaccinated", -1.0),
        ("dens.closed", 1.5),
        ("dens.dogs_controlled", 1.01),
        ("dens.fire", 1.0),
        ("dens.until", 13.0),
        ("dens.predators", -0.2),
    ],
)
def test_a_value_out_of_its_range_is_refused(tmp_path, path, value):
    text = refusal(tmp_path, f'"{path}" = {value}')
    assert path in text
    assert f"{value:g}" in text
    change = f'[[scenario.change]]\nparameter = "{path}"\nset = {value}\n'
    assert path in refusal(tmp_path, change=change)


def test_threats_that_take_more_than_there_is_are_refused_by_class_hazard_and_name(tmp_path):
    text = refusal(tmp_path, '"dens.predators" = 1.2')
    assert "survival.cub_0_3.female" in text
    assert "threats take 1.47 a year (distemper 0.021, dens 1.45) from a base hazard of 1.26 a year" in text
    assert "0.697" in text


def test_distemper_alone_may_take_too_much(tmp_path):
    text = refusal(tmp_path, '"distemper.force" = 0.2', threats="dens = false")
    assert "(distemper" in text
    assert "dens 0" not in text


def test_a_study_with_draws_is_judged_by_the_values_of_the_catalogue(tmp_path):
    specs = checked(tmp_path, threats="dens = true\n[draws]\nnumber = 4\nreplicates_each = 1")
    assert any(spec.draws for spec in specs)


def test_a_change_over_years_may_go_beyond_the_reference_state(tmp_path):
    change = '[[scenario.change]]\nparameter = "dens.predators"\nset = 4.0\n'
    assert len(checked(tmp_path, change=change)) == 1


def test_a_key_missing_in_a_threat_file_is_named(tmp_path):
    text = (THREAT_FOLDER / "dens.toml").read_text(encoding="utf-8")
    (tmp_path / "own.toml").write_text(text[: text.index("[dens.closed]")], encoding="utf-8")
    assert "dens.closed" in refusal(tmp_path, threats='dens = "own.toml"')


def test_an_unknown_threat_gets_the_nearest_name(tmp_path):
    assert 'Did you mean "dens"' in refusal(tmp_path, threats="denz = true")
