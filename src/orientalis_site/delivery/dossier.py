"""What a dossier says: the petition, its demands with their findings, pictures, signatures, and how to check it all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from orientalis.evidence import Bundle, BundleError, Finding, open_bundle
from orientalis_site.charts import Chart
from orientalis_site.delivery import render, wording
from orientalis_site.delivery.drawing import on_paper
from orientalis_site.delivery.growth import growth
from orientalis_site.delivery.tally import Tally
from orientalis_site.kit import countries, languages, numerals
from orientalis_site.pages import drawings, figures, words
from orientalis_site.petition.models import Petition, Version
from orientalis_site.petition.snapshots import Evidence, evidence_of, text_of
from orientalis_site.petition.texts import Text
from orientalis_site.publications.shelf import shelf
from orientalis_site.share.views import plain


def dossier(
    petition: Petition, version: Version, tally: Tally, language: str, moment: datetime, *, is_final: bool
) -> bytes:
    """The dossier of a version with these signatures, as a PDF. `moment` is its date. DossierError."""
    with override(language):
        return render.set_pdf(content(petition, version, tally, language, moment, is_final=is_final), language, moment)


def content(
    petition: Petition, version: Version, tally: Tally, language: str, moment: datetime, *, is_final: bool
) -> dict[str, Any]:
    """All words and drawings of a dossier, in the active language."""
    text, evidence = text_of(version), evidence_of(version)
    bundle = signed_bundle(version)
    address = f"{settings.SITE_URL}/{language}/petitions/{petition.slug}/"
    supporters = petition.counted_elsewhere + tally.confirmed
    return {
        "language": languages.TAGS[language].partition("-")[0],
        "region": {"zh-hans": "cn"}.get(language, ""),
        "moment": [moment.year, moment.month, moment.day],
        "title": str(text.title),
        "summary": str(text.summary),
        "body": list(text.body.here()),
        "words": wording.words(),
        "standing": wording.standing(moment, is_final=is_final),
        "supporters": numerals.number(supporters),
        "supporters_word": ngettext("supporter", "supporters", supporters),
        "offices": [_office(text, target.id) for target in text.targets],
        "facts": _facts(petition, version, tally, address),
        "hashes": _hashes(version),
        "demands": [_demand(text, evidence, number) for number in range(len(text.demands))],
        "covers": _covers(evidence.findings.values()),
        "charts": _charts(bundle, language),
        "no_charts": "" if bundle else _("The bundle of these figures is not at hand, so no picture is drawn of it."),
        "signatures": _signatures(tally, language),
        "versions": _versions(petition, tally),
        "counting": wording.counting(petition, tally),
        "verifying": wording.verifying(address, is_final=is_final),
        "command": f"orientalis verify-petition petition-{petition.slug}.zip",
        "runs": _runs(evidence),
        "sources": _sources(bundle, evidence.findings.values()),
    }


def signed_bundle(version: Version) -> Bundle | None:
    """The bundle whose figures were signed, where the shelf still holds it whole."""
    try:
        found = open_bundle(shelf() / version.bundle_hash)
    except BundleError:
        return None
    return found if found.hash == version.bundle_hash else None


def _office(text: Text, target: str) -> str:
    held = text.target(target)
    return _("{office} ({country})").format(office=held.name, country=countries.name(held.country))


def _facts(petition: Petition, version: Version, tally: Tally, address: str) -> list[tuple[str, str]]:
    elsewhere = petition.counted_elsewhere
    rows = [(_("Confirmed here by e-mail"), numerals.number(tally.confirmed))]
    if elsewhere:
        source = f" ({petition.counted_source})" if petition.counted_source else ""
        rows.append((_("Counted elsewhere"), numerals.number(elsewhere) + source))
    if petition.opened_at:
        rows.append((_("Opened"), numerals.day(petition.opened_at)))
    if petition.closed_at:
        rows.append((_("Closed"), numerals.day(petition.closed_at)))
    rows.append((_("Version of the text"), numerals.number(version.number)))
    rows.append((_("Figures of"), numerals.day(_day(evidence_of(version).date))))
    return [*rows, (_("Address"), address)]


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _hashes(version: Version) -> list[tuple[str, str]]:
    return [
        (_("Text"), version.text_hash),
        (_("Evidence"), version.evidence_hash),
        (_("Bundle of evidence"), version.bundle_hash),
    ]


def _demand(text: Text, evidence: Evidence, number: int) -> dict[str, Any]:
    held = text.demands[number]
    return {
        "number": numerals.number(number + 1),
        "title": str(held.title),
        "text": str(held.text),
        "targets": pgettext("between clauses", "; ").join(str(text.target(target).name) for target in held.targets),
        "findings": [_finding(one) for one in evidence.of(held.findings)],
    }


def _finding(held: Finding) -> dict[str, Any]:
    scenario = str(held.parameters.get("scenario", ""))
    return {
        "label": plain(words.label(held)),
        "scenario": words.scenario(scenario) if scenario else "",
        "value": plain(figures.value(held)),
        "unit": plain(figures.unit(held)),
        "interval": plain(figures.interval(held)),
        "run": held.run_hash[:10],
        "assumed": held.assumed,
    }


def _covers(held: Iterable[Finding]) -> list[tuple[str, str]]:
    found = dict.fromkeys(finding.interval.covers for finding in held)
    return [(words.say(words.COVERS, one), words.say(words.COVERS_NOTES, one)) for one in found]


def _charts(bundle: Bundle | None, language: str) -> list[dict[str, Any]]:
    if bundle is None:
        return []
    base = bundle.manifest.baseline
    years = sorted(
        str(one.parameters["year"])
        for one in bundle.rasters.values()
        if one.key == "occupancy" and one.parameters.get("scenario") == base
    )
    found = [drawings.fan(bundle, base), drawings.occupancy(bundle, base, years[-1]) if years else None]
    return [_chart(chart, language) for chart in found if chart is not None]


def _chart(chart: Chart, language: str) -> dict[str, Any]:
    return {
        "title": chart.title,
        "subtitle": chart.subtitle,
        "caption": chart.caption,
        "alt": chart.alt,
        "svg": on_paper(chart.wide, render.drawn_with(language)),
    }


def _signatures(tally: Tally, language: str) -> dict[str, Any]:
    large, countries_left, rest = tally.grouped()
    rows: list[tuple[str, int]] = [(countries.name(code), count) for code, count in large]
    if rest:
        rows.append((wording.other_countries(countries_left), rest))
    total = tally.confirmed or 1
    drawn = growth(tally.days)
    return {
        "rows": [(name, numerals.number(count), numerals.percent(count / total)) for name, count in rows],
        "total": numerals.number(tally.confirmed),
        "growth": on_paper(drawn, render.drawn_with(language)) if drawn else "",
        "growth_alt": wording.growth_alt(tally),
        "days": _days(tally) if not drawn else [],
    }


def _days(tally: Tally) -> list[tuple[str, str]]:
    return [(numerals.day(_day(name)), numerals.number(count)) for name, count in sorted(tally.days.items())]


def _versions(petition: Petition, tally: Tally) -> list[tuple[str, str, str]]:
    held = dict(Version.objects.filter(petition=petition).values_list("number", "text_hash"))
    numbers: Sequence[int] = sorted(tally.versions)
    rows = [(numerals.number(one), numerals.number(tally.versions[one]), held.get(one, "")) for one in numbers]
    return rows if len(rows) > 1 else []


def _runs(evidence: Evidence) -> list[dict[str, str]]:
    return [
        {
            "hash": run.run_hash,
            "scenario": words.scenario(run.scenario),
            "size": plain(words.replicates(run.replicates))
            + (f" · {plain(words.draws(run.draws))}" if run.draws else ""),
            "command": run.command,
        }
        for run in evidence.runs
    ]


def _sources(bundle: Bundle | None, held: Iterable[Finding]) -> list[str]:
    if bundle is None:
        return []
    named = dict.fromkeys(source for finding in held for source in finding.sources)
    return [bundle.sources[one].text for one in named if one in bundle.sources]
