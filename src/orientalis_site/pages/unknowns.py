"""What we do not know, and what would change our mind."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orientalis.evidence import Bundle
from orientalis_site.pages import drawings
from orientalis_site.pages.page import Content, Options, Page, parameters

PAIRS = (("extinct", "extinct_draws"), ("below_adults_20", "below_adults_20_draws"))


def content(bundle: Bundle, options: Options) -> Content:
    """Chance alone beside all that is not known, the assumed figures, what is left out."""
    pairs = []
    for name in bundle.manifest.scenarios:
        for first, second in PAIRS:
            chance, draws = bundle.findings.get(f"{first}.{name}"), bundle.findings.get(f"{second}.{name}")
            if chance and draws:
                pairs.append((chance, draws))
    quantities = parameters(bundle)
    assumed = [one for one in quantities if one.is_assumed]
    context = {
        "pairs": pairs,
        "chart": drawings.certainty(bundle),
        "assumed": assumed,
        "quantities": len(quantities),
        "analogues": sum(one.kind == "analogue" for one in quantities),
    }
    findings = tuple(one for pair in pairs for one in pair)
    return Content(context, findings=findings, figures=tuple(assumed))


PAGE = Page(
    "unknowns", _("What we do not know"), _("How sure the forecast is, what it assumes, what is left out."), content
)
