"""`orientalis verify-petition` finds every change of a delivery, and says which."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from orientalis.cli.main import run
from tests.site.evidence import SHIPPED, copied, rewrite
from tests.site.petition.delivered import folder_of_delivery
from tests.site.server import ROOT


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("delivery")


@pytest.fixture
def original(once: Path, db: None) -> Path:
    """A delivery, made by the first test that asks."""
    if not (once / "delivery").exists():
        with folder_of_delivery(once):
            pass
    return once / "delivery"


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    """A copy that may be changed."""
    copy = tmp_path / "delivery"
    shutil.copytree(original, copy)
    for path in copy.iterdir():
        path.chmod(0o644)
    return copy


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Run the command; its status and all it printed."""

    def run_it(*arguments: object) -> tuple[int, str]:
        status = run(["verify-petition", *map(str, arguments)])
        printed = capsys.readouterr()
        return status, printed.out + printed.err

    return run_it


Check = Callable[..., tuple[int, str]]


def key_of(folder: Path) -> str:
    return str(json.loads((folder / "signature.json").read_text())["public_key"])


def written(held: Any) -> bytes:
    return (json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


def forge(folder: Path, change: Callable[[dict[str, Any]], None], key: Ed25519PrivateKey | None = None) -> None:
    """Change the manifest, put the checksums of its files right, and sign with another key where one is given."""
    manifest = json.loads((folder / "manifest.json").read_text())
    change(manifest)
    for file in manifest["files"]:
        content = (folder / file["path"]).read_bytes() if (folder / file["path"]).exists() else b""
        file.update(size=len(content), sha256=hashlib.sha256(content).hexdigest())
    content = written(manifest)
    (folder / "manifest.json").write_bytes(content)
    if key is not None:
        signature = json.loads((folder / "signature.json").read_text())
        public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
        signature.update(signature=key.sign(content).hex(), public_key=public)
        (folder / "signature.json").write_bytes(written(signature))


def zipped(folder: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, f"petition/{path.name}")
    return target


def test_a_whole_delivery_holds_as_folder_and_as_zip(original: Path, check: Check) -> None:
    key = key_of(original)
    for place in (original, original.with_suffix(".zip")):
        status, said = check(place, "--key", key, "--bundle", SHIPPED)
        assert status == 0, said
        assert "is whole: save-the-amur-leopard" in said and "78 rows" in said and "those of the bundle" in said
        status, said = check(place)
        assert status == 0 and "compare it with http://localhost:8000/petition-key.json" in said


def test_json_for_programs(original: Path, folder: Path, check: Check) -> None:
    status, said = check(original, "--json")
    held = json.loads(said)
    assert status == 0 and held["is_whole"] and held["counts"]["supporters"] == 78 and not held["faults"]
    (folder / "dossier-ru.pdf").unlink()
    status, said = check(folder, "--json")
    assert status == 1 and not json.loads(said)["is_whole"] and "dossier-ru.pdf is missing" in said


def test_it_runs_without_the_site(original: Path) -> None:
    code = (
        "import sys; from orientalis.cli.main import run; "
        f"status = run(['verify-petition', {str(original)!r}]); "
        "assert not any(name.startswith(('orientalis_site', 'django')) for name in sys.modules); sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "src", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "name", ["dossier-en.pdf", "dossier-ru.pdf", "dossier-zh-hans.pdf", "petition.json", "signatures.csv"]
)
@pytest.mark.parametrize("where", [0.0, 0.5, 1.0])
def test_one_byte_of_a_file(folder: Path, check: Check, name: str, where: float) -> None:
    content = bytearray((folder / name).read_bytes())
    content[int(where * (len(content) - 1))] ^= 1
    (folder / name).write_bytes(bytes(content))
    status, said = check(folder)
    assert status == 1 and f"{name} was changed: its SHA-256" in said


def test_one_byte_of_the_manifest(folder: Path, check: Check) -> None:
    text = (folder / "manifest.json").read_text()
    (folder / "manifest.json").write_text(text.replace('"confirmed":78', '"confirmed":79', 1))
    status, said = check(folder)
    assert status == 1 and "manifest or signature was changed" in said


def test_the_signature_itself(folder: Path, check: Check) -> None:
    held = json.loads((folder / "signature.json").read_text())
    held["signature"] = held["signature"][:-1] + ("0" if held["signature"][-1] != "0" else "1")
    (folder / "signature.json").write_bytes(written(held))
    status, said = check(folder)
    assert status == 1 and "manifest or signature was changed" in said


@pytest.mark.parametrize("kind", ["removed", "added", "twice", "truncated", "another text"])
def test_rows_under_a_forged_manifest(folder: Path, check: Check, kind: str) -> None:
    """Whoever changes the list and signs anew is found by the rows, and by the key."""
    file = folder / "signatures.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = {
        "removed": lines[:-1],
        "added": [*lines, lines[-1].replace("78,", "79,", 1)],
        "twice": [*lines[:5], lines[4], *lines[6:]],
        "truncated": [*lines[:-1], lines[-1][:30]],
        "another text": [*lines[:-1], lines[-1].strip()[:-4] + "0000\n"],
    }[kind]
    file.write_text("".join(changed), encoding="utf-8")
    other = Ed25519PrivateKey.generate()
    true_key = key_of(folder)
    forge(folder, lambda manifest: None, other)
    status, said = check(folder)
    assert status == 1 and "signatures.csv" in said and "manifest or signature" not in said
    status, said = check(folder, "--key", true_key)
    assert status == 1 and "not the one you gave" in said and "manifest or signature was changed" in said


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda held: held["counts"].update(supporters=1000), "1000 supporters are not 0 counted elsewhere and 78"),
        (lambda held: held["counts"].update(confirmed=79, supporters=79), "78 of its versions"),
        (lambda held: held["versions"][0].update(confirmed=77), "77 of its versions"),
        (lambda held: held["versions"][0].update(text_hash="0" * 64), "do not say the same"),
        (lambda held: held.update(bundle_hash="0" * 64), "do not say the same"),
        (lambda held: held.update(delivered_at="2026-01-01T00:00:00Z"), "do not say the same"),
        (lambda held: held["files"].pop(0), "though the manifest does not name it"),
        (lambda held: held["files"].append(dict(held["files"][0])), "names a file twice"),
    ],
)
def test_counts_and_hashes_under_a_forged_manifest(
    folder: Path, check: Check, change: Callable[[dict[str, Any]], None], words: str
) -> None:
    forge(folder, change, Ed25519PrivateKey.generate())
    status, said = check(folder)
    assert status == 1 and words in said


def test_a_manifest_that_another_key_signed(folder: Path, check: Check) -> None:
    key = key_of(folder)
    forge(folder, lambda manifest: None, Ed25519PrivateKey.generate())
    assert check(folder)[0] == 0, "without a key nobody can tell; the command says so"
    status, said = check(folder, "--key", key)
    assert status == 1 and "not the one you gave" in said


@pytest.mark.parametrize("part", ["text", "evidence"])
def test_text_and_evidence_are_hashed_again(folder: Path, check: Check, part: str) -> None:
    held = json.loads((folder / "petition.json").read_text(encoding="utf-8"))
    if part == "text":
        held["versions"][0]["text"]["demands"][0]["title"]["en"] = "Something else"
    else:
        held["versions"][0]["evidence"]["findings"][0]["finding"]["value"] = 0.5
    (folder / "petition.json").write_bytes(written(held))
    forge(folder, lambda manifest: None, Ed25519PrivateKey.generate())
    status, said = check(folder)
    assert status == 1 and f"The {part} of version 1 has the SHA-256" in said


def test_figures_are_compared_with_their_bundle(original: Path, folder: Path, tmp_path: Path, check: Check) -> None:
    other = copied(tmp_path / "other")
    rewrite(other, "findings.json", lambda held: [{**one, "n": one["n"] + 1} for one in held])
    status, said = check(original, "--bundle", other)
    assert status == 1 and "The bundle that you gave has the hash" in said
    # A forger who makes evidence name his bundle is found by the figures in it.
    petition = json.loads((folder / "petition.json").read_text(encoding="utf-8"))
    version = petition["versions"][0]
    changed = version["evidence"]["findings"][0]
    changed["finding"]["value"] = 0.5
    content = json.dumps(version["evidence"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    version["evidence_hash"] = hashlib.sha256(content.encode()).hexdigest()
    (folder / "petition.json").write_bytes(written(petition))
    forge(
        folder,
        lambda held: held["versions"][0].update(evidence_hash=version["evidence_hash"]),
        Ed25519PrivateKey.generate(),
    )
    assert check(folder)[0] == 0
    status, said = check(folder, "--bundle", SHIPPED)
    assert status == 1 and changed["id"] in said
    assert check(original, "--bundle", tmp_path / "nothing")[0] == 2


def test_a_file_added_or_missing(folder: Path, check: Check) -> None:
    (folder / "more.txt").write_text("more")
    (folder / "deep").mkdir()
    (folder / "deep" / "er.txt").write_text("more")
    status, said = check(folder)
    assert status == 1 and "'more.txt' lies there" in said and "'deep/er.txt' lies there" in said
    shutil.rmtree(folder / "deep")
    (folder / "more.txt").unlink()
    for name in ("signatures.csv", "petition.json"):
        (folder / name).rename(folder.parent / name)
        status, said = check(folder)
        assert status == 1 and f"{name} is missing" in said
        (folder.parent / name).rename(folder / name)


def test_a_file_cut_short(folder: Path, check: Check) -> None:
    content = (folder / "dossier-en.pdf").read_bytes()
    (folder / "dossier-en.pdf").write_bytes(content[:-1])
    status, said = check(folder)
    assert status == 1 and f"{len(content) - 1} bytes where {len(content)}" in said


def test_zip_files_that_would_harm(folder: Path, tmp_path: Path, check: Check) -> None:
    for name in ("../outside.txt", "/etc/outside.txt", "petition/../../outside.txt", "..\\outside.txt", "C:/outside"):
        archive = zipped(folder, tmp_path / "bad.zip")
        with zipfile.ZipFile(archive, "a") as opened:
            opened.writestr(name, "outside")
        status, said = check(archive)
        assert status == 2 and "a place outside itself" in said, name
    archive = zipped(folder, tmp_path / "link.zip")
    with zipfile.ZipFile(archive, "a") as opened:
        link = zipfile.ZipInfo("petition/link")
        link.external_attr = 0o120777 << 16
        opened.writestr(link, "/etc/passwd")
    assert check(archive)[0] == 2
    archive = zipped(folder, tmp_path / "twice.zip")
    with zipfile.ZipFile(archive, "a") as opened, pytest.warns(UserWarning):
        opened.writestr("petition/manifest.json", "{}")
    status, said = check(archive)
    assert status == 2 and "twice" in said
    assert not (tmp_path / "outside.txt").exists()


def test_a_zip_file_cut_short_or_damaged(folder: Path, tmp_path: Path, check: Check) -> None:
    archive = zipped(folder, tmp_path / "cut.zip")
    content = archive.read_bytes()
    archive.write_bytes(content[: len(content) // 2])
    status, said = check(archive)
    assert status == 2 and "no whole zip file" in said
    damaged = bytearray(content)
    damaged[200:260] = bytes(60)
    archive.write_bytes(bytes(damaged))
    assert check(archive)[0] in (1, 2)


def test_a_link_in_the_folder(folder: Path, check: Check) -> None:
    (folder / "link.pdf").symlink_to("/etc/hostname")
    status, said = check(folder)
    assert status == 2 and "no links" in said


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"format":[1,0]}', b'{"format":[2,0]}', b'{"format":[1,1]}', b"[" * 9999],
)
def test_what_is_no_manifest(folder: Path, check: Check, content: bytes) -> None:
    (folder / "manifest.json").write_bytes(content)
    status, said = check(folder)
    assert status == 2 and said.startswith("Error: ") and "Traceback" not in said and "our fault" not in said


def test_what_is_no_delivery(tmp_path: Path, check: Check) -> None:
    (tmp_path / "text").write_text("text")
    for place in (tmp_path / "nothing", tmp_path / "text", tmp_path):
        status, said = check(place)
        assert status == 2 and "our fault" not in said, said


def test_keys_in_every_form_and_none(original: Path, tmp_path: Path, check: Check) -> None:
    signature = json.loads((original / "signature.json").read_text())
    (tmp_path / "key.pem").write_text(signature["pem"])
    (tmp_path / "key.json").write_text(json.dumps({"public_key": signature["public_key"]}))
    for key in (signature["public_key"].upper(), tmp_path / "key.pem", tmp_path / "key.json"):
        assert check(original, "--key", key)[0] == 0
    for key in ("", "abc", "0" * 63, tmp_path, "x" * 5000):
        status, said = check(original, "--key", key)
        assert status == 2 and "no Ed25519 public key" in said
