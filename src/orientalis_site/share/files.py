"""Share images kept as files, by a hash of all that decides how they look."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
import time
from contextlib import suppress
from dataclasses import fields
from functools import cache
from pathlib import Path

import PIL

from orientalis_site.share.card import Card
from orientalis_site.share.draw import draw
from orientalis_site.share.lettering import FONTS

DRAWING = 1
"""Raise it with every change to how a card is drawn, so that kept images are drawn anew."""
MOST_FILES = 600
STALE = 3600.0
"""Seconds after which a file that was being written is taken for left behind."""
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,120}")


def share_image(key: str, card: Card, language: str, folder: Path) -> bytes:
    """The image of `card`, from `folder` where it is kept, else drawn and kept; at most MOST_FILES are kept.

    `key` names the page and begins the file's name. Where the folder cannot be written the image is drawn each time.
    """
    if not _KEY.fullmatch(key):
        raise ValueError(f"{key!r} is not fit for a file name")
    path = folder / f"{key}.{language}.{card_hash(card, language)[:24]}.png"
    with suppress(OSError):
        content = path.read_bytes()
        os.utime(path)
        return content
    content = draw(card, language)
    with suppress(OSError):
        _write(path, content)
        _remove_oldest(folder, path)
    return content


def card_hash(card: Card, language: str) -> str:
    """A hash over the card, the language, the fonts and the programs that draw."""
    parts = {field.name: getattr(card, field.name) for field in fields(card)}
    parts["series"] = card.series.model_dump(mode="json") if card.series is not None else None
    whole = [DRAWING, PIL.__version__, _font_hashes(), language, parts]
    return hashlib.sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@cache
def _font_hashes() -> list[str]:
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(FONTS.glob("*.otf"))]


def _write(path: Path, content: bytes) -> None:
    """Write beside and rename: a reader finds the whole file or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _remove_oldest(folder: Path, kept: Path) -> None:
    """Remove the images that were asked for longest ago, beyond MOST_FILES, and what a killed writer left."""
    ages: list[tuple[float, Path]] = []
    for path in folder.iterdir():
        with suppress(OSError):
            age = path.stat().st_mtime
            if path.suffix == ".part" and age < time.time() - STALE:
                path.unlink()
            elif path.suffix == ".png" and path != kept:
                ages.append((age, path))
    for _, path in sorted(ages)[: max(0, len(ages) + 1 - MOST_FILES)]:
        path.unlink(missing_ok=True)
