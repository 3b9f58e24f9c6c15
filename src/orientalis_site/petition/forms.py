"""The form that is signed: what each field must be, and a clear word beside it where it is not."""

from __future__ import annotations

import time
import unicodedata

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from orientalis_site.kit import countries
from orientalis_site.petition.canonical import BadAddress, deliverable

LONGEST_NAME, LONGEST_REASON = 100, 500
MARKS = frozenset("'’‘ʼ`´.,·・()&-‐‑")
"""The marks that stand in names. What opens a tag, a formula or an address is none of them."""
DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of what follows them on the page."""
JOINERS = frozenset("\u200c\u200d")
"""Marks within Persian, Hindi and other words: letters to their writers."""
MOST_ACCENTS = 3


def ticket() -> str:
    """When a form was given out, signed, so that it can be told how long it was filled in."""
    return signing.dumps(round(time.time(), 1), salt="petition form")


def seconds_since(held: str) -> float | None:
    """The seconds since a ticket was given out; None where it is none of ours."""
    try:
        return max(0.0, round(time.time() - float(signing.loads(held, salt="petition form", max_age=86_400)), 1))
    except (signing.BadSignature, TypeError, ValueError):
        return None


class Address(forms.Form):
    """A mailbox."""

    email = forms.CharField(
        max_length=300,
        error_messages={
            "required": _("Please give your e-mail address."),
            "max_length": _("This address is too long."),
        },
    )

    def clean_email(self) -> str:
        """As mail is sent to it."""
        try:
            return deliverable(self.cleaned_data["email"])
        except BadAddress as error:
            raise forms.ValidationError(error.args[0]) from None


class Signing(Address):
    """A signature. `website` is a trap: people do not see it."""

    name = forms.CharField(
        max_length=LONGEST_NAME,
        error_messages={"required": _("Please give your name."), "max_length": _("This name is too long.")},
    )
    country = forms.CharField(
        max_length=20,
        error_messages={
            "required": _("Please choose a country or region."),
            "max_length": _("Please choose a country or region from the list."),
        },
    )
    reason = forms.CharField(
        max_length=LONGEST_REASON,
        required=False,
        error_messages={"max_length": _("Please shorten it: there is less room than that.")},
    )
    show_name = forms.BooleanField(required=False)
    updates = forms.BooleanField(required=False)
    website = forms.CharField(required=False, max_length=1000)

    field_order = ["name", "email", "country", "reason", "show_name", "updates", "website"]

    def clean_name(self) -> str:
        """A name as people write theirs, in whatever script."""
        held = " ".join(unicodedata.normalize("NFC", self.cleaned_data["name"]).split())
        if not any(unicodedata.category(mark) in ("Lu", "Ll", "Lt", "Lo") for mark in held):
            raise forms.ValidationError(_("A name has letters."))
        if not all(_is_of_names(mark) for mark in held) or not _is_letter(held[0]) or _has_pile(held):
            raise forms.ValidationError(_("Please write the name with letters, spaces, hyphens and apostrophes only."))
        return held

    def clean_country(self) -> str:
        """A code of the list."""
        held = str(self.cleaned_data["country"])
        if held not in countries.CODES:
            raise forms.ValidationError(_("Please choose a country or region from the list."))
        return held

    def clean_reason(self) -> str:
        """Plain text; a line's end is the only mark that is not seen."""
        held = unicodedata.normalize("NFC", self.cleaned_data["reason"]).replace("\r\n", "\n").strip()
        for mark in held:
            if mark in DIRECTIONS or (unicodedata.category(mark) in ("Cc", "Co", "Cs", "Cn") and mark != "\n"):
                raise forms.ValidationError(_("Please leave out marks that cannot be seen."))
        return held


def _is_letter(mark: str) -> bool:
    return unicodedata.category(mark)[0] == "L"


def _is_of_names(mark: str) -> bool:
    return mark in MARKS or mark in JOINERS or mark == " " or unicodedata.category(mark)[0] in ("L", "M", "N")


def _has_pile(text: str) -> bool:
    """Whether accents are piled upon one letter, as no language does."""
    run = 0
    for mark in unicodedata.normalize("NFD", text):
        run = run + 1 if unicodedata.category(mark) == "Mn" else 0
        if run > MOST_ACCENTS:
            return True
    return False
