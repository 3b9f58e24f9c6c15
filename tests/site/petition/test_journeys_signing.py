"""Journeys of citizens in a real browser, in three languages, without a script: sign, confirm, withdraw."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from difflib import unified_diff
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.site.browser import LANGUAGES, PHONE, Reader, Readers
from tests.site.petition.conftest import OPEN
from tests.site.petition.mailbox import link, mails, wait_for_count, wait_for_mail
from tests.site.server import Server, ServerFactory


@pytest.fixture(scope="module")
def site(start_server: ServerFactory) -> Server:
    """One site for these journeys; its mails go to its own output."""
    return start_server()


@pytest.fixture
def citizens(browser: Browser, site: Server) -> Iterator[Readers]:
    """Citizens at browsers that run no script."""
    opened = Readers(browser, site.url)
    yield opened
    opened.close()


def citizen(citizens: Readers, language: str, **more: Any) -> Reader:
    """Somebody whose browser runs no script."""
    return citizens.new(language, java_script_enabled=False, **more)


def press(page: Page) -> None:
    """Press the button of the form, and wait for the page that answers."""
    with page.expect_navigation():
        page.click("main form button")


def fill_in(page: Page, address: str, name: str = "Мария О’Брайен", **boxes: bool) -> None:
    """Fill in the form and send it."""
    page.fill("#name", name)
    page.fill("#email", address)
    page.select_option("#country", "FR")
    for box, is_ticked in boxes.items():
        page.set_checked(f"#{box}", is_ticked)
    press(page)


def supporters(site: Server) -> int:
    """The signatures that count, as they stand in the database."""
    with closing(sqlite3.connect(site.var / "site.sqlite3")) as held:
        (found,) = held.execute("SELECT COUNT(*) FROM petition_signature WHERE state = 'confirmed'").fetchone()
    return int(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_signs_and_confirms(citizens: Readers, site: Server, language: str) -> None:
    """From the first page by the petition and its form to the mail, the button and the count."""
    before, address = supporters(site), f"signs-{language}@example.org"
    reader = citizen(citizens, language)
    page = reader.open(f"/{language}/")
    page.click(f"main a.button[href='/{language}/petitions/{OPEN}/']")
    page.click(f"main a.button[href='/{language}/petitions/{OPEN}/sign/']")
    assert not page.is_checked("#show_name") and not page.is_checked("#updates")
    fill_in(page, address, show_name=True)
    assert address not in page.content()
    mail = wait_for_mail(site, address)
    page.goto(site.url + link(mail, "confirm"))
    assert page.locator("main form button").count() == 1
    assert supporters(site) == before, "opening the link alone counts nothing"
    press(page)
    assert page.locator("main form").count() == 0
    wait_for_count(site, OPEN, before + 1)
    page = reader.open(f"/{language}/petitions/{OPEN}/")
    assert "Мария О’Брайен" in page.inner_text(".count")
    assert not reader.context.cookies() and not reader.complaints


@pytest.mark.parametrize("language", LANGUAGES)
def test_signs_twice(citizens: Readers, site: Server, language: str) -> None:
    """Another spelling of the address, later: the same answer, a mail that says so, and one signature."""
    before, address = supporters(site), f"twice-{language}@example.org"
    page = citizen(citizens, language).open(f"/{language}/petitions/{OPEN}/sign/")
    fill_in(page, address)
    first = page.inner_text("main")
    page.goto(site.url + link(wait_for_mail(site, address), "confirm"))
    press(page)
    page.goto(f"{site.url}/{language}/petitions/{OPEN}/sign/")
    fill_in(page, address.upper())
    assert page.inner_text("main") == first
    second = wait_for_mail(site, address, 2)
    assert "/confirm/" not in second and "/withdraw/" in second
    wait_for_count(site, OPEN, before + 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_robot_opens_the_link(citizens: Readers, site: Server, language: str) -> None:
    """A scanner that opens every link of the mail, twice, in a browser and without: nothing changes."""
    before, address = supporters(site), f"robot-{language}@example.org"
    reader = citizen(citizens, language)
    fill_in(reader.open(f"/{language}/petitions/{OPEN}/sign/"), address)
    mail = wait_for_mail(site, address)
    for purpose in ("confirm", "withdraw", "not-me"):
        for _ in range(2):
            assert site.get(link(mail, purpose)).status == 200
            assert site.request("HEAD", link(mail, purpose)).status == 200
            reader.open(link(mail, purpose))
    assert supporters(site) == before
    press(reader.open(link(mail, "confirm")))
    wait_for_count(site, OPEN, before + 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_withdraws(citizens: Readers, site: Server, language: str) -> None:
    """By the link of the same mail; the count follows, the name is gone, and she may sign again."""
    before, address = supporters(site), f"leaves-{language}@example.org"
    reader = citizen(citizens, language)
    fill_in(reader.open(f"/{language}/petitions/{OPEN}/sign/"), address, "Leaver Łukasz", show_name=True)
    mail = wait_for_mail(site, address)
    press(reader.open(link(mail, "confirm")))
    wait_for_count(site, OPEN, before + 1)
    press(reader.open(link(mail, "withdraw")))
    wait_for_count(site, OPEN, before)
    last = time.monotonic() + 20  # each of the two workers keeps a page for seconds
    while any("Leaver" in site.get(f"/{language}/petitions/{OPEN}/").text for _ in range(6)):
        assert time.monotonic() < last, "the name of somebody who withdrew is still shown"
        time.sleep(0.5)
    fill_in(reader.open(f"/{language}/petitions/{OPEN}/sign/"), address)
    press(reader.open(link(wait_for_mail(site, address, 2), "confirm")))
    wait_for_count(site, OPEN, before + 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stranger_cannot_learn_whether_she_signed(citizens: Readers, site: Server, language: str) -> None:
    """The form and the page that sends the mail again look the same for her address and for any other."""
    address = f"secret-{language}@example.org"
    page = citizen(citizens, language).open(f"/{language}/petitions/{OPEN}/sign/")
    fill_in(page, address, updates=True)
    page.goto(site.url + link(wait_for_mail(site, address), "confirm"))
    press(page)
    seen = set()
    for other in (address, f"nobody-{language}@example.org"):
        for path in ("sign", "resend"):
            stranger = citizen(citizens, language).open(f"/{language}/petitions/{OPEN}/{path}/")
            if path == "sign":
                fill_in(stranger, other)
            else:
                stranger.fill("#email", other)
                press(stranger)
            seen.add(stranger.content())
    assert len(seen) == 1, list(unified_diff(*(page.splitlines() for page in list(seen)[:2]), lineterm="", n=0))


def test_it_was_somebody_else(citizens: Readers, site: Server) -> None:
    """The button deletes what was written, and no more mail comes."""
    address = "notme@example.org"
    reader = citizen(citizens, "en")
    fill_in(reader.open(f"/en/petitions/{OPEN}/sign/"), address)
    mail = wait_for_mail(site, address)
    press(reader.open(link(mail, "not-me")))
    fill_in(reader.open(f"/en/petitions/{OPEN}/sign/"), address)
    other = "after@example.org"
    fill_in(reader.open(f"/en/petitions/{OPEN}/sign/"), other)
    wait_for_mail(site, other)
    assert len(mails(site, address)) == 1
    assert site.get(link(mail, "confirm")).status == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_form_comes_back_with_a_word_beside_the_field(citizens: Readers, site: Server, language: str) -> None:
    """On a phone: the summary leads to the fields, what was right is kept, and it can be sent again."""
    page = citizen(citizens, language, device=PHONE).open(f"/{language}/petitions/{OPEN}/sign/")
    fill_in(page, "no address", "王")
    assert page.input_value("#name") == "王" and page.input_value("#country") == "FR"
    page.click(".problem a[href='#email']")
    assert page.locator("#email").get_attribute("aria-invalid") == "true"
    assert page.inner_text("#email-error").strip()
    fill_in(page, f"mended-{language}@example.org", "王")
    wait_for_mail(site, f"mended-{language}@example.org")


def test_by_keyboard_alone(citizens: Readers, site: Server) -> None:
    """From the first field to the answer with Tab, letters and Enter; the trap is never reached."""
    page = citizens.new("en").open(f"/en/petitions/{OPEN}/sign/")
    page.focus("#name")
    for keys in ("Anna", "keys@example.org", "Fra", "Because."):
        page.keyboard.type(keys)
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("main form").count() == 0
    wait_for_mail(site, "keys@example.org")
