"""What the catalogue gives to a bundle: the quantities that the runs used, counts, and the references cited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from orientalis.catalogue import load_counts, load_references, readable_note
from orientalis.catalogue.count_series import SERIES
from orientalis.catalogue.count_series import Count as CountRow
from orientalis.evidence.records import Count, Figure, Source
from orientalis.publish.studies import StudyRun, is_other


def figures(studies: Sequence[StudyRun]) -> list[Figure]:
    """Every quantity of the runs' species and threats by its dotted path; `used` where the study set another value.

    A threat that some of the studies have on stands once, from the first of them.
    """
    found: dict[str, Figure] = {}
    for study in studies:
        for path, one in study.species.quantities().items():
            if path in found:
                continue
            used = study.used(path, one.value)
            found[path] = Figure(
                id=path,
                value=one.value,
                unit=one.unit,
                low=one.low,
                high=one.high,
                source=one.source,
                where=one.where,
                kind=one.kind,
                note=readable_note(one.note),
                used=used if is_other(one.value, used) else None,
                is_parameter=True,
            )
    return list(found.values())


def counts(species: str) -> list[Count]:
    """The counts made in the field, without those recalled, as count.YEAR.NUMBER; none for a species without any."""
    if species not in SERIES:
        return []
    rows = load_counts(SERIES[species])
    ids, names = count_ids(rows), [name for name in Count.model_fields if name != "id"]
    return [Count.model_validate({"id": ids[one.key], **{name: getattr(one, name) for name in names}}) for one in rows]


def count_ids(rows: Sequence[CountRow]) -> dict[str, str]:
    """The id of each count in a bundle by its key in the catalogue."""
    found: dict[str, str] = {}
    of_year: dict[int, int] = {}
    for one in rows:
        of_year[one.year] = of_year.get(one.year, 0) + 1
        found[one.key] = f"count.{one.year}.{of_year[one.year]}"
    return found


def sources(keys: Iterable[str]) -> list[Source]:
    """The references of these keys, each once, in order; "assumed" is none."""
    known = load_references()
    found = []
    for key in sorted(set(keys) - {"assumed"}):
        entry = known[key]
        note = entry.fields.get("note", "").lower()
        found.append(
            Source(
                id=key,
                kind=entry.kind,
                text=entry.as_text(),
                short=entry.short,
                address=entry.address,
                is_verified="not verified" not in note and "recalled" not in note,
            )
        )
    return found


def cited(studies: Sequence[StudyRun], records: Iterable[Figure | Count]) -> set[str]:
    """The keys that runs and records cite."""
    return {key for study in studies for key in study.sources} | {record.source for record in records}
