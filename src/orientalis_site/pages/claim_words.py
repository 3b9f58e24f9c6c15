"""The statements of the petition, told in our own words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from orientalis.evidence import Claim
from orientalis_site.pages import figures, words

STATEMENTS: dict[str, Promise | str] = {}


def says(claim: Claim) -> SafeString:
    """A statement with its figures filled in."""
    text = words.say(STATEMENTS, claim.id)
    return format_html(
        text,
        value=figures.quantity(claim.value),
        low=figures.quantity(claim.low),
        high=figures.quantity(claim.high),
        range=figures.spread(claim.low, claim.high),
    )
