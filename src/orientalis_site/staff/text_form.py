"""A petition's text as a form: title, summary, body, targets and demands, each in all languages."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from orientalis.evidence import Bundle
from orientalis_site.petition.snapshots import snapshot
from orientalis_site.petition.texts import Text

KEYS = ("en", "ru", "zh_hans")
NAMES = {"en": "English", "ru": "Русский", "zh_hans": "简体中文"}
MOST_ROWS = 20
"""Targets and demands that a text may have (assumed)."""
SPARE_ROWS = 2
"""Empty rows that a form shows for more."""


def plain(text: str) -> None:
    """Refuse letters that are not seen: they would make a text say one thing and show another."""
    for letter in text:
        if unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cs", "Cn") and letter not in "\r\n\u200d":
            raise forms.ValidationError(_("This holds an invisible letter: %(code)s."), params={"code": ascii(letter)})


def line(label: Any, key: str, *, is_long: bool = False, is_required: bool = True) -> forms.CharField:
    """A field of one line in one language."""
    shown = {"lang": key.replace("_", "-"), "rows": 3 if is_long else 1, "cols": 90}
    return forms.CharField(
        label=f"{label} ({NAMES[key]})",
        max_length=400,
        required=is_required,
        widget=forms.Textarea(shown),
        validators=[plain],
    )


class WordsForm(forms.Form):
    """Title, summary and body."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in KEYS:
            self.fields[f"title_{key}"] = line(_("Title"), key)
            self.fields[f"summary_{key}"] = line(_("Summary"), key, is_long=True)
            shown = {"lang": key.replace("_", "-"), "rows": 12, "cols": 90}
            self.fields[f"body_{key}"] = forms.CharField(
                label=f"{_('Body')} ({NAMES[key]})",
                max_length=40_000,
                widget=forms.Textarea(shown),
                help_text=_("An empty line begins a new paragraph."),
                validators=[plain],
            )


class TargetForm(forms.Form):
    """An office."""

    id = forms.RegexField(label=_("Short name"), regex=r"^[a-z][a-z0-9_-]{0,59}$", help_text="russia-nature")
    country = forms.RegexField(label=_("Country"), regex=r"^[A-Z]{2}$", help_text="RU")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in KEYS:
            self.fields[f"name_{key}"] = line(_("Name"), key)


class DemandForm(forms.Form):
    """A demand, the offices that it is put to, and the findings that say what it would change."""

    id = forms.RegexField(label=_("Short name"), regex=r"^[a-z][a-z0-9_-]{0,59}$", help_text="law")
    targets = forms.CharField(label=_("Offices"), help_text=_("Their short names, with spaces between them."))
    findings = forms.MultipleChoiceField(
        label=_("Findings"),
        required=False,
        help_text=_("None: the demand is marked as having no figure yet."),
        widget=forms.SelectMultiple({"size": 6}),
    )

    def __init__(self, *args: Any, findings: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in KEYS:
            self.fields[f"title_{key}"] = line(_("Title"), key)
            self.fields[f"text_{key}"] = line(_("What is asked"), key, is_long=True)
        chosen = self.fields["findings"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = [(one, one) for one in findings]

    def clean_targets(self) -> tuple[str, ...]:
        """The short names apart."""
        return tuple(dict.fromkeys(str(self.cleaned_data["targets"]).replace(",", " ").split()))


def rows(form: type[forms.Form]) -> type[BaseFormSet[Any]]:
    """A set of rows: at least one, with some to spare."""
    return formset_factory(
        form, extra=SPARE_ROWS, can_delete=True, min_num=1, validate_min=True, max_num=MOST_ROWS, validate_max=True
    )


class TextForm:
    """The whole: `is_valid()`, then `text`. What is wrong stands beside the field that it is wrong in."""

    def __init__(self, bundle: Bundle, data: Mapping[str, Any] | None = None, before: Text | None = None) -> None:
        self.bundle = bundle
        held = initial(before) if before else {"words": {}, "targets": [], "demands": []}
        named = {"findings": sorted(bundle.findings)}
        self.words = WordsForm(data, initial=held["words"], prefix="words")
        self.targets = rows(TargetForm)(data, initial=held["targets"], prefix="targets")
        self.demands = rows(DemandForm)(data, initial=held["demands"], prefix="demands", form_kwargs=named)
        self.text: Text | None = None
        self.faults: list[str] = []
        self.order = {one.id: one.findings for one in before.demands} if before else {}
        """The order in which each demand cited its findings: a list of boxes to tick knows none."""

    def is_valid(self) -> bool:
        """Whether it is a text that can be published as it stands."""
        parts = [self.words.is_valid(), self.targets.is_valid(), self.demands.is_valid()]
        if not all(parts):
            return False
        targets, demands = kept(self.targets), kept(self.demands)
        self._check_targets(targets, demands)
        if any(one.errors for one in (self.words, *targets, *demands)):
            return False
        try:
            self.text = Text.model_validate(collected(self.words, targets, demands, self.order))
            snapshot(self.bundle, self.text)
        except ValidationError as error:
            for one in error.errors():
                self._place(tuple(one["loc"]), str(one["msg"]), targets, demands)
            return False
        except ValueError as error:
            self.faults.append(str(error))
            return False
        return True

    def _check_targets(self, targets: list[forms.Form], demands: list[forms.Form]) -> None:
        """Say beside a demand that it names an office which is not there, and beside a row that its name is taken."""
        known = [form.cleaned_data["id"] for form in targets]
        for group in (targets, demands):
            seen: set[str] = set()
            for form in group:
                if form.cleaned_data["id"] in seen:
                    form.add_error("id", _("Another row has this short name."))
                seen.add(form.cleaned_data["id"])
        for form in demands:
            for one in form.cleaned_data.get("targets", ()):
                if one not in known:
                    words = _("There is no office %(name)s; expected: %(known)s.")
                    form.add_error(
                        "targets", forms.ValidationError(words, params={"name": one, "known": ", ".join(known)})
                    )

    def _place(self, place: tuple[Any, ...], words: str, targets: list[forms.Form], demands: list[forms.Form]) -> None:
        """Put an error of the text beside its field."""
        group = {"targets": targets, "demands": demands}.get(str(place[0])) if place else None
        if group is not None and len(place) >= 3:
            form, rest = group[int(place[1])], [str(one) for one in place[2:4]]
        else:
            form, rest = self.words, [str(one) for one in place[:2]]
        name = next((one for one in ("_".join(rest), rest[0] if rest else "") if one in form.fields), None)
        form.add_error(name, words)


def kept(formset: BaseFormSet[Any]) -> list[forms.Form]:
    """The rows that were filled in and not struck out."""
    return [form for form in formset.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]


def words_of(form: forms.Form, name: str) -> dict[str, str]:
    """A line in all languages, its breaks made spaces."""
    return {key: " ".join(str(form.cleaned_data[f"{name}_{key}"]).split()) for key in KEYS}


def paragraphs(text: str) -> list[str]:
    """Paragraphs of a text: an empty line parts them."""
    parts = text.replace("\r\n", "\n").split("\n\n")
    return [" ".join(part.split()) for part in parts if part.strip()]


def collected(
    words: forms.Form,
    targets: Sequence[forms.Form],
    demands: Sequence[forms.Form],
    order: Mapping[str, tuple[str, ...]],
) -> dict[str, Any]:
    """What was filled in, in the shape of a `Text`. Findings cited before keep their order."""

    def cited(one: forms.Form) -> list[str]:
        known = order.get(one.cleaned_data["id"], ())
        return sorted(one.cleaned_data["findings"], key=lambda key: known.index(key) if key in known else len(known))

    return {
        "title": words_of(words, "title"),
        "summary": words_of(words, "summary"),
        "body": {key: paragraphs(words.cleaned_data[f"body_{key}"]) for key in KEYS},
        "targets": [
            {"id": one.cleaned_data["id"], "country": one.cleaned_data["country"], "name": words_of(one, "name")}
            for one in targets
        ],
        "demands": [
            {
                "id": one.cleaned_data["id"],
                "title": words_of(one, "title"),
                "text": words_of(one, "text"),
                "targets": list(one.cleaned_data["targets"]),
                "findings": cited(one),
            }
            for one in demands
        ],
    }


def initial(text: Text) -> dict[str, Any]:
    """A text as what the form begins with."""

    def spread(name: str, held: Any) -> dict[str, str]:
        return {f"{name}_{key}": getattr(held, key) for key in KEYS}

    return {
        "words": {
            **spread("title", text.title),
            **spread("summary", text.summary),
            **{f"body_{key}": "\n\n".join(getattr(text.body, key)) for key in KEYS},
        },
        "targets": [{"id": one.id, "country": one.country, **spread("name", one.name)} for one in text.targets],
        "demands": [
            {
                "id": one.id,
                "targets": " ".join(one.targets),
                "findings": list(one.findings),
                **spread("title", one.title),
                **spread("text", one.text),
            }
            for one in text.demands
        ],
    }
