"""The sentence "join … today" says only what is true, and names only who agreed to be named and still stands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from orientalis_site.petition.joining import Joining, join_today
from orientalis_site.petition.models import Signature
from tests.site.petition.signers import FOUNDING, NOW, loaded, signed

pytestmark = pytest.mark.django_db
State = Signature.State


def test_nobody_today_says_nothing() -> None:
    petition = loaded()
    signed(petition, "Yesterday", show_name=True, confirmed_at=NOW - timedelta(days=1))
    signed(petition, "Tomorrow", show_name=True, confirmed_at=NOW + timedelta(seconds=1))
    signed(loaded(FOUNDING), "Elsewhere", show_name=True)
    assert join_today(petition, NOW) is None


def test_without_consent_nobody_is_named() -> None:
    petition = loaded()
    signed(petition, "Hidden")
    signed(petition, "Too")
    assert join_today(petition, NOW) == Joining("", 2)


def test_the_latest_who_agreed_is_named_and_not_among_the_others() -> None:
    petition = loaded()
    signed(petition, "Earlier", show_name=True, confirmed_at=NOW - timedelta(hours=5))
    signed(petition, "Мария", show_name=True, confirmed_at=NOW - timedelta(hours=2))
    signed(petition, "Hidden", confirmed_at=NOW - timedelta(hours=1))
    assert join_today(petition, NOW) == Joining("Мария", 2)


def test_the_only_one_has_no_others() -> None:
    petition = loaded()
    signed(petition, "Ann", show_name=True)
    assert join_today(petition, NOW) == Joining("Ann", 0)


@pytest.mark.parametrize("state", [State.PENDING, State.WITHDRAWN, State.INVALIDATED, State.ERASED])
def test_who_no_longer_stands_is_neither_named_nor_counted(state: str) -> None:
    petition = loaded()
    signed(petition, "Gone", show_name=True, state=state)
    assert join_today(petition, NOW) is None
    signed(petition, "Hidden", confirmed_at=NOW - timedelta(hours=3))
    assert join_today(petition, NOW) == Joining("", 1)


def test_a_lost_name_is_no_name() -> None:
    petition = loaded()
    signed(petition, "", show_name=True)
    assert join_today(petition, NOW) == Joining("", 1)


def test_it_takes_one_query(django_assert_num_queries: Any) -> None:
    petition = loaded()
    for number in range(5):
        signed(petition, f"N{number}", show_name=bool(number % 2))
    with django_assert_num_queries(1):
        assert join_today(petition, NOW) == Joining("N3", 4)
