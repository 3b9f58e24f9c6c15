"""What programs read of a petition: true, bounded, open to every page, and nothing of anybody who did not agree."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from orientalis_site.petition import acts, states
from orientalis_site.petition.models import Office, Petition, Response, Signature
from tests.site.inside import LANGUAGES
from tests.site.petition.campaign import FOUNDING, OPEN, START, counted, person, shipped

pytestmark = pytest.mark.django_db


def read(client: Client, path: str) -> Any:
    """The JSON of an answer that is open to every page and holds no cookie."""
    response = client.get(path)
    assert response.status_code == 200, (path, response.content[:300])
    assert response.headers["Access-Control-Allow-Origin"] == "*" and not response.cookies
    assert "Set-Cookie" not in response.headers and response.headers["ETag"]
    return json.loads(response.content)


def refused(response: HttpResponse) -> dict[str, Any]:
    """The error of an answer, in the one shape."""
    held = json.loads(response.content)
    assert set(held) == {"error"} and set(held["error"]) == {"status", "code", "message", "expected"}
    assert held["error"]["status"] == response.status_code
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    return held["error"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_petition_says_what_others_rely_on(inside: Client, language: str) -> None:
    petition = shipped()
    for number in range(6):
        person(petition, f"Person {number}")
    petition = counted(petition)
    held = read(inside, f"/{language}/petitions/{OPEN}.json")
    assert held["state"] == "open" and held["supporters"] == held["confirmed"] == 6
    assert held["text_hash"] == petition.current.text_hash and held["evidence_hash"] == petition.current.evidence_hash
    assert held["language"] == language and held["slug"] == OPEN and held["goal"] == 100
    assert [one["id"] for one in held["demands"]] == ["law", "deforestation", "fires", "livelihoods", "cubs"]
    assert all(one["has_figure"] == bool(one["findings"]) for one in held["demands"])
    assert held["versions"][0]["confirmed"] == 6 and held["versions"][0]["number"] == 1
    assert held["growth"] == [{"day": "2026-05-01", "change": 6, "confirmed": 6}]
    assert held["urls"]["sign"].endswith(f"/{language}/petitions/{OPEN}/sign/")
    assert set(held["alternates"]) == {"en", "ru", "zh-Hans", "x-default"}
    for name in ("json", "csv", "supporters", "feed", "embed"):
        path = held["urls"][name].split("localhost:8000")[1]
        assert inside.get(path).status_code == 200, name


def test_what_was_counted_elsewhere_is_told_apart(inside: Client) -> None:
    shipped()
    held = read(inside, f"/en/petitions/{FOUNDING}.json")
    assert held["state"] == "closed" and held["goal"] is None and held["urls"]["sign"] is None
    assert held["supporters"] == held["counted_elsewhere"]["count"] == 1870 and held["confirmed"] == 0
    assert held["counted_elsewhere"]["source"]
    listed = read(inside, "/en/petitions.json")["petitions"]
    assert [one["slug"] for one in listed] == [OPEN, FOUNDING]
    assert {key: held[key] for key in listed[1]} == listed[1]


def test_small_countries_stand_together(inside: Client) -> None:
    petition = shipped()
    for code, number in (("RU", 6), ("CN", 5), ("FR", 4), ("DE", 1)):
        for one in range(number):
            person(petition, f"{code} {one}", country=code)
    counted(petition)
    found = {one["code"]: one["confirmed"] for one in read(inside, f"/en/petitions/{OPEN}.json")["countries"]}
    assert found == {"RU": 6, "CN": 5, "other": 5}


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_hidden_petition_is_gone_and_a_draft_was_never_there(inside: Client, form: str) -> None:
    petition = shipped()
    for path in (f"/ru/petitions/{OPEN}.{form}", f"/ru/petitions/{OPEN}/supporters.json"):
        assert inside.get(path).status_code == 200
    states.hide(petition, "test")
    fresh = Client(headers={"host": "localhost"})  # it has nothing in memory yet
    for path in (f"/ru/petitions/{OPEN}.{form}", f"/ru/petitions/{OPEN}/supporters.json"):
        assert refused(fresh.get(path))["code"] == "gone" and fresh.get(path).status_code == 410
    assert OPEN not in json.dumps(read(fresh, "/ru/petitions.json"))
    for state in ("draft", "in_review", "rejected"):
        Petition.objects.filter(pk=petition.pk).update(state=state)
        assert refused(fresh.get(f"/ru/petitions/{OPEN}.{form}"))["status"] == 404
        assert refused(fresh.get(f"/ru/petitions/{OPEN}/supporters.json"))["status"] == 404
    assert refused(fresh.get("/ru/petitions/never.json"))["status"] == 404


def test_only_names_and_reasons_that_may_be_shown_are_shown(inside: Client) -> None:
    petition = shipped()
    person(petition, "Shown Person", show_name=True, reason="Waiting words")
    person(petition, "Secret Person", reason="Secret words")
    person(petition, "Pending Person", show_name=True, is_confirmed=False)
    gone = person(petition, "Withdrawn Person", show_name=True)
    acts.withdraw(gone)
    spoken = person(petition, "Nameless Person", reason="Shown words")
    Signature.objects.filter(pk=spoken.pk).update(reason_state=Signature.Reason.SHOWN)
    refused_one = person(petition, "Polite Person", show_name=True, reason="Refused words")
    Signature.objects.filter(pk=refused_one.pk).update(reason_state=Signature.Reason.REFUSED)
    counted(petition)
    held = read(inside, f"/en/petitions/{OPEN}/supporters.json")
    found = {(one["name"], one["reason"]) for one in held["supporters"]}
    assert found == {("Shown Person", None), (None, "Shown words"), ("Polite Person", None)}
    # Name and country are agreed to together: a reason alone does not tell from where it came.
    assert {(one["name"], one["country"]) for one in held["supporters"] if not one["name"]} == {(None, None)}
    whole = inside.get(f"/en/petitions/{OPEN}.json").content + inside.get(f"/en/petitions/{OPEN}.csv").content
    for word in (
        b"Person",
        b"Waiting words",
        b"Secret words",
        b"Shown words",
        b"example.org",
        str(spoken.uid).encode(),
    ):
        assert word not in whole
    assert held["next"] is None and all(one["day"] == "2026-05-01" for one in held["supporters"])


def test_pages_of_names_leave_none_out_and_give_none_twice_while_others_sign(inside: Client) -> None:
    petition = shipped()
    for number in range(23):  # many of one moment among them
        person(petition, f"Name {number}", show_name=True, at=START + timedelta(seconds=number // 7))
    found: list[str] = []
    path: str | None = f"/en/petitions/{OPEN}/supporters.json?limit=4"
    while path:
        held = read(inside, path)
        assert len(held["supporters"]) <= 4
        found += [one["name"] for one in held["supporters"]]
        path = held["next"] and held["next"].split("localhost:8000")[1]
        person(petition, f"Later {len(found)}", show_name=True, at=START + timedelta(days=1, seconds=len(found)))
    assert sorted(found) == sorted(f"Name {number}" for number in range(23))


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=x",
        "limit=-1",
        "limit=1e3",
        "cursor=x",
        "cursor=0-0",
        "cursor=1-",
        "cursor=9-99999",
    ],
)
def test_a_broken_query_is_refused_in_words(inside: Client, query: str) -> None:
    shipped()
    error = refused(inside.get(f"/en/petitions/{OPEN}/supporters.json?{query}"))
    assert error["status"] == 400 and error["expected"], error


def test_who_has_an_answer_is_told_so(inside: Client) -> None:
    shipped()
    for path in (
        "petitions.json",
        f"petitions/{OPEN}.json",
        f"petitions/{OPEN}.csv",
        f"petitions/{OPEN}/supporters.json",
    ):
        first = inside.get(f"/en/{path}")
        again = inside.get(f"/en/{path}", headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304 and not again.content and again.headers["ETag"] == first.headers["ETag"]
        assert "max-age" in first.headers["Cache-Control"] and "private" not in first.headers["Cache-Control"]
        head = inside.head(f"/en/{path}")
        assert head.status_code == 200 and not head.content


def test_the_clock_of_an_office_runs_from_delivery_to_its_answer(inside: Client) -> None:
    petition = shipped()
    states.move(petition, Petition.State.CLOSED, "test")
    states.move(petition, Petition.State.DELIVERED, "test")
    now = timezone.now()
    Office.objects.create(petition=petition, target="primorye", delivered_at=now - timedelta(days=9, hours=3))
    other = Office.objects.create(petition=petition, target="russia-nature", delivered_at=now - timedelta(days=5))
    for state, text in (("shown", "We shall."), ("waiting", "Unseen words"), ("refused", "Other words")):
        answers = [{"demand": "law", "stance": "partly", "text": "In part."}]
        Response.objects.create(
            office=other, state=state, language="ru", text=text, answers=answers, signed_by="Head", received_at=now
        )
    held = read(inside, f"/en/petitions/{OPEN}.json")
    clocks = {one["id"]: one["days_without_answer"] for one in held["targets"]}
    assert clocks == {"primorye": 9, "russia-nature": None, "china-forestry": None}
    assert [one["text"] for one in held["responses"]] == ["We shall."]
    assert held["responses"][0]["answers"] == [{"demand": "law", "stance": "partly", "text": "In part."}]


def test_the_table_holds_days_and_countries_and_no_formula(inside: Client) -> None:
    petition = shipped()
    for number in range(5):
        person(petition, f"P{number}", country="CN", at=START + timedelta(days=number % 2))
    Petition.objects.filter(pk=petition.pk).update(counted_elsewhere=3, counted_source="=HYPERLINK(1)")
    counted(petition)
    response = inside.get(f"/en/petitions/{OPEN}.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert [(row["record"], row["key"], row["confirmed"]) for row in rows] == [
        ("total", OPEN, "5"),
        ("elsewhere", "", ""),
        ("country", "CN", "5"),
        ("day", "2026-05-01", "3"),
        ("day", "2026-05-02", "5"),
    ]
    assert rows[0]["supporters"] == "8" and rows[1]["name"] == "'=HYPERLINK(1)"


def test_answers_cost_a_bounded_number_of_queries(inside: Client, django_assert_max_num_queries: Any) -> None:
    petition = shipped()
    for number in range(12):
        person(petition, f"P{number}", show_name=True)
    counted(petition)
    for path, most in ((f"{OPEN}.json", 5), (f"{OPEN}/supporters.json", 2), (f"{OPEN}.csv", 1)):
        with django_assert_max_num_queries(most):
            assert inside.get(f"/en/petitions/{path}").status_code == 200
    with django_assert_max_num_queries(1):
        assert inside.get("/en/petitions.json").status_code == 200
