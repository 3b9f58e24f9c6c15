"""`orientalis show species|parameter|process|landscape|threat NAME`: what the catalogue and the engine hold."""

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orientalis.cli.arguments import AsJson
from orientalis.cli.output import say, say_json, say_table
from orientalis.core.errors import InputError, nearest_name

if TYPE_CHECKING:
    from orientalis.catalogue import Threat


class Kind(StrEnum):
    """What can be shown."""

    SPECIES = "species"
    PARAMETER = "parameter"
    PROCESS = "process"
    LANDSCAPE = "landscape"
    THREAT = "threat"
    THREATS = "threats"


_DEFAULT_SPECIES = "panthera_pardus_orientalis"


def complete_name(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the names that begin so, for shell completion."""
    kind = ctx.params.get("kind")
    if kind is None:
        return []
    return [name for name in _NAMES[Kind(kind)](_DEFAULT_SPECIES) if name.startswith(incomplete)]


def show(
    kind: Annotated[Kind, typer.Argument(help="What to show.", show_default=False)],
    name: Annotated[
        str | None,
        typer.Argument(help="Its name; without one, the names are listed.", autocompletion=complete_name),
    ] = None,
    species: Annotated[str, typer.Option(help="Whose parameter.")] = _DEFAULT_SPECIES,
    as_json: AsJson = False,
) -> None:
    """Show a species, parameter, process, landscape or threat.

    With sources. Without a name, the names are listed; `show threats` says what each is.
    """
    if kind is Kind.THREATS and name is None and not as_json:
        say_table(("threat", "what"), [(threat.name, threat.title) for threat in _threats()])
        return
    if name is None:
        names = list(_NAMES[kind](species))
        if as_json:
            say_json(names)
        else:
            say("\n".join(names))
        return
    _SHOW[kind](name, species, as_json)


def _show_species(name: str, _: str, as_json: bool) -> None:
    from orientalis.catalogue import load_species

    found = load_species(name)
    quantities = found.quantities()
    if as_json:
        content: dict[str, Any] = {"name": found.name, "scientific_name": found.scientific_name, "note": found.note}
        content["common_names"] = dict(found.common_names)
        content["quantities"] = {path: value.model_dump() for path, value in quantities.items()}
        say_json(content)
        return
    say(f"{found.scientific_name}: {', '.join(f'{value} ({key})' for key, value in found.common_names.items())}")
    say(found.note)
    say()
    rows = []
    for path, quantity in quantities.items():
        span = "" if quantity.low is None else f"{_figures(quantity.low)} to {_figures(quantity.high)}"
        rows.append((path, _figures(quantity.value), quantity.unit, span, quantity.kind, quantity.source))
    say_table(("parameter", "value", "unit", "range", "kind", "source"), rows)


def _show_threat(name: str, _: str, as_json: bool) -> None:
    from orientalis.catalogue import NEEDS, describe_threat, load_threat, threat_names

    if name not in threat_names():
        raise InputError(
            "there is no such threat",
            value=name,
            expected="one of " + ", ".join(threat_names()),
            nearest=nearest_name(name, threat_names()),
        )
    found = load_threat(name)
    if as_json:
        content: dict[str, Any] = {"name": found.name, "title": found.title, "note": found.note}
        content["needs"] = list(NEEDS.get(name, ()))
        content["quantities"] = {path: value.model_dump() for path, value in found.quantities.items()}
        say_json(content)
    else:
        say(describe_threat(found))


def _show_parameter(name: str, species: str, as_json: bool) -> None:
    from orientalis.catalogue import describe_parameter, load_species

    found = load_species(species)
    for threat in _threats():
        found = found.with_threats(threat.quantities)
    if as_json:
        say_json({"species": found.name, "path": name, **found.quantity(name).model_dump()})
    else:
        say(describe_parameter(found, name))


def _show_process(name: str, _: str, as_json: bool) -> None:
    process = {entry.name: entry for entry in _life_cycle()}.get(name)
    if process is None:
        names = _process_names("")
        raise InputError(
            "there is no such process",
            value=name,
            expected="one of " + ", ".join(names),
            nearest=nearest_name(name, names),
        )
    parts: dict[str, Any] = {
        "name": process.name,
        "summary": process.summary,
        "cadence": process.cadence,
        "reads": list(process.reads),
        "writes": list(process.writes),
        "streams": [stream.name.lower() for stream in process.streams],
        "parameters": list(process.parameters),
    }
    if as_json:
        say_json(parts)
        return
    say(f"{process.name}: {process.summary}")
    say(f"runs: {process.cadence.replace('_', ' ')}")
    for label in ("reads", "writes", "streams", "parameters"):
        say(f"{label}: {', '.join(parts[label]) or 'none'}")


def _show_landscape(name: str, _: str, as_json: bool) -> None:
    from orientalis.geography import landscape_folder
    from orientalis.geography.manifest import read_manifest

    manifest, content, sha256 = read_manifest(landscape_folder(name) / "manifest.json")
    if as_json:
        say_json({**content, "sha256": sha256})
        return
    shape = content.get("shape", ("?", "?"))
    say(f"{manifest.name}: {manifest.title}")
    say(f"{shape[0]} x {shape[1]} cells of {content.get('cell_km', '?')} km; sha256 {sha256[:12]}")
    say()
    rows = [(e.name, e.layer_class, e.unit, e.native_resolution, e.licence) for e in manifest.layers]
    rows += [(e.name, e.layer_class, e.unit, e.native_resolution, e.licence) for e in manifest.vectors]
    say_table(("layer", "class", "unit", "native resolution", "licence"), rows)
    say()
    say_table(("zone", "class", "what"), [(e.name, e.zone_class, e.description) for e in manifest.zones])


def _life_cycle() -> tuple[Any, ...]:
    from orientalis.engine.life_cycle import LIFE_CYCLE

    return LIFE_CYCLE


def _process_names(_: str) -> list[str]:
    return [process.name for process in _life_cycle()]


def _species_names(_: str) -> list[str]:
    from orientalis.catalogue import species_names

    return list(species_names())


def _parameter_names(species: str) -> list[str]:
    from orientalis.catalogue import load_species

    return [*load_species(species).quantities(), *(path for threat in _threats() for path in threat.quantities)]


def _threats() -> list["Threat"]:
    from orientalis.catalogue import load_threat, threat_names

    return [load_threat(name) for name in threat_names()]


def _threat_names(_: str) -> list[str]:
    from orientalis.catalogue import threat_names

    return list(threat_names())


def _landscape_names(_: str) -> list[str]:
    from orientalis.geography import landscape_names

    return list(landscape_names())


def _figures(value: Any) -> str:
    if isinstance(value, tuple):
        return "(" + ", ".join(f"{entry:.3g}" for entry in value) + ")"
    return f"{value:.6g}"


_SHOW: dict[Kind, Callable[[str, str, bool], None]] = {
    Kind.SPECIES: _show_species,
    Kind.PARAMETER: _show_parameter,
    Kind.PROCESS: _show_process,
    Kind.LANDSCAPE: _show_landscape,
    Kind.THREAT: _show_threat,
    Kind.THREATS: _show_threat,
}
_NAMES: dict[Kind, Callable[[str], list[str]]] = {
    Kind.SPECIES: _species_names,
    Kind.PARAMETER: _parameter_names,
    Kind.PROCESS: _process_names,
    Kind.LANDSCAPE: _landscape_names,
    Kind.THREAT: _threat_names,
    Kind.THREATS: _threat_names,
}
