"""The shipped bundle: whole, the one that was checked in, of the study and the catalogue as they stand."""

from pathlib import Path

import pytest

from orientalis.catalogue import load_petition, load_species
from orientalis.evidence import Bundle, open_bundle
from orientalis.publish import catalogue_records
from orientalis.publish.claims import claims_of, published_figures
from orientalis.scenario import load_study, resolve

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "src" / "orientalis_site" / "bundle"
SPECIES = "panthera_pardus_orientalis"
ANEW = (
    "the bundle is not of what stands here: run `make bundle`, look at what moved, write its hash into flagship.sha256"
)


@pytest.fixture(scope="module")
def shipped() -> Bundle:
    return open_bundle(FOLDER)


def test_it_is_the_one_checked_in(shipped: Bundle) -> None:
    written = (Path(__file__).parent / "flagship.sha256").read_text(encoding="utf-8").split()
    assert written == [shipped.hash, "src/orientalis_site/bundle/manifest.json"], ANEW


def test_it_is_of_the_study_as_it_stands(shipped: Bundle) -> None:
    study = ROOT / "examples" / "amur_leopard.toml"
    specs = resolve(load_study(study))
    assert {run.scenario: run.run_hash for run in shipped.runs.values()} == {
        spec.scenario: spec.run_hash for spec in specs
    }, ANEW
    assert {run.scenario: run.replicates for run in shipped.runs.values()} == {
        spec.scenario: spec.replicates for spec in specs
    }, ANEW
    for file in {run.study_file for run in shipped.runs.values()}:
        assert shipped.read(file) == study.read_bytes(), ANEW


def test_it_is_of_the_catalogue_as_it_stands(shipped: Bundle) -> None:
    quantities = load_species(SPECIES).quantities()
    assert {path: shipped.figures[path].value for path in quantities} == {
        path: quantity.value for path, quantity in quantities.items()
    }, ANEW
    assert {path for path, figure in shipped.figures.items() if figure.is_parameter} == set(quantities), ANEW
    published = {figure.id: figure for figure in published_figures(SPECIES)}
    assert {key: figure for key, figure in shipped.figures.items() if key not in quantities} == published, ANEW
    assert list(shipped.counts.values()) == catalogue_records.counts(SPECIES), ANEW
    assert list(shipped.claims.values()) == claims_of(SPECIES, shipped.findings), ANEW
    assert list(shipped.sources.values()) == catalogue_records.sources(shipped.sources), ANEW


def test_each_statement_stands_beside_what_it_names(shipped: Bundle) -> None:
    for statement in load_petition("founding").statements:
        claim = shipped.claims[statement.id]
        assert claim.findings == statement.findings and len(claim.figures) == len(statement.figures)
        assert claim.source == "petition" and "petition" in shipped.sources


def test_its_size(shipped: Bundle) -> None:
    assert sum(file.size for file in shipped.manifest.files) < 2_000_000
    assert shipped.files["landscape.json"].size < 120_000


def test_what_pages_rely_on(shipped: Bundle) -> None:
    manifest = shipped.manifest
    assert (manifest.baseline, manifest.start_year, manifest.years) == ("status_quo", 2023, 100)
    assert manifest.scenarios[:2] == ("status_quo", "petition_start")
    for name in ("status_quo", "petition_start"):
        assert shipped.find("extinct_draws", scenario=name, year=2123) is shipped.findings[f"extinct_draws.{name}"]
        for year in (2023, 2048, 2073, 2123):
            assert f"occupancy.{name}.{year}" in shipped.rasters and f"occupied_area.{name}.{year}" in shipped.findings
    for name in manifest.scenarios:
        assert {f"fan.{name}", f"fan_russia.{name}", f"fan_china.{name}", f"extinction.{name}"} <= set(shipped.series)
        assert name == "status_quo" or f"adults_difference.{name}" in shipped.findings
    for finding in shipped.findings.values():
        assert finding.assumed and finding.value is not None and finding.interval.low is not None
        assert (finding.interval.level is None) == (finding.key == "occupied_area"), finding.id
    assert len({finding.key for finding in shipped.findings.values()}) >= 28
