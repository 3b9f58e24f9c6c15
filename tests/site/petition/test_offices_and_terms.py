"""An admin keeps the offices' addresses, the closing day and the goals; an address is sealed and shown to nobody."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from orientalis_site.audit.chain import faults
from orientalis_site.audit.models import Entry
from orientalis_site.delivery.handing_over import deliver
from orientalis_site.kit.keys import keys as site_keys
from orientalis_site.mail.models import Letter
from orientalis_site.petition import terms
from orientalis_site.petition.counting import close_expired
from orientalis_site.petition.models import Office, Petition
from orientalis_site.petition.snapshots import text_of
from orientalis_site.petition.states import GOALS, State, move
from tests.site.petition.mailing import Post, post_office
from tests.site.petition.mailing import text_of as words_of
from tests.site.petition.staff_inside import account, draft, enter

BOX, OTHER = "chancellery@primorye-office.example", "second@primorye-office.example"
WAITING, SENT = Letter.State.WAITING, Letter.State.SENT


@pytest.fixture
def held(on_sqlite: Client) -> Petition:
    """The open petition."""
    return Petition.objects.select_related("current", "count").get(slug="save-the-amur-leopard")


@pytest.fixture
def admin(held: Petition) -> Client:
    """An admin's browser."""
    return enter(account("ann", "admin"))


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    """A mail server."""
    with post_office(settings) as opened:
        yield opened


def place(petition: Petition) -> str:
    """Where the form stands."""
    return f"/staff/petition/petition/{petition.pk}/terms/"


def filled(petition: Petition, **changed: str) -> dict[str, str]:
    """The form as a browser sends it when nothing is touched; `changed` by the names of the fields, _ for -."""
    form: dict[str, str] = {"closes_at": "", "goals": " ".join(map(str, petition.goals))}
    for target in text_of(petition.current).targets:
        office = Office.objects.filter(petition=petition, target=target.id).first()
        form[f"language-{target.id}"] = office.language if office else "en"
        form[f"receipt-{target.id}"] = office.receipt if office else ""
    return form | {name.replace("_", "-") if name not in form else name: value for name, value in changed.items()}


def over(petition: Petition) -> None:
    """Close and deliver."""
    if petition.state == State.OPEN:
        move(petition, State.CLOSED, "program")
    deliver(petition, "program")


def letters() -> list[tuple[str, str, str]]:
    """State, language and address of each letter to an office."""
    rows = Letter.objects.filter(kind="office").order_by("pk")
    return [(one.state, one.language, site_keys().open(one.to_sealed) if one.to_sealed else "") for one in rows]


def test_an_address_is_sealed_and_never_shown(held: Petition, admin: Client) -> None:
    page = admin.get(place(held)).content.decode()
    assert "An address is kept" not in page and 'name="remove-primorye"' not in page
    sent = filled(held, address_primorye=f" {BOX} ", language_primorye="ru", receipt_primorye="No. 17")
    assert admin.post(place(held), sent).status_code == 302
    (office,) = Office.objects.all()
    assert (office.target, office.language, office.receipt) == ("primorye", "ru", "No. 17")
    assert "chancellery" not in office.email_sealed and site_keys().open(office.email_sealed) == BOX
    for path in (place(held), f"/staff/petition/petition/{held.pk}/change/", f"/en/petitions/{held.slug}.json"):
        page = admin.get(path).content.decode()
        assert "chancellery" not in page and office.email_sealed not in page
    page = admin.get(place(held)).content.decode()
    assert page.count("An address is kept") == 1 and 'name="remove-primorye"' in page and "No. 17" in page
    (entry,) = Entry.objects.filter(action="set_office")
    told = {"petition": held.slug, "target": "primorye", "address": "set", "language": "ru", "receipt": "set"}
    assert entry.details == told and entry.subject == f"office:{office.pk}" and entry.actor.startswith("user:")
    assert "chancellery" not in json.dumps(list(Entry.objects.values("details", "subject", "actor"))) and not faults()


def test_an_empty_field_leaves_it_and_a_tick_removes_it(held: Petition, admin: Client) -> None:
    admin.post(place(held), filled(held, address_primorye=BOX))
    before = Entry.objects.count()
    assert admin.post(place(held), filled(held)).status_code == 302
    assert site_keys().open(Office.objects.get().email_sealed) == BOX
    assert Entry.objects.count() == before, "nothing was changed, so nothing is told"
    admin.post(place(held), filled(held, remove_primorye="on"))
    assert Office.objects.get().email_sealed == ""
    assert Entry.objects.latest("id").details["address"] == "removed"


def test_the_delivery_writes_to_it_and_its_link_works(held: Petition, admin: Client, post: Post) -> None:
    admin.post(place(held), filled(held, address_primorye=BOX, language_primorye="ru"))
    assert letters() == [], "nothing is sent before the delivery"
    over(held)
    assert letters() == [(WAITING, "ru", BOX)]
    call_command("send_outbox")
    assert post.recipients == [BOX] and letters()[0][0] == SENT
    found = re.search(rf"/ru/petitions/{held.slug}/answer/\S+/", words_of(post.taken[0]))
    assert found is not None
    answer = Client(headers={"host": "localhost"}).get(found[0])
    assert answer.status_code == 200 and "stance-law" in answer.content.decode()


def test_an_address_put_in_after_the_delivery_is_written_to_once(held: Petition, admin: Client, post: Post) -> None:
    over(held)
    assert letters() == []
    admin.post(place(held), filled(held, address_primorye=BOX))
    admin.post(place(held), filled(held))
    assert letters() == [(WAITING, "en", BOX)]
    admin.post(place(held), filled(held, address_primorye=OTHER, language_primorye="ru"))
    assert letters() == [(WAITING, "ru", OTHER)], "a letter that waits goes to the new address"
    call_command("send_outbox")
    admin.post(place(held), filled(held, address_primorye=OTHER))
    assert letters() == [(SENT, "ru", OTHER)] and post.recipients == [OTHER]
    Letter.objects.all().delete()  # as the retention does in time
    admin.post(place(held), filled(held))
    assert letters() == [], "who has a link was written to"


@pytest.mark.parametrize("lost", [{"state": "failed"}, {"state": "sent", "trouble": "it came back: 5.1.1"}])
def test_a_letter_that_was_lost_is_written_anew_to_a_new_address(
    held: Petition, admin: Client, lost: dict[str, str]
) -> None:
    admin.post(place(held), filled(held, address_primorye=BOX))
    over(held)
    Letter.objects.filter(kind="office").update(**lost)
    admin.post(place(held), filled(held))
    assert len(letters()) == 1, "to the same address it would only be lost again"
    admin.post(place(held), filled(held, address_primorye=OTHER))
    assert letters()[1:] == [(WAITING, "en", OTHER)]


WRONG = [
    ("address_primorye", "nobody", "An e-mail address looks like"),
    ("address_primorye", "a b@example.org", "Before the @"),
    ("language_primorye", "xx", "Select a valid choice"),
    ("receipt_primorye", "No. \u202e17", "marks that cannot be seen"),
    ("receipt_primorye", "1" * 201, "at most 200"),
    ("closes_at", "2020-01-01", "must lie ahead"),
    ("closes_at", "tomorrow", "Enter a valid date"),
    *(
        ("goals", words, "Whole numbers that rise")
        for words in ("5 5", "9 3", "0 5", "-1", "1.5", "ten", "٣", "9" * 12)
    ),
]


@pytest.mark.parametrize(("name", "value", "word"), WRONG)
def test_what_is_wrong_is_said_beside_its_field(
    held: Petition, admin: Client, name: str, value: str, word: str
) -> None:
    before = Petition.objects.values().get(pk=held.pk)
    sent = filled(held, receipt_primorye="kept?") | filled(held, **{name: value})
    answer = admin.post(place(held), sent)
    assert answer.status_code == 200
    form = answer.context["form"]
    (key,) = form.errors
    assert key == (name if name in ("closes_at", "goals") else name.replace("_", "-"))
    rows = answer.content.decode().split('<div class="form-row')
    (row,) = [one for one in rows if f'name="{key}"' in one]
    assert row.startswith(" errors") and word in row.partition('<div class="help"')[0]
    assert not Office.objects.exists() and Petition.objects.values().get(pk=held.pk) == before
    assert not Entry.objects.filter(action__startswith="set_").exists()


def test_a_target_that_the_text_does_not_name_is_refused(held: Petition) -> None:
    with pytest.raises(terms.TermFault, match="no target 'moon'; expected one of .*primorye"):
        terms.set_office(held, "moon", BOX, "en", "", "program")
    with pytest.raises(CommandError, match="no target 'moon'"):
        call_command("set_office", held.slug, "moon", "--email", BOX)
    with pytest.raises(CommandError, match="SLUG: got 'nothing'; expected one of .*save-the-amur-leopard"):
        call_command("set_office", "nothing", "primorye")
    for flag, value, word in (("--email", "nobody", "address: An e-mail"), ("--language", "xx", "language: got 'xx'")):
        with pytest.raises(CommandError, match=word):
            call_command("set_office", held.slug, "primorye", flag, value)
    assert not Office.objects.exists()


def test_the_command_keeps_what_it_does_not_name(held: Petition, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("set_office", held.slug, "primorye", "--email", BOX, "--language", "ru")
    call_command("set_office", held.slug, "primorye", "--receipt", "No. 17")
    office = Office.objects.get()
    assert (site_keys().open(office.email_sealed), office.language, office.receipt) == (BOX, "ru", "No. 17")
    assert "chancellery" not in "".join(capsys.readouterr())
    assert Entry.objects.filter(action="set_office").count() == 2


@pytest.mark.parametrize("role", ["creator", "reviewer", "moderator"])
def test_other_roles_are_refused(held: Petition, role: str) -> None:
    client = enter(account(role, role))
    assert client.get(place(held)).status_code == 403
    assert client.post(place(held), filled(held, address_primorye=BOX)).status_code == 403
    assert "Offices and terms" not in client.get(f"/staff/petition/petition/{held.pk}/change/").content.decode()
    assert not Office.objects.exists()


def test_at_the_end_of_the_closing_day_it_closes(held: Petition, admin: Client) -> None:
    day = timezone.now().date() + timedelta(days=3)
    assert "Offices and terms" in admin.get(f"/staff/petition/petition/{held.pk}/change/").content.decode()
    sent = filled(held, closes_at=day.isoformat(), goals=" 10  200 3000 ")
    assert admin.post(place(held), sent).status_code == 302
    held.refresh_from_db()
    assert held.closes_at == datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)
    assert held.goals == [10, 200, 3000]
    (entry,) = Entry.objects.filter(action="set_terms")
    assert entry.details == {"closes_at": day.isoformat(), "goals": [10, 200, 3000]}
    assert f'value="{day.isoformat()}"' in admin.get(place(held)).content.decode()
    assert close_expired(held.closes_at - timedelta(seconds=1)) == 0
    assert close_expired(held.closes_at) == 1
    held.refresh_from_db()
    assert held.state == State.CLOSED
    # Afterwards the day stays, whatever a browser sends; goals and offices may still be kept.
    assert admin.post(place(held), filled(held, closes_at="2099-01-01", goals="10")).status_code == 302
    before = held.closes_at
    held.refresh_from_db()
    assert held.closes_at == before and held.goals == [10]
    with pytest.raises(terms.TermFault, match="its closing day stays"):
        terms.set_terms(held, day + timedelta(days=1), [10], "program")


def test_a_draft_has_offices_too(held: Petition, admin: Client) -> None:
    petition = draft(account("wang", "creator"))
    call_command("set_office", petition.slug, "primorye", "--email", BOX)
    assert "An address is kept" in admin.get(place(petition)).content.decode()
    terms.set_terms(petition, None, list(GOALS), "program")
    assert not Entry.objects.filter(action="set_terms").exists()
