"""The dossier as it stands before a delivery: set once in a while and one at a time, whoever asks and how often."""

from __future__ import annotations

import fcntl
import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from orientalis_site.delivery.dossier import dossier
from orientalis_site.delivery.tally import counted
from orientalis_site.petition.models import Petition

FRESH_SECONDS = 600.0
"""For how long a dossier is shown though the count has moved on (assumed)."""


def preview(petition: Petition, language: str) -> bytes | None:
    """The dossier of this petition, at most FRESH_SECONDS old; None where the first one is just being set."""
    folder = Path(settings.VAR) / "dossiers"
    folder.mkdir(parents=True, exist_ok=True)
    # The version stands in the name: a new text is never behind.
    file = folder / f"{petition.slug}.{language}.{petition.current.number}.{petition.state}.pdf"
    if (held := _read(file, FRESH_SECONDS)) is not None:
        return held
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return _read(file, None)
        if (held := _read(file, FRESH_SECONDS)) is not None:  # somebody was quicker
            return held
        moment = petition.count.folded_at or petition.current.published_at or petition.current.created_at
        content = dossier(petition, petition.current, counted(petition), language, moment, is_final=False)
        _write(file, content)
        for other in folder.glob(f"{petition.slug}.{language}.*.pdf"):
            if other != file:
                other.unlink(missing_ok=True)
        return content


def _read(file: Path, youngest: float | None) -> bytes | None:
    with suppress(OSError):
        if youngest is None or time.time() - file.stat().st_mtime < youngest:
            return file.read_bytes()
    return None


def _write(file: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=file.parent)
    with os.fdopen(handle, "wb") as draft:
        draft.write(content)
    Path(name).chmod(0o644)
    Path(name).replace(file)
