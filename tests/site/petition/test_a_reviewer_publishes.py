"""The journey *a reviewer publishes*: one person writes and submits, another publishes, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.site.browser import Readers
from tests.site.petition.staff_people import come_in, enrol
from tests.site.server import Server, ServerFactory, manage

SLUG = "close-the-dens"


@pytest.fixture(scope="module")
def site(start_server: ServerFactory) -> Server:
    """A site of its own: what is published there stays there."""
    return start_server()


@pytest.fixture
def people(browser: Browser, site: Server) -> Iterator[Readers]:
    """Their browsers."""
    opened = Readers(browser, site.url)
    yield opened
    opened.close()


def write(page: Page, site: Server) -> None:
    """Fill in the form of a new petition, in three languages."""
    page.goto(f"{site.url}/staff/petition/petition/new/")
    page.fill("#id_slug", SLUG)
    for key, word in (("en", "Close the dens"), ("ru", "Закрыть логова"), ("zh_hans", "封闭巢穴")):
        page.fill(f"#id_words-title_{key}", word)
        page.fill(f"#id_words-summary_{key}", word)
        page.fill(f"#id_words-body_{key}", f"{word}.\n\n{word}!")
        page.fill(f"#id_targets-0-name_{key}", word)
        page.fill(f"#id_demands-0-title_{key}", word)
        page.fill(f"#id_demands-0-text_{key}", word)
    page.fill("#id_targets-0-id", "primorye")
    page.fill("#id_targets-0-country", "RU")
    page.fill("#id_demands-0-id", "dens")
    page.fill("#id_demands-0-targets", "nobody")
    page.select_option("#id_demands-0-findings", "deaths_share.status_quo.people")
    page.click("input[type=submit]")
    # What is wrong stands beside its field, and nothing that was written is lost.
    row = page.locator(".form-row.errors")
    assert row.count() == 1
    assert "nobody" in row.inner_text()
    assert page.input_value("#id_words-title_ru") == "Закрыть логова"
    page.fill("#id_demands-0-targets", "primorye")
    page.click("input[type=submit]")


def test_a_reviewer_publishes(people: Readers, site: Server) -> None:
    writer, reviewer = people.new(), people.new()
    enrol(writer.page, site, "wang", "creator")
    write(writer.page, site)
    writer.page.get_by_role("button", name="Submit for review").click()
    assert "in_review" in states(site)[SLUG]
    # Its author has no button to publish it.
    assert writer.page.get_by_role("button", name="Publish").count() == 0
    assert site.get(f"/en/petitions/{SLUG}/").status == 404

    member = enrol(reviewer.page, site, "maria", "reviewer")
    reviewer.page.click("text=Log out")
    reviewer.page.locator("main button[type=submit]").first.click()
    reviewer.page.wait_for_url("**/staff/login/")
    come_in(reviewer.page, site, member)
    reviewer.page.goto(f"{site.url}/staff/queue/")
    reviewer.page.click(f"text={SLUG}")
    reviewer.page.click("text=Read and compare")
    assert "封闭巢穴" in reviewer.page.inner_text("[lang=zh-hans]")
    reviewer.page.go_back()
    reviewer.page.get_by_role("button", name="Publish the newest version").click()
    assert states(site)[SLUG] == "open"
    for language, word in (("en", "Close the dens"), ("ru", "Закрыть логова"), ("zh-hans", "封闭巢穴")):
        assert reviewer.open(f"/{language}/petitions/{SLUG}/").inner_text("h1") == word
    for reader in (writer, reviewer):
        # An icon that is not there yet when the next page is asked for is given up.
        assert [one for one in reader.complaints if not (one.startswith("failed") and "favicon" in one)] == []
        assert reader.hosts() == {site.url.partition("//")[2]}


def states(site: Server) -> dict[str, str]:
    """The state of each petition."""
    held = manage(site.var, "dumpdata", "petition.petition").stdout
    return {one["fields"]["slug"]: one["fields"]["state"] for one in json.loads(held)}
