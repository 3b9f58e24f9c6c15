"""Who has left, in a file outside the database, so that a back-up that is brought back brings nobody back with it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

ERASED, WITHDRAWN, UNSUBSCRIBED = "erase", "withdraw", "unsubscribe"


def bury(uid: str, at: datetime, deed: str = ERASED) -> None:
    """Append a deed; it is on the disk when this returns.

    Called before the database commits: a line too many does again what its owner wanted done.
    """
    file = Path(settings.TOMBSTONES)
    file.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"uid": uid, "at": at.isoformat(), "deed": deed}) + "\n"
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, line.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def buried() -> Iterator[tuple[str, str]]:
    """(uid, deed) of all who left, in order; a line that a crash cut short is left out."""
    file = Path(settings.TOMBSTONES)
    if not file.exists():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            held = json.loads(line)
            yield str(held["uid"]), str(held.get("deed", ERASED))
        except (ValueError, KeyError, TypeError):
            continue
