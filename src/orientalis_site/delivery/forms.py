"""The form in which an office answers: a stance to each demand, and words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from orientalis_site.delivery.answers import STANCES
from orientalis_site.kit import languages
from orientalis_site.petition.forms import DIRECTIONS
from orientalis_site.petition.texts import Demand

LONGEST_WORDS, LONGEST_NAME = 1000, 200
"""Letters of the words to one demand (assumed): with all demands of a petition the form stays below what is read."""
UNSEEN = ("Cc", "Co", "Cs", "Cn")


def plain(text: str) -> str:
    """Composed plain text with one kind of line's end. ValidationError for marks that cannot be seen."""
    held = unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip()
    if any(mark in DIRECTIONS or (unicodedata.category(mark) in UNSEEN and mark != "\n") for mark in held):
        raise forms.ValidationError(_("Please leave out marks that cannot be seen."))
    return held


class Words(forms.CharField):
    """Plain text of some length."""

    def clean(self, value: object) -> str:
        """As it is kept."""
        return plain(super().clean(value))


class Answer(forms.Form):
    """An office's answer to the demands that are asked of it."""

    text = Words(
        max_length=LONGEST_WORDS,
        required=False,
        error_messages={"max_length": _("Please shorten it: there is less room than that.")},
    )
    signed_by = Words(
        max_length=LONGEST_NAME,
        error_messages={
            "required": _("Please say who answers for the office."),
            "max_length": _("This name is too long."),
        },
    )
    language = forms.ChoiceField(
        choices=[(code, languages.NAMES[code]) for code in languages.CODES],
        error_messages={
            "required": _("Please choose the language of your words."),
            "invalid_choice": _("Please choose the language of your words."),
        },
    )

    def __init__(self, demands: Iterable[Demand], data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        self.demands = tuple(demands)
        for demand in self.demands:
            self.fields[f"stance-{demand.id}"] = forms.ChoiceField(
                choices=list(STANCES.items()),
                error_messages={
                    "required": _("Please choose one of the four."),
                    "invalid_choice": _("Please choose one of the four."),
                },
            )
            self.fields[f"words-{demand.id}"] = Words(
                max_length=LONGEST_WORDS,
                required=False,
                error_messages={"max_length": _("Please shorten it: there is less room than that.")},
            )

    def asked(self) -> list[tuple[Demand, forms.BoundField, forms.BoundField]]:
        """Each demand with the fields of its stance and its words."""
        return [(demand, self[f"stance-{demand.id}"], self[f"words-{demand.id}"]) for demand in self.demands]

    def parts(self) -> dict[str, tuple[str, str]]:
        """Stance and words by demand."""
        held = self.cleaned_data
        return {demand.id: (held[f"stance-{demand.id}"], held[f"words-{demand.id}"]) for demand in self.demands}
