"""Which threats a run had on, and the quantities that came with them."""

from __future__ import annotations

from collections.abc import Mapping

from orientalis.catalogue import Species, load_threat, threat_names
from orientalis.core.quantity import Quantity
from orientalis.report.answers import ThreatRow

BESIDE = "from a file of the study's own"


def threat_rows(on: Mapping[str, str]) -> tuple[ThreatRow, ...]:
    """Every threat of the catalogue; `on`: the specification's threats, name -> checksum of the file."""
    rows = []
    for name in threat_names():
        threat = load_threat(name)
        rows.append(ThreatRow(name, threat.title, name in on, name in on and on[name] != threat.sha256))
    return tuple(rows)


def with_threats(species: Species, on: Mapping[str, str]) -> Species:
    """The species with the quantities of the threats that were on.

    Of a threat that came from another file than the catalogue's, only the values are known, from the run: its
    quantities count as assumed.
    """
    for name in threat_names():
        if name in on:
            threat = load_threat(name)
            quantities = threat.quantities
            if threat.sha256 != on[name]:
                quantities = {path: _of_another_file(one) for path, one in quantities.items()}
            species = species.with_threats(quantities)
    return species


def _of_another_file(one: Quantity) -> Quantity:
    unknown = {"low": None, "high": None, "distribution": "fixed", "source": "assumed", "kind": "assumed"}
    return one.model_copy(update={**unknown, "where": "", "note": BESIDE})
