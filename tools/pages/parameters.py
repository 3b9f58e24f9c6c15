"""The parameters of a species: a page with a heading each, and tables for the model's description."""

from collections.abc import Iterable, Sequence

from orientalis.catalogue import (
    Species,
    describe_quantity,
    field_of,
    load_references,
    load_species,
    load_threat,
    threat_names,
)
from orientalis.core.quantity import Quantity
from orientalis.engine.life_cycle import LIFE_CYCLE
from tools.pages.text import NOTE, code, figures, table

SPECIES = "panthera_pardus_orientalis"


def page() -> str:
    """Return `docs/reference/parameters.md`."""
    species = full_species()
    lines = [
        "# Parameters",
        NOTE,
        f"Every quantity of `{species.name}` and of each threat that a study may switch on, as the catalogue has it. "
        "`orientalis show parameter PATH` prints the "
        "same; the same path works in a study's changes, its `[parameters]` and in `--set PATH=VALUE`. ASSUMED means "
        "that nobody vouches for the value, whatever source it starts from.",
    ]
    for path, quantity in species.quantities().items():
        lines += [f"## {path}", _entry(path, quantity)]
    return "\n\n".join(lines) + "\n"


def full_species() -> Species:
    """Return the species with the quantities of every threat beside its own."""
    species = load_species(SPECIES)
    for name in threat_names():
        species = species.with_threats(load_threat(name).quantities)
    return species


def _entry(path: str, quantity: Quantity) -> str:
    field = field_of(path)
    assert field is not None, path
    value, *rest = describe_quantity(quantity).splitlines()
    used = [process.name for process in LIFE_CYCLE if any(covers(given, path) for given in process.parameters)]
    bullets = [f"value: {value}", *rest, f"may be: {field.span}", f"used by: {code(used)}"]
    return f"{field.meaning[0].upper()}{field.meaning[1:]}.\n\n" + "\n".join(f"- {line}" for line in bullets)


def covers(given: str, path: str) -> bool:
    """Tell whether a declared name, a section or a full path, covers a parameter."""
    return path == given or path.startswith(given + ".")


def chosen(species: Species, names: Sequence[str]) -> list[str]:
    """Return the paths of a species that some of `names` cover, in the catalogue's order."""
    return [path for path in species.quantities() if any(covers(name, path) for name in names)]


def parameter_table(names: Sequence[str]) -> str:
    """Return the table of the parameters that `names` (sections or paths) cover, with their values and sources."""
    species = full_species()
    paths = chosen(species, names)
    if not paths:
        return "No parameters."
    head = ("parameter", "value", "range", "unit", "kind", "source")
    return table(head, (_row(path, species.quantity(path)) for path in paths))


def _row(path: str, quantity: Quantity) -> Sequence[str]:
    span = "not varied"
    if quantity.low is not None and quantity.distribution != "fixed":
        span = f"{figures(quantity.low)} to {figures(quantity.high)} ({quantity.distribution.replace('_', ' ')})"
    known = load_references().get(quantity.source)
    link = f"[`{path}`](../reference/parameters.md#{anchor(path)})"
    return link, figures(quantity.value), span, quantity.unit, quantity.kind, known.short if known else quantity.source


def anchor(heading: str) -> str:
    """Return the anchor that a heading gets: dots dropped, small letters."""
    return heading.lower().replace(".", "").replace(" ", "-")


def kinds() -> str:
    """Return a table of how many parameters are of each kind."""
    quantities = full_species().quantities().values()
    names: Iterable[str] = ("measured", "estimated", "analogue", "expert", "assumed")
    counts = {name: sum(quantity.kind == name for quantity in quantities) for name in names}
    return table(("kind", "parameters"), ((name, str(count)) for name, count in counts.items()))
