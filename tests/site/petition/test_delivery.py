"""A delivery is made once, whole, unchanged afterwards, and holds nothing that its signers did not agree to show."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import stat
import subprocess
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from orientalis.evidence import safe_cell
from orientalis_site.audit.chain import faults
from orientalis_site.audit.models import Entry
from orientalis_site.delivery import handing_over, keeping, place
from orientalis_site.delivery.handing_over import deliver
from orientalis_site.delivery.models import Delivery
from orientalis_site.delivery.signatures import cell, write_signatures
from orientalis_site.kit.keys import keys
from orientalis_site.mail.kinds import Purpose
from orientalis_site.mail.models import Letter
from orientalis_site.mail.registry import KINDS
from orientalis_site.petition.acts import erase, invalidate, reinstate, withdraw
from orientalis_site.petition.models import Office, Petition, Signature
from orientalis_site.petition.signing import LIVE
from orientalis_site.petition.states import NotAllowed, State, hide, unhide
from orientalis_site.staff import retention
from tests.site.petition.delivered import FOUNDING, START, closed, petition, sign

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keys(inside: Client, settings: Any, tmp_path: Path) -> None:
    settings.KEYS = tmp_path / "keys"
    settings.TOMBSTONES = tmp_path / "erasures.jsonl"


def files(made: Delivery) -> dict[str, bytes]:
    folder = place.folder(made.petition.slug, made.hash)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_it_is_whole_and_recorded_in_one_go() -> None:
    held = closed()
    Office.objects.create(
        petition=held, target="primorye", email_sealed=keys().seal("office@example.org"), language="ru"
    )
    made = deliver(held, "user:7")
    assert held.state == State.DELIVERED and held.delivered_at == made.made_at
    content = files(made)
    names = {f"dossier-{language}.pdf" for language in ("en", "ru", "zh-hans")}
    assert set(content) == names | {"signatures.csv", "petition.json", "manifest.json", "signature.json"}
    assert hashlib.sha256(content["manifest.json"]).hexdigest() == made.hash
    assert content["manifest.json"].decode() == made.manifest
    manifest = json.loads(made.manifest)
    assert manifest["counts"] == {
        "confirmed": 78, "counted_elsewhere": 0, "counted_source": "", "supporters": held.supporters,
    }  # fmt: skip
    assert len(rows(content["signatures.csv"])) == 78
    with zipfile.ZipFile(place.whole(held.slug, made.hash)) as archive:
        assert {name.partition("/")[2]: archive.read(name) for name in archive.namelist()} == content
    folder = place.folder(held.slug, made.hash)
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o444 for path in folder.iterdir())
    assert {one.target for one in held.offices.all()} == {"russia-nature", "primorye", "china-forestry"}
    assert all(office.delivered_at == made.made_at for office in held.offices.all())
    assert list(Entry.objects.values_list("action", flat=True))[-2:] == ["to_delivered", "deliver"]
    assert Entry.objects.last().details["hash"] == made.hash and not faults()
    letters = list(Letter.objects.filter(kind="office"))
    assert [(one.language, keys().open(one.to_sealed)) for one in letters] == [("ru", "office@example.org")]
    assert Letter.objects.filter(kind="delivered").count() == 78, "all of them agreed to news"


def test_the_letter_to_an_office_asks_for_its_link() -> None:
    held = closed()
    office = Office.objects.create(petition=held, target="primorye", email_sealed=keys().seal("office@example.org"))
    deliver(held, "program")
    letter = Letter.objects.select_related("petition__current").get(kind="office")
    need = KINDS[letter.kind].need(letter, START)
    assert need is not None and need.office == office and list(need.purposes) == [Purpose.ANSWER]
    hide(held, "user:1")
    letter.petition.refresh_from_db()
    assert KINDS[letter.kind].need(letter, START) is None


def test_only_a_closed_petition_and_only_once() -> None:
    held = petition()
    with pytest.raises(NotAllowed, match="is open"):
        deliver(held, "program")
    founding = closed(FOUNDING)
    made = deliver(founding, "program")
    manifest = json.loads(made.manifest)
    assert manifest["counts"]["supporters"] == 1870 and manifest["counts"]["confirmed"] == 0
    with pytest.raises(NotAllowed, match="is delivered"):
        deliver(founding, "program")
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize("step", ["dossier", "sign", "settle", "append", "tell"])
def test_an_interruption_leaves_nothing_half_and_the_next_try_finishes(
    step: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    held = closed()
    module = place if step == "settle" else handing_over
    right = getattr(module, step)

    def breaks(*arguments: Any, **more: Any) -> Any:
        if step == "settle":
            right(*arguments, **more)
        raise KeyboardInterrupt

    entries = Entry.objects.count()
    letters = Letter.objects.exclude(kind="closed")  # of the closing itself, which was before
    with monkeypatch.context() as patch:
        patch.setattr(module, step, breaks)
        with pytest.raises(KeyboardInterrupt):
            deliver(held, "program")
    held.refresh_from_db()
    assert held.state == State.CLOSED and not Delivery.objects.exists() and not letters.exists()
    assert Entry.objects.count() == entries and not held.offices.exists()
    made = deliver(held, "program")
    left = {path.name for path in place.home(held.slug).iterdir()}
    assert left == {place.LOCK, made.hash, f"{made.hash}.zip"}


def test_the_same_moment_gives_the_same_delivery(settings: Any, tmp_path: Path) -> None:
    held = closed()
    folders = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        handing_over.write(held, folder, START)
        folders.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert folders[0] == folders[1]


def test_names_only_where_agreed_and_no_address_anywhere(tmp_path: Path) -> None:
    held = closed()
    sign(held, "Agreed Shown", shown=True, mail="agreed.shown@secret-mailbox.example")
    sign(held, "Kept Hidden", shown=False, mail="kept.hidden@secret-mailbox.example")
    made = deliver(held, "program")
    for name, content in files(made).items():
        if name.endswith(".pdf"):
            (tmp_path / name).write_bytes(content)
            run = subprocess.run(["pdftotext", str(tmp_path / name), "-"], capture_output=True, check=True)
            content += run.stdout
        assert b"secret-mailbox" not in content and b"Kept Hidden" not in content, name
        assert (b"Agreed Shown" in content) == (name == "signatures.csv"), name
        for signature in Signature.objects.all():
            assert signature.email_key.encode() not in content and str(signature.uid).encode() not in content


def test_nobody_is_found_by_a_country_from_which_few_signed() -> None:
    held = petition()
    for number in range(5):
        sign(held, f"Hidden {number}", "DE", shown=False)
    sign(held, "Hidden Alone", "VA", shown=False)
    sign(held, "Shown Alone", "MC", shown=True)
    file = io.StringIO()
    tally = write_signatures(file, held)
    assert [row["country"] for row in rows(file.getvalue().encode())] == ["DE"] * 5 + ["", "MC"]
    assert tally.countries == {"DE": 5, "VA": 1, "MC": 1}


def test_only_confirmed_signatures_are_handed_over() -> None:
    held = closed()
    out = list(Signature.objects.filter(petition=held)[:3])
    withdraw(out[0])
    invalidate(out[1], "user:1", "a robot")
    erase(out[2])
    Signature.objects.filter(pk=Signature.objects.last().pk).update(state=LIVE[0])
    made = deliver(held, "program")
    manifest = json.loads(made.manifest)
    assert manifest["counts"]["confirmed"] == 74 == len(rows(files(made)["signatures.csv"]))


NASTY = [
    "=1+1", "+1", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "＋1", "－1", "＠1", "\u202e=1", "\u200f=1",
    "=cmd|'/c calc'!A0", "\x00=1", "\u2028=1",
]  # fmt: skip


@pytest.mark.parametrize("name", NASTY)
def test_no_cell_is_a_formula(name: str) -> None:
    assert cell(name).startswith("'")
    held = petition()
    sign(held, name)
    file = io.StringIO()
    write_signatures(file, held)
    (row,) = rows(file.getvalue().encode())
    assert row["name"].startswith("'") and "\n" not in row["name"]


@pytest.mark.parametrize(
    "name", ["O'Brien", "Łukasz", "Мария", "王", 'A "B", C', "<script>alert(1)</script>", "Ann-Marie"]
)
def test_names_of_all_kinds_come_through(name: str) -> None:
    held = petition()
    sign(held, name)
    file = io.StringIO()
    write_signatures(file, held)
    (row,) = rows(file.getvalue().encode())
    assert row["name"] == name == safe_cell(name)
    assert row["text_hash"] == held.current.text_hash and row["confirmed_on"] == "2026-03-01" and row["number"] == "1"


def test_the_list_takes_no_more_memory_for_more_rows(tmp_path: Path) -> None:
    held = petition()

    def fill(count: int, first: int) -> None:
        Signature.objects.bulk_create(
            [
                Signature(
                    petition=held, version=held.current, state="confirmed", name=f"Signer {place}", country="DE",
                    show_name=True, language="en", email_key=f"{place}", pepper=1, created_at=START, confirmed_at=START,
                )
                for place in range(first, first + count)
            ],
            batch_size=500,
        )  # fmt: skip

    def peak() -> int:
        tracemalloc.start()
        with (tmp_path / "list.csv").open("w", encoding="utf-8", newline="") as file:
            write_signatures(file, held)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    fill(4_000, 0)
    peak()
    small = peak()
    fill(26_000, 4_000)
    large = peak()
    assert (tmp_path / "list.csv").read_text().count("\n") == 30_001
    assert large < 1.5 * small, (small, large)


def test_the_list_is_withheld_once_a_name_is_taken_back(inside: Client) -> None:
    held = closed()
    made = deliver(held, "program")
    base = f"/en/petitions/{held.slug}/delivery/"
    listed, whole = f"{base}{made.hash}/signatures.csv", f"{base}{made.hash}/petition-{held.slug}.zip"
    assert inside.get(listed).status_code == inside.get(whole).status_code == 200
    unnamed = Signature.objects.filter(petition=held, show_name=False).first()
    assert unnamed is not None and withdraw(unnamed)
    assert inside.get(listed).status_code == 200, "nobody's name is shown against his will"
    named = Signature.objects.filter(petition=held, show_name=True).first()
    assert named is not None and erase(named)
    assert inside.get(listed).status_code == inside.get(whole).status_code == 410
    assert inside.get(f"{base}{made.hash}/dossier-en.pdf").status_code == 200
    page = inside.get(base).content.decode()
    assert "signatures.csv" not in page and "has taken it back" in page
    assert retention.due()["lists_removed"] == 1
    assert [retention.purge()["lists_removed"] for _ in range(2)] == [1, 0]
    assert "signatures.csv" not in files(made) and not place.whole(held.slug, made.hash).exists()


def test_who_is_put_back_does_not_stand_in_for_who_took_a_name_back(inside: Client) -> None:
    held = closed()
    out, named = Signature.objects.filter(petition=held, show_name=True)[:2]
    assert invalidate(out, "user:1", "a robot")
    made = deliver(held, "program")
    assert reinstate(out, "user:1", "second thought") and not keeping.is_withheld(made)
    assert withdraw(named)
    assert keeping.is_withheld(made)


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    held = closed()
    with pytest.raises(CommandError, match="there is no petition 'nothing'; there are: .*save-the-amur-leopard"):
        call_command("deliver", "nothing")
    call_command("deliver", held.slug)
    assert "save-the-amur-leopard is delivered: " in capsys.readouterr().out
    with pytest.raises(CommandError, match="only a closed petition"):
        call_command("deliver", held.slug)


def test_a_hidden_petition_is_gone_everywhere(inside: Client) -> None:
    held = closed()
    made = deliver(held, "program")
    base = f"/en/petitions/{held.slug}/"
    paths = [f"{base}delivery/", f"{base}dossier.pdf", f"{base}delivery/{made.hash}/petition-{held.slug}.zip"]
    paths += [f"{base}delivery/{made.hash}/{name}" for name in files(made)]
    for path in paths:
        assert inside.get(path).status_code in (200, 302), path
    hide(held, "user:1")
    fresh = Client(headers={"host": "localhost"})  # the first keeps the page for some seconds
    for path in paths:
        assert fresh.get(path).status_code == 410, path
    assert Petition.objects.get(pk=held.pk).state == State.HIDDEN
    unhide(held, "user:1")
    assert inside.get(paths[-1]).status_code == 200


def test_files_are_those_of_the_manifest_alone(inside: Client) -> None:
    held = closed()
    made = deliver(held, "program")
    base = f"/ru/petitions/{held.slug}/delivery/"
    for name, content in files(made).items():
        answer = inside.get(f"{base}{made.hash}/{name}")
        assert b"".join(answer.streaming_content) == content  # type: ignore[attr-defined]
        assert answer.headers["Content-Length"] == str(len(content)) and answer.headers["ETag"]
        assert ("immutable" in answer.headers["Cache-Control"]) == (name != "signatures.csv")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        head = inside.head(f"{base}{made.hash}/{name}")
        assert head.headers["Content-Length"] == str(len(content)) and not head.content
    for wrong in (f"{made.hash}/.lock", f"{made.hash}/..", f"{made.hash}/keys.json", f"{'0' * 64}/manifest.json"):
        assert inside.get(f"{base}{wrong}").status_code == 404, wrong
    key = inside.get("/petition-key.json").json()
    assert key["public_key"] == json.loads(files(made)["signature.json"])["public_key"]
    assert set(key) == {"algorithm", "public_key", "pem"} and "PRIVATE" not in key["pem"]
