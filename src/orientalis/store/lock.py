"""The advisory lock of a run folder: one writer at a time; the lock of a dead holder is taken over.

The operating system holds the lock (`flock`, on Windows `msvcrt.locking`) and drops it when the holder dies, however it
dies. Where a file system knows no locks, the holder written in the file decides: alive means process id and start time
agree.
"""

import errno
import json
import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from orientalis.core.errors import InputError
from orientalis.store.disk import explained

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_UNSUPPORTED = {errno.ENOLCK, errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}
_PATIENCE = 4
_FAR = 1 << 30  # the byte locked on Windows, beyond the text, which so stays readable


class FolderLock:
    """Hold `path` (a file) for this process; use with `with`. InputError when another living process holds it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.was_taken_over = False
        self._handle: int | None = None

    def __enter__(self) -> Self:
        """Take the lock or say who holds it."""
        while self._handle is None:
            self._handle = self._take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the lock back and remove its file."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        if sys.platform == "win32":
            os.close(handle)
            with suppress(OSError):
                self.path.unlink()
        else:
            with suppress(OSError):
                self.path.unlink()  # before the lock is dropped: whoever waits sees that the file is another one
            os.close(handle)

    def _take(self) -> int | None:
        """Return the handle of the locked file, None to try again (its last holder just removed it)."""
        try:
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise explained(error, self.path) from error
        try:
            holder = _read_holder(handle)
            is_free = _lock(handle)
            for _ in range(_PATIENCE):  # a look at the lock by `status` takes it for a moment
                if is_free is not False:
                    break
                time.sleep(0.05)
                is_free = _lock(handle)
            if is_free is False or (is_free is None and holder and _is_alive(holder)):
                raise _in_use(self.path, holder)
            if not self._is_current(handle):
                os.close(handle)
                return None
            self.was_taken_over = bool(holder)
            _write_holder(handle)
        except BaseException:
            with suppress(OSError):
                os.close(handle)
            raise
        return handle

    def _is_current(self, handle: int) -> bool:
        """Whether the file locked is still the one in the folder (a holder removes it when it ends)."""
        try:
            return sys.platform == "win32" or os.path.samestat(os.fstat(handle), self.path.stat())
        except FileNotFoundError:
            return False


def holder_of(folder: Path) -> str:
    """Say which living process holds a folder, "" when none does. Changes nothing."""
    try:
        handle = os.open(folder / ".lock", os.O_RDONLY)
    except OSError:
        return ""
    try:
        holder = _read_holder(handle)
        is_free = _lock(handle)
    finally:
        os.close(handle)
    is_held = is_free is False or (is_free is None and bool(holder) and _is_alive(holder))
    return _words(holder) if is_held else ""


def _words(holder: dict[str, str]) -> str:
    return f"process {holder.get('pid', '?')} on {holder.get('host', '?')}"


def _lock(handle: int) -> bool | None:
    """Lock for this process: True when done, False when another holds it, None when the file system knows no locks."""
    try:
        if sys.platform == "win32":
            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return None if error.errno in _UNSUPPORTED else False
    return True


def _in_use(path: Path, holder: dict[str, str]) -> InputError:
    return InputError(
        "another run is writing to this folder",
        file=path.parent,
        value=_words(holder),
        expected="one run at a time in a folder: wait for it or stop it",
    )


def _read_holder(handle: int) -> dict[str, str]:
    """Return pid, started and host as the holder wrote them, {} when there is none."""
    os.lseek(handle, 0, os.SEEK_SET)
    try:
        holder = json.loads(os.read(handle, 4096))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in holder.items()} if isinstance(holder, dict) else {}


def _write_holder(handle: int) -> None:
    holder = {"pid": str(os.getpid()), "started": _start_time(os.getpid()), "host": socket.gethostname()}
    os.lseek(handle, 0, os.SEEK_SET)
    os.ftruncate(handle, 0)
    with suppress(OSError):  # a full disk: the lock itself needs no text
        os.write(handle, json.dumps(holder).encode())


def _is_alive(holder: dict[str, str]) -> bool:
    """Whether the holder still lives; True in doubt, as on another host."""
    if holder.get("host") != socket.gethostname() or not holder.get("pid", "").isdigit():
        return True
    pid = int(holder["pid"])
    if sys.platform != "win32":  # on Windows os.kill would end it
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except OSError:
            return True
    return holder.get("started", "") in ("", _start_time(pid))


def _start_time(pid: int) -> str:
    """Return when a process started, in the system's own words; "" when it cannot be found out."""
    try:
        if sys.platform == "linux":
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
        if sys.platform != "win32":
            command = ["ps", "-o", "lstart=", "-p", str(pid)]
            return subprocess.run(command, capture_output=True, text=True, timeout=5, check=False).stdout.strip()
    except (OSError, IndexError, subprocess.SubprocessError):
        pass
    return ""
