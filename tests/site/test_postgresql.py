"""The tests have a real PostgreSQL: the one thing that they lean on must stand."""

from __future__ import annotations

import psycopg

from tests.site.ports import is_listening
from tests.site.postgresql import PostgreSQL, running


def test_it_takes_connections_with_its_password_alone(postgres_server: PostgreSQL) -> None:
    address = postgres_server.new_database()
    with psycopg.connect(address) as connection:
        (version,) = connection.execute("SHOW server_encoding").fetchone()
    assert version == "UTF8"
    wrong = f"postgresql://orientalis:wrong@127.0.0.1:{postgres_server.port}/postgres"
    try:
        psycopg.connect(wrong).close()
    except psycopg.OperationalError as error:
        assert "password" in str(error)
    else:
        raise AssertionError("a wrong password was taken")


def test_each_database_is_new(postgres_server: PostgreSQL) -> None:
    assert postgres_server.new_database() != postgres_server.new_database()


def test_it_ends_and_leaves_nothing() -> None:
    with running() as server:
        assert is_listening(server.port)
    assert not is_listening(server.port)
