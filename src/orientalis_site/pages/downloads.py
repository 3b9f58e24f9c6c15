"""Downloads: every file of the bundle, with its checksum."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orientalis.evidence import Bundle
from orientalis_site.pages.page import Content, Options, Page


def content(bundle: Bundle, options: Options) -> Content:
    """The files for people first, then all the others."""
    files = sorted(bundle.manifest.files, key=lambda file: (not file.path.startswith("downloads/"), file.path))
    context = {
        "tables": [file for file in files if file.path.startswith("downloads/")],
        "files": [file for file in files if not file.path.startswith("downloads/")],
        "total": sum(file.size for file in files),
    }
    return Content(context, files=tuple(files))


PAGE = Page("downloads", _("Downloads"), _("All the data of these pages, to take away and to check."), content)
