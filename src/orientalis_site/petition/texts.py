"""The text of a petition: what it asks, of whom, in all languages. Canonical JSON and its hash."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any

from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, Field, model_validator

from orientalis_site.kit import languages

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]
Line = Annotated[str, Field(min_length=1, max_length=400)]
Paragraphs = Annotated[tuple[Annotated[str, Field(min_length=1, max_length=4000)], ...], Field(min_length=1)]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Record):
    """The same line in all languages. `str()` is the one of the active language."""

    en: Line
    ru: Line
    zh_hans: Line

    def __str__(self) -> str:
        return str(getattr(self, (get_language() or "en").replace("-", "_"), self.en))


class Body(_Record):
    """The same paragraphs in all languages."""

    en: Paragraphs
    ru: Paragraphs
    zh_hans: Paragraphs

    def here(self) -> tuple[str, ...]:
        """Those of the active language."""
        found: tuple[str, ...] = getattr(self, (get_language() or "en").replace("-", "_"), self.en)
        return found


class Target(_Record):
    """An office that is asked."""

    id: Identifier
    name: Words
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class Demand(_Record):
    """One thing that is asked, of whom, and the findings that say what it would change; none: no figure yet."""

    id: Identifier
    title: Words
    text: Words
    targets: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    findings: tuple[str, ...] = ()


class Text(_Record):
    """A petition's text. Figures never stand in its words: they come from the findings."""

    title: Words
    summary: Words
    body: Body
    demands: Annotated[tuple[Demand, ...], Field(min_length=1)]
    targets: Annotated[tuple[Target, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _refers_to_itself(self) -> Text:
        known = [target.id for target in self.targets]
        if len(set(known)) < len(known) or len({one.id for one in self.demands}) < len(self.demands):
            raise ValueError("ids of targets and of demands must differ from one another")
        for demand in self.demands:
            for target in demand.targets:
                if target not in known:
                    raise ValueError(f"demand {demand.id!r}: no target {target!r}; expected one of {known}")
        return self

    def target(self, identifier: str) -> Target:
        """The target of an id. KeyError."""
        return next(one for one in self.targets if one.id == identifier)

    def asked(self, target: str) -> tuple[Demand, ...]:
        """What is asked of a target."""
        return tuple(demand for demand in self.demands if target in demand.targets)

    def canonical(self) -> str:
        """The text as it is hashed and stored."""
        return canonical(self.model_dump(mode="json"))


def canonical(held: Any) -> str:
    """Canonical JSON: sorted keys, no spaces, letters as they are."""
    return json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(text: str) -> str:
    """SHA-256 in hex of a text's UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


assert {code.replace("-", "_") for code in languages.CODES} == set(Words.model_fields)
