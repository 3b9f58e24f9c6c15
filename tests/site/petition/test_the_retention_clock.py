"""What is kept for how long: moved dates, a dry run that changes nothing, and a second run that finds nothing."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from orientalis_site.audit.chain import faults
from orientalis_site.audit.models import Entry
from orientalis_site.keeping.tombstones import buried
from orientalis_site.kit.keys import _read
from orientalis_site.limits.buckets import Demand, block, take
from orientalis_site.limits.models import Bucket
from orientalis_site.mail.models import Letter
from orientalis_site.mail.news import announce
from orientalis_site.petition import acts, tokens
from orientalis_site.petition.counting import drift, tick
from orientalis_site.petition.models import Petition, Signature, Token
from orientalis_site.petition.signing import Form, sign
from orientalis_site.staff import retention
from tests.site.petition.staff_inside import signature

ADDRESS = "Maria.O'Brien@example.org"


def days(number: float) -> datetime:
    """So many days ago."""
    return timezone.now() - timedelta(days=number)


def letter(signed: Signature, at: datetime, state: str = "sent", topic: str = "") -> Letter:
    """A letter to a signer."""
    return Letter.objects.create(
        kind="sign", state=state, signature=signed, petition=signed.petition, topic=topic, created_at=at, next_at=at
    )


def test_pending_rows_go_after_fourteen_days_with_letters_and_links(petition: Petition) -> None:
    old, young = signature(petition, 1, created_at=days(14.1)), signature(petition, 2, created_at=days(13.9))
    for one in (old, young):
        letter(one, one.created_at)
        tokens.issue({tokens.Purpose.CONFIRM: None}, signature=one)
    confirmed = signature(petition, 3, created_at=days(20))
    acts.confirm(confirmed)
    assert retention.due()["pending_deleted"] == 1
    assert Signature.objects.count() == 3, "a dry run changes nothing"
    assert retention.purge()["pending_deleted"] == 1
    assert set(Signature.objects.values_list("pk", flat=True)) == {young.pk, confirmed.pk}
    assert set(Letter.objects.values_list("signature_id", flat=True)) == {young.pk}
    assert set(Token.objects.values_list("signature_id", flat=True)) == {young.pk}
    assert not any(retention.purge().values())


def test_network_addresses_go_after_thirty_days(petition: Petition) -> None:
    old = signature(petition, 1, created_at=days(30.1), address_key="a")
    young = signature(petition, 2, created_at=days(29.9), address_key="a")
    for one in (old, young):
        acts.confirm(one)
    retention.purge()
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.address_key, young.address_key) == ("", "a")


def test_links_buckets_and_letters_go_when_they_are_over(petition: Petition) -> None:
    signed = signature(petition, 1)
    acts.confirm(signed)
    tokens.issue({tokens.Purpose.CONFIRM: days(1), tokens.Purpose.WITHDRAW: None}, signature=signed)
    for at, state in ((days(91), "sent"), (days(89), "sent"), (days(91), "waiting")):
        letter(signed, at, state)
    moment = timezone.now().timestamp()
    take([Demand("full", 10, 60)], moment - 100)
    take([Demand("filling", 10, 3600)], moment - 100)
    block("blocked", 3600, moment)
    done = retention.purge()
    assert (done["tokens_deleted"], done["letters_deleted"], done["buckets_deleted"]) == (1, 1, 1)
    assert set(Bucket.objects.values_list("key", flat=True)) == {"filling", "blocked"}


def test_news_is_not_mailed_again_after_its_letters_are_old(petition: Petition) -> None:
    signed = signature(petition, 1, updates=True, email_sealed="sealed")
    acts.confirm(signed)
    assert announce(petition, "update", "update:1", days(91)) == 1
    Letter.objects.update(state="sent")
    retention.purge()
    assert announce(petition, "update", "update:1") == 0
    acts.erase(signed)
    assert retention.purge()["letters_deleted"] == 1


def test_six_months_after_delivery_signers_are_anonymous_and_still_counted(petition: Petition) -> None:
    held = {"email_sealed": "sealed", "reason": "Because", "updates": True, "form_seconds": 9.0}
    shy = signature(petition, 1, **held)
    public = signature(petition, 2, show_name=True, reason_state="shown", **held)
    out = signature(petition, 3, show_name=True, **held)
    for one in (shy, public, out):
        acts.confirm(one)
    acts.invalidate(out, "user:1", "fake")
    tick()
    before = Petition.objects.get(pk=petition.pk).count.confirmed
    Petition.objects.filter(pk=petition.pk).update(state="delivered", delivered_at=days(182))
    assert retention.purge()["delivered_anonymised"] == 0
    Petition.objects.filter(pk=petition.pk).update(delivered_at=days(184))
    assert retention.purge()["delivered_anonymised"] == 3
    for one in (shy, public, out):
        one.refresh_from_db()
        assert one.email_sealed == "" and one.email_key.startswith("anonymous:") and not one.updates
        assert one.country == "RU" and one.version_id == petition.current_id
    assert (shy.name, shy.reason) == ("", "")
    assert (public.name, public.reason, public.state) == ("Signer 2", "Because", "confirmed")
    assert (out.name, out.reason) == ("", "")
    assert drift(petition) == 0 and Petition.objects.get(pk=petition.pk).count.confirmed == before == 2
    assert not any(retention.purge().values())


def test_peppers_can_be_rotated_once_signers_are_anonymous(petition: Petition, keys: Path) -> None:
    acts.confirm(signature(petition, 1))
    call_command("rotate_keys", "pepper", stdout=StringIO())
    _read.cache_clear()
    with pytest.raises(CommandError, match="pepper"):
        call_command("rotate_keys", "pepper", stdout=StringIO())
    Petition.objects.filter(pk=petition.pk).update(state="delivered", delivered_at=days(184))
    retention.purge()
    call_command("rotate_keys", "pepper", stdout=StringIO())
    _read.cache_clear()


def test_who_withdrew_is_anonymous_after_thirty_days(petition: Petition) -> None:
    gone = signature(petition, 1, email_sealed="sealed")
    acts.confirm(gone)
    acts.withdraw(gone, days(31))
    retention.purge()
    gone.refresh_from_db()
    assert (gone.name, gone.email_sealed, gone.state) == ("", "", "withdrawn")


def test_more_than_a_batch(petition: Petition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 7)
    for number in range(30):
        signature(petition, number, created_at=days(15))
    assert retention.purge()["pending_deleted"] == 30
    assert not Signature.objects.exists()


def test_the_command_says_what_it_did_and_the_audit_holds_numbers_alone(petition: Petition) -> None:
    signature(petition, 1, created_at=days(15), name="Secret Name")
    said = StringIO()
    call_command("purge", "--dry-run", stdout=said)
    assert "pending_deleted: 1 (would be)" in said.getvalue() and Signature.objects.exists()
    assert not Entry.objects.filter(action="purge").exists()
    call_command("purge", stdout=said)
    entry = Entry.objects.get(action="purge")
    assert all(isinstance(value, int) for value in entry.details.values()) and entry.details["pending_deleted"] == 1
    assert faults() == []


def test_a_person_is_exported_whole_and_erased_by_any_spelling(petition: Petition, keys: Path) -> None:
    form = Form(name="Мария O'Brien", address=ADDRESS, country="RU", reason="Ради внуков", updates=True)
    sign(petition, form)
    signed = Signature.objects.get()
    acts.confirm(signed)
    said = StringIO()
    call_command("export_person", "  maria.o'brien@EXAMPLE.org. ", stdout=said)
    (held,) = json.loads(said.getvalue())["signatures"]
    assert held["name"] == "Мария O'Brien" and held["email"] == ADDRESS and held["reason"] == "Ради внуков"
    assert held["petition"] == petition.slug and held["text_hash"] == petition.current.text_hash
    assert len(held["letters"]) == 1 and "example" not in str(list(Entry.objects.values()))
    said = StringIO()
    call_command("erase_person", ADDRESS, stdout=said)
    assert said.getvalue().startswith("1 ")
    signed.refresh_from_db()
    assert (signed.state, signed.name, signed.email_sealed, signed.email_key) == ("erased", "", "", "")
    assert list(buried()) == [(str(signed.uid), "erase")]
    call_command("erase_person", ADDRESS, stdout=said)
    tick()
    assert drift(petition) == 0
    with pytest.raises(CommandError, match="EMAIL"):
        call_command("export_person", "nobody")
