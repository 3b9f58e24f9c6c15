"""News reaches everyone who agreed, once a topic, in batches of bounded size, however often it is announced."""

from __future__ import annotations

import pytest

from orientalis_site.mail import news
from orientalis_site.mail.models import Letter
from orientalis_site.mail.news import announce
from orientalis_site.petition import acts
from orientalis_site.petition.models import Petition, Signature
from tests.site.databases import at_once
from tests.site.petition.mailing import agreed, signed


def test_it_is_written_once_however_often_it_is_announced(petition: Petition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news, "AT_ONCE", 3)
    people = [agreed(petition, f"anna{number}@example.org", language="ru") for number in range(10)]
    acts.confirm(signed(petition, "berta@example.org"))  # she did not agree
    signed(petition, "carla@example.org", updates=True)  # she did not confirm
    Letter.objects.all().delete()
    assert announce(petition, "delivered", "delivered") == 10
    assert announce(petition, "delivered", "delivered") == 0
    assert sorted(Letter.objects.values_list("signature_id", flat=True)) == [one.pk for one in people]
    assert set(Letter.objects.values_list("kind", "language", "state", "attempts")) == {
        ("delivered", "ru", "waiting", 0)
    }
    agreed(petition, "dora@example.org")
    assert announce(petition, "delivered", "delivered") == 1
    assert announce(petition, "answered", "answered:1") == 11


def test_two_announcements_at_once_write_one_letter_each(petition: Petition) -> None:
    for number in range(10):
        agreed(petition, f"anna{number}@example.org")
    counts = at_once([lambda: announce(petition, "closed", "closed")] * 3)
    assert sum(map(int, counts)) == 10  # type: ignore[arg-type]
    assert Letter.objects.count() == 10


def test_signers_of_other_petitions_hear_nothing(petition: Petition) -> None:
    agreed(petition)
    other = Petition.objects.exclude(pk=petition.pk).get()
    assert announce(other, "closed", "closed") == 0


def test_an_unknown_kind_is_refused(petition: Petition) -> None:
    with pytest.raises(ValueError, match="expected one of"):
        announce(petition, "pigeon", "pigeon")
    assert Signature.objects.count() == 0
