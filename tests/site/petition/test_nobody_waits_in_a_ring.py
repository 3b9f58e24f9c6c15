"""Citizens, moderators and the program at once: whoever waits for another gets his turn, and nobody's deed is lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from orientalis_site.audit.chain import append, faults
from orientalis_site.petition import acts
from orientalis_site.petition.models import Petition, Signature
from orientalis_site.petition.states import State, hide, move
from tests.site.petition.conftest import OPEN
from tests.site.petition.mailing import agreed

pytestmark = pytest.mark.usefixtures("on_postgresql")


def aside(pool: ThreadPoolExecutor, deed: Callable[[], object]) -> Future[object]:
    """Begin a deed in a thread of its own, and come back once it waits for a lock."""

    def run() -> object:
        try:
            return deed()
        finally:
            connection.close()

    begun = pool.submit(run)
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return begun
        time.sleep(0.02)
    raise AssertionError("it waits for nothing")


@pytest.fixture
def two() -> list[Signature]:
    """Two people who have confirmed."""
    petition = Petition.objects.select_related("current", "count").get(slug=OPEN)
    return [agreed(petition, f"anna{number}@example.org") for number in range(2)]


def test_an_erasure_while_moderators_go_through_many(two: list[Signature]) -> None:
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert acts.invalidate(two[0], "user:1", "a robot")
            erasure = aside(pool, lambda: acts.erase(two[1]))
            assert acts.invalidate(two[1], "user:1", "a robot")
        assert erasure.result(10) is True
    assert set(Signature.objects.values_list("state", flat=True)) == {"invalidated", "erased"} and not faults()


def test_an_erasure_while_a_moderator_has_second_thoughts(two: list[Signature]) -> None:
    acts.invalidate(two[0], "user:1", "a robot")
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert acts.reinstate(two[0], "user:1", "second thought")
            erasure = aside(pool, lambda: acts.erase(two[0]))
        assert erasure.result(10) is True
    assert Signature.objects.get(pk=two[0].pk).state == "erased"


@pytest.mark.parametrize("deed", ["hide", "close"])
def test_a_petition_changes_while_moderators_go_through_many(two: list[Signature], deed: str) -> None:
    petition = Petition.objects.get(slug=OPEN)
    deeds = {"hide": lambda: hide(petition, "user:2"), "close": lambda: move(petition, State.CLOSED, "user:2")}
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            append("user:1", "look", "site:all")
            change = aside(pool, deeds[deed])
            assert acts.invalidate(two[1], "user:1", "a robot")
        change.result(10)
    assert Petition.objects.get(pk=petition.pk).state != State.OPEN and not faults()
