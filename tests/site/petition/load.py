"""Many people who sign and confirm at once at a site that runs, and what must be true of its database afterwards."""

from __future__ import annotations

import http.client
import os
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from django.db.models import Count as Number

from orientalis_site.mail.models import Letter
from orientalis_site.petition import counting, tokens
from orientalis_site.petition.models import Event, Petition, Signature
from tests.site.petition.mailing import signed
from tests.site.server import Server

PAGE = "/en/petitions/save-the-amur-leopard/"
HEAD = {"Content-Type": "application/x-www-form-urlencoded"}


def links(petition: Petition, number: int) -> list[str]:
    """The links of so many people who have signed and not confirmed."""
    made = [signed(petition, f"early{one}@example.org") for one in range(number)]
    purpose = tokens.Purpose.CONFIRM
    return [f"{PAGE}confirm/{tokens.issue({purpose: None}, one)[purpose]}/" for one in made]


def sign(server: Server, address: str) -> tuple[int, str]:
    """Post the form; status and text of the answer."""
    form = urlencode({"name": "Anna", "email": address, "country": "FR"}).encode()
    answer = server.request("POST", f"{PAGE}sign/", HEAD, form)
    return answer.status, answer.text


@dataclass
class Crowd:
    """Threads that sign and confirm until they are told to end. What was answered, by address or link."""

    server: Server
    links: list[str] = field(default_factory=list)
    signed: dict[str, int] = field(default_factory=dict)
    confirmed: dict[str, int] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    texts: set[str] = field(default_factory=set)

    def __enter__(self) -> Crowd:
        self.is_over = threading.Event()
        self.threads = [threading.Thread(target=self._sign, args=(number,)) for number in range(2)]
        self.threads.append(threading.Thread(target=self._confirm))
        for one in self.threads:
            one.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_over.set()
        for one in self.threads:
            one.join()

    def _sign(self, thread: int) -> None:
        number = 0
        while not self.is_over.wait(0.02):
            address = f"anna{thread}-{number}@example.org"
            number += 1
            try:
                status, text = sign(self.server, address)
            except (OSError, http.client.HTTPException):
                status, text = 0, ""  # nobody knows whether it was taken
            self.signed[address] = status
            self.statuses[status] += 1
            if status not in (0, 200):
                self.texts.add(text)

    def _confirm(self) -> None:
        for link in self.links:
            if self.is_over.wait(0.05):
                return
            try:
                status = self.server.request("POST", link, HEAD, b"").status
            except (OSError, http.client.HTTPException):
                status = 0
            self.confirmed[link] = status
            self.statuses[status] += 1


def agrees(petition: Petition, crowd: Crowd) -> None:
    """No half rows, and everything that was answered with 200 is there."""
    while counting.tick():
        pass
    assert counting.drift(petition) == 0
    confirmed = Signature.objects.filter(state=Signature.State.CONFIRMED).count()
    known = [status for status in crowd.confirmed.values() if status == 200]
    assert len(known) <= confirmed <= len(crowd.confirmed)
    assert Event.objects.count() == confirmed
    assert not Event.objects.values("signature").annotate(n=Number("pk")).filter(n__gt=1).exists()
    answered = sum(status == 200 for status in crowd.signed.values())
    early = len(crowd.links)
    assert early + answered <= Signature.objects.count() <= early + len(crowd.signed)
    letters = Letter.objects.filter(kind="sign").values("signature").annotate(n=Number("pk"))
    assert letters.count() == Signature.objects.count()
    assert {one["n"] for one in letters} == {1}


def workers(server: Server) -> list[int]:
    """The processes of a site that answer requests, and not its helpers."""
    assert server.process is not None
    pid = server.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [int(one) for one in children if Path(f"/proc/{one}/cmdline").read_bytes().endswith(b"serve\0")]


def kill(pid: int) -> None:
    """At once, without a word."""
    os.kill(pid, 9)
