"""Quantities in words: for the terminal, the report and the documentation."""

from math import inf

from orientalis.catalogue.field import Field
from orientalis.catalogue.references import Reference, cited_keys, load_references
from orientalis.catalogue.species_entry import Species
from orientalis.catalogue.species_fields import SECTIONS, SHARES, SURVIVAL, SURVIVAL_UNITS, field_of
from orientalis.catalogue.threat_fields import NEEDS
from orientalis.catalogue.threat_loader import Threat
from orientalis.core.quantity import Quantity

_KINDS = {
    "measured": "measured",
    "estimated": "estimated",
    "analogue": "taken from another population or species",
    "expert": "expert judgement",
    "assumed": "ASSUMED",
}
_SHAPES = {
    "uniform": "uniform",
    "triangular": "triangular",
    "normal_truncated": "normal, cut at both ends",
    "fixed": "not varied",
}


def describe_quantity(quantity: Quantity) -> str:
    """Return a quantity in a few lines: value and unit, range, kind, source with its citation, where, note."""
    lines = [f"{_numbers(quantity.value)} {_unit(quantity.unit)}".rstrip()]
    if quantity.low is not None and quantity.high is not None:
        lines.append(f"range: {_numbers(quantity.low)} to {_numbers(quantity.high)} ({_SHAPES[quantity.distribution]})")
    lines.append(f"kind: {_KINDS[quantity.kind]}")
    if quantity.source == "assumed":
        lines.append("source: none, assumed")
    else:
        known = load_references().get(quantity.source)
        lines.append("source: " + (known.as_text() if known else quantity.source))
    if quantity.where:
        lines.append(f"where: {quantity.where}")
    if quantity.note:
        lines.append(f"note: {readable_note(quantity.note)}")
    return "\n".join(lines)


def describe_parameter(species: Species, path: str) -> str:
    """Return the parameter's name, its meaning and its quantity in words (InputError for an unknown path)."""
    quantity = species.quantity(path)
    found = field_of(path)
    return f"{path}: {found.meaning if found else ''}\n{describe_quantity(quantity)}"


def describe_threat(threat: Threat) -> str:
    """Return what a threat is, what it needs beside it, and every quantity of it in words."""
    needs = NEEDS.get(threat.name, ())
    head = [f"{threat.name}: {threat.title}", readable_note(threat.note)]
    if needs:
        head.append(f"needs: {', '.join(needs)}")
    parts = ["\n".join(line for line in head if line)]
    for path, quantity in threat.quantities.items():
        found = field_of(path)
        parts.append(f"{path}: {found.meaning if found else ''}\n{describe_quantity(quantity)}")
    return "\n\n".join(parts)


def readable_note(note: str) -> str:
    """Return a note with every @key written as authors and year."""
    for key in sorted(cited_keys("assumed", note), key=len, reverse=True):
        known = load_references().get(key)
        note = note.replace(f"@{key}", known.short if known else key)
    return note


def citations_of(species: Species) -> list[Reference]:
    """Return every reference that the species' quantities and their notes cite, sorted by key.

    A key that the catalogue does not know (a species of the user's own) comes as a reference that says so.
    """
    known = load_references()
    keys = {key for quantity in species.quantities().values() for key in cited_keys(quantity.source, quantity.note)}
    return [
        known.get(key) or Reference(key, "misc", {"note": "not among the catalogue's references"})
        for key in sorted(keys)
    ]


def _numbers(value: float | tuple[float, ...]) -> str:
    if isinstance(value, tuple):
        return "(" + ", ".join(f"{number:.4g}" for number in value) + ")"
    return f"{value:.6g}"


def _unit(unit: str) -> str:
    return "" if unit == "1" else unit.replace("km2", "km²").replace("mile2", "square miles")


def fields_table() -> str:
    """Return all fields of a species as a Markdown table: path, unit, range, meaning (for the documentation)."""
    rows = [("path", "unit", "may be", "meaning"), ("---", "---", "---", "---")]
    for section, fields in SECTIONS.items():
        rows += [_row(f"{section}.{key}", wanted) for key, wanted in fields.items()]
    rows += [_row(f"survival.CLASS.{key}", wanted) for key, wanted in SURVIVAL.items()]
    rows += [_row(f"shares.CLASS.{key}", wanted) for key, wanted in SHARES.items()]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _row(path: str, wanted: Field) -> tuple[str, str, str, str]:
    unit = " or ".join(SURVIVAL_UNITS) if path.startswith("survival.") else wanted.unit
    end = "or more" if wanted.maximum == inf else f"to {wanted.maximum:g}"
    span = f"{wanted.minimum:g} {end}" + (", a list" if wanted.is_list else "")
    return f"`{path}`", f"`{unit}`", span + (" that sums to 1" if wanted.sums_to_one else ""), wanted.meaning
