"""The petition's statements and the published figures beside which they stand."""

from __future__ import annotations

from collections.abc import Collection

from orientalis.catalogue import load_counts, load_petition, load_published, petition_names, published_names
from orientalis.catalogue.count_series import SERIES
from orientalis.evidence.records import Claim, Figure
from orientalis.publish.catalogue_records import count_ids


def claims_of(species: str, findings: Collection[str]) -> list[Claim]:
    """The statements of the petitions about a species; of the findings they name, those that the bundle has."""
    found = []
    for petition in (load_petition(name) for name in petition_names()):
        if petition.species != species:
            continue
        ids = count_ids(load_counts(SERIES[species]))
        for one in petition.statements:
            found.append(
                Claim(
                    id=one.id,
                    value=one.value,
                    low=one.low,
                    high=one.high,
                    unit=one.unit,
                    source=one.source,
                    figures=tuple(ids.get(key, key) for key in one.figures),
                    findings=tuple(key for key in one.findings if key in findings),
                )
            )
    return found


def published_figures(species: str) -> list[Figure]:
    """The figures published about a species' wild population; each note begins with what the figure measures."""
    name = SERIES.get(species)
    if name not in published_names():
        return []
    return [
        Figure(
            id=one.id,
            value=one.value,
            unit=one.unit,
            low=one.low,
            high=one.high,
            source=one.source,
            where=one.where,
            kind=one.kind,
            note=". ".join(part for part in (one.meaning[:1].upper() + one.meaning[1:], one.note) if part),
        )
        for one in load_published(str(name)).values()
    ]
