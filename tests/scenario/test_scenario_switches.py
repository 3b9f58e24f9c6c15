"""Threats in a study: switched on by name, from the catalogue or a file of one's own; what cannot be is refused."""

import shutil

import pytest

from orientalis.catalogue import NEEDS, ON_A_MAP, THREATS, load_threat, threat_names
from orientalis.catalogue.threat_loader import THREAT_FOLDER
from orientalis.core.errors import InputError
from orientalis.engine.scalars import SCALARS
from orientalis.scenario import load_study, resolve

STUDY = """
species = "panthera_pardus_orientalis"
landscape = "{landscape}"
[run]
replicates = 2
years = 3
[start]
animals = 30
[threats]
{threats}
[[scenario]]
name = "status_quo"
"""


def spec(folder, threats, landscape="southwest_primorye"):
    file = folder / "study.toml"
    file.write_text(STUDY.format(threats=threats, landscape=landscape), encoding="utf-8")
    return resolve(load_study(file))[0]


def refusal(folder, threats, **more):
    with pytest.raises(InputError) as caught:
        spec(folder, threats, **more)
    return str(caught.value)


def test_the_catalogue_has_each_threat_and_the_engine_each_quantity():
    assert len(threat_names()) >= 9
    assert {path.stem for path in THREAT_FOLDER.glob("*.toml")} == set(threat_names())
    for name in threat_names():
        threat = load_threat(name)
        assert threat.title and threat.note
        assert [path for path in threat.quantities if path not in SCALARS] == []
        assert set(threat.quantities) == {f"{name}.{key}" for key in THREATS[name]}


def test_a_threat_is_off_until_it_is_switched_on(tmp_path):
    assert "threats" not in spec(tmp_path, "").content
    assert "threats" not in spec(tmp_path, "distemper = false").content
    found = spec(tmp_path, "distemper = true")
    assert list(found.content["threats"]) == ["distemper"]
    assert found.species.has("distemper") and "distemper.force" in found.content["parameters"]
    assert found.run_hash != spec(tmp_path, "").run_hash


def test_a_file_of_ones_own_takes_the_catalogues_place(tmp_path):
    text = (THREAT_FOLDER / "distemper.toml").read_text(encoding="utf-8")
    (tmp_path / "mine.toml").write_text(text.replace("value = 0.03", "value = 0.05"), encoding="utf-8")
    found = spec(tmp_path, 'distemper = "mine.toml"')
    assert found.content["parameters"]["distemper.force"]["value"] == 0.05


def test_an_unknown_threat_is_refused_with_the_nearest(tmp_path):
    said = refusal(tmp_path, "distempr = true")
    assert "unknown threat" in said and "threats.distempr" in said and 'Did you mean "distemper"?' in said


@pytest.mark.parametrize("name", NEEDS)
def test_a_threat_without_what_it_needs_is_refused(tmp_path, name):
    said = refusal(tmp_path, f"{name} = true")
    assert f"the threat {name} needs {NEEDS[name][0]}" in said and "study.toml" in said


@pytest.mark.parametrize("name", ON_A_MAP)
def test_a_threat_of_the_map_is_refused_without_one(tmp_path, name):
    needed = "".join(f"\n{other} = true" for other in NEEDS.get(name, ()))
    said = refusal(tmp_path, f"{name} = true{needed}", landscape="none")
    assert "needs a map" in said and "landscape" in said


def test_a_file_with_a_key_missing_or_a_share_above_one_says_so(tmp_path):
    shutil.copy(THREAT_FOLDER / "distemper.toml", tmp_path / "mine.toml")
    text = (tmp_path / "mine.toml").read_text(encoding="utf-8")
    (tmp_path / "mine.toml").write_text(text.replace("[distemper.fatality]", "[distemper.fatalty]"), encoding="utf-8")
    assert 'Did you mean "fatality"?' in refusal(tmp_path, 'distemper = "mine.toml"')
    worse = text.replace("[distemper.dogs_vaccinated]\nvalue = 0.0", "[distemper.dogs_vaccinated]\nvalue = 1.2")
    assert worse != text
    (tmp_path / "mine.toml").write_text(worse, encoding="utf-8")
    said = refusal(tmp_path, 'distemper = "mine.toml"')
    assert "outside its range" in said and "distemper.dogs_vaccinated" in said and "1.2" in said
