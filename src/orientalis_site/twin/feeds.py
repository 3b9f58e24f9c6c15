"""What changes, for readers of feeds and for search engines: Atom, sitemap, robots."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext, override

from orientalis_site.kit import languages, numerals
from orientalis_site.pages import links
from orientalis_site.pages.registry import PAGES
from orientalis_site.petition import front
from orientalis_site.publications.models import Publication
from orientalis_site.publications.shelf import current

SHOWN = 50
KEPT_SECONDS = 60
"""For how long the sitemap may be kept: petitions come and go without a new bundle."""


def feed(request: HttpRequest, language: str) -> HttpResponse:
    """Each bundle that was published, the newest first."""
    with override(language):
        atom = Atom1Feed(
            title=gettext("Orientalis: new evidence on the Amur leopard"),
            link=links.whole(links.page(language, "")),
            description=gettext("Each time the figures of this site change."),
            language=languages.TAGS[language],
            feed_url=links.whole(f"/{language}/feed.atom"),
        )
        for one in Publication.objects.all()[:SHOWN]:
            atom.add_item(
                title=gettext("Evidence of {date}").format(date=numerals.day(one.evidence_date)),
                link=links.whole(f"/bundle/{one.bundle_hash}/manifest.json"),
                description=gettext("{count} figures; bundle {hash}").format(
                    count=numerals.number(one.findings), hash=one.bundle_hash[:10]
                ),
                unique_id=f"urn:sha256:{one.bundle_hash}",
                pubdate=one.published_at,
                updateddate=one.published_at,
            )
        response = HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response.is_kept = True  # type: ignore[attr-defined]
    return response


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page in every language, each with the addresses of the others."""
    bundle = current.bundle()
    shown = [f"petitions/{one.slug}" for one in front.shown()]
    petitions = ["petitions", *shown] if shown else []
    names = [*(page.name for page in PAGES), *petitions, *(f"numbers/{one}" for one in bundle.findings)]
    day = bundle.manifest.date.isoformat()
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for name in names:
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang={quoteattr(tag)} href={quoteattr(address)}/>'
            for tag, address in links.alternates(name)
        )
        for code in languages.CODES:
            address = escape(links.whole(links.page(code, name)))
            lines.append(f"<url><loc>{address}</loc><lastmod>{day}</lastmod>{others}</url>")
    response = HttpResponse("\n".join([*lines, "</urlset>\n"]), content_type="application/xml; charset=utf-8")
    response.is_kept = True  # type: ignore[attr-defined]
    response.kept_seconds = KEPT_SECONDS  # type: ignore[attr-defined]
    return response


def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read."""
    text = f"User-agent: *\nAllow: /\nSitemap: {links.whole('/sitemap.xml')}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
