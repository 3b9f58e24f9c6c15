"""The manifest: every file of a delivery with its SHA-256, what was counted, and the site's signature over it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

import orientalis
from orientalis_site.delivery.tally import Tally
from orientalis_site.kit.keys import keys
from orientalis_site.petition.models import Petition, Version
from orientalis_site.petition.snapshots import text_of
from orientalis_site.petition.texts import canonical

FORMAT = [1, 0]
"""Major and minor version, as `orientalis verify-petition` reads them."""
KIND = "orientalis-petition-delivery"
MANIFEST, SIGNATURE, PETITION, SIGNATURES = "manifest.json", "signature.json", "petition.json", "signatures.csv"
TYPES = {".pdf": "application/pdf", ".csv": "text/csv; charset=utf-8", ".json": "application/json"}


def public_key() -> str:
    """The site's public key for manifests, in hex."""
    return keys().signer().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def public_key_record() -> dict[str, str]:
    """The key as programs read it."""
    pem = keys().signer().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    return {"algorithm": "Ed25519", "public_key": public_key(), "pem": pem}


def sign(content: bytes) -> bytes:
    """The signature of a manifest's bytes, as a file that stands beside it."""
    signature = keys().signer().sign(content).hex()
    return written({"signs": MANIFEST, "signature": signature, **public_key_record()})


def manifest(petition: Petition, versions: Iterable[Version], tally: Tally, moment: datetime, folder: Path) -> bytes:
    """The manifest of the files that lie in a folder."""
    held = {
        "format": FORMAT,
        "kind": KIND,
        "petition": petition.slug,
        "site": settings.SITE_URL,
        "program": orientalis.__version__,
        "state": Petition.State.DELIVERED.value,
        "delivered_at": instant(moment),
        "counts": counts(petition, tally),
        "versions": [hashes(one, tally) for one in versions],
        "current": petition.current.number,
        "bundle_hash": petition.current.bundle_hash,
        "offices": [target.id for target in text_of(petition.current).targets],
        "files": [_file(path) for path in sorted(folder.iterdir())],
    }
    return written(held)


def record(petition: Petition, versions: Iterable[Version], tally: Tally, moment: datetime) -> bytes:
    """`petition.json`: each version's text and evidence as they were hashed, and the counts."""
    held = {
        "petition": petition.slug,
        "opened_at": instant(petition.opened_at),
        "closed_at": instant(petition.closed_at),
        "delivered_at": instant(moment),
        "counts": counts(petition, tally),
        "current": petition.current.number,
        "versions": [
            {
                **hashes(one, tally),
                "published_at": instant(one.published_at),
                "text": json.loads(one.text),
                "evidence": json.loads(one.evidence),
            }
            for one in versions
        ],
    }
    return written(held)


def counts(petition: Petition, tally: Tally) -> dict[str, Any]:
    """What makes the number of supporters."""
    return {
        "supporters": petition.counted_elsewhere + tally.confirmed,
        "counted_elsewhere": petition.counted_elsewhere,
        "counted_source": petition.counted_source,
        "confirmed": tally.confirmed,
    }


def hashes(version: Version, tally: Tally) -> dict[str, Any]:
    """A version and how many signed it."""
    return {
        "number": version.number,
        "text_hash": version.text_hash,
        "evidence_hash": version.evidence_hash,
        "bundle_hash": version.bundle_hash,
        "confirmed": tally.versions[version.number],
    }


def instant(moment: datetime | None) -> str | None:
    """A moment in UTC to the second; None stays None."""
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def written(held: Any) -> bytes:
    """JSON that is the same for the same content."""
    return (canonical(held) + "\n").encode()


def _file(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"path": path.name, "size": path.stat().st_size, "sha256": digest, "type": TYPES[path.suffix]}
