"""A back-up: one file with the database, the bundles, what was handed over, and a list of checksums, readable by its
owner alone. The keys are never in it: who has a back-up alone reads no address.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError

import orientalis_site.keeping.database as database
from orientalis.evidence import BundleError, open_bundle
from orientalis_site.audit.models import Entry
from orientalis_site.keeping.database import KeepingError
from orientalis_site.publications.shelf import is_hash, shelf

PREFIX, ENDING = "orientalis-", ".tar.gz"
LIST = "checksums.json"
FORMAT = 2
DELIVERIES = "deliveries"


@dataclass(frozen=True)
class Contents:
    """What a back-up says of itself: when it was written, and the last hash of the audit then."""

    written_at: str = ""
    audit: str = ""


def write(folder: Path) -> Path:
    """Write a back-up into a folder; its path. It appears under its name only when it is whole."""
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    target = folder / f"{PREFIX}{stamp}{ENDING}"
    with tempfile.TemporaryDirectory(prefix=".incoming-", dir=folder) as name:
        work = Path(name)
        held = work / "held"
        held.mkdir()
        head = audit_head()  # before the copy: entries are only appended, so the copy holds it
        database.save(held / database.name())
        if shelf().is_dir():
            shutil.copytree(shelf(), held / "bundles", ignore=shutil.ignore_patterns(".*"))
        if deliveries().is_dir():
            shutil.copytree(deliveries(), held / DELIVERIES, ignore=shutil.ignore_patterns(".*"))
        sums = {path.relative_to(held).as_posix(): _sum(path) for path in sorted(held.rglob("*")) if path.is_file()}
        contents = {"format": FORMAT, "written_at": stamp, "audit": head, "files": sums}
        (held / LIST).write_text(json.dumps(contents, indent=1), encoding="utf-8")
        packed = work / target.name
        with tarfile.open(packed, "w:gz") as archive:
            for path in (LIST, *sums):
                archive.add(held / path, arcname=path, recursive=False)
        packed.chmod(0o600)
        with packed.open("rb") as written:
            os.fsync(written.fileno())
        packed.replace(target)
    return target


def prune(folder: Path, keep: int) -> list[Path]:
    """Remove the oldest back-ups of a folder until `keep` remain; those removed."""
    found = sorted(folder.glob(f"{PREFIX}*{ENDING}"))
    removed = found[: max(0, len(found) - keep)]
    for path in removed:
        path.unlink()
    return removed


def deliveries() -> Path:
    """The folder of what was handed over."""
    return Path(settings.VAR) / DELIVERIES


def audit_head() -> str:
    """The last hash of the audit; empty where there is none yet."""
    try:
        return Entry.objects.order_by("-id").values_list("hash", flat=True).first() or ""
    except DatabaseError:  # a database from before the audit, or none
        return ""


def read(file: Path) -> Contents:
    """Bring the site back to a back-up: the database, the bundles, what was handed over. What it said of itself.

    Everything is unpacked and compared with its checksum first. KeepingError: it is not whole, or is of another kind
    of database; nothing changes then.
    """
    Path(settings.VAR).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restored-", dir=settings.VAR) as name:
        held = Path(name)
        contents = _unpack(file, held)
        if not (held / database.name()).exists():
            other = next((path.name for path in held.glob("database.*")), "no database")
            raise KeepingError(f"{file}: it holds {other}; the settings ask for {database.name()}")
        (held / "bundles").mkdir(exist_ok=True)
        for bundle in (path for path in (held / "bundles").iterdir() if is_hash(path.name)):
            try:
                open_bundle(bundle)
            except BundleError as error:
                raise KeepingError(f"{file}: {error}") from None
        database.bring_back(held / database.name())
        if shelf().exists():
            shelf().rename(held / "before")
        (held / "bundles").rename(shelf())
        if (held / DELIVERIES).is_dir():  # what was handed over since stays beside it: it is proof
            shutil.copytree(held / DELIVERIES, deliveries(), dirs_exist_ok=True)
    return contents


def _unpack(file: Path, target: Path) -> Contents:
    try:
        with tarfile.open(file, "r:gz") as archive:
            for member in archive:
                place = (target / member.name).resolve()
                if not member.isreg() or not place.is_relative_to(target.resolve()):
                    raise KeepingError(f"{file}: {member.name} is no plain file inside it")
                content = archive.extractfile(member)
                assert content is not None
                place.parent.mkdir(parents=True, exist_ok=True)
                with place.open("xb") as copy:
                    shutil.copyfileobj(content, copy)
        listed = json.loads((target / LIST).read_text(encoding="utf-8"))
        sums, contents = _listed(listed)
        found = {path.relative_to(target).as_posix(): _sum(path) for path in target.rglob("*") if path.is_file()}
    except (OSError, EOFError, ValueError, TypeError, AttributeError, tarfile.TarError) as error:
        raise KeepingError(f"{file}: not a whole back-up: {error}") from None
    del found[LIST]
    if found != sums:
        differing = sorted(path for path in {*found, *sums} if found.get(path) != sums.get(path))
        raise KeepingError(f"{file}: not a whole back-up: {differing[0]} is missing or was changed")
    return contents


def _listed(listed: dict[str, Any]) -> tuple[dict[str, str], Contents]:
    """The checksums, and what the back-up says of itself; the first format had checksums alone."""
    if "files" not in listed:
        return listed, Contents()
    if listed.get("format") != FORMAT:
        raise ValueError(f"it has format {listed.get('format')!r}; expected {FORMAT}")
    return dict(listed["files"]), Contents(str(listed.get("written_at", "")), str(listed.get("audit", "")))


def _sum(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
