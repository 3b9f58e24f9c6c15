"""Bad input gets the form again with a word beside the field, 400, or the neutral answer: never 500, never a row."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from orientalis_site.petition.models import Signature
from tests.site.petition.conftest import OPEN

SIGN = f"/en/petitions/{OPEN}/sign/"
FORM = {"name": "Anna", "email": "anna@example.org", "country": "FR"}
FORM_TYPE = "application/x-www-form-urlencoded"
NAMES = (
    "O'Brien",
    "Łukasz Żółć",
    "Мария Иванова-Петрова",
    "王",
    "王 小明",
    "Jean-Luc d’Ormesson",
    "José Ma. López",
    "नेहा शर्मा",
    "محمد",
    "נועה",
    "Nguyễn Thị Ánh",
    "김 민수",
    "María-José Carreño Quiñones",
    "İpek",
    "ʻOkina Kealoha",
    "Åsa Öberg",
    "山田・太郎",
    "Henry VIII",
    "X Æ A-12",
    "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627",
)
NO_NAMES = (
    "<script>alert(1)</script>",
    "=1+1",
    "+1",
    "-1",
    "@sum(A1)",
    "＝1",
    "\t=1",
    "a\x07b",
    "abc\u202edcba",
    "http://spam.example",
    "a=b",
    "Ź́́́́́́́́",
    "12345",
    "...",
    "\u200b",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "   ",
    "{{ 7*7 }}",
    "a\r\nBcc: b@example.org",
    "\u2066name\u2069",
    "💣",
    "&lt;b&gt;",
)


def test_names_as_people_write_them_pass(citizen: Client) -> None:
    """Whatever the script."""
    for number, name in enumerate(NAMES):
        assert citizen.post(SIGN, {**FORM, "email": f"a{number}@example.org", "name": name}).status_code == 200, name
    assert tuple(Signature.objects.values_list("name", flat=True)) == NAMES


def test_names_that_are_no_names_are_sent_back(on_sqlite: Client) -> None:
    """With a word beside the field, and what was written kept in it, escaped."""
    for name in NO_NAMES:
        response = on_sqlite.post(SIGN, {**FORM, "name": name})
        page = response.content.decode()
        assert response.status_code == 422 and Signature.objects.count() == 0, name
        assert 'id="name-error"' in page and "<script>alert" not in page, name
        assert 'aria-invalid="true" aria-describedby="name-error"' in page, name


@pytest.mark.parametrize("field", ["name", "email", "country"])
def test_a_missing_field_is_named(on_sqlite: Client, field: str) -> None:
    """The word stands beside it, the summary leads to it, the other fields keep what was written."""
    held = {key: value for key, value in FORM.items() if key != field}
    page = on_sqlite.post(SIGN, held).content.decode()
    assert re.search(rf'<p class="error" id="{field}-error">[^<]+</p>', page)
    assert f'<a href="#{field}">' in page
    for key, value in held.items():
        assert value in unescape(page), key
    assert Signature.objects.count() == 0


@pytest.mark.parametrize("country", ["ZZ", "EU", "fr", "France", "", "<b>", "FRA", "00"])
def test_a_country_that_is_none_is_sent_back(on_sqlite: Client, country: str) -> None:
    """Only what the list holds."""
    assert on_sqlite.post(SIGN, {**FORM, "country": country}).status_code == 422
    assert Signature.objects.count() == 0


@pytest.mark.parametrize(
    "body",
    [
        b"name=a%00b&email=a%40b.org&country=FR",
        b"name=%FF%FE&email=a%40b.org&country=FR",
        b"na%00me=a",
        b"&".join(b"a%d=1" % number for number in range(2000)),
        b"name=\xff",
        b"name=a%ED%A0%BD&email=a%40b.org&country=FR",  # half a character
    ],
)
def test_what_is_no_text_is_400(on_sqlite: Client, body: bytes) -> None:
    """NUL, bytes that are not UTF-8, fields without end."""
    assert on_sqlite.post(SIGN, body, content_type=FORM_TYPE).status_code == 400
    assert Signature.objects.count() == 0


def test_other_kinds_of_body_are_400(on_sqlite: Client) -> None:
    """JSON, a broken boundary, a file: no browser sends them from this form."""
    assert on_sqlite.post(SIGN, b"{}", content_type="application/json").status_code == 400
    assert on_sqlite.post(SIGN, b"--x", content_type="multipart/form-data; boundary=y").status_code in (400, 422)
    assert on_sqlite.post(SIGN, b"x", content_type="multipart/form-data").status_code == 400
    assert on_sqlite.post(SIGN, b"name=" + b"a" * 70_000, content_type=FORM_TYPE).status_code == 413


@pytest.mark.parametrize("version", ["99999999999999999999999999", "-1", "x", "1e9", "0"])
def test_a_version_that_is_not_shown_is_not_signed(on_sqlite: Client, version: str) -> None:
    """Whoever read another text reads this one first."""
    response = on_sqlite.post(SIGN, {**FORM, "version": version})
    assert response.status_code == 409 and Signature.objects.count() == 0
    assert "have changed" in response.content.decode()


@pytest.mark.parametrize("started", ["", "x", "1e999", "9" * 400, "eyJhIjoxfQ:1:x"])
def test_a_made_up_clock_is_ignored(on_sqlite: Client, started: str) -> None:
    """A forged time of the form is no time."""
    assert on_sqlite.post(SIGN, {**FORM, "started": started}).status_code == 200
    assert Signature.objects.get().form_seconds is None


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"origin": "http://localhost"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://localhost.evil.example"}, 403),
        ({"origin": "http://localhost", "sec-fetch-site": "cross-site"}, 403),
    ],
)
def test_a_form_of_another_site_is_refused(on_sqlite: Client, headers: dict[str, str], status: int) -> None:
    """Browsers tell where a form comes from; what is refused leaves no row."""
    assert on_sqlite.post(SIGN, FORM, headers=headers).status_code == status
    assert Signature.objects.count() == (status == 200)


def test_a_forged_host_is_refused(on_sqlite: Client) -> None:
    """No page, no mail and no link is built from what a request claims."""
    assert on_sqlite.post(SIGN, FORM, headers={"host": "evil.example"}).status_code == 400
    assert on_sqlite.get(SIGN, headers={"host": "evil.example"}).status_code == 400


def test_pages_that_take_no_form_say_so(on_sqlite: Client) -> None:
    """405, and no other method anywhere."""
    assert on_sqlite.post(f"/en/petitions/{OPEN}/", FORM).status_code == 405
    for method in ("put", "patch", "delete", "options", "trace"):
        assert getattr(on_sqlite, method)(SIGN).status_code == 405, method


def test_repeated_posts_are_one_signature(on_sqlite: Client) -> None:
    """A double click, a reload: one row."""
    pages = {on_sqlite.post(SIGN, FORM).content for _ in range(4)}
    assert len(pages) == 1 and Signature.objects.count() == 1


def test_a_robot_that_fills_the_trap_is_told_nothing(on_sqlite: Client) -> None:
    """The same answer, and no row."""
    plain = on_sqlite.post(SIGN, FORM)
    trapped = on_sqlite.post(SIGN, {**FORM, "email": "robot@example.org", "website": "http://spam.example"})
    assert trapped.content == plain.content and Signature.objects.count() == 1


def test_a_reason_is_plain_text(on_sqlite: Client) -> None:
    """Lines are kept; marks that cannot be seen are sent back; too long is sent back."""
    assert on_sqlite.post(SIGN, {**FORM, "reason": "One.\r\n\r\nTwo <b>three</b>"}).status_code == 200
    assert (
        Signature.objects.get().reason == "One.\n\nTwo <b>three</b>"
        and Signature.objects.get().reason_state == "waiting"
    )
    for reason in ("x" * 501, "a\u202eb", "a\x08b"):
        assert on_sqlite.post(SIGN, {**FORM, "email": "b@example.org", "reason": reason}).status_code == 422, reason
