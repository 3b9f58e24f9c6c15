"""The bundle that is shipped, read past the site; and copies of it that were changed."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from orientalis.evidence import Bundle, open_bundle
from tests.site.browser import PAGES
from tests.site.server import ROOT

SHIPPED = ROOT / "src" / "orientalis_site" / "bundle"


@cache
def shipped() -> Bundle:
    """The bundle that is shipped."""
    return open_bundle(SHIPPED)


def address(path: str) -> str:
    """The address of a file of the shipped bundle."""
    return f"/bundle/{shipped().hash}/{path}"


_OPEN = "petitions/save-the-amur-leopard/"
PETITIONS = (
    "petitions/",
    "petitions/stop-amur-leopard-poaching-and-habitat-loss/",
    *(_OPEN + name for name in ("", "sign/", "resend/", "supporters/", "removals/", "delivery/")),
)


def all_pages(language: str) -> list[str]:
    """The paths of a language, a number's page and those of the petitions among them."""
    number = f"numbers/{next(iter(shipped().findings))}/"
    return [f"/{language}/{slug}" for slug in (*PAGES, number, *PETITIONS)]


def copied(folder: Path, change: Callable[[dict[str, Any]], None] | None = None) -> Path:
    """A copy of the shipped bundle, its manifest changed by `change`; all checksums of its files stay right."""
    shutil.copytree(SHIPPED, folder)
    if change is not None:
        path = folder / "manifest.json"
        manifest = json.loads(path.read_text(encoding="utf-8"))
        change(manifest)
        path.write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
    return folder


def hash_of(folder: Path) -> str:
    """The hash that a bundle has: that of its manifest."""
    return hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()


def rewrite(folder: Path, name: str, change: Callable[[Any], Any]) -> None:
    """Change a file of JSON in a bundle and put its size and checksum right, as a forger would."""
    content = json.dumps(change(json.loads((folder / name).read_text(encoding="utf-8")))).encode()
    (folder / name).write_bytes(content)
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    for file in manifest["files"]:
        if file["path"] == name:
            file.update(size=len(content), sha256=hashlib.sha256(content).hexdigest())
    path.write_text(json.dumps(manifest), encoding="utf-8")
