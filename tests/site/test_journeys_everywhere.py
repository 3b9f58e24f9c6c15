"""What holds on every page in every language: no other host, no complaint, the strict policy, axe content."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.site.browser import LANGUAGES, PHONE, Readers
from tests.site.evidence import all_pages
from tests.site.server import Server

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# The dark page is the light one in other colours.
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}


@pytest.mark.parametrize(
    ("language", "device"), [("en", "desk"), ("en", "phone"), ("ru", "phone"), ("zh-hans", "desk")]
)
def test_no_other_host_is_ever_asked_and_nothing_complains(readers: Readers, server: Server, language, device) -> None:
    reader = readers.new(language, **({"device": PHONE} if device == "phone" else {}))
    for path in all_pages(language):
        reader.open(path)
        reader.scroll_through()
    assert reader.hosts() == {urlsplit(server.url).netloc}
    assert not reader.complaints, "\n".join(reader.complaints)
    assert not reader.context.cookies(), "reading needs no cookie"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_forbids_what_it_does_not_need(server: Server, language) -> None:
    for path in (*all_pages(language), f"/{language}/no-such-page/"):
        headers = server.get(path).headers
        policy = {
            part.split()[0]: part.split()[1:] for part in headers["content-security-policy"].split(";") if part.strip()
        }
        assert policy["default-src"] in (["'none'"], ["'self'"]), path
        assert policy["frame-ancestors"] == ["'none'"] and policy["base-uri"] in (["'none'"], ["'self'"]), path
        allowed = {source for sources in policy.values() for source in sources}
        assert not allowed & {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:", "data:"}, (path, allowed)
        assert not [source for source in allowed if "." in source], f"{path}: another host is allowed"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"]
        assert "set-cookie" not in headers


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(readers: Readers, language) -> None:
    reader = readers.new(language, reduced_motion="reduce")
    faults = []
    for path in (*all_pages(language), f"/{language}/no-such-page/"):
        page = reader.page
        page.emulate_media(color_scheme="light")
        page.goto(reader.base + path)
        for rules, scheme in ((RULES, "light"), (COLOURS, "dark")):
            page.emulate_media(color_scheme=scheme)
            for violation in Axe().run(page, options=rules).response["violations"]:
                first = violation["nodes"][0]
                faults.append(f"{path} {scheme}: {violation['id']} ×{len(violation['nodes'])}: {first['html'][:140]}")
                faults.append(f"    {first['failureSummary'][:300]}")
    assert not faults, "\n".join(faults)
