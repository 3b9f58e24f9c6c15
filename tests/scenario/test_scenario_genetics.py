"""Studies with genetics that cannot be run say what is wrong and where."""

import pytest

from orientalis.core.errors import InputError
from orientalis.scenario import load_study, resolve

STUDY = """
title = "Genes"
species = "panthera_pardus_orientalis"
landscape = "none"
[run]
replicates = 1
years = 5
tick = "month"
seed = 1
[start]
animals = {animals}
[threats]
genetics = true
[parameters]
{parameters}
[[scenario]]
name = "a"
{change}
"""


def resolved(folder, parameters="", change="", animals=20):
    file = folder / "study.toml"
    file.write_text(STUDY.format(parameters=parameters, change=change, animals=animals), encoding="utf-8")
    return resolve(load_study(file))


def test_a_sound_study_is_taken(tmp_path):
    change = '[[scenario.change]]\nparameter = "genetics.lethal_equivalents"\nset = 3.0\n'
    assert "genetics.burn_in_size" in resolved(tmp_path, change=change)[0].content["parameters"]


@pytest.mark.parametrize(
    ("parameters", "key", "words"),
    [
        ('"genetics.absolute" = 0.5', "genetics.absolute", "neither off nor on"),
        ('"genetics.fecundity_share" = 0.9', "fecundity_share", "exceed 1"),
        ('"genetics.lethal_equivalents" = -1.0', "lethal_equivalents", "out of its range"),
        ('"genetics.lethal_share" = 1.5', "lethal_share", "out of its range"),
        ('"genetics.burn_in_size" = 0.0', "burn_in_size", "out of its range"),
        ('"reproduction.male_share" = 0.0', "male_share", "two parents"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path, parameters, key, words):
    with pytest.raises(InputError, match=words) as caught:
        resolved(tmp_path, parameters)
    assert key in str(caught.value)
    assert "study.toml" in str(caught.value)
    assert caught.value.expected


def test_what_holds_from_the_start_does_not_change(tmp_path):
    with pytest.raises(InputError, match="holds from the start"):
        resolved(tmp_path, change='[[scenario.change]]\nparameter = "genetics.burn_in_size"\nset = 9.0\n')


def test_a_load_is_one_for_the_whole_map(tmp_path):
    change = '[[scenario.change]]\nparameter = "genetics.lethal_equivalents"\nset = 3.0\nzone = "west"\n'
    with pytest.raises(InputError):
        resolved(tmp_path, change=change)


def test_founders_are_few_enough_to_name_their_alleles(tmp_path):
    with pytest.raises(InputError, match="too many founders"):
        resolved(tmp_path, animals=40_000)
