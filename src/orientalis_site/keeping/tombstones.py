"""Erasures, in a file outside the database, so that a back-up that is brought back does not bring the erased back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings


def bury(uid: str, at: datetime) -> None:
    """Append an erasure; it is on the disk when this returns. Called before the database commits: a tombstone too many
    erases again what its owner wanted erased."""
    file = Path(settings.TOMBSTONES)
    file.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"uid": uid, "at": at.isoformat()}) + "\n"
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, line.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def buried() -> Iterator[str]:
    """The uids of all signatures that were erased; a line that a crash cut short is left out."""
    file = Path(settings.TOMBSTONES)
    if not file.exists():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            yield str(json.loads(line)["uid"])
        except (ValueError, KeyError, TypeError):
            continue
