"""The leopard: what the petition says, beside today's figures."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from orientalis.evidence import Bundle, Claim, Count, Figure, Finding
from orientalis_site.pages import claim_words, drawings, figure_words, figures
from orientalis_site.pages.page import Content, Options, Page, known


@dataclass(frozen=True)
class Row:
    """A record with its words."""

    record: Figure | Count
    label: SafeString
    value: SafeString
    source: str
    unit: str = ""


@dataclass(frozen=True)
class Statement:
    """A statement of the petition with what stands beside it."""

    claim: Claim
    title: str
    says: SafeString
    figures: tuple[Row, ...]
    counts: tuple[Row, ...]
    findings: tuple[Finding, ...]


def content(bundle: Bundle, options: Options) -> Content:
    """Every statement in the petition's order, and the counts of the wild population."""
    claims = bundle.claims.values()
    statements = [statement(bundle, claim) for claim in claims]
    named = [one for claim in claims for one in claim.figures]
    return Content(
        {"statements": statements, "chart": drawings.counted(bundle)},
        findings=known(bundle.findings, dict.fromkeys(one for claim in claims for one in claim.findings)),
        figures=known(bundle.figures, dict.fromkeys(named)),
        counts=tuple(bundle.counts.values()),
        claims=tuple(claims),
    )


def statement(bundle: Bundle, claim: Claim) -> Statement:
    """One statement with the records it names."""
    scalars = [one for one in known(bundle.figures, claim.figures) if not isinstance(one.value, tuple)]
    counts = known(bundle.counts, claim.figures)
    return Statement(
        claim,
        claim_words.title(claim),
        claim_words.says(claim),
        tuple(figure_row(bundle, one) for one in scalars),
        tuple(count_row(bundle, one) for one in counts),
        known(bundle.findings, claim.findings),
    )


def figure_row(bundle: Bundle, one: Figure) -> Row:
    """A published figure or quantity with its words. Lists (weights of months, shares of litters) stand in Sources."""
    return Row(one, figure_words.label(one), figure_words.value(one), cited(bundle, one.source), figure_words.unit(one))


def count_row(bundle: Bundle, one: Count) -> Row:
    """A count with its words."""
    return Row(one, figure_words.count_label(one), figures.count(one), cited(bundle, one.source))


def cited(bundle: Bundle, source: str) -> str:
    """A source in its short form."""
    return bundle.sources[source].short if source in bundle.sources else source


PAGE = Page(
    "leopard",
    _("The leopard"),
    _("What the petition says, beside what is known today, each figure with its source."),
    content,
)
