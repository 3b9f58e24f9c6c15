"""A letter is sent once, by how many senders ever; one that may have gone out is sent again only where that harms
nobody; one that was refused waits longer each time."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from orientalis_site.mail import outbox, sender
from orientalis_site.mail.models import Letter
from orientalis_site.mail.news import announce
from orientalis_site.mail.sender import NoCarrier, send_batch
from orientalis_site.petition import acts, counting
from orientalis_site.petition.models import Petition, Token
from orientalis_site.petition.tokens import find
from tests.site.databases import at_once
from tests.site.petition.mailing import Post, age_claims, agreed, given, links, make_due, post_office, signed, text_of
from tests.site.petition.mailing import use as send_by
from tests.site.ports import free_port
from tests.site.server import environment

State = Letter.State


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    """A mail server."""
    with post_office(settings) as opened:
        yield opened


def send_in_a_process(folder: Path, post: Post) -> subprocess.Popen[bytes]:
    """`send_outbox` as its users run it."""
    connection.close()
    command = [sys.executable, "-m", "orientalis_site", "send_outbox"]
    return subprocess.Popen(command, cwd=folder, env=environment(folder, **given(post.port)))


def test_two_senders_at_once_send_each_letter_once(petition: Petition, post: Post) -> None:
    for number in range(30):
        signed(petition, f"anna{number}@example.org")

    def send() -> int:
        return sum(iter(send_batch, 0))

    assert sum(map(int, at_once([send, send, send]))) == 30  # type: ignore[arg-type]
    assert len(set(post.ids())) == len(post.ids()) == 30
    assert len(set(post.recipients)) == 30
    assert set(Letter.objects.values_list("state", flat=True)) == {State.SENT}


def test_a_batch_goes_over_one_line(petition: Petition, post: Post) -> None:
    for number in range(5):
        signed(petition, f"anna{number}@example.org")
    send_batch()
    assert len(post.taken) == 5 and post.connections == 1


def test_a_sender_killed_after_the_server_took_the_letter_sends_it_again_and_the_person_counts_once(
    petition: Petition, post: Post, keys: Path
) -> None:
    signature = signed(petition)
    running: list[subprocess.Popen[bytes]] = []

    def kill() -> str:
        os.kill(running[0].pid, signal.SIGKILL)
        return "250 taken"

    post.on_letter = kill
    running.append(send_in_a_process(keys, post))
    assert running[0].wait(60) == -signal.SIGKILL
    assert len(post.taken) == 1 and Letter.objects.get().state == State.SENDING
    post.on_letter = lambda: "250 taken"
    call_command("send_outbox")
    assert len(post.taken) == 1, "it may be at work still"
    age_claims()
    call_command("send_outbox")
    assert len(post.taken) == 2 and len(set(post.ids())) == 1
    assert Letter.objects.get().state == State.SENT
    for message in post.taken:
        token = find(Token.Purpose.CONFIRM, links(text_of(message))["confirm"], petition.slug)
        assert token is not None
        acts.confirm(token.signature)
    counting.tick()
    petition.count.refresh_from_db()
    assert petition.count.confirmed == 1 and counting.drift(petition) == 0
    assert signature.pk


def test_news_that_may_have_gone_out_is_held_and_never_sent_twice(petition: Petition, post: Post, keys: Path) -> None:
    agreed(petition, "anna@example.org")
    agreed(petition, "berta@example.org")
    announce(petition, "delivered", "delivered")
    running: list[subprocess.Popen[bytes]] = []

    def kill() -> str:
        os.kill(running[0].pid, signal.SIGKILL)
        return "250 taken"

    post.on_letter = kill
    running.append(send_in_a_process(keys, post))
    assert running[0].wait(60) == -signal.SIGKILL
    post.on_letter = lambda: "250 taken"
    age_claims()
    call_command("send_outbox")
    assert sorted(post.recipients) == ["anna@example.org", "berta@example.org"]
    first, second = Letter.objects.order_by("pk")
    assert first.state == State.HELD and first.trouble and "@" not in first.trouble
    assert second.state == State.SENT, "it had been claimed, not begun"
    assert announce(petition, "delivered", "delivered") == 0


def test_a_sender_taken_for_dead_sends_no_more(petition: Petition, post: Post) -> None:
    signed(petition)
    letters, claimed_at = outbox.claim(20)
    age_claims()
    call_command("send_outbox")
    assert outbox.begin(letters, claimed_at) == []
    assert len(post.taken) == 1


def test_a_slow_server_does_not_let_a_sender_keep_its_claim(
    petition: Petition, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        signed(petition, f"anna{number}@example.org")
    now = [0.0]

    def slow() -> str:
        now[0] += sender.LEASE
        return "250 taken"

    post.on_letter = slow
    monkeypatch.setattr(sender, "monotonic", lambda: now[0])
    send_batch()
    assert len(post.taken) == 1
    waiting = Letter.objects.filter(state=State.WAITING)
    assert waiting.count() == 3 and set(waiting.values_list("attempts", "claimed_at")) == {(0, None)}


def test_a_server_that_defers_is_asked_again_later_each_time_until_the_end(petition: Petition, post: Post) -> None:
    signed(petition)
    post.on_recipient = lambda address: f"450 4.2.1 {address} is greylisted"
    waits = []
    for attempt in range(1, outbox.ATTEMPTS + 1):
        make_due()
        before = timezone.now()
        send_batch()
        letter = Letter.objects.get()
        assert letter.attempts == attempt and "450 4.2.1" in letter.trouble and "anna" not in letter.trouble
        waits.append((letter.next_at - before).total_seconds())
    assert letter.state == State.FAILED and post.taken == []
    assert 40 < waits[0] < 80 and waits[3] > 3 * waits[0] and max(waits) < 1.3 * outbox.LONGEST_WAIT
    assert letter.signature.bounced_at is None


def test_waits_are_not_the_same_for_all(petition: Petition, post: Post) -> None:
    for number in range(5):
        signed(petition, f"anna{number}@example.org")
    post.on_recipient = lambda address: "450 later"
    send_batch()
    assert len({round(one.next_at.timestamp(), 1) for one in Letter.objects.all()}) > 1


def test_a_mailbox_that_does_not_exist_is_noted_at_once(petition: Petition, post: Post) -> None:
    signature = agreed(petition)
    other = agreed(petition, "berta@example.org")
    announce(petition, "closed", "closed")
    post.on_recipient = lambda address: f"550 5.1.1 no {address} here" if address.startswith("anna") else "250 OK"
    send_batch()
    letter = Letter.objects.get(signature=signature)
    assert letter.state == State.FAILED and "550 5.1.1" in letter.trouble and "anna" not in letter.trouble
    signature.refresh_from_db()
    assert signature.bounced_at is not None
    assert post.recipients == ["berta@example.org"], "one refusal is no other's"
    assert announce(petition, "delivered", "delivered") == 1
    assert Letter.objects.get(topic="delivered").signature_id == other.pk


def test_a_server_that_refuses_us_is_nobodys_bounce(petition: Petition, post: Post) -> None:
    signature = signed(petition)
    post.on_recipient = lambda address: "554 5.7.1 relay access denied"
    send_batch()
    signature.refresh_from_db()
    assert signature.bounced_at is None and Letter.objects.get().state == State.WAITING


def test_while_the_server_is_down_letters_wait_and_lose_nothing(petition: Petition, settings: Any) -> None:
    signed(petition)
    send_by(settings, free_port())
    with pytest.raises(NoCarrier) as caught:
        send_batch()
    assert "@" not in str(caught.value)
    letter = Letter.objects.get()
    assert letter.state == State.WAITING and letter.attempts == 0 and letter.next_at > timezone.now()
    make_due()
    with pytest.raises(CommandError, match="ORIENTALIS_MAIL"):
        call_command("send_outbox")
    make_due()
    with post_office(settings) as post:
        call_command("send_outbox")
    assert len(post.taken) == 1


def test_a_server_that_hangs_up_after_some_letters_gets_the_others_on_another_line(
    petition: Petition, post: Post
) -> None:
    for number in range(6):
        signed(petition, f"anna{number}@example.org")
    post.on_letter = lambda: "421 too many" if len(post.taken) in (2, 4) and post.connections < 3 else "250 taken"
    for _ in range(4):
        make_due()
        try:
            send_batch()
        except NoCarrier:
            continue
    assert len(set(post.ids())) == len(post.ids()) == 6


@pytest.mark.parametrize("is_news", [False, True])
def test_a_line_that_breaks_after_the_letter_was_handed_over(petition: Petition, settings: Any, is_news: bool) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(1)
        send_by(settings, listening.getsockname()[1])
        thread = Thread(target=take_and_hang_up, args=(listening,))
        thread.start()
        if is_news:
            agreed(petition)
            announce(petition, "closed", "closed")
        else:
            signed(petition)
        with pytest.raises(NoCarrier):
            send_batch()
        thread.join(10)
    letter = Letter.objects.get()
    assert letter.state == (State.HELD if is_news else State.WAITING)


def take_and_hang_up(listening: socket.socket) -> None:
    """A server that takes a letter whole and closes the line without an answer."""
    line, _ = listening.accept()
    with line, line.makefile("rwb") as both:

        def say(words: bytes) -> None:
            both.write(words + b"\r\n")
            both.flush()

        say(b"220 here")
        while words := both.readline():
            if words.upper().startswith(b"DATA"):
                say(b"354 go on")
                while both.readline() not in (b".\r\n", b""):
                    pass
                return
            say(b"250 fine")


def test_what_one_person_waits_for_goes_before_news(petition: Petition, post: Post) -> None:
    for number in range(25):
        agreed(petition, f"anna{number}@example.org")
    announce(petition, "closed", "closed", timezone.now() - timedelta(hours=1))
    signed(petition, "berta@example.org")
    send_batch()
    assert post.recipients[0] == "berta@example.org"


def test_the_lag_is_that_of_the_oldest_letter_that_is_due(petition: Petition) -> None:
    assert outbox.lag() == 0
    signed(petition)
    now = timezone.now()
    assert outbox.lag(now) < 30
    assert 3590 < outbox.lag(now + timedelta(hours=1)) < 3660
