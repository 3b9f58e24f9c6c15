"""Coming in: a password and a second factor, few tries, codes once, no other way, and a session that ends."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client

from orientalis_site.audit.models import Entry
from orientalis_site.petition import states
from orientalis_site.petition.models import Petition, Version
from orientalis_site.publications.shelf import current
from orientalis_site.staff.accounts import create, forget_factor, password_link
from orientalis_site.staff.models import User
from tests.site.petition.staff_inside import PASSWORD, ROLES, SECRET, account, draft, enter, text
from tests.site.petition.staff_people import totp
from tests.site.petition.test_every_address_for_every_role import STAFF
from tests.site.server import ServerFactory

WRONG = "000000"


@pytest.fixture
def stranger(on_sqlite: Client) -> Client:
    """Somebody without a session."""
    cache.clear()
    return Client(headers={"host": "localhost"})


def give(client: Client, name: str, password: str = PASSWORD, **more: str) -> Any:
    """The first half of a login."""
    return client.post("/staff/login/", {"login": name, "password": password, **more})


def show_code(client: Client, code: str) -> Any:
    """The second half."""
    return client.post("/staff/factor/authenticate/", {"code": code})


def code_that_is_not_now() -> str:
    """A code that is surely wrong."""
    near = {totp(SECRET, time.time() + 30 * step) for step in range(-3, 4)}
    return next(f"{number:06d}" for number in range(100) if f"{number:06d}" not in near)


def test_a_password_alone_opens_nothing(stranger: Client) -> None:
    account("maria", "admin", password=PASSWORD)
    assert give(stranger, "maria").headers["Location"].startswith("/staff/factor/authenticate/")
    assert stranger.get("/staff/").headers["Location"].startswith("/staff/login/")
    assert show_code(stranger, code_that_is_not_now()).status_code == 200
    assert stranger.get("/staff/").headers["Location"].startswith("/staff/login/")
    assert show_code(stranger, totp(SECRET)).headers["Location"] == "/staff/"
    assert stranger.get("/staff/").status_code == 200


def test_a_code_opens_once(stranger: Client) -> None:
    account("maria", "admin", password=PASSWORD)
    give(stranger, "maria")
    code = totp(SECRET)
    assert show_code(stranger, code).status_code == 302
    other = Client(headers={"host": "localhost"})
    give(other, "maria")
    cache.clear()  # another process of the site has another memory: the database must refuse
    assert show_code(other, code).status_code == 200
    assert other.get("/staff/").status_code == 302


def test_a_recovery_code_opens_once(stranger: Client) -> None:
    user = account("maria", "admin", password=PASSWORD)
    code = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    give(stranger, "maria")
    assert show_code(stranger, code).status_code == 302
    other = Client(headers={"host": "localhost"})
    give(other, "maria")
    assert show_code(other, code).status_code == 200
    assert other.get("/staff/").status_code == 302


def test_codes_cannot_be_guessed(stranger: Client) -> None:
    account("maria", "admin", password=PASSWORD)
    give(stranger, "maria")
    for _ in range(6):
        cache.clear()  # as if each try met another process
        show_code(stranger, code_that_is_not_now())
    # Now not even the right one is looked at.
    cache.clear()
    assert show_code(stranger, totp(SECRET)).status_code == 200
    assert stranger.get("/staff/").status_code == 302


def test_secrets_are_sealed(stranger: Client) -> None:
    account("maria", "admin")
    assert SECRET not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_passwords_cannot_be_guessed(stranger: Client) -> None:
    account("maria", "admin", password=PASSWORD)
    for _ in range(5):
        cache.clear()
        give(stranger, "maria", "wrong")
    cache.clear()
    locked = give(stranger, "maria")
    assert locked.status_code == 429
    assert "Location" not in locked.headers
    # Neither a name in other letters nor a made-up header helps; somebody elsewhere still comes in.
    assert give(stranger, "MARIA").status_code == 429
    forged = Client(headers={"host": "localhost", "x-forwarded-for": "203.0.113.9"})
    assert give(forged, "maria").status_code == 429
    elsewhere = Client(headers={"host": "localhost"}, REMOTE_ADDR="203.0.113.9")
    assert give(elsewhere, "maria").status_code == 302
    # What is kept of the place is a hash.
    assert {str(one.ip_address)[:2] for one in AccessAttempt.objects.all()} == {"fd"}
    assert Entry.objects.filter(action="locked_out").exists()


def test_nobody_signs_up(stranger: Client) -> None:
    for path in ("/staff/signup/", "/staff/password/reset/", "/staff/social/signup/", "/staff/login/code/"):
        assert stranger.get(path).headers.get("Location", "/staff/login/").startswith("/staff/login/")
        stranger.post(path, {"username": "eve", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.exists()


def test_a_link_sets_a_password_once(stranger: Client) -> None:
    user = create("wang", ["creator"], "program")
    path = password_link(user).partition("/staff/")[2]
    form = stranger.get(f"/staff/{path}", follow=True)
    assert stranger.post(form.request["PATH_INFO"], {"password1": "short", "password2": "short"}).status_code == 200
    assert stranger.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    assert User.objects.get().check_password(PASSWORD)
    again = Client(headers={"host": "localhost"}).get(f"/staff/{path}", follow=True)
    assert b"password1" not in again.content


def test_a_lost_factor_ends_sessions_and_is_set_up_anew(stranger: Client) -> None:
    user = account("maria", "admin")
    client = enter(user)
    assert client.get("/staff/").status_code == 200
    # Gone from the table alone: the session is no longer enough.
    Authenticator.objects.filter(user=user, type="totp").delete()
    assert client.get("/staff/").headers["Location"] == "/staff/factor/app/"
    forget_factor(user, "program")
    assert client.get("/staff/").headers["Location"].startswith("/staff/login/")
    assert not Session.objects.exists()


def test_nobody_takes_off_his_own_factor(stranger: Client) -> None:
    user = account("maria", "admin")
    client = enter(user)
    client.post("/staff/factor/reauthenticate/", {"code": totp(SECRET)})
    client.post("/staff/factor/app/off/")
    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_a_session_ends_after_twelve_hours_however_busy(stranger: Client) -> None:
    client = enter(account("maria", "admin"))
    session = client.session
    for one in session["account_authentication_methods"]:
        one["at"] -= 12 * 3600 + 1
    session.save()
    assert client.get("/staff/").headers["Location"].startswith("/staff/login/")


def test_a_session_gets_a_new_key_at_login(stranger: Client) -> None:
    account("maria", "admin", password=PASSWORD)
    stranger.get("/staff/login/")
    give(stranger, "maria")
    planted = stranger.cookies["staff"].value
    show_code(stranger, totp(SECRET))
    assert stranger.cookies["staff"].value != planted
    thief = Client(headers={"host": "localhost", "cookie": f"staff={planted}"})
    assert thief.get("/staff/").status_code == 302


def test_logging_out_ends_the_session(stranger: Client) -> None:
    client = enter(account("maria", "admin"))
    held = client.cookies["staff"].value
    assert client.get("/staff/logout/").status_code == 200
    assert client.get("/staff/").status_code == 200, "a link alone must not log anybody out"
    assert client.post("/staff/logout/").status_code == 302
    thief = Client(headers={"host": "localhost", "cookie": f"staff={held}"})
    assert thief.get("/staff/").status_code == 302


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "https:evil.example"],
)
def test_login_leads_nowhere_else(stranger: Client, target: str) -> None:
    account("maria", "admin", password=PASSWORD)
    give(stranger, "maria", next=target)
    assert show_code(stranger, totp(SECRET)).headers["Location"] == "/staff/"


def test_a_forged_host_is_refused(stranger: Client) -> None:
    for path in ("/staff/", "/staff/login/"):
        answer = stranger.get(path, headers={"host": "evil.example"})
        assert answer.status_code == 400
        assert "evil.example" not in answer.content.decode()


def test_every_change_needs_the_secret_of_its_form(stranger: Client) -> None:
    client = enter(account("maria", *ROLES), enforce_csrf_checks=True)
    for sample, _, writers in STAFF.values():
        if writers:
            path = re.sub(r"\b[A-Z]{2,}\b", "1", sample)
            assert client.post(path).status_code == 403, path
    for path in ("/staff/login/", "/staff/logout/", "/staff/factor/app/", "/staff/factor/authenticate/"):
        assert client.post(path).status_code == 403, path
    assert client.get("/staff/").status_code == 200


def test_pages_of_the_staff_are_kept_by_nobody(stranger: Client) -> None:
    client = enter(account("maria", "admin"))
    for who, path in ((stranger, "/staff/login/"), (client, "/staff/"), (client, "/staff/queue/")):
        answer = who.get(path)
        assert answer.headers["Cache-Control"] == "no-store"
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy and "frame-ancestors 'none'" in policy and "http" not in policy
    # Citizens' pages keep the strict one.
    assert "require-trusted-types-for" in stranger.get("/en/").headers["Content-Security-Policy"]


def test_lists_are_not_searched_by_hashes(stranger: Client) -> None:
    client = enter(account("maria", "admin"))
    for table, name in (("petition/signature", "email_key__startswith"), ("staff/user", "password__startswith")):
        assert client.get(f"/staff/{table}/?{name}=a").status_code == 400


def test_nobody_publishes_his_own(stranger: Client) -> None:
    writer = account("wang", *ROLES)
    petition = draft(writer)
    client = enter(writer)
    assert client.post(f"/staff/petition/petition/{petition.pk}/do/submit/").status_code == 302
    client.post(f"/staff/petition/petition/{petition.pk}/do/publish/")
    petition.refresh_from_db()
    assert petition.state == "in_review"
    with pytest.raises(states.NotAllowed):
        states.publish(Version.objects.get(petition=petition), writer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.filter(petition=petition).update(published_at=petition.changed_at, published_by=writer)
    other = enter(account("maria", "reviewer"))
    other.post(f"/staff/petition/petition/{petition.pk}/do/publish/", {"version": 1})
    petition.refresh_from_db()
    assert petition.state == "open" and petition.current.published_by.username == "maria"
    assert Entry.objects.filter(action="publish", actor=f"user:{petition.current.published_by_id}").count() == 1


def test_nobody_publishes_what_he_has_not_seen(stranger: Client) -> None:
    writer = account("wang", "creator")
    petition = draft(writer)
    states.move(petition, states.State.IN_REVIEW, f"user:{writer.pk}")
    client = enter(account("maria", "reviewer"))
    page = client.get(f"/staff/petition/petition/{petition.pk}/change/").content.decode()
    assert '<input type="hidden" name="version" value="1">' in page
    states.draft(petition, text(), current.bundle(), writer)  # while she reads
    for seen in ({"version": 1}, {}):
        client.post(f"/staff/petition/petition/{petition.pk}/do/publish/", seen)
    petition.refresh_from_db()
    assert petition.state == "in_review" and not Entry.objects.filter(action="publish").exists()
    client.post(f"/staff/petition/petition/{petition.pk}/do/publish/", {"version": 2})
    petition.refresh_from_db()
    assert petition.state == "open" and petition.current.number == 2


def test_a_version_is_published_once(stranger: Client) -> None:
    petition = draft(account("wang", "creator"))
    states.move(petition, states.State.IN_REVIEW, "program")
    first, second = account("maria", "reviewer"), account("mo", "reviewer")
    ours, theirs = (Version.objects.get(petition=petition) for _ in range(2))  # both looked before either published
    states.publish(ours, first)
    with pytest.raises(states.NotAllowed, match="published already"):
        states.publish(theirs, second)
    assert Version.objects.get(petition=petition).published_by == first


def test_a_grave_act_is_asked_about_first(stranger: Client) -> None:
    shown = Petition.objects.get(slug="save-the-amur-leopard")
    client = enter(account("maria", "admin"))
    path = f"/staff/petition/petition/{shown.pk}/do/hide/"
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 200
    shown.refresh_from_db()
    assert shown.state == "open"
    client.post(path, {"sure": "1"})
    shown.refresh_from_db()
    assert shown.state == "hidden"
    assert stranger.get("/en/petitions/save-the-amur-leopard/").status_code == 410


def test_cookies_are_bound_to_the_host_on_https(start_server: ServerFactory) -> None:
    site = start_server(
        ORIENTALIS_SITE_URL="https://leopard.example", ORIENTALIS_ALLOWED_HOSTS="leopard.example,127.0.0.1"
    )
    answer = site.get("/staff/login/")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-staff-form=")
    held = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"secure", "httponly", "path=/"} <= held and not any(part.startswith("domain") for part in held)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.text)
    assert token is not None
    body = f"csrfmiddlewaretoken={token[1]}&login=nobody&password=x".encode()
    headers = {"Cookie": cookie.partition(";")[0], "Content-Type": "application/x-www-form-urlencoded"}
    refused = site.request("POST", "/staff/login/", {**headers, "Origin": "https://evil.example"}, body)
    assert refused.status == 403
    assert site.request("POST", "/staff/login/", {**headers, "Origin": "https://leopard.example"}, body).status == 200
    assert "set-cookie" not in site.get("/en/").headers
