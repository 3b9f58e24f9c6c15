"""A back-up brings the site back as it was, on SQLite and on PostgreSQL; one that is not whole changes nothing."""

from __future__ import annotations

import shutil
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.site.evidence import SHIPPED, copied, hash_of, rewrite
from tests.site.postgresql import PostgreSQL, programs
from tests.site.prepared import Prepared
from tests.site.server import manage


class Kept:
    """A site that does not run: its folder and settings."""

    def __init__(self, var: Path, backups: Path, **given: str) -> None:
        self.var, self.backups, self.given = var, backups, given
        var.mkdir(exist_ok=True)
        found = programs()
        if found is not None:
            self.given["PATH"] = f"{found}:/usr/bin:/bin"

    def run(self, *arguments: str) -> str:
        """Run a command that must succeed; what it printed."""
        done = manage(self.var, *arguments, **self.given)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refused(self, *arguments: str) -> str:
        """Run a command that must be refused in words; what it printed."""
        done = manage(self.var, *arguments, **self.given)
        assert done.returncode == 2 and "Traceback" not in done.stderr, done.stdout + done.stderr
        return done.stderr

    def published(self) -> set[str]:
        """The hashes that the database holds."""
        query = "SELECT bundle_hash FROM publications_publication"
        if "ORIENTALIS_DATABASE_URL" in self.given:
            with psycopg.connect(self.given["ORIENTALIS_DATABASE_URL"]) as connection:
                return {row[0] for row in connection.execute(query).fetchall()}
        with closing(sqlite3.connect(self.var / "site.sqlite3")) as database:
            return {row[0] for row in database.execute(query).fetchall()}

    def shown(self) -> str:
        """The hash that the pointer names."""
        return (self.var / "bundles" / "current").read_text(encoding="ascii")

    def backup(self) -> Path:
        """Write a back-up."""
        before = set(self.backups.glob("*"))
        self.run("backup", str(self.backups))
        (written,) = set(self.backups.glob("*")) - before
        return written


@pytest.fixture(params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest, tmp_path: Path, prepared: Prepared) -> Kept:
    """A site with the shipped bundle, on either database."""
    var = tmp_path / "var"
    return Kept(var, tmp_path / "backups", **prepared.copy(request.param, var))


def another(folder: Path) -> Path:
    """Another good bundle."""
    copied(folder)
    rewrite(folder, "findings.json", lambda held: held[:-1])
    return folder


def test_the_way_back_leads_to_what_was(kept: Kept, tmp_path: Path) -> None:
    file = kept.backup()
    assert file.stat().st_mode & 0o077 == 0, "others may read it"
    later = another(tmp_path / "later")
    kept.run("load_bundle", str(later))
    assert kept.published() == {hash_of(SHIPPED), hash_of(later)} and kept.shown() == hash_of(later)
    kept.run("restore", str(file))
    assert kept.published() == {hash_of(SHIPPED)} and kept.shown() == hash_of(SHIPPED)
    kept.run("load_bundle", str(later))  # and it works on


def test_the_way_back_leads_to_an_empty_machine(kept: Kept, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    file = kept.backup()
    given = dict(kept.given)
    if "ORIENTALIS_DATABASE_URL" in given:
        given["ORIENTALIS_DATABASE_URL"] = request.getfixturevalue("postgres_server").new_database()
    empty = Kept(tmp_path / "empty", tmp_path / "none", **given)
    empty.run("restore", str(file))
    assert empty.published() == {hash_of(SHIPPED)} and empty.shown() == hash_of(SHIPPED)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def pack_again(file: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> None:
    """Write the archive anew, each member changed."""
    import io

    with tarfile.open(file, "r:gz") as old:
        members = [(member.name, old.extractfile(member).read()) for member in old if member.isreg()]
    with tarfile.open(file, "w:gz") as new:
        for changed in filter(None, (change(name, content) for name, content in members)):
            info = tarfile.TarInfo(changed[0])
            info.size = len(changed[1])
            new.addfile(info, io.BytesIO(changed[1]))


SPOILT: dict[str, Callable[[Path], None]] = {
    "cut": cut,
    "text": lambda file: file.write_text("no archive", encoding="utf-8"),
    "gone": Path.unlink,
    "a byte": lambda file: pack_again(file, lambda n, c: (n, c[:-1] + b"?") if n.startswith("database") else (n, c)),
    "a file less": lambda file: pack_again(file, lambda n, c: None if n.endswith("sources.json") else (n, c)),
    "a path outside": lambda file: pack_again(file, lambda n, c: ("../" + n if n.endswith("runs.json") else n, c)),
}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Kept, Path]:
    """A site and its back-up, for tests that change neither."""
    folder = tmp_path_factory.mktemp("saved")
    site = Kept(folder / "var", folder / "backups")
    site.run("migrate", "--verbosity", "0")
    site.run("load_bundle", str(SHIPPED))
    return site, site.backup()


@pytest.mark.parametrize("what", SPOILT)
def test_a_back_up_that_is_not_whole_changes_nothing(saved: tuple[Kept, Path], tmp_path: Path, what: str) -> None:
    site, whole = saved
    file = tmp_path / whole.name
    shutil.copy(whole, file)
    SPOILT[what](file)
    assert str(file) in site.refused("restore", str(file)).replace("\n", "")
    assert site.published() == {hash_of(SHIPPED)} and site.shown() == hash_of(SHIPPED)
    assert not (site.var / "runs.json").exists() and not (site.var.parent / "bundles").exists()


def test_a_back_up_of_another_kind_of_database_is_refused(tmp_path: Path, postgres_server: PostgreSQL) -> None:
    site = Kept(tmp_path / "var", tmp_path / "backups")
    site.run("migrate", "--verbosity", "0")
    file = site.backup()
    site.given["ORIENTALIS_DATABASE_URL"] = postgres_server.new_database()
    said = site.refused("restore", str(file))
    assert "database.sqlite3" in said and "database.dump" in said


def test_old_back_ups_make_room(tmp_path: Path) -> None:
    site = Kept(tmp_path / "var", tmp_path / "backups")
    site.run("migrate", "--verbosity", "0")
    written = [site.backup() for _ in range(3)]
    site.run("backup", str(site.backups), "--keep", "2")
    assert len(list(site.backups.iterdir())) == 2 and not written[0].exists() and not written[1].exists()


def test_a_running_site_is_not_restored_over(tmp_path: Path, start_server) -> None:
    server = start_server()
    site = Kept(tmp_path / "var", tmp_path / "backups", PORT=str(server.port))
    site.run("migrate", "--verbosity", "0")
    assert str(server.port) in site.refused("restore", str(site.backup()))
