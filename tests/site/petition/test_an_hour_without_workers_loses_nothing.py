"""Sender and tick were away for an hour in which people signed and confirmed: then all is sent and counted, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from orientalis_site.keeping import lags
from orientalis_site.mail.models import Letter
from orientalis_site.petition import acts, counting
from orientalis_site.petition.models import Milestone, Petition, Signature
from tests.site.petition.mailing import Post, post_office, signed

PEOPLE = 60


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    """A mail server."""
    with post_office(settings) as held:
        yield held


def an_hour_ago(petition: Petition) -> None:
    """People who signed in the last hour while nobody worked; half of them have confirmed all the same."""
    for number in range(PEOPLE):
        signature = signed(petition, f"anna{number}@example.org")
        at = timezone.now() - timedelta(minutes=60 - number)
        Letter.objects.filter(signature=signature).update(created_at=at, next_at=at)
        Signature.objects.filter(pk=signature.pk).update(created_at=at)
        if number % 2 == 0:
            assert acts.confirm(signature, at)


def test_they_catch_up(petition: Petition, post: Post) -> None:
    Petition.objects.filter(pk=petition.pk).update(goals=[10, 20, 1000])
    an_hour_ago(petition)
    assert lags.seconds()["mail"] > 3500 and lags.seconds()["counting"] > 3500
    assert lags.words()["mail"] == lags.words()["counting"] == "late"
    for _ in range(2):  # to run once more adds nothing
        call_command("count_signatures")
        call_command("send_outbox")
    assert sorted(post.recipients) == sorted(f"anna{number}@example.org" for number in range(PEOPLE))
    assert not Letter.objects.exclude(state=Letter.State.SENT).exists()
    petition.count.refresh_from_db()
    assert petition.count.confirmed == PEOPLE // 2 and counting.drift(petition) == 0
    assert list(Milestone.objects.values_list("goal", flat=True)) == [10, 20]
    assert set(lags.words().values()) == {"ok"}
