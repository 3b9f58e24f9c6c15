"""An office answers demand by demand; its words are shown as given, once the staff has looked; who waits is counted."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from orientalis_site.audit.models import Entry
from orientalis_site.delivery import answers, preview
from orientalis_site.delivery.answers import MOST_WAITING, publish, receive, refuse, standings
from orientalis_site.delivery.handing_over import deliver
from orientalis_site.mail.models import Letter
from orientalis_site.petition.models import Office, Petition, Response, Signature, Token
from orientalis_site.petition.snapshots import text_of
from orientalis_site.petition.states import NotAllowed, State, hide
from orientalis_site.petition.tokens import issue
from orientalis_site.staff.models import User
from tests.site.petition.delivered import closed, petition

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script> O'Brien & Мария"
Purpose = Token.Purpose


@pytest.fixture(autouse=True)
def _keys(inside: Client, settings: Any, tmp_path: Path) -> None:
    settings.KEYS = tmp_path / "keys"


@pytest.fixture
def delivered(monkeypatch: pytest.MonkeyPatch) -> Petition:
    held = closed()
    deliver(held, "program", timezone.now() - timedelta(days=12))
    return held


@pytest.fixture
def office(delivered: Petition) -> Office:
    return delivered.offices.get(target="primorye")


@pytest.fixture
def link(office: Office) -> str:
    token = issue({Purpose.ANSWER: None}, office=office)[Purpose.ANSWER]
    return f"/en/petitions/{office.petition.slug}/answer/{token}/"


@pytest.fixture
def user() -> User:
    return User.objects.create(username="moderator")


def asked(office: Office) -> list[str]:
    return [demand.id for demand in text_of(office.petition.current).asked(office.target)]


def filled(office: Office, **changed: str) -> dict[str, str]:
    held = {f"stance-{one}": "partly" for one in asked(office)}
    held |= {f"words-{asked(office)[0]}": SCRIPT, "text": "Мы рассмотрим.", "signed_by": SCRIPT, "language": "ru"}
    return held | changed


def parts(office: Office) -> dict[str, tuple[str, str]]:
    return dict.fromkeys(asked(office), ("accepts", ""))


def fresh() -> Client:
    """A reader for whom no page is kept."""
    return Client(headers={"host": "localhost"})


def test_an_office_answers_each_demand_that_is_asked_of_it(inside: Client, office: Office, link: str) -> None:
    form = inside.get(link)
    text = form.content.decode()
    assert form.status_code == 200 and form.headers["Cache-Control"] == "no-store"
    assert form.headers["Referrer-Policy"] == "no-referrer" and not form.cookies
    assert [one in text for one in ("stance-law", "stance-fires", "stance-livelihoods", "stance-cubs")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert not Response.objects.exists(), "looking changes nothing"
    answer = inside.post(link, filled(office))
    assert answer.status_code == 200 and "Your answer has arrived" in answer.content.decode()
    (response,) = Response.objects.all()
    assert response.state == Response.State.WAITING and response.language == "ru" and response.signed_by == SCRIPT
    assert [one["demand"] for one in response.answers] == asked(office)
    assert response.answers[0] == {"demand": asked(office)[0], "stance": "partly", "text": SCRIPT}
    entry = Entry.objects.last()
    assert entry is not None and (entry.actor, entry.action) == ("office", "answer")
    assert SCRIPT not in str(entry.details)
    assert "partly" not in fresh().get(f"/en/petitions/{office.petition.slug}/delivery/").content.decode()


def test_wrong_forms_come_back_with_words_beside_the_field(inside: Client, office: Office, link: str) -> None:
    first = asked(office)[0]
    wrong = [
        ({f"stance-{first}": ""}, f"stance-{first}-error"),
        ({f"stance-{first}": "agrees"}, f"stance-{first}-error"),
        ({f"words-{first}": "x" * 1001}, f"words-{first}-error"),
        ({"text": "x" * 1001}, "text-error"),
        ({"text": "a\u202eb"}, "text-error"),
        ({"signed_by": " "}, "signed_by-error"),
        ({"signed_by": "x" * 201}, "signed_by-error"),
        ({"language": "de"}, "language-error"),
    ]
    for changed, name in wrong:
        answer = inside.post(link, filled(office, **changed))
        text = answer.content.decode()
        assert answer.status_code == 422 and f'id="{name}"' in text, changed
        assert "<script>" not in text.partition("<main")[2] and "&lt;script&gt;" in text
    assert not Response.objects.exists()


def test_links_of_others_open_nothing(inside: Client, office: Office, link: str) -> None:
    signature = Signature.objects.filter(petition=office.petition).first()
    confirm = issue({Purpose.CONFIRM: None}, signature)[Purpose.CONFIRM]
    late = issue({Purpose.ANSWER: timezone.now() - timedelta(days=1)}, office=office)[Purpose.ANSWER]
    other = link.replace(office.petition.slug, "stop-amur-leopard-poaching-and-habitat-loss")
    base = link.rsplit("/", 2)[0]
    for path in (f"{base}/{confirm}/", f"{base}/{late}/", f"{base}/{'x' * 43}/", f"{base}/x/", other):
        for answer in (inside.get(path), inside.post(path, filled(office))):
            assert answer.status_code == 404, path
    assert not Response.objects.exists()


def test_it_is_shown_as_given_and_everyone_who_agreed_is_told(
    inside: Client, office: Office, link: str, user: User
) -> None:
    inside.post(link, filled(office))
    response = Response.objects.get()
    publish(response, user)
    held = Petition.objects.get(pk=office.petition_id)
    assert held.state == State.ANSWERED and held.answered_at == response.decided_at and response.decided_by == user
    assert Letter.objects.filter(kind="answered", topic=f"answered:{response.pk}").count() == 78
    assert Entry.objects.filter(action="show_answer", actor=f"user:{user.pk}").count() == 1
    for path in (f"/en/petitions/{held.slug}/", f"/en/petitions/{held.slug}/delivery/"):
        text = fresh().get(path).content.decode()
        assert '<div lang="ru">' in text and '<blockquote lang="ru">' in text and "Мы рассмотрим." in text
        assert "<script>alert" not in text and "&lt;script&gt;alert(1)&lt;/script&gt; O&#x27;Brien &amp; Мария" in text
        assert text.count("accepts in part") == len(asked(office))
        assert text.count('<data class="n" value="12">12</data>') == 2, "two offices have not answered for twelve days"


def test_again_until_one_is_shown(inside: Client, office: Office, link: str, user: User) -> None:
    inside.post(link, filled(office))
    inside.post(link, filled(office, text="Better words."))
    first, second = Response.objects.all()
    refuse(first, user, "the office sent another")
    publish(second, user)
    assert "Your answer is shown" in inside.get(link).content.decode()
    assert inside.post(link, filled(office)).status_code == 409 and Response.objects.count() == 2
    with pytest.raises(NotAllowed, match="shown: only one that waits"):
        publish(second, user)
    with pytest.raises(NotAllowed, match="refused"):
        publish(first, user)


def test_a_second_office_answers_an_answered_petition(delivered: Petition, user: User) -> None:
    for target in ("primorye", "china-forestry"):
        office = delivered.offices.get(target=target)
        publish(receive(office, "en", parts(office), "", "An officer"), user)
    delivered.refresh_from_db()
    assert delivered.state == State.ANSWERED
    assert [one.shown is not None for one in standings(delivered, timezone.now())] == [False, True, True]
    assert Entry.objects.filter(action="to_answered").count() == 1


def test_two_answers_of_one_office_are_never_both_shown(office: Office, user: User) -> None:
    one, two = (receive(office, "en", parts(office), "", "An officer") for _ in range(2))
    publish(one, user)
    with pytest.raises(NotAllowed, match="shown already"):
        publish(two, user)


def test_no_more_than_some_wait(inside: Client, office: Office, link: str) -> None:
    for _ in range(MOST_WAITING):
        receive(office, "en", parts(office), "", "An officer")
    assert inside.post(link, filled(office)).status_code == 409
    assert Response.objects.count() == MOST_WAITING


def test_a_hidden_petition_takes_and_shows_no_answer(inside: Client, office: Office, link: str, user: User) -> None:
    response = receive(office, "en", parts(office), "", "An officer")
    hide(office.petition, "user:1")
    assert inside.get(link).status_code == 410 and inside.post(link, filled(office)).status_code == 410
    with pytest.raises(NotAllowed, match="hidden"):
        publish(response, user)


def test_before_a_delivery_nothing_is_answered(inside: Client) -> None:
    held = petition()
    office = Office.objects.create(petition=held, target="primorye")
    token = issue({Purpose.ANSWER: None}, office=office)[Purpose.ANSWER]
    link = f"/en/petitions/{held.slug}/answer/{token}/"
    assert "has not been delivered" in inside.get(link).content.decode()
    assert inside.post(link, filled(office)).status_code == 409 and not Response.objects.exists()
    text = inside.get(f"/zh-hans/petitions/{held.slug}/delivery/").content.decode()
    assert "dossier.pdf" in text and "signature.json" not in text


@pytest.mark.parametrize(("hours", "days"), [(0, 0), (23, 1), (24, 1), (24 * 40, 40)])
def test_days_are_those_of_the_calendar(delivered: Petition, hours: int, days: int) -> None:
    first = delivered.delivered_at.replace(hour=12)
    assert answers.days_between(first, first + timedelta(hours=hours)) == days
    assert answers.days_between(first, first - timedelta(hours=30)) == 0


def test_clicks_do_not_make_the_server_set_a_dossier_each(
    inside: Client, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    held = petition()
    made: list[str] = []

    def counted(*arguments: Any, **more: Any) -> bytes:
        made.append(arguments[3])
        return b"%PDF-1.7 of " + arguments[3].encode()

    monkeypatch.setattr(preview, "dossier", counted)
    path = f"/en/petitions/{held.slug}/dossier.pdf"
    for _ in range(5):
        answer = inside.get(path)
        assert answer.content == b"%PDF-1.7 of en" and answer.headers["Content-Type"] == "application/pdf"
    held.count.confirmed = 5
    held.count.save()
    assert inside.get(path).status_code == 200 and made == ["en"]
    monkeypatch.setattr(preview, "FRESH_SECONDS", 0.0)
    assert inside.get(path).status_code == 200 and made == ["en", "en"]


def test_one_dossier_is_set_at_a_time(inside: Client, settings: Any) -> None:
    import fcntl

    held = petition()
    folder = Path(settings.VAR) / "dossiers"
    folder.mkdir()
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        busy = inside.get(f"/en/petitions/{held.slug}/dossier.pdf")
        assert busy.status_code == 503 and "is being made" in busy.content.decode()
    assert inside.get(f"/ru/petitions/{held.slug}/dossier.pdf").content.startswith(b"%PDF")


def test_after_the_delivery_the_dossier_is_the_one_that_was_handed_over(inside: Client, delivered: Petition) -> None:
    answer = inside.get(f"/ru/petitions/{delivered.slug}/dossier.pdf")
    path = f"/ru/petitions/{delivered.slug}/delivery/{delivered.delivery.hash}/dossier-ru.pdf"
    assert answer.status_code == 302 and answer.headers["Location"] == path
    assert inside.get(path).status_code == 200


@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_no_published_page_or_file_holds_an_address(inside: Client, office: Office, user: User, language: str) -> None:
    office.email_sealed = "sealed-address-of-the-office"
    office.save()
    publish(receive(office, "en", parts(office), "", "An officer"), user)
    base = f"/{language}/petitions/{office.petition.slug}/"
    for path in (base, f"{base}delivery/", "/petition-key.json"):
        text = fresh().get(path).content.decode()
        assert "secret-mailbox" not in text and "sealed-address" not in text
