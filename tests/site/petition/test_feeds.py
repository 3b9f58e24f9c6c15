"""Feeds of petitions: everything that happened and may be told, well-formed whatever people wrote."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from orientalis_site.petition import states
from orientalis_site.petition.models import Milestone, Office, Petition, Response, Update
from orientalis_site.staff.models import User
from tests.site.inside import LANGUAGES
from tests.site.petition.campaign import FOUNDING, OPEN, shipped

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client: Client, path: str) -> list[ElementTree.Element]:
    """The entries of a feed that holds."""
    response = client.get(path)
    assert response.status_code == 200 and not response.cookies
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(response.content)
    assert root.tag == f"{ATOM}feed" and root.find(f"{ATOM}id") is not None
    found = root.findall(f"{ATOM}entry")
    ids = [one.findtext(f"{ATOM}id") for one in found]
    assert len(set(ids)) == len(ids), "an entry is told from the others by its id"
    return found


def news(petition: Petition) -> None:
    """A goal, an update that is published and one that is not, an answer that is shown and one that waits."""
    now = timezone.now()
    Milestone.objects.create(petition=petition, goal=100, reached_at=now)
    one, two = (User.objects.create(username=name) for name in ("one", "two"))
    words = {"en": "News <b>&", "ru": "Новости", "zh-hans": "消息"}
    text = {"en": ["First\x0b.", "Second."], "ru": ["Первый."], "zh-hans": ["一。"]}
    common = {"petition": petition, "title": words, "text": text, "created_at": now, "created_by": one}
    Update.objects.create(**common, published_at=now, published_by=two)
    Update.objects.create(**{**common, "title": {"en": "Unpublished"}})
    office = Office.objects.create(petition=petition, target="primorye", delivered_at=now - timedelta(days=3))
    for state, said in ((Response.State.SHOWN, "Yes\x00 \ufffe"), (Response.State.WAITING, "Unseen")):
        Response.objects.create(office=office, state=state, language="en", text=said, received_at=now)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_feed_tells_what_happened_and_nothing_that_is_not_shown(inside: Client, language: str) -> None:
    petition = shipped()
    if Update.objects.count() == 0:
        news(petition)
    found = entries(inside, f"/{language}/petitions/{OPEN}/feed.atom")
    marks = sorted(str(one.findtext(f"{ATOM}id")).split("#")[1].split("-")[0] for one in found)
    assert marks == ["answer", "goal", "opened", "update"]
    text = " ".join("".join(one.itertext()) for one in found)
    assert "Unpublished" not in text and "Unseen" not in text
    assert {"en": "News <b>&", "ru": "Новости", "zh-hans": "消息"}[language] in text
    whole = entries(inside, f"/{language}/petitions/feed.atom")
    assert len(whole) >= len(found)


def test_states_are_news_and_hidden_petitions_have_none(inside: Client) -> None:
    petition = shipped()
    states.move(petition, Petition.State.CLOSED, "test")
    states.move(petition, Petition.State.DELIVERED, "test")
    marks = [str(one.findtext(f"{ATOM}id")).split("#")[1] for one in entries(inside, f"/en/petitions/{OPEN}/feed.atom")]
    assert marks == ["delivered", "closed", "opened"], "the newest first"
    states.hide(petition, "test")
    fresh = Client(headers={"host": "localhost"})
    assert fresh.get(f"/en/petitions/{OPEN}/feed.atom").status_code == 410
    assert OPEN not in fresh.get("/en/petitions/feed.atom").content.decode()
    assert fresh.get("/en/petitions/never/feed.atom").status_code == 404


def test_the_sitemap_has_the_petitions_that_are_shown(inside: Client) -> None:
    petition = shipped()
    text = inside.get("/sitemap.xml").content.decode()
    for slug in (OPEN, FOUNDING):
        for language in LANGUAGES:
            assert f"<loc>http://localhost:8000/{language}/petitions/{slug}/</loc>" in text
    Petition.objects.filter(pk=petition.pk).update(state="draft")
    fresh = Client(headers={"host": "localhost"}).get("/sitemap.xml").content.decode()
    assert OPEN not in fresh and FOUNDING in fresh
