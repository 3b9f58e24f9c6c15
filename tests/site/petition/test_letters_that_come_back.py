"""A mailbox that does not exist is sent no more news; nobody can make that up, and nobody is told."""

from __future__ import annotations

import mailbox
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from orientalis_site.mail import identity, tracking
from orientalis_site.mail.models import Letter
from orientalis_site.mail.news import announce
from orientalis_site.petition.models import Petition, Signature
from tests.site.petition.mailing import agreed
from tests.site.server import ServerFactory, manage

NOTICE = """\
From: MAILER-DAEMON@example.org
To: petition@localhost
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; anna@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--b
Content-Type: {form}

Message-ID: {message_id}
Subject: Hello

--b--
"""


@pytest.fixture
def letter(petition: Petition) -> Letter:
    """A letter with news."""
    agreed(petition)
    announce(petition, "closed", "closed")
    return Letter.objects.get()


def notice(letter: Letter, **more: str) -> bytes:
    """A notification."""
    held = {"action": "failed", "status": "5.1.1", "form": "text/rfc822-headers", **more}
    return NOTICE.format(**{"message_id": identity.message_id(letter), **held}).encode()


def has_bounced() -> bool:
    return Signature.objects.get().bounced_at is not None


@pytest.mark.parametrize("form", ["text/rfc822-headers", "message/rfc822"])
def test_it_is_noted_from_a_file(letter: Letter, tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "notice.eml"
    file.write_bytes(notice(letter, form=form))
    call_command("record_bounces", str(file))
    assert has_bounced()
    assert "anna" not in capsys.readouterr().out
    assert announce(letter.petition, "delivered", "delivered") == 0


@pytest.mark.parametrize(
    "more",
    [
        {"status": "4.4.1", "action": "delayed"},
        {"status": "5.1.1", "action": "delayed"},
        {"status": "5.2.2"},
        {"status": "5.7.1"},
        {"message_id": "<letter-1-00000000000000000000@localhost>"},
        {"message_id": "<somebody@else.example>"},
    ],
)
def test_what_passes_or_is_made_up_changes_nothing(letter: Letter, tmp_path: Path, more: dict[str, str]) -> None:
    file = tmp_path / "notice.eml"
    file.write_bytes(notice(letter, **more))
    call_command("record_bounces", str(file))
    assert not has_bounced()


@pytest.mark.parametrize("content", [b"", b"\xff\x00", b"Content-Type: multipart/report\n\n--b\n", b"From: a\n\nhello"])
def test_what_is_no_notification_changes_nothing(letter: Letter, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "notice.eml"
    file.write_bytes(content)
    call_command("record_bounces", str(file))
    assert not has_bounced()


def test_a_maildir_is_read_once(letter: Letter, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = mailbox.Maildir(tmp_path / "mail")
    folder.add(notice(letter))
    folder.add(b"From: a\n\nhello")
    call_command("record_bounces", str(tmp_path / "mail"))
    assert has_bounced() and "2 messages read, 1 letter" in capsys.readouterr().out
    call_command("record_bounces", str(tmp_path / "mail"))
    assert "0 messages read" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Maildir"):
        call_command("record_bounces", str(tmp_path))
    with pytest.raises(CommandError, match="expected a message"):
        call_command("record_bounces", str(tmp_path / "nothing"))


def event(letter: Letter, kind: str, **more: Any) -> SimpleNamespace:
    """What anymail tells."""
    held = {"metadata": {"letter": identity.name(letter)}, "reject_reason": None, **more}
    return SimpleNamespace(event_type=kind, **held)


def test_a_provider_reports_it(letter: Letter) -> None:
    tracking.heed(None, event(letter, "deferred"))
    tracking.heed(None, event(letter, "bounced", metadata={}))
    tracking.heed(None, event(letter, "bounced", metadata=None))
    assert not has_bounced() and Signature.objects.get().updates
    tracking.heed(None, event(letter, "complained"))
    assert not Signature.objects.get().updates
    tracking.heed(None, event(letter, "bounced"))
    assert has_bounced()


def test_only_who_holds_the_secret_reports(start_server: ServerFactory) -> None:
    body = b'{"RecordType": "Bounce", "Type": "HardBounce", "MessageID": "x", "Email": "a@example.org", "ID": 1}'
    given = {
        "ORIENTALIS_MAIL": "postmark",
        "ORIENTALIS_ANYMAIL_POSTMARK_SERVER_TOKEN": "token",
        "ORIENTALIS_MAIL_WEBHOOK_SECRET": "reporter:0123456789abcdef",
    }
    site = start_server(**given)
    head = {"Content-Type": "application/json"}
    address = "/mail/postmark/tracking/"
    assert site.request("POST", address, head, body).status in (400, 403)
    right = {**head, "Authorization": "Basic cmVwb3J0ZXI6MDEyMzQ1Njc4OWFiY2RlZg=="}
    assert site.request("POST", address, right, body).status == 200
    wrong = {**head, "Authorization": "Basic cmVwb3J0ZXI6eHh4eA=="}
    assert site.request("POST", address, wrong, body).status in (400, 403)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ORIENTALIS_MAIL", "pigeon"),
        ("ORIENTALIS_SMTP_PORT", "many"),
        ("ORIENTALIS_SMTP_TLS", "perhaps"),
        ("ORIENTALIS_MAIL_FROM", "nobody"),
    ],
)
def test_a_wrong_setting_of_mail_is_named(tmp_path: Path, name: str, value: str) -> None:
    done = manage(tmp_path, "check", **{"ORIENTALIS_MAIL": "smtp", name: value})
    assert done.returncode == 2
    assert name in done.stderr and value in done.stderr and "Traceback" not in done.stderr


def test_a_secret_that_is_wrong_is_not_shown(tmp_path: Path) -> None:
    given = {"ORIENTALIS_MAIL": "postmark", "ORIENTALIS_MAIL_WEBHOOK_SECRET": "hushhushhushhushhush"}
    done = manage(tmp_path, "check", **given)
    assert done.returncode == 2 and "hush" not in done.stderr
