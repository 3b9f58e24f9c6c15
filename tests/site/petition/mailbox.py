"""The mails that a site printed: what the console back end of `serve` shows."""

from __future__ import annotations

import re
import time
from urllib.parse import urlsplit

from tests.site.server import Server


def mails(server: Server, address: str) -> list[str]:
    """All mails to an address so far, the oldest first."""
    parts = re.split(r"^={20,}$", server.printed, flags=re.MULTILINE)
    return [part for part in parts if re.search(rf"^To: {re.escape(address)}$", part, re.MULTILINE)]


def wait_for_mail(server: Server, address: str, number: int = 1, seconds: float = 20) -> str:
    """The mail of this number to an address. AssertionError when none comes."""
    last = time.monotonic() + seconds
    while time.monotonic() < last:
        found = mails(server, address)
        if len(found) >= number:
            return found[number - 1]
        time.sleep(0.1)
    raise AssertionError(f"no mail number {number} to {address}:\n{server.printed[-3000:]}")


def link(mail: str, purpose: str) -> str:
    """The path of a link of a mail. AssertionError when it has none."""
    found = re.search(rf"https?://\S+/{purpose}/\S+", mail)
    assert found is not None, f"no {purpose} link in:\n{mail}"
    return urlsplit(found[0]).path


def wait_for_count(server: Server, slug: str, supporters: int, seconds: float = 20) -> None:
    """Return once the public count is this. AssertionError when it does not come to it."""
    last, found = time.monotonic() + seconds, None
    while time.monotonic() < last:
        text = server.get(f"/en/petitions/{slug}/").text
        shown = re.search(r'class="count"><strong><data class="n" value="(\d+)"', text)
        found = int(shown[1]) if shown else None
        if found == supporters:
            return
        time.sleep(0.3)
    raise AssertionError(f"{slug}: {found} supporters, {supporters} expected")
