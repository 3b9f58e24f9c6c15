"""The shelf on disk: `bundles/<hash>/` holds each verified bundle, `bundles/current` names the one that is shown.

The pointer is a small file that is replaced in one step, so a reader sees the old or the new name, never half.
A process looks at it again when two seconds have passed: a new bundle shows within five seconds without a restart, and
the last good one survives both a restart and a bad bundle.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from pathlib import Path
from threading import Lock
from time import monotonic

from django.conf import settings

from orientalis.evidence import Bundle, BundleError, open_bundle
from orientalis.evidence.bundle import MANIFEST

LOOK_AGAIN = 2.0
HEX = set("0123456789abcdef")


class NoBundle(Exception):
    """Nothing has been loaded yet, or what was loaded is no longer whole."""


def shelf() -> Path:
    """The folder of the bundles."""
    return Path(settings.VAR) / "bundles"


def put(folder: Path) -> Bundle:
    """Verify a bundle, copy it to the shelf and verify the copy. BundleError or OSError: nothing has changed."""
    given = open_bundle(folder)
    place = shelf() / given.hash
    shelf().mkdir(parents=True, exist_ok=True)
    if not _is_whole(place):
        waiting = Path(tempfile.mkdtemp(prefix=".incoming-", dir=shelf()))
        try:
            copy = waiting / "bundle"
            for name in (MANIFEST, *given.files):
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(given.folder / name, copy / name)
            if open_bundle(copy).hash != given.hash:
                raise BundleError("the bundle changed while it was copied", file=folder)
            if place.exists() and not _is_whole(place):  # a damaged copy from before
                place.rename(waiting / "damaged")
            if not place.exists():
                copy.rename(place)
            pack(place)
        finally:
            shutil.rmtree(waiting, ignore_errors=True)
    return open_bundle(place)


def pack(place: Path) -> None:
    """Write all files of a bundle into one, beside it; equal bundles give equal bytes."""
    handle, name = tempfile.mkstemp(prefix=".pack-", dir=shelf())
    with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in place.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"bundle/{path.relative_to(place).as_posix()}", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o444 << 16
            archive.writestr(entry, path.read_bytes())
    Path(name).chmod(0o644)
    Path(name).replace(place.with_suffix(".zip"))


def point_to(bundle_hash: str, pointer: str = "current") -> None:
    """Make a bundle of the shelf the one that is shown, in one step."""
    handle, name = tempfile.mkstemp(prefix=f".{pointer}-", dir=shelf())
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(bundle_hash)
        file.flush()
        os.fsync(file.fileno())
    Path(name).chmod(0o644)
    Path(name).replace(shelf() / pointer)


def choose(bundle_hash: str) -> None:
    """Keep a bundle over restarts: an operator has loaded it by name."""
    point_to(bundle_hash, "chosen")


def choose_none() -> None:
    """Let the next start show the bundle of the settings."""
    (shelf() / "chosen").unlink(missing_ok=True)


def is_chosen() -> bool:
    """Whether what is shown was loaded by name and is still whole: then a start leaves it."""
    name = pointed()
    return name is not None and name == pointed("chosen") and _is_whole(shelf() / name)


def pointed(pointer: str = "current") -> str | None:
    """The hash that a pointer names; None where there is none."""
    try:
        text = (shelf() / pointer).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return text if is_hash(text) else None


def is_hash(text: str) -> bool:
    """Whether a text can be the hash of a bundle."""
    return len(text) == 64 and set(text) <= HEX


def _is_whole(place: Path) -> bool:
    try:
        return open_bundle(place).hash == place.name
    except BundleError:
        return False


def pointer_mark() -> tuple[object, ...]:
    """What tells one writing of the pointer from another, even of the same name."""
    try:
        state = (shelf() / "current").stat()
    except OSError:
        return ()
    return state.st_mtime_ns, state.st_ino


class Current:
    """The bundle that is shown, held in memory by this process."""

    def __init__(self) -> None:
        self._bundle: Bundle | None = None
        self._refused: tuple[object, ...] | None = None
        self._looked = -LOOK_AGAIN
        self._lock = Lock()

    def bundle(self) -> Bundle:
        """The bundle to show; after a bad pointer, the last good one. Raises NoBundle where there never was one."""
        if monotonic() - self._looked >= LOOK_AGAIN or self._bundle is None:
            with self._lock:
                self._look()
        if self._bundle is None:
            raise NoBundle("no bundle has been loaded")
        return self._bundle

    def _look(self) -> None:
        name, mark = pointed(), pointer_mark()
        if name is not None and mark != self._refused and (self._bundle is None or name != self._bundle.hash):
            try:
                found = open_bundle(shelf() / name)
            except BundleError:
                found = None
            if found is not None and found.hash == name:
                self._bundle = found
            else:
                self._refused = mark  # not tried again until the pointer is written anew
        self._looked = monotonic()

    def forget(self) -> None:
        """Look again at the next call: for tests and for the command that loads."""
        self.__init__()  # type: ignore[misc]


current = Current()
