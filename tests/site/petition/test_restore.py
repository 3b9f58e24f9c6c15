"""From a back-up to an empty machine: counts and audit hold, nobody is written to twice, the erased stay erased."""

from __future__ import annotations

import hashlib
import io
import json
import resource
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.site.ports import free_port
from tests.site.prepared import Prepared
from tests.site.server import environment, manage
from tests.site.test_backups import Kept

FILL = """
from orientalis_site.petition import acts
from tests.site.petition.campaign import counted, person, shipped
petition = shipped()
people = [person(petition, f"Name {n}", show_name=True, updates=True) for n in range(8)]
person(petition, "Pending", is_confirmed=False)
acts.withdraw(people[0])
acts.erase(people[1])
counted(petition)
"""
LATER = """
from orientalis_site.petition import acts
from orientalis_site.petition.models import Petition, Signature
from tests.site.petition.campaign import counted, person
acts.erase(Signature.objects.get(name="Name 3"))
acts.erase(Signature.objects.get(name="Pending"))
acts.withdraw(Signature.objects.select_related("version").get(name="Name 4"))
acts.unsubscribe(Signature.objects.get(name="Name 5"))
petition = Petition.objects.get(slug="save-the-amur-leopard")
person(petition, "Afterwards")
counted(petition)
"""
TELL = """
import json
from orientalis_site.audit.models import Entry
from orientalis_site.mail.models import Letter
from orientalis_site.petition.counting import drift, tick
from orientalis_site.petition.models import Count, Petition, Signature
tick()
print(json.dumps({
    "counts": {one.slug: one.supporters for one in Petition.objects.select_related("count")},
    "drift": [drift(one) for one in Petition.objects.all()],
    "names": sorted(Signature.objects.exclude(name="").values_list("name", flat=True)),
    "news": sorted(Signature.objects.filter(updates=True).values_list("name", flat=True)),
    "sealed": Signature.objects.exclude(email_sealed="").count(),
    "letters": {state: Letter.objects.filter(state=state).count() for state in Letter.State.values},
    "entries": Entry.objects.count(),
    "actors": sorted(set(Entry.objects.filter(action="erase").values_list("actor", flat=True))),
}))
"""


def tell(site: Kept) -> dict[str, Any]:
    """What the site knows."""
    held: dict[str, Any] = json.loads(site.run("shell", "-v0", "-c", TELL).strip().splitlines()[-1])
    return held


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path, prepared: Prepared) -> Kept:
    """A site with a campaign under way, on either database."""
    var = tmp_path / "var"
    return Kept(var, tmp_path / "backups", **prepared.copy(request.param, var, FILL))


def empty_machine(site: Kept, folder: Path, request: pytest.FixtureRequest) -> Kept:
    """Another machine: a folder and a database with nothing in them."""
    given = dict(site.given)
    if "ORIENTALIS_DATABASE_URL" in given:
        given["ORIENTALIS_DATABASE_URL"] = request.getfixturevalue("postgres_server").new_database()
    return Kept(folder, folder.parent / "none", **given)


def test_an_empty_machine_goes_on_where_the_back_up_was(
    site: Kept, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    (site.var / "deliveries" / "a").mkdir(parents=True)
    (site.var / "deliveries" / "a" / "dossier.pdf").write_bytes(b"%PDF")
    before = tell(site)
    assert before["counts"]["save-the-amur-leopard"] == 6 and before["letters"]["waiting"] == 9
    file = site.backup()
    assert "example.org" in site.run("send_outbox"), "the letters go out after the back-up"
    site.run("shell", "-c", LATER)
    later = tell(site)
    assert "Name 3" not in later["names"] and later["entries"] == before["entries"] + 2

    new = empty_machine(site, tmp_path / "new", request)
    shutil.copytree(site.var / "keys", new.var / "keys")
    shutil.copy(site.var / "erasures.jsonl", new.var / "erasures.jsonl")
    said = new.run("restore", str(file))
    after = tell(new)
    assert "2 signatures erased again" in said and "unbroken" in said and "9 letters" in said
    assert after["counts"]["save-the-amur-leopard"] == 4, "who withdrew after the back-up does not count again"
    assert "Name 5" in before["news"] and "Name 5" not in after["news"], "nor is who unsubscribed written to again"
    assert after["drift"] == [0, 0]
    assert after["counts"]["stop-amur-leopard-poaching-and-habitat-loss"] == 1870
    assert after["names"] == [one for one in before["names"] if one not in ("Name 3", "Pending")]
    assert after["sealed"] == before["sealed"] - 2 and after["actors"] == ["restore", "signer"]
    assert after["letters"]["waiting"] == after["letters"]["sending"] == 0 and after["letters"]["held"] == 9
    assert new.run("verify_audit").startswith(f"{after['entries']:,} entries, unbroken")
    assert (new.var / "deliveries" / "a" / "dossier.pdf").read_bytes() == b"%PDF"
    lines = (new.var / "erasures.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 6, "what is done again is no new deed"
    sent = manage(new.var, "send_outbox", **new.given)
    assert sent.returncode == 0 and "example.org" not in sent.stdout, "nobody is written to twice"
    new.run("restore", str(file))
    again = tell(new)
    assert again["names"] == after["names"] and again["counts"] == after["counts"]


def test_keys_are_in_no_back_up_and_their_lack_is_said(
    site: Kept, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    secret = json.loads((site.var / "keys" / "keys.json").read_text(encoding="utf-8"))
    said = site.run("backup", str(site.backups))
    assert "keys are not in it" in said
    (file,) = site.backups.iterdir()
    with tarfile.open(file, "r:gz") as archive:
        for member in archive:
            content = archive.extractfile(member)
            assert content is not None and "keys" not in member.name and "erasures" not in member.name
            held = content.read()
            for value in (secret["peppers"]["1"], secret["email"]["1"], secret["salt"], secret["signing"]):
                assert value.encode() not in held
    new = empty_machine(site, tmp_path / "new", request)
    done = manage(new.var, "restore", str(file), **new.given)
    assert (
        done.returncode == 0
        and "keys.json is not there" in done.stderr
        and "erasures.jsonl is not there" in done.stderr
    )
    assert not (new.var / "keys" / "keys.json").exists(), "no other keys were made"


def without_its_end(content: bytes, file: Path) -> bytes:
    """An SQLite database without the last entry of its audit."""
    file.write_bytes(content)
    with closing(sqlite3.connect(file)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)")
        connection.commit()
    return file.read_bytes()


def test_an_audit_that_lost_its_end_is_named(site: Kept, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The head of the audit stands in the back-up; a database in it that ends before is not the one that was saved."""
    file = site.backup()
    with tarfile.open(file, "r:gz") as old:
        held = {member.name: old.extractfile(member).read() for member in old}  # type: ignore[union-attr]
    listed = json.loads(held["checksums.json"])
    assert len(listed["audit"]) == 64 and listed["written_at"]
    if "database.sqlite3" in held:
        held["database.sqlite3"] = without_its_end(held["database.sqlite3"], tmp_path / "forged.sqlite3")
        listed["files"]["database.sqlite3"] = hashlib.sha256(held["database.sqlite3"]).hexdigest()
    else:  # a dump is not written anew here: an entry that it never had stands for one that it lost
        listed["audit"] = "ab" * 32
    held["checksums.json"] = json.dumps(listed).encode()
    with tarfile.open(file, "w:gz") as new:
        for name, content in held.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            new.addfile(info, io.BytesIO(content))
    done = manage(tmp_path / "var", "restore", str(file), **site.given)
    assert done.returncode == 1 and "entries at the end were removed" in done.stderr


def test_a_full_disk_leaves_no_half_back_up(site: Kept) -> None:
    """The limit of a file's size stands for the disk: what is written beyond it fails as on a full one."""
    said = []
    for limit in (20_000, 300_000, 700_000):
        done = subprocess.run(
            [sys.executable, "-m", "orientalis_site", "backup", str(site.backups)],
            cwd=site.var,
            env=environment(site.var, **site.given),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            preexec_fn=lambda limit=limit: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),  # type: ignore[misc]
        )
        if done.returncode != 0:
            assert done.returncode == 2 and "Traceback" not in done.stderr, (limit, done.stderr)
            assert list(site.backups.iterdir()) == [], limit
            said.append(done.stderr)
    assert said and all(one.strip() for one in said)
    assert site.backup().stat().st_size > 20_000


def test_a_site_whose_keys_are_gone_does_not_start_with_new_ones(site: Kept) -> None:
    file = site.var / "keys" / "keys.json"
    file.unlink()
    site.given["PORT"] = str(free_port())
    said = site.refused("serve")
    assert str(file) in said and "bring back its copy" in said and not file.exists()
