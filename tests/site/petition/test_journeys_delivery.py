"""Journeys after a petition has closed, in a browser without a script: an office answers; the dossier is verified."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from orientalis.cli.main import run
from tests.site.browser import LANGUAGES, PHONE, Readers
from tests.site.petition.conftest import FOUNDING, OPEN
from tests.site.petition.mailbox import link, wait_for_mail
from tests.site.server import Server, ServerFactory, manage

OFFICES = """
from orientalis_site.kit.keys import keys
from orientalis_site.petition.models import Office, Petition
held = Petition.objects.get(slug="{slug}")
for target in ("russia", "china"):
    address = keys().seal(target + "@office.example")
    Office.objects.create(petition=held, target=target, email_sealed=address, language="en")
"""
SHOW = """
from orientalis_site.delivery.answers import publish
from orientalis_site.petition.models import Response
from orientalis_site.staff.models import User
user, _ = User.objects.get_or_create(username="moderator")
publish(Response.objects.latest("received_at"), user)
"""


@pytest.fixture(scope="module")
def site(start_server: ServerFactory) -> Server:
    """A site with a petition that was handed over to two offices."""
    started = start_server()
    for command in (("shell", "-c", OFFICES.format(slug=FOUNDING)), ("deliver", FOUNDING)):
        done = manage(started.var, *command, PORT=str(started.port))
        assert done.returncode == 0, done.stderr
    return started


@pytest.fixture
def readers(browser: Browser, site: Server) -> Iterator[Readers]:
    opened = Readers(browser, site.url)
    yield opened
    opened.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dossier_is_downloaded_and_verified(
    readers: Readers, site: Server, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reader = readers.new(language, java_script_enabled=False, accept_downloads=True)
    page = reader.open(f"/{language}/petitions/{FOUNDING}/")
    page.click("main a[href$='/delivery/']")
    with page.expect_download() as found:
        page.click("main a[href$='.zip']")
    archive = tmp_path / "delivery.zip"
    found.value.save_as(archive)
    with urllib.request.urlopen(f"{site.url}/petition-key.json") as answer:
        key = json.load(answer)["public_key"]
    assert key in page.inner_text("main")
    assert run(["verify-petition", str(archive), "--key", key]) == 0
    assert "is whole: stop-amur-leopard" in capsys.readouterr().out
    pdf = site.get(page.get_attribute("main a.button", "href") or "")
    assert pdf.status == 200 and pdf.body.startswith(b"%PDF") and pdf.headers["content-type"] == "application/pdf"
    assert not reader.context.cookies()
    assert all(one.endswith(".zip") for one in reader.complaints), "a download ends the visit of its address"


def test_an_office_answers(readers: Readers, site: Server) -> None:
    mail = wait_for_mail(site, "russia@office.example")
    reader = readers.new("en", java_script_enabled=False)
    page = reader.open(link(mail, "answer"))
    assert "Government of Russia" in page.inner_text("main")
    with page.expect_navigation():
        page.click("main form button")
    assert page.locator("main .error").count() == 5, "four demands and the name"
    for number, stance in enumerate(("accepts", "partly", "rejects", "none")):
        page.locator("main fieldset").nth(number).locator(f"input[value={stance}]").check()
    page.locator("main fieldset textarea").first.fill("We pay <b>forty</b> rangers.")
    page.fill("#signed_by", "A. Officer")
    with page.expect_navigation():
        page.click("main form button")
    assert "has arrived" in page.inner_text("main") and page.locator("main form").count() == 0
    path = f"/en/petitions/{FOUNDING}/"
    assert "A. Officer" not in site.get(f"{path}delivery/").text
    done = manage(site.var, "shell", "-c", SHOW, PORT=str(site.port))
    assert done.returncode == 0, done.stderr
    page.wait_for_timeout(6000)  # pages are kept for some seconds
    text = reader.open(f"{path}delivery/").inner_text("main")
    assert "We pay <b>forty</b> rangers." in text and "accepts in part" in text and "A. Officer" in text
    assert "No answer yet" in text, "the other office"
    assert not reader.context.cookies() and len(reader.complaints) == 1 and "422" in reader.complaints[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(readers: Readers, site: Server, language: str) -> None:
    answer = link(wait_for_mail(site, "china@office.example"), "answer").removeprefix("/en")
    reader = readers.new(language, PHONE)
    base = f"/petitions/{FOUNDING}"
    for path in (f"{base}/delivery/", f"{base}/", f"/petitions/{OPEN}/delivery/", answer):
        page = reader.open(f"/{language}{path}")
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
        assert reader.wider_than_window() <= 0, path
    with page.expect_navigation():
        page.click("main form button")
    results = Axe().run(page)
    assert page.locator("main .error").count() and results.violations_count == 0, results.generate_report()
    assert not reader.context.cookies()
