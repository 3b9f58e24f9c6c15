"""A bundle that is not whole is refused in words, the last good one stays, and a new one shows without a restart."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.site.evidence import SHIPPED, copied, hash_of, rewrite
from tests.site.server import Server, ServerFactory, manage


@pytest.fixture(scope="module")
def site(start_server: ServerFactory) -> Server:
    """A site whose bundle is changed; its database is SQLite."""
    return start_server()


def shown(site: Server) -> str:
    """The hash of the bundle that the site shows: a page's link to its manifest, which must have that hash."""
    links = set(re.findall(r"/bundle/([0-9a-f]{64})/manifest\.json", site.get("/en/about/").text))
    assert len(links) == 1, links
    (found,) = links
    assert hashlib.sha256(site.get(f"/bundle/{found}/manifest.json").body).hexdigest() == found
    return found


def load(site: Server, folder: Path) -> Any:
    """Load a bundle as an operator does, beside the running site."""
    return manage(site.var, "load_bundle", str(folder), **site.given)


def wait_for(site: Server, bundle_hash: str, seconds: float = 5) -> float:
    """Wait until each worker shows a bundle; how long it took."""
    start = time.monotonic()
    while time.monotonic() - start < seconds + 1:
        if all(shown(site) == bundle_hash for _ in range(12)):  # two workers take turns
            return time.monotonic() - start
        time.sleep(0.2)
    raise AssertionError("the new bundle is not shown")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped bundle to be spoilt."""
    return copied(tmp_path / "bundle")


def truncate(folder: Path) -> None:
    path = folder / "findings.json"
    path.write_bytes(path.read_bytes()[:-100])


def change_one_byte(folder: Path) -> None:
    path = folder / "findings.json"
    content = bytearray(path.read_bytes())
    place = content.index(b'"value"') + 9
    content[place] = ord("1") if content[place] != ord("1") else ord("2")
    path.write_bytes(content)


def remove_a_file(folder: Path) -> None:
    (folder / "sources.json").unlink()


def add_a_file(folder: Path) -> None:
    (folder / "extra.html").write_text("<script>alert(1)</script>", encoding="utf-8")


def link_outside(folder: Path) -> None:
    (folder / "findings.json").unlink()
    (folder / "findings.json").symlink_to("/etc/passwd")


def change_manifest(**given: Any) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / "manifest.json"
        path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **given}), encoding="utf-8")

    return change


def cut_the_manifest(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_bytes(path.read_bytes()[:200])


def name_a_file_outside(folder: Path) -> None:
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["files"][0]["path"] = "../../../etc/passwd"
    path.write_text(json.dumps(manifest), encoding="utf-8")


def name_a_run_that_is_not_there(folder: Path) -> None:
    rewrite(folder, "findings.json", lambda held: [{**held[0], "run_hash": "0" * 64}, *held[1:]])


def write_infinity(folder: Path) -> None:
    rewrite(folder, "findings.json", lambda held: [{**held[0], "value": float("inf")}, *held[1:]])


SPOILT = {
    "truncated": (truncate, "truncated"),
    "one byte changed": (change_one_byte, "checksum"),
    "a file missing": (remove_a_file, "missing"),
    "a file too many": (add_a_file, "does not name"),
    "a link": (link_outside, "link"),
    "an older major format": (change_manifest(format=[0, 9]), "format"),
    "a newer major format": (change_manifest(format=[99, 0]), "format"),
    "no format": (change_manifest(format="one"), "format"),
    "an unknown key": (change_manifest(surprise=1), "surprise"),
    "half a manifest": (cut_the_manifest, "JSON"),
    "a path that leads outside": (name_a_file_outside, "path"),
    "a run that is not there": (name_a_run_that_is_not_there, "run"),
    "a number that is none": (write_infinity, "record is wrong"),
    "an empty folder": (lambda folder: (shutil.rmtree(folder), folder.mkdir()), "missing"),
    "no folder": (shutil.rmtree, "missing"),
}


@pytest.fixture
def unchanged(site: Server) -> Iterator[None]:
    """What was shown before the test is shown after it."""
    before = shown(site)
    yield
    assert shown(site) == before
    assert site.get("/en/").status == 200 and site.get("/readyz").status == 200


@pytest.mark.parametrize("what", SPOILT)
def test_a_spoilt_bundle_is_refused_in_words_and_nothing_changes(site: Server, unchanged, folder: Path, what) -> None:
    spoil, word = SPOILT[what]
    spoil(folder)
    done = load(site, folder)
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert word in said and "Traceback" not in said, said
    assert str(folder) in said.replace("\n", ""), "it does not say which bundle"


def test_a_good_bundle_shows_within_five_seconds_without_a_restart(site: Server, folder: Path) -> None:
    change_manifest(date="2031-01-01")(folder)
    done = load(site, folder)
    assert done.returncode == 0, done.stderr
    assert wait_for(site, hash_of(folder)) <= 5
    assert load(site, SHIPPED).returncode == 0  # and back, as an operator rolls back
    assert wait_for(site, hash_of(SHIPPED)) <= 5


def test_what_was_loaded_stays_after_a_restart(start_server: ServerFactory, folder: Path) -> None:
    site = start_server()
    change_manifest(date="2031-01-01")(folder)
    assert load(site, folder).returncode == 0
    wait_for(site, hash_of(folder))
    site.stop()
    site.start()
    assert shown(site) == hash_of(folder)


def test_a_bundle_spoilt_on_the_shelf_is_not_shown_after_a_restart(start_server: ServerFactory, folder: Path) -> None:
    site = start_server()
    change_manifest(date="2031-01-01")(folder)
    assert load(site, folder).returncode == 0
    wait_for(site, hash_of(folder))
    site.stop()
    truncate(site.var / "bundles" / hash_of(folder))
    site.start()
    assert shown(site) == hash_of(SHIPPED)


def test_a_start_with_a_spoilt_bundle_shows_the_last_good_one_and_says_so(
    start_server: ServerFactory, folder: Path
) -> None:
    site = start_server()
    good = shown(site)
    site.stop()
    truncate(folder)
    again = start_server(site.var, ORIENTALIS_BUNDLE=str(folder))
    assert shown(again) == good
    assert "truncated" in again.printed and "Traceback" not in again.printed


def test_a_start_without_any_good_bundle_ends_with_a_sentence(tmp_path: Path, folder: Path) -> None:
    truncate(folder)
    site = Server(tmp_path / "var", ORIENTALIS_BUNDLE=str(folder))
    with pytest.raises(RuntimeError, match="truncated"):
        site.start()
    assert "Traceback" not in site.printed


def test_an_old_number_of_a_bundle_gone_by_is_not_an_error(site: Server, folder: Path) -> None:
    held = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
    unused = held[-1]["id"]
    assert site.get(f"/en/numbers/{unused}/").status == 200
    assert site.get(f"/en/numbers/{unused}x/").status == 404
