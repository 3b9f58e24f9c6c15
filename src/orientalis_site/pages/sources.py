"""Sources: every figure with its unit, range and source, what is assumed first."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orientalis.evidence import Bundle
from orientalis_site.pages.page import Content, Options, Page


def content(bundle: Bundle, options: Options) -> Content:
    """References with what each stands behind; all figures."""
    used: dict[str, list[str]] = {}
    pairs = [(one.source, one.id) for one in bundle.figures.values()]
    for source, name in [*pairs, *((one.source, one.id) for one in bundle.counts.values())]:
        used.setdefault(source, []).append(name)
    sources = sorted(bundle.sources.values(), key=lambda source: source.short.lower())
    figures = sorted(bundle.figures.values(), key=lambda figure: (not figure.is_assumed, figure.id))
    context = {
        "sources": [(source, len(used.get(source.id, ()))) for source in sources],
        "rows": figures,
        "assumed": sum(one.is_assumed for one in figures),
        "counts": list(bundle.counts.values()),
    }
    return Content(context, figures=tuple(figures), counts=tuple(bundle.counts.values()), sources=tuple(sources))


PAGE = Page("sources", _("Sources"), _("Every figure with its unit, its range and who said so."), content)
