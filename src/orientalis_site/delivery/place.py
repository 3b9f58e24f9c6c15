"""Where deliveries lie: `VAR/deliveries/<slug>/<hash>/` and the same as `<hash>.zip`. Written once, whole or not."""

from __future__ import annotations

import fcntl
import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

WAITING = ".waiting"
LOCK = ".lock"


def home(slug: str) -> Path:
    """The folder of a petition's deliveries."""
    return Path(settings.VAR) / "deliveries" / slug


def folder(slug: str, delivery_hash: str) -> Path:
    """The folder of a delivery."""
    return home(slug) / delivery_hash


def whole(slug: str, delivery_hash: str) -> Path:
    """All files of a delivery in one."""
    return home(slug) / f"{delivery_hash}.zip"


@contextmanager
def alone(slug: str) -> Iterator[Path]:
    """The empty folder in which a delivery is made, for one process at a time; what an interrupted one left is gone."""
    home(slug).mkdir(parents=True, exist_ok=True)
    with (home(slug) / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting = home(slug) / WAITING
        shutil.rmtree(waiting, ignore_errors=True)
        waiting.mkdir()
        try:
            yield waiting
        finally:
            shutil.rmtree(waiting, ignore_errors=True)


def settle(waiting: Path, slug: str, delivery_hash: str) -> None:
    """Put a finished folder in its place, on the disk before this returns; nobody may change what is in it."""
    for path in waiting.iterdir():
        path.chmod(0o444)
        _sync(path)
    _sync(waiting)
    place = folder(slug, delivery_hash)
    pack(waiting, whole(slug, delivery_hash), f"petition-{slug}")
    waiting.rename(place)
    _sync(home(slug))


def pack(source: Path, target: Path, name: str) -> None:
    """All files of a folder in one; equal folders give equal bytes."""
    draft = target.with_name(f".{target.name}")
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(source.iterdir()):
            entry = zipfile.ZipInfo(f"{name}/{path.name}", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o100444 << 16
            entry.file_size = path.stat().st_size
            with path.open("rb") as file, archive.open(entry, "w") as written:
                shutil.copyfileobj(file, written, 1 << 20)
    draft.chmod(0o444)
    _sync(draft)
    draft.replace(target)


def remove(slug: str, but: str = "") -> None:
    """Remove what lies there unrecorded: a delivery that was interrupted between disk and database."""
    for path in home(slug).iterdir():
        if path.name in (LOCK, but, f"{but}.zip"):
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
