"""Reading a delivery from a folder or a zip file, a piece at a time, without unpacking anything to the disk."""

from __future__ import annotations

import stat
import zipfile
from abc import ABC, abstractmethod
from pathlib import Path, PurePosixPath
from typing import IO

from orientalis.core.errors import InputError

LARGEST = 4 * 1024**3
"""Bytes that all files of a delivery may take together (assumed: a million signatures take about 0.1 GB)."""
MOST_FILES = 100
LARGEST_RECORD = 64 * 1024**2
EXPECTED = "the folder or zip file of a delivery, as the site offers it"


class DeliveryError(InputError):
    """Something that is no delivery, or cannot be read as one."""


class Delivery(ABC):
    """The files of a delivery by name, all on one level."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sizes: dict[str, int] = {}

    @abstractmethod
    def open(self, name: str) -> IO[bytes]:
        """A file, read from its beginning."""

    def read(self, name: str) -> bytes:
        """A file as a whole, where it is not too large. DeliveryError."""
        if name not in self.sizes:
            raise DeliveryError(f"there is no {name}", file=self.path, expected=EXPECTED)
        if self.sizes[name] > LARGEST_RECORD:
            raise DeliveryError(f"{name} is too large to be read", file=self.path, expected=f"{LARGEST_RECORD} bytes")
        try:
            with self.open(name) as file:
                return file.read(LARGEST_RECORD + 1)
        except (OSError, zipfile.BadZipFile, EOFError, ValueError) as error:
            raise DeliveryError(f"{name} cannot be read: {error}", file=self.path, expected=EXPECTED) from None

    def _bound(self) -> None:
        if len(self.sizes) > MOST_FILES or sum(self.sizes.values()) > LARGEST:
            raise DeliveryError("there is too much in it for a delivery", file=self.path, expected=EXPECTED)


class Folder(Delivery):
    """A delivery in a folder."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        for entry in sorted(path.rglob("*")):
            name = entry.relative_to(path).as_posix()
            if entry.is_symlink() or not (entry.is_file() or entry.is_dir()):
                raise DeliveryError("a delivery holds no links and no devices", file=path, value=name)
            if entry.is_file():
                self.sizes[name] = entry.stat().st_size
        self._bound()

    def open(self, name: str) -> IO[bytes]:
        """A file of the folder."""
        return (self.path / name).open("rb")


class Zip(Delivery):
    """A delivery in a zip file; the one folder that may stand around its files is left out of their names."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        try:
            self._archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
            raise DeliveryError(f"this is no whole zip file: {error}", file=path, expected=EXPECTED) from None
        entries = [one for one in self._archive.infolist() if not one.is_dir()]
        names = [self._safe(one) for one in entries]
        tops = {name.parts[0] for name in names if len(name.parts) > 1}
        shift = 1 if len(tops) == 1 and all(len(name.parts) > 1 for name in names) else 0
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for name, entry in zip(names, entries, strict=True):
            short = PurePosixPath(*name.parts[shift:]).as_posix()
            if short in self._entries:
                raise DeliveryError("a file stands in the zip file twice", file=path, value=short)
            self._entries[short] = entry
            self.sizes[short] = entry.file_size
        self._bound()

    def open(self, name: str) -> IO[bytes]:
        """A file of the zip file."""
        try:
            return self._archive.open(self._entries[name])
        except (NotImplementedError, RuntimeError) as error:
            raise DeliveryError(f"{name} cannot be read: {error}", file=self.path, expected=EXPECTED) from None

    def _safe(self, entry: zipfile.ZipInfo) -> PurePosixPath:
        name = PurePosixPath(entry.filename)
        is_link = stat.S_ISLNK(entry.external_attr >> 16)
        is_bad = name.is_absolute() or ".." in name.parts or "\\" in entry.filename or ":" in entry.filename
        if is_bad or is_link or not name.parts:
            raise DeliveryError(
                "the zip file names a place outside itself", file=self.path, value=entry.filename, expected=EXPECTED
            )
        return name


def open_delivery(path: Path) -> Delivery:
    """The files of a delivery. DeliveryError where there is none."""
    if path.is_dir():
        return Folder(path)
    if path.is_file():
        return Zip(path)
    raise DeliveryError("there is no such folder or file", file=path, expected=EXPECTED)
