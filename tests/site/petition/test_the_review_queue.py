"""The review queue: what waits stands there for those whose duty it is, and what is decided is audited."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.test import Client

from orientalis_site.audit.models import Entry
from orientalis_site.mail.models import Letter
from orientalis_site.petition import acts
from orientalis_site.petition.models import Office, Petition, Response, Signature, Update
from orientalis_site.staff.models import User
from tests.site.petition.staff_inside import account, draft, enter, signature

KEYS = ("en", "ru", "zh_hans")


@pytest.fixture
def shown(on_sqlite: Client) -> Petition:
    """The open petition."""
    return Petition.objects.get(slug="save-the-amur-leopard")


def page(user: User) -> str:
    """What somebody sees of the queue."""
    answer = enter(user).get("/staff/queue/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_sees_what_is_his_duty(shown: Petition) -> None:
    author = account("wang", "creator")
    petition = draft(author)
    Petition.objects.filter(pk=petition.pk).update(state="in_review")
    acts.confirm(signature(shown, 1, reason="For my daughter", reason_state="waiting"))
    signature(shown, 2, reason="Not confirmed yet", reason_state="waiting")
    reviewer, moderator = page(account("maria", "reviewer")), page(account("mo", "moderator"))
    assert "close-the-dens" in reviewer and "For my daughter" not in reviewer
    assert "For my daughter" in moderator and "close-the-dens" not in moderator
    assert "Not confirmed yet" not in moderator
    assert "somebody else must publish it" in page(author) and "somebody else must publish it" not in reviewer


def test_reasons_are_decided_many_at_once(shown: Petition) -> None:
    moderator = account("mo", "moderator")
    client = enter(moderator)
    rows = [signature(shown, number, reason="<b>Why</b>", reason_state="waiting") for number in range(4)]
    for one in rows:
        acts.confirm(one)
    assert "<b>Why" not in page(moderator)
    ids = [one.pk for one in rows]
    client.post("/staff/queue/reasons/", {"id": ids[:2], "decision": "show"})
    client.post("/staff/queue/reasons/", {"id": ids[2:3], "decision": "refuse"})  # no cause: nothing happens
    client.post("/staff/queue/reasons/", {"id": ids[2:3], "decision": "refuse", "cause": "made up"})
    assert Signature.objects.filter(reason_state="waiting").count() == 2
    client.post("/staff/queue/reasons/", {"id": ids, "decision": "refuse", "cause": "insult"})
    # What was shown before stays shown: a decision is made once.
    found = list(Signature.objects.order_by("pk").values_list("reason_state", flat=True))
    assert found == ["shown", "shown", "refused", "refused"]
    entries = Entry.objects.filter(action__startswith="reason_")
    assert entries.count() == 4 and "Why" not in str(list(entries.values()))


def test_an_update_needs_a_second_person_and_is_mailed_once(shown: Petition) -> None:
    author, reviewer = account("wang", "creator", "reviewer"), account("maria", "reviewer")
    acts.confirm(signature(shown, 1, updates=True, email_sealed="sealed"))
    acts.confirm(signature(shown, 2, updates=False, email_sealed="sealed"))
    client = enter(author)
    fields = {f"title_{key}": f"News {key}" for key in KEYS} | {f"text_{key}": "One.\r\n\r\nTwo." for key in KEYS}
    path = f"/staff/petition/petition/{shown.pk}/update/"
    bad = client.post(path, {**fields, "title_ru": "news\u202etxt.exe"})
    assert bad.status_code == 200 and "invisible letter" in bad.content.decode() and not Update.objects.exists()
    client.post(path, fields)
    update = Update.objects.get()
    assert update.text["zh-hans"] == ["One.", "Two."] and update.published_at is None
    assert (
        "News en" in page(reviewer)
        and "News en" not in Client(headers={"host": "localhost"}).get(f"/en/petitions/{shown.slug}/").content.decode()
    )
    act = f"{path}{update.pk}/publish/"
    client.post(act)
    update.refresh_from_db()
    assert update.published_at is None, "its author must not publish it"
    other = enter(reviewer)
    other.post(f"{path}{update.pk}/send/")
    assert not Letter.objects.exists(), "a letter about what is not shown would be dropped for ever"
    for _ in range(2):
        other.post(act)
    other.post(f"{path}{update.pk}/send/")
    update.refresh_from_db()
    assert update.published_by_id == reviewer.pk
    assert list(Letter.objects.values_list("kind", "topic")) == [("update", f"update:{update.pk}")]
    assert Entry.objects.filter(action="publish_update").count() == 1


def test_an_answer_of_an_office_is_shown_or_refused_with_a_word(shown: Petition) -> None:
    Petition.objects.filter(pk=shown.pk).update(state="delivered", delivered_at=datetime.now(UTC))
    office = Office.objects.create(petition=shown, target="primorye", delivered_at=datetime.now(UTC))
    held = {"office": office, "language": "ru", "answers": [], "received_at": datetime.now(UTC)}
    forged, real = (Response.objects.create(text=text, **held) for text in ("Подделка", "Ответ"))
    reviewer = account("maria", "reviewer")
    client = enter(reviewer)
    assert "Ответ" in page(reviewer)
    client.post("/staff/queue/responses/", {"id": forged.pk, "decision": "refuse"})
    forged.refresh_from_db()
    assert forged.state == "waiting", "a word is needed"
    client.post("/staff/queue/responses/", {"id": forged.pk, "decision": "refuse", "why": "forged"})
    client.post("/staff/queue/responses/", {"id": real.pk, "decision": "show"})
    forged.refresh_from_db()
    real.refresh_from_db()
    shown.refresh_from_db()
    assert (forged.state, real.state, shown.state) == ("refused", "shown", "answered")
    assert real.decided_by_id == reviewer.pk


def test_the_audit_is_read_verified_and_exported(shown: Petition) -> None:
    admin = account("root", "admin")
    draft(admin)
    client = enter(admin)
    assert "The chain holds." in client.get("/staff/audit/entry/?verify=1").content.decode()
    lines = b"".join(client.get("/staff/audit/entry/export/").streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    entries = [json.loads(line) for line in lines]
    assert [one["previous"] for one in entries[1:]] == [one["hash"] for one in entries[:-1]]
    assert {"draft", "export_audit"} <= {one["action"] for one in entries}


def test_a_signature_shows_no_address_and_is_judged(shown: Petition) -> None:
    signed = signature(shown, 1, email_sealed="gAAAA-sealed", address_key="a" * 64)
    acts.confirm(signed)
    client = enter(account("mo", "moderator"))
    path = f"/staff/petition/signature/{signed.pk}/"
    text = client.get(f"{path}change/").content.decode()
    assert "Signer 1" in text and not any(word in text for word in ("gAAAA", "a" * 64, signed.email_key))
    client.post(f"{path}do/invalidate/")  # no cause
    client.post(f"{path}do/invalidate/", {"cause": "fake"})
    signed.refresh_from_db()
    assert signed.state == "invalidated"
    client.post(f"{path}do/reinstate/")
    signed.refresh_from_db()
    assert signed.state == "confirmed"


def test_an_admin_makes_accounts_without_knowing_a_password(shown: Petition) -> None:
    admin = account("root", "admin")
    client = enter(admin)
    from django.contrib.auth.models import Group

    creator = Group.objects.get(name="creator")
    answer = client.post(
        "/staff/staff/user/add/",
        {"username": "wang", "is_active": "on", "groups": creator.pk, "is_superuser": "on", "is_staff": "on"},
        follow=True,
    )
    made = User.objects.get(username="wang")
    assert not made.is_superuser and made.is_staff and not made.has_usable_password()
    assert list(made.groups.all()) == [creator] and "/staff/password/key/" in answer.content.decode()
    client.post(f"/staff/staff/user/{made.pk}/change/", {"username": "wang", "is_superuser": "on"})
    made.refresh_from_db()
    assert not made.is_active and not made.is_superuser and not made.groups.exists()
    assert Entry.objects.filter(action="change_user", subject=f"user:{made.pk}").exists()
