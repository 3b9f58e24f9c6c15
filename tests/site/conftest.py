"""The site for its tests: a real server, a real PostgreSQL, a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.site.browser import Readers
from tests.site.postgresql import PostgreSQL, programs, running
from tests.site.server import Server, ServerFactory

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# No call home, and no name is resolved but the loopback's: what a page asks of others fails and is seen.
BROWSER_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


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


@pytest.fixture(scope="module")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerFactory]:
    """Starts sites: `start_server(var=None, ORIENTALIS_…="…")`; all are ended with the module."""
    started: list[Server] = []

    def start(var: Path | None = None, **environment: str) -> Server:
        server = Server(var or tmp_path_factory.mktemp("site"), **environment)
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
def browser_path() -> str:
    """The browser of the system."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("there is no chromium: tools/install_packages.sh tests")
    return found


@pytest.fixture(scope="module")
def browser(browser_path: str) -> Iterator[Browser]:
    """The browser, without a window. It ends with the module: its loop would make Django refuse the database to others."""
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
