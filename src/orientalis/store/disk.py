"""Writing that survives a crash: temporary name, fsync, rename, fsync of the folder; and what a failed write means."""

import errno
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from orientalis.core.errors import InputError

TEMPORARY = ".tmp"
"""Ending of a file that is still being written; such leftovers are removed when a run begins."""

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def write_durably(path: Path, content: bytes) -> None:
    """Put `content` at `path` so that after a crash there is either the old file or the whole new one.

    Raises InputError when the disk is full, read-only or forbidden; then no temporary file stays behind.
    """
    temporary = path.with_name(f".{path.name}{TEMPORARY}")
    with explain_write(path):
        try:
            with temporary.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames and removals in `folder` durable, where the system can (Windows cannot, and needs not)."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):  # some file systems have no fsync of folders
            raise
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Create `folder` and its parents, else InputError."""
    with explain_write(folder):
        folder.mkdir(parents=True, exist_ok=True)


def remove(path: Path) -> None:
    """Remove a file that may be gone already, else InputError."""
    with explain_write(path):
        path.unlink(missing_ok=True)


@contextmanager
def explain_write(path: Path) -> Iterator[None]:
    """Turn a failed write into an InputError that says what the machine lacks."""
    try:
        yield
    except OSError as error:
        raise explained(error, path) from error


def explained(error: OSError, path: Path) -> InputError:
    """Return the InputError that says why `path` could not be written."""
    if error.errno in _FULL:
        return InputError(
            "the disk is full, what was finished is kept",
            file=path,
            expected="free space or another --out folder, then the same command again",
        )
    if error.errno in _FORBIDDEN:
        return InputError("no permission to write", file=path, expected="a folder that can be written")
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return InputError(
            "a file stands where a folder is needed", file=path, expected="a new or an earlier run folder"
        )
    return InputError(f"cannot write: {error.strerror or error}", file=path, expected="a folder that can be written")


def read_json(path: Path, what: str) -> dict[str, Any]:
    """Return the JSON object in `path`; InputError when it is missing, binary, empty or not an object."""
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise InputError(f"{what} is missing", file=path, expected="a folder made by `orientalis run`") from None
    except OSError as error:
        raise InputError(f"{what} cannot be read: {error.strerror or error}", file=path) from error
    except ValueError:
        raise InputError(f"{what} is damaged", file=path, expected="JSON as `orientalis run` wrote it") from None
    if not isinstance(content, dict):
        raise InputError(f"{what} is damaged", file=path, expected="JSON as `orientalis run` wrote it")
    return content


def dump_json(content: object) -> bytes:
    """Return readable JSON with sorted keys and a final newline: one text for one content."""
    return (json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n").encode()
