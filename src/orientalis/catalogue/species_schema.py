"""The form of a species file as JSON Schema, made from the table of fields."""

from typing import Any

from orientalis.catalogue.field import Field
from orientalis.catalogue.species_fields import (
    REQUIRED_SECTIONS,
    SECTIONS,
    SHARES,
    SURVIVAL,
    SURVIVAL_UNITS,
    VARIATION_DISTRIBUTIONS,
    VARIATIONS,
)
from orientalis.core.quantity import Quantity
from orientalis.core.units import UNITS

_MONTHS = {"type": "integer", "minimum": 0, "maximum": 600}
_TEXT = {"type": "string", "minLength": 1}


def species_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a species file; what it cannot say (sums, gaps) the loader checks."""
    sections = {name: _section(fields) for name, fields in SECTIONS.items()}
    variation = sections["variation"]
    variation["properties"]["distribution"] = {"enum": list(VARIATION_DISTRIBUTIONS)}
    variation["required"].append("distribution")
    survival = _section(SURVIVAL, SURVIVAL_UNITS)
    survival["properties"] |= {"from_months": _MONTHS, "to_months": _MONTHS, "variation": {"enum": list(VARIATIONS)}}
    survival["required"] += ["from_months", "to_months", "variation"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Orientalis species",
        "type": "object",
        "properties": {
            "name": _TEXT,
            "scientific_name": _TEXT,
            "note": _TEXT,
            "common_names": {"type": "object", "additionalProperties": _TEXT},
            **sections,
            "survival": {"type": "object", "minProperties": 1, "additionalProperties": survival},
            "shares": {"type": "object", "additionalProperties": _section(SHARES)},
        },
        "required": ["name", "scientific_name", *REQUIRED_SECTIONS],
        "additionalProperties": False,
        "$defs": {"quantity": Quantity.model_json_schema()},
    }


def _section(fields: dict[str, Field], units: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {key: _quantity(wanted, units) for key, wanted in fields.items()},
        "required": list(fields),
        "additionalProperties": False,
    }


def _quantity(wanted: Field, units: tuple[str, ...]) -> dict[str, Any]:
    dimension = UNITS[wanted.unit].dimension
    allowed = units or tuple(name for name, unit in UNITS.items() if unit.dimension == dimension)
    return {
        "$ref": "#/$defs/quantity",
        "description": wanted.meaning,
        "properties": {"unit": {"enum": list(allowed)}},
    }
