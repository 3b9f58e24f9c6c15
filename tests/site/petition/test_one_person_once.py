"""One person once: whatever the order, the spelling and the race, the database decides."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone

from orientalis_site.kit import keys as key_file
from orientalis_site.kit.keys import keys
from orientalis_site.mail.models import Letter
from orientalis_site.petition import acts, counting
from orientalis_site.petition.canonical import BadAddress, canonical, deliverable
from orientalis_site.petition.models import Event, Petition, Signature
from orientalis_site.petition.signing import ADDRESS_CAPACITY, Form, sign
from tests.site.databases import at_once


def form(address: str = "anna@example.org", **more: object) -> Form:
    """A filled form."""
    held: dict[str, object] = {"name": "Anna", "address": deliverable(address), "country": "FR", **more}
    return Form(**held)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("anna@example.org", " ANNA@Example.ORG. "),
        ("a.n.n.a+petition@gmail.com", "anna@googlemail.com"),
        ("anna+x@outlook.com", "anna@outlook.com"),
        ("anna@me.com", "anna+z@icloud.com"),
        ("an-na@yandex.ru", "an.na@ya.ru"),
        ("an_na@proton.me", "an-na@protonmail.com"),
        ("anna@bücher.example", "anna@xn--bcher-kva.example"),
        ("anna@Пример.рф", "anna@пример.рф"),
        ("anna@ｅxample.org", "anna@example.org"),
    ],
)
def test_spellings_of_one_mailbox_are_one_person(first: str, second: str) -> None:
    """They have one canonical form."""
    assert canonical(deliverable(first)) == canonical(deliverable(second))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a.nna@example.org", "anna@example.org"),
        ("anna+x@example.org", "anna@example.org"),
        ("anna@hotmail.com", "anna@outlook.com"),
        ("anna@example.org", "anna@example.com"),
        ("a.nna@outlook.com", "anna@outlook.com"),
    ],
)
def test_where_a_mark_may_tell_people_apart_it_does(first: str, second: str) -> None:
    """They are two people."""
    assert canonical(deliverable(first)) != canonical(deliverable(second))


@pytest.mark.parametrize(
    "text",
    ["", "anna", "@example.org", "anna@", "anna@example", "a b@example.org", "an\nna@example.org",
     "anna@[127.0.0.1]", '"anna"@example.org', "anna..b@example.org", ".anna@example.org", "anna@-example.org",
     "anna@example..org", "anna@example.123", "мария@example.org", "a" * 65 + "@b.org",
     "anna@exam\u202eple.org", "anna@example.org\r\nBcc: x@example.org", "anna@\u200bexample.org@",
     "<anna@example.org>", "anna@" + "a." * 130 + "org"],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    """With a word that says why."""
    with pytest.raises(BadAddress) as error:
        deliverable(text)
    assert str(error.value.args[0]).endswith(".")


def test_fifty_aliases_at_once_are_one_signature(petition: Petition) -> None:
    """Fifty spellings of one mailbox, all at the same moment: one row, and no error."""
    aliases = [form(f"anna+{i}@{'googlemail.com' if i % 2 else 'gmail.com'}") for i in range(50)]
    results = at_once([lambda one=one: sign(petition, one) for one in aliases])
    assert [one for one in results if isinstance(one, BaseException)] == []
    assert Signature.objects.count() == 1


def test_two_confirmations_at_once_count_once(petition: Petition) -> None:
    """One of them confirms; there is one event, and the count is one."""
    sign(petition, form())
    signature = Signature.objects.select_related("version").get()
    results = at_once([lambda: acts.confirm(signature)] * 8)
    assert sorted(results, key=str) == [False] * 7 + [True]
    assert Event.objects.count() == 1
    counting.tick()
    petition.count.refresh_from_db()
    assert petition.count.confirmed == 1 and counting.drift(petition) == 0


def test_two_ticks_at_once_fold_once(petition: Petition) -> None:
    """Whoever comes second folds nothing again."""
    for number in range(20):
        sign(petition, form(f"p{number}@example.org"))
    for signature in Signature.objects.select_related("version"):
        acts.confirm(signature)
    folded = at_once([counting.tick] * 4)
    assert sum(int(one) for one in folded if not isinstance(one, BaseException)) == 20, folded
    petition.count.refresh_from_db()
    assert petition.count.confirmed == 20 and petition.count.countries == {"FR": 20}


def test_the_database_itself_refuses_a_second_row(petition: Petition) -> None:
    """Without any of our code between."""
    sign(petition, form())
    held = Signature.objects.get()
    held.pk, held.uid = None, uuid.uuid4()
    with pytest.raises(IntegrityError):
        held.save(force_insert=True)


def test_a_rotated_pepper_still_knows_the_person(petition: Petition, keys: object) -> None:
    """While two versions are checked, a row under the older one stands in the way too."""
    sign(petition, form())
    file = settings.KEYS / "keys.json"
    held = json.loads(file.read_text())
    held["peppers"]["2"] = "ab" * 32
    file.write_text(json.dumps(held))
    key_file._read.cache_clear()
    sign(petition, form())
    sign(petition, form("other@example.org"))
    assert sorted(Signature.objects.values_list("pepper", flat=True)) == [1, 2]
    key_file._read.cache_clear()


def test_a_letter_is_written_for_every_form_and_sent_only_where_it_may_be(petition: Petition) -> None:
    """New, known and refused: the same rows, told apart by their state alone."""
    sign(petition, form())
    sign(petition, form())
    sign(petition, form("robot@example.org", is_trapped=True))
    assert list(Letter.objects.order_by("id").values_list("state", flat=True)) == ["waiting", "waiting", "dropped"]
    assert Signature.objects.count() == 1


def test_clocks_five_seconds_apart_change_nothing(petition: Petition) -> None:
    """Two servers whose clocks differ: what was signed by one is confirmed by the other, and counted once."""
    now = timezone.now()
    sign(petition, form(), now + timedelta(seconds=5))
    signature = Signature.objects.select_related("version").get()
    assert acts.confirm(signature, now) and not acts.confirm(signature, now + timedelta(seconds=5))
    counting.tick(now - timedelta(seconds=5))
    petition.count.refresh_from_db()
    assert petition.count.confirmed == 1


def test_no_address_stands_in_the_database(petition: Petition) -> None:
    """Only a keyed hash and a sealed text, which the keys open."""
    sign(petition, form())
    held = Signature.objects.get()
    assert "anna" not in held.email_key + held.email_sealed
    assert keys().open(held.email_sealed) == "anna@example.org"


def test_what_was_signed_when_is_kept_whole(petition: Petition) -> None:
    """Every column comes back as it was given: SQLite once kept no more of a date than its year."""
    now = timezone.now()
    sign(petition, form(reason="Because.", show_name=True, updates=True, place="192.0.2.1", seconds=9.5), now)
    held = Signature.objects.get()
    assert held.created_at == now and held.form_seconds == 9.5 and held.uid.version == 4
    assert (held.show_name, held.updates, held.reason, held.reason_state) == (True, True, "Because.", "waiting")
    assert Signature.objects.filter(created_at__lt=now - timedelta(hours=1)).count() == 0


def test_one_petition_does_not_silence_a_mailbox_for_another(petition: Petition) -> None:
    """Whoever floods it with one petition's letters keeps none of another's back."""
    for _ in range(20):
        sign(petition, form())
    assert Letter.objects.filter(state="waiting").count() == ADDRESS_CAPACITY
    other = Petition.objects.exclude(pk=petition.pk).get()
    sign(other, form())
    assert Letter.objects.filter(state="waiting", petition=other).count() == 1
