"""What is late is said, and takes nothing out of service."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from orientalis_site.hooks.models import Message, Subscription
from orientalis_site.mail.models import Letter
from orientalis_site.petition import counting
from orientalis_site.petition.models import Event
from tests.site.petition.campaign import person, shipped

pytestmark = pytest.mark.django_db


def test_late_mail_counting_and_hooks_are_named_and_the_site_stays_in_service(inside: Client) -> None:
    petition = shipped()
    now = timezone.now()
    assert inside.get("/readyz").json() == {
        "status": "ok",
        "bundle": "ok",
        "database": "ok",
        "mail": "ok",
        "counting": "ok",
        "hooks": "ok",
    }
    person(petition, "One", at=now)
    assert inside.get("/readyz").json()["counting"] == "ok"
    Event.objects.update(at=now - timedelta(minutes=2))
    Letter.objects.update(next_at=now - timedelta(hours=1))
    to = Subscription.objects.create(address="https://example.org/", secret_sealed="x", created_at=now)
    Message.objects.create(
        subscription=to, uid="a", kind="k", body="{}", created_at=now, next_at=now - timedelta(hours=1)
    )
    answer = inside.get("/readyz")
    assert answer.status_code == 200 and "no-store" in answer.headers["Cache-Control"]
    assert answer.json() | {"bundle": "", "database": ""} == {
        "status": "ok",
        "bundle": "",
        "database": "",
        "mail": "late",
        "counting": "late",
        "hooks": "late",
    }
    held = inside.get("/statusz").json()
    assert held["status"] == "late" and held["counting"]["waiting"] == 1 and held["mail"]["seconds"] > 3500
    counting.tick()
    Letter.objects.update(state=Letter.State.SENT)
    Subscription.objects.update(disabled_at=now)
    assert set(inside.get("/readyz").json().values()) == {"ok"}
    assert inside.get("/statusz").json()["status"] == "ok"


def test_a_letter_that_is_to_go_later_is_not_late(inside: Client) -> None:
    shipped()
    now = timezone.now()
    Letter.objects.create(kind="update", created_at=now - timedelta(days=1), next_at=now + timedelta(hours=1))
    assert inside.get("/readyz").json()["mail"] == "ok"
    assert inside.get("/healthz").json() == {"status": "ok"}
