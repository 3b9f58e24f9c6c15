"""A stranger cannot learn who has signed: equal answers, tokens beyond guessing, addresses that nobody forges."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from orientalis_site.kit.client_address import client_address, group
from orientalis_site.petition import acts, states
from orientalis_site.petition.models import Petition, Signature, Token
from orientalis_site.petition.signing import Form, sign
from orientalis_site.petition.tokens import Purpose, find, hashed, issue
from tests.site.databases import rows
from tests.site.petition.conftest import FOUNDING, OPEN

SIGN = f"/en/petitions/{OPEN}/sign/"
FORM = {"name": "Anna", "email": "anna@example.org", "country": "FR"}
TABLES = ("petition_signature", "petition_event", "petition_token", "mail_letter", "limits_bucket", "audit_entry")
ALL = dict.fromkeys((Purpose.CONFIRM, Purpose.WITHDRAW, Purpose.NOT_ME, Purpose.UNSUBSCRIBE))


KINDS = ("new", "pending", "confirmed", "withdrawn", "invalidated", "blocked", "limited")


def asked(client: Client, path: str, form: dict[str, str]) -> tuple[Any, ...]:
    """Status, headers, body, and the shapes of all statements that were made, without their values."""
    with CaptureQueriesContext(connection) as held:
        response = client.post(path, form)
    shapes = [
        re.sub(r"'[^']*'|\b\d[\d.e+-]*\b|NULL|\b(?:true|false)\b", "?", one["sql"]) for one in held.captured_queries
    ]
    return response.status_code, dict(response.headers), response.content, [one[:400] for one in shapes]


@pytest.mark.parametrize("path", [SIGN, f"/ru/petitions/{OPEN}/resend/"])
def test_the_answer_is_the_same_for_new_known_and_blocked_addresses(citizen: Client, path: str) -> None:
    """Status, headers, body and the shapes of the statements, whatever became of the address before."""
    answers = {}
    for number, kind in enumerate(KINDS):
        form = {**FORM, "email": f"anna{number}@example.org"}
        known = set(Signature.objects.values_list("pk", flat=True))
        if kind != "new":
            citizen.post(SIGN, form)
            signature = Signature.objects.select_related("version").exclude(pk__in=known).get()
            after(kind, signature, citizen, form)
        answers[kind] = asked(citizen, path, form if path == SIGN else {"email": form["email"]})
    assert {one[0] for one in answers.values()} == {200}
    assert all(one == answers["new"] for one in answers.values()), {k: v[3] for k, v in answers.items()}
    assert b"anna" not in answers["new"][2]


def after(kind: str, signature: Signature, client: Client, form: dict[str, str]) -> None:
    """What befell a signature."""
    if kind == "confirmed":
        acts.confirm(signature)
    elif kind == "withdrawn":
        acts.withdraw(signature)
    elif kind == "invalidated":
        acts.invalidate(signature, "user:1", "test")
    elif kind == "blocked":
        acts.not_me(signature)
    elif kind == "limited":
        for _ in range(12):
            client.post(SIGN, form)


def test_get_and_head_change_nothing(citizen: Client) -> None:
    """Robots that follow every link of a mail, in any language, confirm and withdraw nothing."""
    citizen.post(SIGN, FORM)
    signature = Signature.objects.get()
    links = issue(ALL, signature)
    before = {table: rows(table) for table in TABLES}
    for language in ("en", "ru", "zh-hans"):
        base = f"/{language}/petitions/{OPEN}/"
        for path in ("", "sign/", "resend/", *(f"{purpose.value}/{token}/" for purpose, token in links.items())):
            for ask in (citizen.get, citizen.head):
                assert ask(base + path).status_code == 200, path
    signature.refresh_from_db()
    assert signature.state == "pending" and signature.updates is False
    assert {table: rows(table) for table in TABLES} == before


def test_pages_with_a_token_are_kept_by_nobody(citizen: Client) -> None:
    """No cache, no search engine, no address in a Referer, no cookie; the token stands in no link of the page."""
    citizen.post(SIGN, FORM)
    links = issue(ALL, Signature.objects.get())
    for purpose, token in links.items():
        response = citizen.get(f"/en/petitions/{OPEN}/{purpose.value}/{token}/")
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert not response.cookies and token not in response.content.decode()


def test_a_token_opens_its_own_purpose_and_petition_only(citizen: Client) -> None:
    """Foreign, cut, expired and unknown ones get the same page, and change nothing."""
    citizen.post(SIGN, FORM)
    signature = Signature.objects.select_related("version").get()
    links = issue(ALL, signature)
    old = issue({Purpose.CONFIRM: timezone.now() - timedelta(seconds=1)}, signature)[Purpose.CONFIRM]
    token = links[Purpose.WITHDRAW]
    answers = [
        citizen.post(f"/en/petitions/{OPEN}/confirm/{one}/")
        for one in (token, links[Purpose.CONFIRM][:-1], old, secrets.token_urlsafe(32), "x", "a" * 500)
    ]
    foreign = citizen.post(f"/en/petitions/{FOUNDING}/confirm/{links[Purpose.CONFIRM]}/")
    assert {one.status_code for one in [*answers, foreign]} == {404}
    assert len({one.content for one in answers}) == 1
    signature.refresh_from_db()
    assert signature.state == "pending"


def test_a_used_link_changes_nothing_more(citizen: Client) -> None:
    """Pressed twice it says the same; a confirmation of a withdrawn signature does not bring it back."""
    citizen.post(SIGN, FORM)
    signature = Signature.objects.select_related("version").get()
    links = issue(ALL, signature)
    base = f"/en/petitions/{OPEN}/"
    first, second = (citizen.post(f"{base}confirm/{links[Purpose.CONFIRM]}/") for _ in range(2))
    assert first.status_code == second.status_code == 200 and first.content == second.content
    assert citizen.post(f"{base}withdraw/{links[Purpose.WITHDRAW]}/").status_code == 200
    assert citizen.post(f"{base}confirm/{links[Purpose.CONFIRM]}/").status_code == 404
    signature.refresh_from_db()
    assert signature.state == "withdrawn"


def test_a_million_guesses_open_nothing(database: str) -> None:
    """Tokens are random, 256 bits, and stored as hashes only; a thousand of them against a million guesses."""
    petition = Petition.objects.get(slug=OPEN)
    sign(petition, Form(name="A", address="a@example.org", country="FR"))
    signature = Signature.objects.get()
    made = {token for _ in range(250) for token in issue(ALL, signature).values()}
    assert len(made) == 1000 and all(len(token) == 43 for token in made)
    stored = set(Token.objects.values_list("hash", flat=True))
    assert len(stored) == 1000 and not stored & made
    assert not any(hashed(Purpose.CONFIRM, secrets.token_urlsafe(32)) in stored for _ in range(1_000_000))
    assert find(Purpose.CONFIRM, next(iter(stored))[:43], OPEN) is None


@pytest.mark.parametrize(
    ("remote", "forwarded", "trusted", "expected"),
    [
        ("203.0.113.9", "198.51.100.1", [], "203.0.113.9"),  # nobody is trusted unless named
        ("10.0.0.1", "198.51.100.1", ["10.0.0.0/8"], "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1", ["10.0.0.0/8"], "198.51.100.1"),  # what the client wrote itself
        ("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.2.3.4", ["10.0.0.0/8"], "198.51.100.1"),
        ("10.0.0.1", "nonsense", ["10.0.0.0/8"], "10.0.0.1"),
        ("10.0.0.1", "", ["10.0.0.0/8"], "10.0.0.1"),
        ("::1", "2001:db8:1:2:3:4:5:6", ["::1/128"], "2001:db8:1:2:3:4:5:6"),
        ("::ffff:203.0.113.9", "1.2.3.4", [], "203.0.113.9"),
    ],
)
def test_forged_hops_are_not_believed(
    settings: Any, remote: str, forwarded: str, trusted: list[str], expected: str
) -> None:
    """X-Forwarded-For counts from the right, and past trusted proxies only."""
    settings.TRUSTED_PROXIES = tuple(map(ip_network, trusted))
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers={"x-forwarded-for": forwarded})
    assert str(client_address(request)) == expected


def test_a_place_is_an_address_or_a_network(settings: Any) -> None:
    """IPv6 counts by /64: within one, a machine has as many addresses as it likes."""
    assert group(ip_address("2001:db8::1")) == group(ip_address("2001:db8::ffff:1")) != group(ip_address("2001:db9::1"))
    assert group(ip_address("203.0.113.9")) != group(ip_address("203.0.113.8"))
    assert group(ip_address("127.0.0.1")) == group(ip_address("::1")) == ""


def test_a_hidden_petition_is_gone_everywhere(citizen: Client) -> None:
    """410 at every address of it, form and links included, and nothing can be done to it."""
    citizen.post(SIGN, FORM)
    signature = Signature.objects.get()
    links = issue(ALL, signature)
    states.hide(Petition.objects.get(slug=OPEN), "user:1")
    base = f"/en/petitions/{OPEN}/"
    for path in ("sign/", "resend/", *(f"{purpose.value}/{token}/" for purpose, token in links.items())):
        for ask in (citizen.get, citizen.post):
            assert ask(base + path).status_code == 410, path
    assert citizen.get(base).status_code == 410
    assert OPEN not in citizen.get("/en/petitions/").content.decode()
    signature.refresh_from_db()
    assert signature.state == "pending"


def test_a_closed_petition_takes_no_signature(citizen: Client) -> None:
    """Neither a form nor a link that was sent before."""
    citizen.post(SIGN, FORM)
    signature = Signature.objects.get()
    token = issue(ALL, signature)[Purpose.CONFIRM]
    states.move(Petition.objects.get(slug=OPEN), Petition.State.CLOSED, "user:1")
    assert citizen.post(SIGN, {**FORM, "email": "b@example.org"}).status_code == 409
    assert citizen.post(f"/en/petitions/{OPEN}/confirm/{token}/").status_code == 409
    signature.refresh_from_db()
    assert signature.state == "pending" and Signature.objects.count() == 1
