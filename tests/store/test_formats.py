"""Folders of every format that is read stay readable: one of each is kept here."""

from pathlib import Path

from orientalis.store import FORMAT_VERSION, read

HERE = Path(__file__).parent


def test_format_1() -> None:
    runs = read(HERE / "format_1")
    assert runs.scenarios == ("status_quo",)
    assert runs.replicates("status_quo").tolist() == [0, 1, 2, 3, 4, 5]
    numbers = runs.counts("status_quo", "number")
    assert numbers.shape == (6, 7)
    assert numbers[3, 1] > 0 and not numbers[3, 2:].any()
    assert numbers.sum() == 2818
    assert runs.maps("status_quo")["animals"].shape == (2, 3, 4)
    assert runs.histograms("status_quo")["dispersal.female"].sum() > 0
    assert len(runs.events("status_quo")) == 6
    assert sorted(runs.zone_members("status_quo")) == ["china", "everywhere", "russia"]


def test_every_format_has_its_folder() -> None:
    kept = sorted(folder.name for folder in HERE.glob("format_*"))
    assert kept == [f"format_{version}" for version in range(1, FORMAT_VERSION + 1)]
