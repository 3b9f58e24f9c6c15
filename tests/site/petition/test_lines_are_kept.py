"""A process that serves keeps lines to PostgreSQL: used again, never when broken, and not too many."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from orientalis_site.kit.postgresql import base
from orientalis_site.kit.postgresql import lines as module
from orientalis_site.petition.models import Petition


@pytest.fixture
def lines(on_postgresql: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[module.Lines]:
    """Lines of this test alone, two at most."""
    connection.close()
    monkeypatch.setattr(module, "MOST", 2)
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    held = module.Lines()
    held.keep()
    monkeypatch.setattr(base, "lines", held)
    monkeypatch.setattr(module, "lines", held)
    yield held
    connection.close()
    for _, _, line in held._free:
        line.close()


def process() -> int:
    """The process of the server at the other end of this thread's line."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        found: Any = cursor.fetchone()
        return int(found[0])


def elsewhere() -> int:
    """The same in another thread, which then gives its line back."""

    def ask() -> int:
        try:
            return process()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(ask).result()


def test_a_line_that_is_given_back_serves_another_thread(lines: module.Lines) -> None:
    mine = process()
    assert elsewhere() != mine
    connection.close()
    assert elsewhere() == mine


def test_a_line_that_the_server_has_closed_is_not_used(lines: module.Lines) -> None:
    mine, other = process(), elsewhere()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [other])
    assert elsewhere() not in (mine, other)


def test_a_line_in_the_middle_of_something_is_not_used(lines: module.Lines) -> None:
    mine = process()
    connection.set_autocommit(False)
    assert Petition.objects.exists()
    connection.close()
    assert elsewhere() != mine


def test_a_line_on_which_a_statement_failed_begins_anew(lines: module.Lines) -> None:
    mine = process()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE half ()")
        cursor.execute("SELECT no_such_column")
    connection.close()
    assert elsewhere() == mine
    assert "half" not in connection.introspection.table_names()


def test_an_old_line_is_not_trusted(lines: module.Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = process()
    connection.close()
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.0)
    assert elsewhere() != mine


def test_there_are_no_more_than_that(lines: module.Lines) -> None:
    """Who finds all in use waits, and is then told that the database does not answer; those given back serve again."""

    def hold() -> int:
        try:
            process()
            with pytest.raises(OperationalError, match="all 2 lines"), ThreadPoolExecutor(1) as pool:
                pool.submit(process).result()
            return 1
        finally:
            connection.close()

    process()
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(hold).result() == 1
    assert elsewhere()


def test_a_line_that_cannot_be_opened_leaves_its_place(lines: module.Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")
    for _ in range(5):
        with pytest.raises(OperationalError):
            process()
    monkeypatch.undo()
