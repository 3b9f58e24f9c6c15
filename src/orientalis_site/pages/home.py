"""Home: one sentence, one picture, one number with its interval."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orientalis.evidence import Bundle
from orientalis_site.pages import drawings
from orientalis_site.pages.page import Content, Options, Page, known, parameters

LEAD = ("extinct_draws", "extinct", "adults_futures", "start_animals")


def content(bundle: Bundle, options: Options) -> Content:
    """The chance with all figures in doubt, the chance in the runs alone, and the fan of the baseline."""
    base = bundle.manifest.baseline
    findings = known(bundle.findings, [f"{key}.{base}" for key in LEAD])
    held = {one.key: one for one in findings}
    series = known(bundle.series, [f"fan.{base}"])
    quantities = parameters(bundle)
    context = {
        "held": held,
        "lead": held.get("extinct_draws") or held.get("extinct"),
        "chart": drawings.fan(bundle, base),
        "assumed": sum(one.is_assumed for one in quantities),
        "quantities": len(quantities),
    }
    return Content(context, findings=findings, series=series)


PAGE = Page("", _("Will the Amur leopard still be here?"), _("What the figures say, and how sure they are."), content)
