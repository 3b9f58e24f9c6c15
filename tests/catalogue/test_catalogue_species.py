"""Every species of the catalogue: loads, is sourced, draws legally; and what the loader gives."""

import math
import tomllib
from pathlib import Path

import jsonschema
import pytest

from orientalis.catalogue import (
    Species,
    check_value,
    field_of,
    load_references,
    load_species,
    species_names,
    species_schema,
)
from orientalis.catalogue.references import cited_keys
from orientalis.catalogue.species_loader import SPECIES_FOLDER
from orientalis.core.errors import InputError

NAMES = species_names()


@pytest.fixture(params=NAMES, name="species")
def _species(request: pytest.FixtureRequest) -> Species:
    return load_species(request.param)


def test_the_catalogue_is_not_empty() -> None:
    assert {"panthera_pardus_orientalis", "benchmark_population"} <= set(NAMES)


def test_the_name_is_that_of_the_file(species: Species) -> None:
    assert species.name == species.file.stem
    assert len(species.sha256) == 64
    assert {"en", "ru", "zh-hans"} <= set(species.common_names)
    assert load_species(species.file).quantities() == species.quantities()


def test_every_source_is_known_and_every_number_has_its_reason(species: Species) -> None:
    known = load_references()
    for path, quantity in species.quantities().items():
        for key in cited_keys(quantity.source, quantity.note):
            assert key in known, f"{path} cites {key}"
        assert quantity.note, f"{path} has no note"
        if quantity.source != "assumed":
            assert quantity.where, f"{path} does not say where in {quantity.source}"


def test_what_was_recalled_is_named_assumed(species: Species) -> None:
    known = load_references()
    for path, quantity in species.quantities().items():
        recalled = "ecalled" in known[quantity.source].fields.get("note", "") if quantity.source in known else False
        if recalled or "ecalled" in quantity.note:
            assert quantity.is_assumed, path


def test_every_quantity_is_in_its_unit_and_has_a_meaning(species: Species) -> None:
    for path, quantity in species.quantities().items():
        wanted = field_of(path)
        assert wanted is not None, path
        assert wanted.meaning
        if not path.startswith("survival."):
            assert quantity.unit == wanted.unit


@pytest.mark.parametrize("u", [1e-12, 0.05, 0.3, 0.5, 0.7, 0.95, 1 - 1e-12])
def test_every_draw_is_legal(species: Species, u: float) -> None:
    for path, quantity in species.quantities().items():
        drawn = quantity.draw(u)
        numbers = drawn if isinstance(drawn, tuple) else (drawn,)
        for number in numbers:
            check_value(path, number)
        wanted = field_of(path)
        if wanted is not None and wanted.sums_to_one:
            assert math.isclose(sum(numbers), 1.0, abs_tol=1e-9)


def test_draws_keep_pairs_in_order() -> None:
    leopard = load_species("panthera_pardus_orientalis")
    for low, high in [
        ("life_history.independence_first", "life_history.independence_last"),
        ("territory.smallest_area", "territory.largest_area"),
        ("life_history.first_breeding_female", "life_history.last_breeding"),
    ]:
        assert leopard.quantity(low).high <= leopard.quantity(high).low  # type: ignore[operator]


def test_shares_leave_some_hazard_at_every_draw() -> None:
    leopard = load_species("panthera_pardus_orientalis")
    for entry in leopard.classes:
        ends = [leopard.quantity(f"shares.{entry.name}.{cause}") for cause in ("infanticide", "people")]
        assert sum(max(quantity.numbers()) for quantity in ends) < 1.0


def test_the_benchmark_population_is_the_common_workload() -> None:
    species = load_species("benchmark_population")
    assert [tuple(entry) for entry in species.classes] == [
        ("cub", 0, 12, "cub"),
        ("young", 12, 36, "none"),
        ("adult", 36, 0, "none"),
    ]
    for name, rate in (("cub", 0.6), ("young", 0.7), ("adult", 0.85)):
        assert species.value(f"survival.{name}.female") == species.value(f"survival.{name}.male") == rate
    assert species.value("reproduction.litter_probability") == 0.5
    assert species.values("reproduction.litter_size") == (0.35, 0.35, 0.25, 0.05)
    assert species.value("variation.cub_survival") == pytest.approx(0.2 / math.sqrt(12), rel=1e-15)
    assert species.variation_distribution == "uniform"
    for section in ("territory", "killing", "catastrophe", "infanticide", "shares", "dispersal", "mating", "prey"):
        assert not species.has(section)


def test_quantities_by_path() -> None:
    species = load_species("panthera_pardus_orientalis")
    assert species.has("territory")
    assert species.classes[0].months == 3
    assert species.classes[-1].months == 0
    assert species.values("killing.adult") == (0.02,)
    assert species.value("territory.female_need") == pytest.approx(3.15 * 365.25)
    with pytest.raises(InputError) as caught:
        species.quantity("killing.adlt")
    assert caught.value.nearest == "killing.adult"
    with pytest.raises(InputError, match="no such parameter"):
        check_value("killing.adlt", 0.5)
    with pytest.raises(InputError, match="0 to 5 1/year"):
        check_value("killing.adult", 7.0)


def test_the_schema_knows_every_section_of_every_species() -> None:
    properties = species_schema()["properties"]
    for name in NAMES:
        data = tomllib.loads(Path(SPECIES_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
        assert set(data) <= set(properties)


def test_the_schema_accepts_every_species() -> None:
    for name in NAMES:
        data = tomllib.loads(Path(SPECIES_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
        jsonschema.validate(data, species_schema())
