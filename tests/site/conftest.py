"""The site for its tests: a real server, a real PostgreSQL, a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, sync_playwright

from orientalis_site.publications.shelf import current
from tests.site.browser import BROWSER_OPTIONS, BROWSERS, Readers
from tests.site.databases import Templates, copy
from tests.site.evidence import SHIPPED
from tests.site.inside import show
from tests.site.postgresql import PostgreSQL, programs, running
from tests.site.prepared import Prepared
from tests.site.server import Server, ServerFactory


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgreSQL]:
    """One PostgreSQL for this worker."""
    if programs() is None:
        pytest.skip("there is no PostgreSQL: tools/install_packages.sh tests")
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def postgres(postgres_server: PostgreSQL) -> str:
    """The address of a database of PostgreSQL, shared by the tests of this worker."""
    return postgres_server.new_database()


@pytest.fixture
def new_postgres(postgres_server: PostgreSQL) -> str:
    """The address of an empty database of PostgreSQL for one test."""
    return postgres_server.new_database()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Prepared:
    """Sites after their first start, to copy."""
    return Prepared(tmp_path_factory.mktemp("prepared"), lambda: request.getfixturevalue("postgres_server"))


@pytest.fixture(scope="module")
def start_server(tmp_path_factory: pytest.TempPathFactory, prepared: Prepared) -> Iterator[ServerFactory]:
    """Starts sites: `start_server(var=None, ORIENTALIS_…="…")`; all are ended with the module.

    Without a folder, and with none but the database of its own, a site starts as after its first start.
    """
    started: list[Server] = []

    def start(var: Path | None = None, **environment: str) -> Server:
        folder = var or tmp_path_factory.mktemp("site")
        if var is None and not {"ORIENTALIS_DATABASE_URL", "ORIENTALIS_BUNDLE"} & environment.keys():
            prepared.copy("sqlite", folder)
        server = Server(folder, **environment)
        started.append(server)
        return server.start()

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One site for this worker, with the bundle that is shipped: for tests that only read."""
    site = Server(tmp_path_factory.mktemp("site")).start()
    yield site
    site.stop()


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Templates:
    """Filled databases to copy."""
    return Templates(tmp_path_factory.mktemp("templates"), lambda: request.getfixturevalue("postgres_server"))


@pytest.fixture
def behind(
    request: pytest.FixtureRequest, tmp_path: Path, templates: Templates, django_db_blocker: Any
) -> Iterator[None]:
    """The database behind `inside`: a filled SQLite, unless the test has another."""
    has_mark = request.node.get_closest_marker("django_db") is not None
    if has_mark or {"database", "on_sqlite", "on_postgresql"} & set(request.fixturenames):
        yield
        return
    with django_db_blocker.unblock():
        for _ in copy("sqlite", templates, tmp_path):
            yield


@pytest.fixture
def inside(tmp_path: Path, settings: Any, behind: None) -> Iterator[Client]:
    """The site within this process, showing the bundle that is shipped."""
    settings.VAR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    show(SHIPPED)
    yield Client(headers={"host": "localhost"})
    current.forget()


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The browser of the system."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("there is no chromium: tools/install_packages.sh tests")
    return found


@pytest.fixture(scope="module")
def browser(browser_path: str) -> Iterator[Browser]:
    """The browser, without a window. Its loop would make Django refuse the database, so it ends with the module."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser_path, args=list(BROWSER_OPTIONS), headless=True)
        yield started
        started.close()


@pytest.fixture
def readers(browser: Browser, server: Server) -> Iterator[Readers]:
    """Readers of the site that is shipped."""
    opened = Readers(browser, server.url)
    yield opened
    opened.close()
