"""What a page is: one file with a `PAGE`; its template, its twins, its place in menus and sitemap follow from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from orientalis.evidence import Bundle, Claim, Count, Figure, File, Finding, Run, Series, Source
from orientalis_site.kit.errors import Refusal

Options = Mapping[str, str]


@dataclass(frozen=True)
class Content:
    """What a page shows: `context` for its template; the records for its twins and for the sources it names."""

    context: Mapping[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    series: tuple[Series, ...] = ()
    figures: tuple[Figure, ...] = ()
    counts: tuple[Count, ...] = ()
    claims: tuple[Claim, ...] = ()
    sources: tuple[Source, ...] = ()
    files: tuple[File, ...] = ()

    def runs(self, bundle: Bundle) -> tuple[Run, ...]:
        """The runs behind what is shown, in the bundle's order."""
        named = {one.run_hash for one in self.findings} | {one.run_hash for one in self.series}
        return tuple(run for run in bundle.runs.values() if run.run_hash in named)


@dataclass(frozen=True)
class Page:
    """`name` stands in the address ("" is home). `options` gives the values that each key of the query may take."""

    name: str
    title: Promise | str
    summary: Promise | str
    content: Callable[[Bundle, Options], Content]
    options: Callable[[Bundle], Mapping[str, tuple[str, ...]]] = lambda bundle: {}

    def chosen(self, bundle: Bundle, query: Mapping[str, str]) -> Options:
        """The options of a query, the first value where one is left out; a value that does not exist is refused."""
        found = {}
        for key, values in self.options(bundle).items():
            given = query.get(key) or (values[0] if values else "")
            if given and given not in values:
                raise Refusal(404, f"unknown_{key}", expected=values)
            found[key] = given
        return found


def parameters(bundle: Bundle) -> list[Figure]:
    """The quantities that the runs use, without what is published for comparison."""
    return [one for one in bundle.figures.values() if one.is_parameter]


def known(records: Mapping[str, Any], ids: Iterable[str]) -> tuple[Any, ...]:
    """The records with these ids that the bundle has, in this order: a missing one is left out."""
    return tuple(records[one] for one in ids if one in records)
