"""Webhooks: signed, told once, to the open net alone, and nothing of a person in them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone

from orientalis_site.hooks import outbox, sender, wire
from orientalis_site.hooks.models import Message, Subscription
from orientalis_site.petition import counting, happenings, states
from orientalis_site.petition.models import Milestone, Petition
from tests.site.petition.campaign import OPEN, person, shipped
from tests.site.petition.https_server import NAME, Received, drip, serving
from tests.site.server import ServerFactory, manage

pytestmark = pytest.mark.django_db


@pytest.fixture
def received(tmp_path: Path) -> Iterator[Received]:
    """A server on the loopback."""
    with serving(tmp_path) as server:
        yield server


def allowed(received: Received, **more: Any) -> sender.Post:
    """`wire.post` with what only a test may grant: this one loopback address and its certificate."""
    given = {"also": {"127.0.0.1"}, "context": received.context, "resolver": lambda host, port: ["127.0.0.1"]}
    return partial(wire.post, **{**given, **more})


def subscribed(address: str, capsys: pytest.CaptureFixture[str], *kinds: str) -> tuple[Subscription, str]:
    """A subscription that the command made, and its secret."""
    call_command("hooks", "add", address, "--kinds", ",".join(kinds))
    return Subscription.objects.latest("id"), capsys.readouterr().out.split()[-1]


def verify(secret: str, headers: dict[str, str], body: bytes) -> None:
    """Verify as the standard tells receivers to, past this site's own code."""
    assert abs(time.time() - int(headers["webhook-timestamp"])) < 300
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    assert len(key) >= 24
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert expected in headers["webhook-signature"].split(" ")


def test_what_happens_is_told_signed_and_without_a_person(
    inside: Client, received: Received, capsys: pytest.CaptureFixture[str]
) -> None:
    petition = shipped()
    Petition.objects.filter(pk=petition.pk).update(goals=[2, 5])
    _, secret = subscribed(received.address, capsys)
    person(petition, "Secret Name", address="secret@example.org")
    person(petition, "Other Name", address="other@example.org")
    counting.tick()
    counting.tick()
    states.move(petition, Petition.State.CLOSED, "test")
    states.move(petition, Petition.State.DELIVERED, "test")
    states.move(petition, Petition.State.ANSWERED, "test")
    assert sender.send_due(post=allowed(received)) == 4
    assert sender.send_due(post=allowed(received)) == 0, "told once"
    kinds = []
    for path, headers, body in received.requests:
        verify(secret, headers, body)
        held = json.loads(body)
        kinds.append(held["type"])
        assert path == "/hook?a=1" and held["data"]["petition"] == OPEN and held["data"]["supporters"] == 2
        assert set(held["data"]) <= {"petition", "state", "supporters", "page", "json", "goal"}
        assert b"Name" not in body and b"example.org" not in body and headers["host"].startswith(NAME)
    assert kinds == ["signature.milestone", "petition.closed", "petition.delivered", "petition.answered"]
    assert json.loads(received.requests[0][2])["data"]["goal"] == 2
    assert len({headers["webhook-id"] for _, headers, _ in received.requests}) == 4


def test_only_what_was_asked_for_is_told(
    inside: Client, received: Received, capsys: pytest.CaptureFixture[str]
) -> None:
    petition = shipped()
    subscribed(received.address, capsys, happenings.DELIVERED)
    states.move(petition, Petition.State.CLOSED, "test")
    assert Message.objects.count() == 0
    states.move(petition, Petition.State.DELIVERED, "test")
    assert [one.kind for one in Message.objects.all()] == [happenings.DELIVERED]


def test_details_of_a_person_never_get_into_a_message(inside: Client, capsys: pytest.CaptureFixture[str]) -> None:
    petition = shipped()
    subscribed("https://example.org/hook", capsys)
    happenings.happened(happenings.UPDATE, petition, update=7, email="someone@example.org", name="Someone")
    body = Message.objects.get().body
    assert json.loads(body)["data"]["update"] == 7 and "omeone" not in body


def test_a_deed_that_is_taken_back_is_not_told(inside: Client, capsys: pytest.CaptureFixture[str]) -> None:
    from django.db import transaction

    petition = shipped()
    subscribed("https://example.org/hook", capsys)
    with pytest.raises(RuntimeError), transaction.atomic():
        states.move(petition, Petition.State.CLOSED, "test")
        raise RuntimeError
    assert Message.objects.count() == 0
    Petition.objects.filter(pk=petition.pk).update(goals=[1])
    person(petition, "One")
    counting.tick()
    Milestone.objects.all().delete()
    assert Message.objects.filter(kind=happenings.MILESTONE).count() == 1


def test_a_failure_is_tried_again_later_and_later_with_the_same_id(
    inside: Client, received: Received, capsys: pytest.CaptureFixture[str]
) -> None:
    subscription, _ = subscribed(received.address, capsys)
    outbox.write(happenings.CLOSED, shipped(), {})
    received.status = 500
    now = timezone.now()
    assert sender.send_due(now, allowed(received)) == 0
    assert sender.send_due(now + timedelta(seconds=4), allowed(received)) == 0
    assert len(received.requests) == 1, "not before its time"
    assert sender.send_due(now + timedelta(seconds=6), allowed(received)) == 0
    assert len(received.requests) == 2
    message = Message.objects.get()
    assert message.attempts == 2 and message.next_at == now + timedelta(seconds=306)
    assert message.trouble == "it answered 500" and received.address not in message.trouble
    received.status = 200
    assert sender.send_due(now + timedelta(seconds=307), allowed(received)) == 1
    assert len({headers["webhook-id"] for _, headers, _ in received.requests}) == 1
    subscription.refresh_from_db()
    assert subscription.failures == 0 and subscription.disabled_at is None


def test_who_fails_for_long_is_told_nothing_more(
    inside: Client, received: Received, capsys: pytest.CaptureFixture[str]
) -> None:
    petition = shipped()
    subscription, _ = subscribed(received.address, capsys)
    outbox.write(happenings.CLOSED, petition, {})
    received.status = 503
    now = timezone.now()
    for _ in range(len(sender.PAUSES) + 1):
        sender.send_due(now, allowed(received))
        now += timedelta(days=2)
    subscription.refresh_from_db()
    assert Message.objects.get().state == Message.State.FAILED and subscription.disabled_at is not None
    assert len(received.requests) == len(sender.PAUSES) + 1
    outbox.write(happenings.CLOSED, petition, {})
    assert Message.objects.count() == 1, "nothing is written for it"
    call_command("hooks", "enable", str(subscription.pk))
    outbox.write(happenings.CLOSED, petition, {})
    received.status = 200
    assert sender.send_due(timezone.now(), allowed(received)) == 1


def test_an_address_that_is_gone_is_disabled_at_once(
    inside: Client, received: Received, capsys: pytest.CaptureFixture[str]
) -> None:
    subscription, _ = subscribed(received.address, capsys)
    for _ in range(3):
        outbox.write(happenings.CLOSED, shipped(), {})
    received.status = 410
    sender.send_due(post=allowed(received))
    subscription.refresh_from_db()
    assert subscription.disabled_at is not None and len(received.requests) == 1
    assert {one.state for one in Message.objects.all()} == {Message.State.FAILED}


def test_a_redirect_is_not_followed(received: Received) -> None:
    received.status, received.headers = 307, {"Location": f"https://{NAME}:{received.port}/elsewhere"}
    assert allowed(received)(received.address, b"{}", {}) == 307
    assert len(received.requests) == 1


CLOSED = [
    "127.0.0.1",
    "127.9.9.9",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12::1",
    "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "2002:7f00:1::",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "2001:db8::1",
]


@pytest.mark.parametrize("address", CLOSED)
def test_no_closed_address_is_reached(address: str) -> None:
    """Neither alone nor among open ones."""
    for found in ([address], ["93.184.216.34", address]):
        with pytest.raises(wire.Unsendable, match="not on the open net"):
            wire.post("https://name.example/", b"{}", {}, resolver=lambda host, port, found=found: found)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "8.8.8.8"])
def test_the_open_net_is_open(address: str) -> None:
    from ipaddress import ip_address

    assert wire.is_open(ip_address(address))


def test_production_reaches_no_loopback_by_any_spelling(received: Received) -> None:
    """The sender as it is, without what the test may grant; names and numbers are resolved for real."""
    for host in ("localhost", "127.0.0.1", "[::1]", "0x7f000001", "2130706433", "127.1", "0"):
        with pytest.raises(wire.Unsendable):
            wire.post(f"https://{host}:{received.port}/", b"{}", {}, context=received.context)
    assert received.requests == []


def test_a_name_that_changes_its_mind_leads_nowhere(received: Received) -> None:
    """It is resolved once, and the connection goes to what was checked."""
    asked = []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    assert allowed(received, resolver=resolver)(received.address, b"{}", {}) == 204
    assert asked == [NAME] and len(received.requests) == 1


def test_the_certificate_must_be_that_of_the_name(tmp_path: Path) -> None:
    with serving(tmp_path, "other.example") as other:
        with pytest.raises(wire.Unsendable, match="certificate"):
            allowed(other)(other.address, b"{}", {})
        with pytest.raises(wire.Unsendable, match="certificate"):
            allowed(other, context=None)(f"https://other.example:{other.port}/", b"{}", {})
        assert other.requests == []


def test_a_server_that_drips_or_floods_keeps_nobody(received: Received) -> None:
    received.body = b"x" * 50_000_000
    received.status = 200
    before = time.monotonic()
    assert allowed(received)(received.address, b"{}", {}) == 200
    assert time.monotonic() - before < 5, "only the beginning is read"
    received.slow = drip
    before = time.monotonic()
    with pytest.raises(wire.Unsendable, match="does not answer"):
        allowed(received, seconds=1.0)(received.address, b"{}", {})
    assert time.monotonic() - before < 4


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/",
        "ftp://example.org/",
        "example.org",
        "https://",
        "https://user:pass@example.org/",
        "https://example.org/#a",
        "https://example.org:99999/",
        "https://exam ple.org/",
        "https://example.org/\r\nX: y",
        "https://пример.рф/",
    ],
)
def test_only_plain_https_addresses_are_taken(address: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("hooks", "add", address)
    assert "expected" in str(refused.value) and Subscription.objects.count() == 0


def test_the_secret_is_sealed_and_shown_once(inside: Client, capsys: pytest.CaptureFixture[str]) -> None:
    subscription, secret = subscribed("https://example.org/hook", capsys, happenings.CLOSED)
    assert secret.startswith("whsec_") and secret not in subscription.secret_sealed
    call_command("hooks", "list")
    listed = capsys.readouterr().out
    assert "https://example.org/hook" in listed and secret not in listed and happenings.CLOSED in listed
    with pytest.raises(CommandError, match="already"):
        call_command("hooks", "add", "https://example.org/hook")
    with pytest.raises(CommandError, match="expected some of"):
        call_command("hooks", "add", "https://example.org/two", "--kinds", "signature.email")
    call_command("hooks", "remove", str(subscription.pk))
    assert Subscription.objects.count() == 0
    with pytest.raises(CommandError, match="no subscription"):
        call_command("hooks", "enable", "1")


def test_a_message_that_another_sender_has_is_left_alone(
    inside: Client, received: Received, capsys: pytest.CaptureFixture[str]
) -> None:
    """While one sender waits for the answer, another looks at the same outbox."""
    subscribed(received.address, capsys)
    outbox.write(happenings.CLOSED, shipped(), {})
    inner = []

    def post(address: str, body: bytes, headers: Any) -> int:
        inner.append(sender.send_due(post=allowed(received)))
        return allowed(received)(address, body, headers)

    assert sender.send_due(post=post) == 1 and inner == [0]
    assert len(received.requests) == 1


def test_the_sender_runs_beside_the_site(start_server: ServerFactory) -> None:
    """`serve` tends it: it takes a message, finds its address on no open net, and puts it off."""
    server = start_server()
    fill = (
        "from django.core.management import call_command\n"
        "from orientalis_site.hooks import outbox\n"
        "from orientalis_site.petition.models import Petition\n"
        "call_command('hooks', 'add', 'https://127.0.0.1:9/hook')\n"
        "outbox.write('petition.closed', Petition.objects.first(), {})\n"
    )
    done = manage(server.var, "shell", "-v0", "-c", fill)
    assert done.returncode == 0, done.stderr
    last = time.monotonic() + 40
    while "not on the open net" not in server.printed and time.monotonic() < last:
        time.sleep(0.3)
    assert "hook message" in server.printed and "not on the open net" in server.printed, server.printed
