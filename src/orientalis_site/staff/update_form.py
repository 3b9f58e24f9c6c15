"""News of a petition as a form: title and text in all languages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orientalis_site.staff.text_form import KEYS, NAMES, line, paragraphs, plain


class UpdateForm(forms.Form):
    """Title and text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in KEYS:
            self.fields[f"title_{key}"] = line(_("Title"), key)
            self.fields[f"text_{key}"] = forms.CharField(
                label=f"{_('Text')} ({NAMES[key]})",
                max_length=20_000,
                widget=forms.Textarea({"lang": key.replace("_", "-"), "rows": 8, "cols": 90}),
                help_text=_("An empty line begins a new paragraph."),
                validators=[plain],
            )

    @property
    def title(self) -> dict[str, str]:
        """The title by language, as the site's addresses name it."""
        return {key.replace("_", "-"): " ".join(self.cleaned_data[f"title_{key}"].split()) for key in KEYS}

    @property
    def text(self) -> dict[str, list[str]]:
        """The paragraphs by language."""
        return {key.replace("_", "-"): paragraphs(self.cleaned_data[f"text_{key}"]) for key in KEYS}
