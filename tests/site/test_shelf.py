"""The shelf and the memory of pages: repaired bundles, changes while a page is built, a database that is down."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory

from orientalis.evidence import BundleError
from orientalis_site.kit import page_cache
from orientalis_site.kit.page_cache import PageCache
from orientalis_site.publications import shelf
from orientalis_site.publications.models import Publication
from orientalis_site.publications.record import publish
from orientalis_site.publications.shelf import NoBundle, current, point_to, put
from tests.site.evidence import SHIPPED, copied, rewrite, shipped
from tests.site.inside import LANGUAGES


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every call looks at the pointer."""
    monkeypatch.setattr(shelf, "LOOK_AGAIN", 0.0)


@pytest.fixture
def empty(tmp_path: Path, settings: Any, at_once: None) -> Iterator[Path]:
    """A shelf without a bundle."""
    settings.VAR = tmp_path / "var"
    current.forget()
    yield settings.VAR
    current.forget()


def other(folder: Path) -> Path:
    """A good bundle with another date, and so another hash."""
    return copied(folder, lambda manifest: manifest.update(date="2031-01-01"))


def test_a_bundle_that_was_damaged_and_loaded_again_is_shown_again(empty: Path) -> None:
    bundle = put(SHIPPED)
    point_to(bundle.hash)
    spoilt = empty / "bundles" / bundle.hash / "findings.json"
    spoilt.write_bytes(b"[]")
    with pytest.raises(NoBundle):
        current.bundle()
    put(SHIPPED)
    point_to(bundle.hash)
    assert current.bundle().hash == bundle.hash


def test_a_refused_bundle_may_be_pointed_to_again(empty: Path, tmp_path: Path) -> None:
    first, second = put(SHIPPED), put(other(tmp_path / "other"))
    point_to(first.hash)
    assert current.bundle().hash == first.hash
    file = empty / "bundles" / second.hash / "findings.json"
    whole = file.read_bytes()
    file.write_bytes(b"[]")
    point_to(second.hash)
    assert current.bundle().hash == first.hash
    file.write_bytes(whole)
    point_to(first.hash)
    point_to(second.hash)
    assert current.bundle().hash == second.hash


def test_a_bundle_in_folders_that_cannot_be_written_is_taken(empty: Path, tmp_path: Path) -> None:
    source = tmp_path / "locked"
    shutil.copytree(SHIPPED, source)
    folders = [source, *(path for path in source.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        place = put(source).folder
        assert all(path.stat().st_mode & 0o200 for path in place.rglob("*") if path.is_dir())
    finally:
        for folder in folders:
            folder.chmod(0o755)


def test_a_page_that_was_built_while_the_bundle_changed_is_not_kept(empty: Path, tmp_path: Path) -> None:
    first, second = put(SHIPPED), put(other(tmp_path / "other"))
    point_to(first.hash)
    answers = []

    def view(request: Any) -> HttpResponse:
        shown = current.bundle().hash
        if not answers:  # the pointer moves, and another reader comes, while the first page is built
            answers.append(shown)
            point_to(second.hash)
            cache(RequestFactory(headers={"host": "localhost"}).get("/another"))
        response = HttpResponse(shown)
        response.is_kept = True  # type: ignore[attr-defined]
        return response

    cache = PageCache(view)
    requests = RequestFactory(headers={"host": "localhost"})
    assert cache(requests.get("/page")).content.decode() == first.hash  # type: ignore[attr-defined]
    assert cache(requests.get("/page")).content.decode() == second.hash  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "path", ["/en/about/?year=1", "/en/numbers/extinct.status_quo/?scenario=x", "/sitemap.xml?year=2"]
)
def test_an_option_that_a_page_does_not_take_is_not_kept(inside: Client, path: str) -> None:
    caches = kept(inside)
    inside.get(path.partition("?")[0])
    before = len(caches.entries)
    assert inside.get(path).status_code == 200
    assert len(caches.entries) == before


def kept(client: Client) -> PageCache:
    """The memory of pages of this process's site."""
    client.get("/healthz")
    handler: Any = client.handler._middleware_chain  # type: ignore[attr-defined]
    while not isinstance(handler, PageCache):
        handler = getattr(handler, "__wrapped__", None) or handler.get_response
    return handler


def test_a_database_that_is_down_is_503_where_it_is_needed(inside: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*args: Any, **named: Any) -> None:
        raise OperationalError("no answer")

    monkeypatch.setattr(Publication.objects, "all", down)
    monkeypatch.setattr(Publication.objects, "filter", down)
    assert inside.get("/en/feed.atom").status_code == 503
    response = inside.get(f"/bundle/{'1' * 64}/findings.json")
    assert (response.status_code, json.loads(response.content)["error"]["code"]) == (503, "not_ready")
    assert inside.get("/en/").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("post", "/en/", 405), ("get", "/en/?" + "q" * 2000, 413), ("get", "/en/nothing/", 404)],
)
def test_a_refusal_has_the_headers_of_a_page_and_is_kept_only_for_its_address(
    inside: Client, method: str, path: str, status: int
) -> None:
    response = getattr(inside, method)(path)
    assert response.status_code == status
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == ("public, max-age=30" if status == 404 else "no-store")


def test_a_part_beyond_the_file_has_the_shape_of_an_error(inside: Client) -> None:
    response = inside.get(f"/bundle/{shipped().hash}/findings.json", headers={"range": "bytes=99999999-"})
    assert (response.status_code, json.loads(response.content)["error"]["status"]) == (416, 416)
    assert response.headers["Content-Range"].startswith("bytes */")
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("header", "is_taken"), [("gzip, br", True), ("br", False), ("gzip;q=0", False), ("GZIP; q=0.5", True), ("", False)]
)
def test_packed_only_for_those_who_take_it(header: str, is_taken: bool) -> None:
    assert page_cache.takes_gzip(header) is is_taken


@pytest.mark.parametrize("name", ["home", "forecast", "leopard", "unknowns", "method", "sources", "downloads", "about"])
def test_the_share_image_of_every_page_is_drawn_with_its_words(
    inside: Client, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    for language in LANGUAGES:
        response = inside.get(f"/{language}/share/{name}.png")
        assert (response.status_code, response.content[:4]) == (200, b"\x89PNG")
    assert "the share image" not in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("findings.json", lambda held: held[0]["parameters"].update(threshold="abc")),
        ("findings.json", lambda held: [one.update(value=1e300) for one in held]),
    ],
)
def test_a_bundle_that_no_page_can_draw_is_refused_and_the_last_good_one_stays(
    inside: Client, tmp_path: Path, file: str, change: Any
) -> None:
    before = current.bundle().hash
    folder = copied(tmp_path / "strange")

    def changed(held: Any) -> Any:
        change(held)
        return held

    rewrite(folder, file, changed)
    with pytest.raises(BundleError, match="a page cannot be drawn"):
        publish(folder)
    assert current.bundle().hash == before
    assert inside.get("/en/").status_code == 200
