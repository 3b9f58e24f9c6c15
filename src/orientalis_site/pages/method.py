"""Method: what the program does, what an interval is, and how to do it again."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orientalis.evidence import Bundle
from orientalis_site.pages import words
from orientalis_site.pages.page import Content, Options, Page


def content(bundle: Bundle, options: Options) -> Content:
    """The runs, the methods and what intervals cover."""
    used = {one.method for one in bundle.findings.values()}
    covers = {one.interval.covers for one in bundle.findings.values()}
    context = {
        "runs": list(bundle.runs.values()),
        "methods": [(key, words.say(words.METHODS, key)) for key in words.METHODS if key in used],
        "covers": [(words.COVERS[key], words.COVERS_NOTES[key]) for key in words.COVERS if key in covers],
        "first_run": next(iter(bundle.runs.values()), None),
    }
    return Content(context, findings=tuple(bundle.findings.values()))


PAGE = Page("method", _("Method"), _("What is computed, how, and how to do it again."), content)
