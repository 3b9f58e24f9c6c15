"""The tick may be killed at each of its statements, run twice at once, or be restarted: the count stays right."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone

from orientalis_site.petition import acts, counting
from orientalis_site.petition.management.commands.count_signatures import count
from orientalis_site.petition.models import Count, Event, Milestone, Petition, Signature
from tests.site.databases import at_once
from tests.site.petition.mailing import signed


def confirmed(petition: Petition, people: int, start: int = 0) -> list[Signature]:
    """People who signed and confirmed."""
    made = [signed(petition, f"anna{number}@example.org") for number in range(start, start + people)]
    assert all(acts.confirm(one) for one in made)
    return made


def in_a_process(work: Callable[[], object], killed_at: int) -> int:
    """Do work in a process that kills itself once it has run so many statements (0: before the first); its status."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        seen = [0]

        def run(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if seen[0] >= killed_at:
                os.kill(os.getpid(), signal.SIGKILL)
            seen[0] += 1
            return execute(sql, params, many, context)

        try:
            with connection.execute_wrapper(run):
                work()
        except BaseException:
            os._exit(2)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def is_right(petition: Petition, people: int) -> None:
    """The count is the confirmed rows, once all is folded."""
    while counting.tick():
        pass
    assert Count.objects.get(petition=petition).confirmed == people
    assert counting.drift(petition) == 0
    assert not Event.objects.filter(folded_at=None).exists()
    call_command("count_signatures", check=True)


def test_killed_at_each_statement_it_counts_right(petition: Petition) -> None:
    Petition.objects.filter(pk=petition.pk).update(goals=[1, 2, 1000])
    people = len(confirmed(petition, 3))
    statement = 0
    while True:
        status = in_a_process(counting.tick, statement)
        if status == 0:
            break
        assert status == -signal.SIGKILL, statement
        assert counting.drift(petition) == 0
        people += len(confirmed(petition, 1, 100 + statement))
        if statement % 3 == 0:
            is_right(petition, people)
        people += len(confirmed(petition, 1, 200 + statement))
        statement += 1
    assert statement >= 5, "it runs more statements than that"
    is_right(petition, people)
    assert list(Milestone.objects.values_list("goal", flat=True)) == [1, 2]


def test_two_ticks_at_once_fold_each_event_once(petition: Petition) -> None:
    confirmed(petition, 8)
    folded = at_once([counting.tick] * 4)
    assert sum(map(int, folded)) == 8  # type: ignore[arg-type]
    is_right(petition, 8)


def test_signing_goes_on_while_ticks_run(petition: Petition) -> None:
    made = [signed(petition, f"anna{number}@example.org") for number in range(8)]
    deeds: list[Callable[[], object]] = [lambda one=one: acts.confirm(one) for one in made]  # type: ignore[misc]
    at_once([*deeds, counting.tick, counting.tick, counting.tick])
    is_right(petition, Signature.objects.filter(state="confirmed").count())
    assert acts.withdraw(made[0]) and acts.erase(made[1])
    is_right(petition, 6)


@pytest.mark.parametrize("seconds", [-5, 5])
def test_clocks_that_differ_by_seconds_lose_nothing(petition: Petition, seconds: int) -> None:
    now = timezone.now()
    first, second = (signed(petition, f"anna{number}@example.org") for number in range(2))
    acts.confirm(first, now)
    assert counting.tick(now + timedelta(seconds=seconds)) == 1
    acts.confirm(second, now + timedelta(seconds=-seconds))
    assert counting.tick(now) == 1
    is_right(petition, 2)


def test_a_count_that_is_wrong_is_found(petition: Petition) -> None:
    confirmed(petition, 2)
    is_right(petition, 2)
    Count.objects.filter(petition=petition).update(confirmed=3)
    with pytest.raises(CommandError, match=r"\+1"):
        call_command("count_signatures", check=True)


def test_it_closes_what_is_over(petition: Petition) -> None:
    Petition.objects.filter(pk=petition.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    call_command("count_signatures")
    petition.refresh_from_db()
    assert petition.state == Petition.State.CLOSED and petition.closed_at is not None


def test_more_than_one_step_holds_is_folded_at_once(petition: Petition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "AT_ONCE", 2)
    monkeypatch.setattr("orientalis_site.petition.management.commands.count_signatures.AT_ONCE", 2)
    confirmed(petition, 5)
    assert count() == 2
    call_command("count_signatures")
    is_right(petition, 5)


def test_the_lag_is_that_of_the_oldest_event_that_waits(petition: Petition) -> None:
    assert counting.lag() == 0
    confirmed(petition, 1)
    assert 3590 < counting.lag(timezone.now() + timedelta(hours=1)) < 3660
    counting.tick()
    assert counting.lag() == 0
