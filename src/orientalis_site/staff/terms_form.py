"""The offices' post boxes, the closing day and the goals as a form. A kept address is never shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orientalis_site.kit import languages
from orientalis_site.petition import terms
from orientalis_site.petition.models import Office, Petition


@dataclass(frozen=True)
class Row:
    """The fields of an office, under its name."""

    name: str
    visible_fields: list[forms.BoundField]
    hidden_fields: tuple[forms.BoundField, ...] = ()


class TermsForm(forms.Form):
    """Terms, and a row for each target of the text."""

    closes_at = forms.DateField(
        label=_("Closing day"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    goals = forms.CharField(
        label=_("Goals"),
        required=False,
        max_length=600,
        widget=forms.TextInput({"size": 90}),
        help_text=_("Whole numbers that rise, with a space between them."),
    )

    def __init__(self, petition: Petition, data: Any = None) -> None:
        first = {
            "closes_at": petition.closes_at and petition.closes_at.date(),
            "goals": " ".join(map(str, petition.goals)),
        }
        super().__init__(data, initial=first)
        self.petition = petition
        self.targets = terms.text(petition).targets
        self.fields["closes_at"].disabled = petition.state in terms.OVER
        held = {office.target: office for office in Office.objects.filter(petition=petition)}
        for target in self.targets:
            self._add(held.get(target.id) or Office(petition=petition, target=target.id))

    def _add(self, office: Office) -> None:
        has_one = bool(office.email_sealed)
        self.fields[f"address-{office.target}"] = forms.CharField(
            label=_("E-mail address"),
            required=False,
            max_length=254,
            widget=forms.TextInput({"size": 60, "autocomplete": "off", "inputmode": "email"}),
            help_text=_("An address is kept.") if has_one else "",
        )
        if has_one:
            self.fields[f"remove-{office.target}"] = forms.BooleanField(label=_("Remove the address"), required=False)
        self.fields[f"language-{office.target}"] = forms.ChoiceField(
            label=_("Language"), choices=[(code, languages.NAMES[code]) for code in languages.CODES],
            initial=office.language,
        )  # fmt: skip
        self.fields[f"receipt-{office.target}"] = forms.CharField(
            label=_("Receipt"), required=False, max_length=terms.LONGEST_RECEIPT, initial=office.receipt,
            widget=forms.TextInput({"size": 60}),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Each value as it will be kept."""
        now = timezone.now()
        self._check("closes_at", lambda day: terms.checked_closing(self.petition, day, now))
        self._check("goals", terms.read_goals, keep=True)
        for target in self.targets:
            self._check(f"address-{target.id}", lambda words: words and terms.checked_address(words))
            self._check(f"receipt-{target.id}", terms.checked_receipt)
        return self.cleaned_data

    def _check(self, name: str, check: Callable[[Any], object], *, keep: bool = False) -> None:
        if name not in self.cleaned_data:
            return
        try:
            found = check(self.cleaned_data[name])
        except terms.TermFault as fault:
            self.add_error(name, str(fault))
        else:
            if keep:
                self.cleaned_data[name] = found

    def rows(self) -> list[Row]:
        """The offices with their fields."""
        kinds = ("address", "remove", "language", "receipt")
        return [
            Row(
                str(target.name),
                [self[f"{kind}-{target.id}"] for kind in kinds if f"{kind}-{target.id}" in self.fields],
            )
            for target in self.targets
        ]

    def own(self) -> Row:
        """The fields of the petition itself."""
        return Row("", [self["closes_at"], self["goals"]])

    def save(self, actor: str) -> int:
        """Keep all of it or nothing; how many letters were written to offices. TermFault."""
        held = self.cleaned_data
        with transaction.atomic():
            terms.set_terms(self.petition, held["closes_at"], held["goals"], actor)
            return sum(
                terms.set_office(
                    self.petition,
                    target.id,
                    held[f"address-{target.id}"] or (None if held.get(f"remove-{target.id}") else ""),
                    held[f"language-{target.id}"],
                    held[f"receipt-{target.id}"],
                    actor,
                )
                for target in self.targets
            )
