"""A petition in a frame on a page of another site, in a real browser: narrow, dark, and able to do nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.site.browser import LANGUAGES, Readers
from tests.site.petition.campaign import OPEN
from tests.site.server import Server, ServerFactory


@pytest.fixture(scope="module")
def site(start_server: ServerFactory) -> Server:
    """A site of its own."""
    return start_server()


@pytest.fixture(scope="module")
def host() -> Iterator[list[str]]:
    """Another site, on another port; it shows what stands in the list."""
    shown: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>Other</title>{shown[-1]}".encode())

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    shown.append(f"http://127.0.0.1:{server.server_address[1]}/")
    yield shown
    server.shutdown()
    server.server_close()


def frame(address: str) -> str:
    """A frame of 300 pixels, as the code to copy makes it."""
    return f'<iframe src="{address}" title="Petition" width="300" height="300" style="border:0"></iframe>'


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_three_hundred_pixels_and_has_no_barrier(
    browser: Browser, site: Server, host: list[str], language: str, scheme: str
) -> None:
    readers = Readers(browser, site.url)
    try:
        reader = readers.new(language, color_scheme=scheme)
        host.append(frame(f"{site.url}/{language}/petitions/{OPEN}/embed/"))
        reader.page.goto(host[0])
        inner = next(one for one in reader.page.frames if one.url.endswith("/embed/"))
        inner.wait_for_load_state("load")
        measure = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert inner.evaluate(measure) <= 0
        ground = inner.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == {"light": "rgb(251, 248, 242)", "dark": "rgb(20, 23, 26)"}[scheme]
        assert inner.evaluate("document.cookie") == "" and reader.context.cookies() == []
        page = reader.open(f"/{language}/petitions/{OPEN}/embed/")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert not reader.complaints, reader.complaints
    finally:
        readers.close()


def test_no_other_page_of_the_petition_is_framed(browser: Browser, site: Server, host: list[str]) -> None:
    readers = Readers(browser, site.url)
    try:
        for path in ("", "sign/"):
            reader = readers.new("en")
            host.append(frame(f"{site.url}/en/petitions/{OPEN}/{path}"))
            reader.page.goto(host[0])
            reader.page.wait_for_timeout(500)
            assert any("frame-ancestors" in one or "failed" in one for one in reader.complaints), reader.complaints
            assert not any(OPEN in one.content() for one in reader.page.frames[1:])
    finally:
        readers.close()
