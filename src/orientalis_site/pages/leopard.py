"""The leopard: what the petition says, beside today's figures."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orientalis.evidence import Bundle, Claim, Count, Figure, Finding
from orientalis_site.pages import claim_words, drawings
from orientalis_site.pages.page import Content, Options, Page, known


@dataclass(frozen=True)
class Statement:
    """A statement of the petition with what stands beside it."""

    claim: Claim
    says: Promise | str
    figures: tuple[Figure, ...]
    counts: tuple[Count, ...]
    findings: tuple[Finding, ...]


def content(bundle: Bundle, options: Options) -> Content:
    """Every statement in the petition's order, and the counts of the wild population."""
    statements = [statement(bundle, claim) for claim in bundle.claims.values()]
    counts = tuple(bundle.counts.values())
    return Content(
        {"statements": statements, "chart": drawings.counted(bundle)},
        findings=unique(one for row in statements for one in row.findings),
        figures=unique(one for row in statements for one in row.figures),
        counts=counts,
        claims=tuple(bundle.claims.values()),
    )


def statement(bundle: Bundle, claim: Claim) -> Statement:
    """One statement with the records it names."""
    return Statement(
        claim,
        claim_words.says(claim),
        known(bundle.figures, claim.figures),
        known(bundle.counts, claim.figures),
        known(bundle.findings, claim.findings),
    )


def unique(records):  # type: ignore[no-untyped-def]
    """Each record once, in order."""
    return tuple({one.id: one for one in records}.values())


PAGE = Page(
    "leopard",
    _("The leopard"),
    _("What the petition says, beside what is known today, each figure with its source."),
    content,
)
