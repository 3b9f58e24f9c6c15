"""Drawing a bundle once before it is shown: what passes the reader may still hold what no page can draw."""

from __future__ import annotations

from django.utils.translation import override

from orientalis.evidence import Bundle, BundleError
from orientalis_site.kit import languages
from orientalis_site.pages import numbers, views
from orientalis_site.pages.registry import PAGES
from orientalis_site.share.draw import draw
from orientalis_site.share.views import card
from orientalis_site.twin.forms import WRITERS


def prove(bundle: Bundle) -> None:
    """Draw every page in every form, each option once, and each number. BundleError names what cannot be drawn."""
    name = ""
    try:
        with override(languages.CODES[0]):
            for page in PAGES:
                name, options = page.name or "home", page.options(bundle)
                for key, value in [(key, value) for key, values in options.items() for value in values] or [("", "")]:
                    content = page.content(bundle, page.chosen(bundle, {key: value}))
                    for form in ("html", *WRITERS):
                        views.answer(bundle, languages.CODES[0], page.name, str(page.title), content, form, page=page)
            for name in bundle.findings:
                _, content = numbers.content(bundle, name)
                views.answer(bundle, languages.CODES[0], f"numbers/{name}", name, content, "html")
            name = "share image"
            draw(card(bundle, "Orientalis"), languages.CODES[0])
    except Exception as error:
        what = f"a page cannot be drawn from this bundle: {name}: {type(error).__name__}: {error}"
        raise BundleError(what, file=bundle.folder, expected="the bundle as `orientalis publish` wrote it") from error
