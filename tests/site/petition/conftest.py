"""Petitions in real databases, within the test's own process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from orientalis_site.petition.models import Petition
from tests.site.databases import Templates, copy

OPEN = "save-the-amur-leopard"
FOUNDING = "stop-amur-leopard-poaching-and-habitat-loss"


@pytest.fixture
def keys(tmp_path: Path, settings: Any) -> Path:
    """A folder of keys and erasures of this test's own."""
    settings.VAR = tmp_path
    settings.KEYS = tmp_path / "keys"
    settings.TOMBSTONES = tmp_path / "erasures.jsonl"
    return tmp_path


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, templates: Templates, keys: Path, django_db_blocker: Any) -> Iterator[str]:
    """A filled database of each kind: each test runs on both."""
    with django_db_blocker.unblock():
        yield from copy(request.param, templates, keys)


@pytest.fixture
def on_sqlite(templates: Templates, keys: Path, django_db_blocker: Any, inside: Client) -> Iterator[Client]:
    """A reader of the site within this process, with SQLite behind it: for what no database has a part in."""
    with django_db_blocker.unblock():
        for _ in copy("sqlite", templates, keys):
            yield inside


@pytest.fixture
def on_postgresql(templates: Templates, keys: Path, django_db_blocker: Any) -> Iterator[str]:
    """A filled PostgreSQL."""
    with django_db_blocker.unblock():
        yield from copy("postgresql", templates, keys)


@pytest.fixture
def petition(database: str) -> Petition:
    """The open petition."""
    return Petition.objects.select_related("current", "count").get(slug=OPEN)


@pytest.fixture
def citizen(database: str, inside: Client) -> Client:
    """A reader of the site within this process, with a real database behind it."""
    return inside
