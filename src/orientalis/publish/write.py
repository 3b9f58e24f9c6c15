"""A bundle on disk: written beside, verified, then put in place of the one that was there."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from orientalis.core.errors import InputError
from orientalis.evidence import Bundle, open_bundle
from orientalis.evidence.bundle import MANIFEST
from orientalis.store import explain_write

READ_ONLY = 0o444


def write_bundle(files: Mapping[str, bytes], out: Path) -> Bundle:
    """Write a bundle's files, read-only, and return it as read back; an earlier bundle at `out` is replaced.

    At every moment there is a whole bundle or none at `out`. InputError for a folder that is no bundle, or that cannot
    be written.
    """
    check_place(out)
    out = out.resolve()
    waiting, old = (out.parent / f".{out.name}.{word}-{os.getpid()}" for word in ("new", "old"))
    try:
        with explain_write(out):
            for path, content in files.items():
                _write(waiting / path, content)
        open_bundle(waiting)
        with explain_write(out):
            _swap(waiting, out, old)
    finally:
        _remove(waiting)
    _remove(old)
    return open_bundle(out)


def check_place(out: Path) -> None:
    """Refuse (InputError) to replace what is not a bundle; a new place or an empty folder is fine."""
    if not os.path.lexists(out):
        return
    if out.is_symlink() or not out.is_dir():
        raise InputError("this is no folder that a bundle can replace", file=out, expected="a new or a bundle's folder")
    held = {path.relative_to(out).as_posix() for path in out.rglob("*") if not path.is_dir() or path.is_symlink()}
    if held - _named(out):
        raise InputError(
            "this folder holds something else than a bundle, so it is not replaced",
            file=out,
            value=sorted(held - _named(out))[0],
            expected="a new folder, an empty one, or one with nothing but a bundle",
        )


def _named(folder: Path) -> set[str]:
    """The paths that a bundle's manifest names, itself included; none where there is no manifest of a bundle."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if "format" in content:
            return {MANIFEST, *(str(file["path"]) for file in content["files"])}
    return set()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(READ_ONLY)


def _remove(folder: Path) -> None:
    """Remove a folder, as far as that can be done; read-only files, which Windows keeps, are made writable first."""

    def again(function: Callable[..., object], path: str, _: object) -> None:
        if function in (os.unlink, os.rmdir):
            with suppress(OSError):
                Path(path).chmod(Path(path).stat().st_mode | stat.S_IWRITE)
                function(path)

    shutil.rmtree(folder, onerror=again)


def _swap(waiting: Path, out: Path, old: Path) -> None:
    """Put the new folder in the old one's place; if that fails the old one comes back."""
    out.parent.mkdir(parents=True, exist_ok=True)
    if not out.exists():
        waiting.rename(out)
        return
    out.rename(old)
    try:
        waiting.rename(out)
    except OSError:
        old.rename(out)
        raise
