"""One self-contained report.html of a run folder, with every plot as PNG, SVG and CSV beside it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from orientalis.analysis.read import RunsLike
from orientalis.analysis.scenarios import find_key, read_scenarios, study_titles
from orientalis.core.errors import InputError
from orientalis.geography.map_layers import MapLayers
from orientalis.report.answers import Answers
from orientalis.report.page import page
from orientalis.report.plots import all_plots
from orientalis.report.plots.plot import Figure
from orientalis.report.render import write_files
from orientalis.report.sources import Assumption, Source, assumptions, sources
from orientalis.report.threats import threat_rows, with_threats

FLAGSHIP_LANDSCAPE = "southwest_primorye"
FLAGSHIP_SPECIES = "panthera_pardus_orientalis"
FLAGSHIP_START = 2023


def build_report(run_dir: str | Path, out: str | Path | None = None) -> Path:
    """Write `report.html` and the folder `report/` (PNG, SVG, CSV of each plot) into `out`, by default the run folder.

    Works on whatever has finished. Raises InputError where the folder is no run or holds no results.
    """
    from orientalis.store import read

    runs = read(run_dir)
    text = runs.study_file.read_text(encoding="utf-8") if runs.study_file.is_file() else ""
    return write_report(read_answers(runs, study=text), runs.path if out is None else Path(out), text)


def read_answers(runs: RunsLike, *, study: str = "", map_layers: MapLayers | None = None) -> Answers:
    """Read a run, its species and its landscape; what the catalogue no longer has is left out."""
    title, titles = study_titles(study)
    scenarios = read_scenarios(runs, titles)
    if not scenarios:
        raise InputError(
            "the run has no scenario with default parameters", expected="one scenario with results or more"
        )
    content = scenarios[0].specification
    species, landscape = _name(find_key(content, "species")), _name(find_key(content, "landscape"))
    is_flagship = landscape == FLAGSHIP_LANDSCAPE and species == FLAGSHIP_SPECIES
    start = find_key(content, "start_year")
    on = content.get("threats") or {}
    rows, cited, common = _catalogue(species, find_key(content, "parameters") or {}, on)
    return Answers(
        title=title or common or (species or "population").replace("_", " "),
        scenarios=scenarios,
        subject="leopards" if species == FLAGSHIP_SPECIES else "animals",
        species=species,
        start_year=int(start) if start is not None else (FLAGSHIP_START if is_flagship else None),
        map_layers=map_layers if map_layers is not None else _map_layers(landscape),
        assumptions=rows,
        sources=cited,
        threats=threat_rows(on),
        provenance=runs.provenance,
    )


def write_report(answers: Answers, out: Path, study: str = "") -> Path:
    """Write the page and the files of each plot; returns the page's path."""
    figures = [Figure(plot, table) for plot in all_plots().values() if (table := plot.read(answers)) is not None]
    out.mkdir(parents=True, exist_ok=True)
    for figure in figures:
        write_files(figure, out / "report")
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    templates = files("orientalis.report") / "templates"
    style = Markup((templates / "style.css").read_text(encoding="utf-8"))
    template = environment.from_string((templates / "report.html.j2").read_text(encoding="utf-8"))
    path = out / "report.html"
    path.write_text(template.render(style=style, **page(answers, figures, study)), encoding="utf-8")
    return path


def _name(held: Any) -> str | None:
    """A name that is given plainly or within a mapping; None for `none`."""
    name = held.get("name") if isinstance(held, Mapping) else held
    return None if name in (None, "", "none") else str(name)


def _catalogue(
    species: str | None, used: Mapping[str, Any], on: Mapping[str, str]
) -> tuple[tuple[Assumption, ...], tuple[Source, ...], str]:
    """Quantities, references and the common name of a species with the threats that were on; empty without an entry."""
    if species is None:
        return (), (), ""
    from orientalis.catalogue import load_references, load_species

    try:
        entry = with_threats(load_species(species), on)
        rows = assumptions(entry, used)
        return rows, sources(rows, load_references()), str(entry.common_names.get("en", ""))
    except InputError:
        return (), (), ""


def _map_layers(landscape: str | None) -> MapLayers | None:
    """The landscape's lines; None for a run without a map, or whose landscape is no longer there."""
    if landscape is None:
        return None
    from orientalis.geography import load_landscape, load_vectors
    from orientalis.geography.landscape_layers import map_layers

    try:
        held = load_landscape(landscape)
        return map_layers(held, load_vectors(held))
    except InputError:
        return None
