"""Bad studies of prey and tigers: refused before the run, with file, key, value and what was expected."""

import pytest

from orientalis.catalogue.threat_loader import THREAT_FOLDER
from orientalis.core.errors import InputError
from orientalis.geography import synthetic
from orientalis.scenario import compile_batch, load_study, resolve

STUDY = """
species = "panthera_pardus_orientalis"
landscape = "{landscape}"
[run]
replicates = 1
years = 2
tick = "month"
seed = 1
[start]
animals = 8
[threats]
{threats}
[parameters]
{parameters}
[[scenario]]
name = "a"
"""
BOTH = "ungulates = true\ntigers = true"
LAND = synthetic((15, 15))


def refused(folder, threats=BOTH, parameters="", landscape="made", land=LAND):
    """The message of the refusal."""
    file = folder / "study.toml"
    file.write_text(STUDY.format(landscape=landscape, threats=threats, parameters=parameters), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        compile_batch(resolve(load_study(file), landscape=None if landscape == "none" else land)[0], 0, 1)
    return str(caught.value)


@pytest.mark.parametrize(
    ("parameters", "key"),
    [
        ('"ungulates.swine_fever" = 1.5', "ungulates.swine_fever"),
        ('"ungulates.quota_boar" = -0.1', "ungulates.quota_boar"),
        ('"ungulates.dispersal" = 1.2', "ungulates.dispersal"),
        ('"ungulates.half" = 0.0', "ungulates.half"),
        ('"ungulates.intake" = 0.0', "ungulates.intake"),
        ('"tigers.poaching" = -1.0', "tigers.poaching"),
        ('"tigers.growht" = 0.1', "tigers.growht"),
    ],
)
def test_a_value_out_of_range_is_refused_with_its_key(tmp_path, parameters, key):
    assert key in refused(tmp_path, parameters=parameters)


def test_tigers_need_prey(tmp_path):
    message = refused(tmp_path, threats="tigers = true")
    assert "tigers needs ungulates" in message and "threats.ungulates" in message


def test_prey_needs_a_map(tmp_path):
    message = refused(tmp_path, landscape="none", threats="ungulates = true")
    assert "needs a map" in message and "threats.ungulates" in message


def test_a_map_without_prey_is_refused(tmp_path):
    assert "no prey" in refused(tmp_path, land=synthetic((15, 15), prey=0.0))


def test_prey_of_no_kind_is_refused(tmp_path):
    none = "\n".join(f'"ungulates.density_{kind}" = 0.0' for kind in ("sika", "roe", "boar", "red_deer", "small"))
    assert "no prey of any kind" in refused(tmp_path, parameters=none)


def test_a_functional_response_that_lacks_is_refused(tmp_path):
    text = (THREAT_FOLDER / "ungulates.toml").read_text(encoding="utf-8")
    begin = text.index("[ungulates.half]")
    (tmp_path / "own.toml").write_text(
        text[:begin] + text[text.index("[ungulates.prey_per_leopard]") :], encoding="utf-8"
    )
    assert "ungulates.half" in refused(tmp_path, threats='ungulates = "own.toml"')
