"""Delivery and answer on SQLite and on PostgreSQL, each in a database of its own."""

from __future__ import annotations

import json

from django.test import Client

from orientalis_site.audit.chain import faults
from orientalis_site.delivery import answers, place
from orientalis_site.delivery.handing_over import deliver
from orientalis_site.mail.models import Letter
from orientalis_site.petition.models import Petition
from orientalis_site.petition.snapshots import text_of
from orientalis_site.petition.states import State, move
from orientalis_site.staff.models import User
from tests.site.petition.delivered import sign


def test_from_closing_to_the_answer(petition: Petition, citizen: Client) -> None:
    for number, country in enumerate(("RU", "CN", "DE")):
        sign(petition, f"Signer {number}", country)
    move(petition, State.CLOSED, "user:1")
    made = deliver(petition, "user:1")
    assert json.loads(made.manifest)["counts"]["confirmed"] == 3
    rows = (place.folder(petition.slug, made.hash) / "signatures.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 4 and Letter.objects.filter(kind="delivered").count() == 3
    office = petition.offices.get(target="primorye")
    asked = text_of(petition.current).asked(office.target)
    response = answers.receive(office, "ru", {one.id: ("rejects", "Нет.") for one in asked}, "", "An officer")
    answers.publish(response, User.objects.create(username="moderator"))
    petition.refresh_from_db()
    assert petition.state == State.ANSWERED and not faults()
    page = citizen.get(f"/zh-hans/petitions/{petition.slug}/delivery/").content.decode()
    assert page.count("Нет.") == len(asked)
