"""About: who, why, under which licence."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orientalis.evidence import Bundle
from orientalis_site.pages.page import Content, Options, Page


def content(bundle: Bundle, options: Options) -> Content:
    """Nothing of the bundle but its name."""
    return Content()


PAGE = Page(
    "about", _("About and licence"), _("What Orientalis is, under which licence, and what it keeps about you."), content
)
