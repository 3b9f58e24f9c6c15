"""People of the staff at a browser or a client: they set a password, show a second factor, and come in."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from tests.site.server import Server, manage

PASSWORD = "seven ravens over the Amur"


def totp(secret: str, at: float | None = None) -> str:
    """The code that an authenticator app shows (RFC 6238), written anew, so that nothing is tested by itself."""
    counter = int((time.time() if at is None else at) // 30)
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", counter), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def fresh_code(secret: str) -> str:
    """A code that stays valid for some seconds more."""
    if time.time() % 30 > 25:
        time.sleep(6)
    return totp(secret)


@dataclass
class Member:
    """An account: its name and the secret of its app."""

    name: str
    secret: str
    codes: list[str]


def link(var: Path, name: str, *roles: str) -> str:
    """Make an account by the command; the path at which its password is set."""
    done = manage(var, "create_staff", name, *(part for role in roles for part in ("--role", role)))
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1].partition("8000")[2] or done.stdout


def enrol(page: Page, server: Server, name: str, *roles: str) -> Member:
    """Make an account, set its password by the link, come in, and set up the second factor."""
    page.goto(server.url + link(server.var, name, *roles))
    page.fill("input[name=password1]", PASSWORD)
    page.fill("input[name=password2]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/staff/password/key/done/")
    give_password(page, server, name)
    page.wait_for_url("**/staff/factor/app/")
    secret = page.inner_text("#authenticator_secret").strip()
    page.fill("input[name=code]", fresh_code(secret))
    page.click("main form.fill button[type=submit]")
    page.wait_for_url("**/staff/factor/codes/")
    return Member(name, secret, page.inner_text("#recovery_codes").split())


def give_password(page: Page, server: Server, name: str, password: str = PASSWORD) -> None:
    """The first half of a login."""
    page.goto(server.url + "/staff/login/")
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", password)
    page.click("main form.fill button[type=submit]")


def come_in(page: Page, server: Server, member: Member) -> None:
    """A whole login, with the app's code."""
    give_password(page, server, member.name)
    page.wait_for_url("**/staff/factor/authenticate/")
    page.fill("input[name=code]", fresh_code(member.secret))
    page.click("main form.fill button[type=submit]")
    page.wait_for_url("**/staff/")
