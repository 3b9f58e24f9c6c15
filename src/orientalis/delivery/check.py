"""Every check of a delivery. All of them run, so that the report names all that is wrong, not the first thing."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from orientalis.delivery.key import is_signed_by, read_key
from orientalis.delivery.opening import Delivery, DeliveryError, open_delivery
from orientalis.delivery.records import FORMAT, Manifest, Petition, Signature, Version
from orientalis.evidence import Bundle, open_bundle

MANIFEST, SIGNATURE, PETITION, SIGNATURES = "manifest.json", "signature.json", "petition.json", "signatures.csv"
NEEDED = (PETITION, SIGNATURES)
COLUMNS = ["number", "confirmed_on", "country", "name", "version", "text_hash"]
PIECE = 1 << 20
Item = TypeVar("Item", bound=BaseModel)


@dataclass
class Report:
    """What was checked: `held` says what is right, `faults` what is wrong, each in a sentence."""

    manifest: Manifest
    key: str
    is_key_given: bool
    hash: str
    held: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def say(self, is_right: bool, right: str, wrong: str) -> bool:
        """Note the outcome of a check."""
        if is_right:
            self.held.append(right)
        else:
            self.faults.append(wrong)
        return is_right


def verify(path: Path, key: str | None = None, bundle: Path | None = None) -> Report:
    """Check a delivery. DeliveryError where it cannot be read as one; BundleError where `bundle` is not whole."""
    delivery = open_delivery(path)
    content = delivery.read(MANIFEST)
    manifest = _manifest(content, delivery)
    signature = _record(Signature, delivery.read(SIGNATURE), SIGNATURE, delivery)
    wanted = read_key(key) if key is not None else signature.public_key
    report = Report(manifest, signature.public_key, key is not None, hashlib.sha256(content).hexdigest())
    _check_signature(report, content, signature, wanted)
    whole = _check_files(report, delivery)
    _check_counts(report)
    if PETITION in whole:
        try:
            petition = _record(Petition, delivery.read(PETITION), PETITION, delivery)
        except DeliveryError as error:
            report.faults.append(str(error))
        else:
            _check_petition(report, petition)
            if bundle is not None:
                _check_bundle(report, petition, open_bundle(bundle))
    if SIGNATURES in whole:
        _check_rows(report, delivery)
    return report


def _manifest(content: bytes, delivery: Delivery) -> Manifest:
    held = _json(content, MANIFEST, delivery)
    found = held.get("format") if isinstance(held, dict) else None
    is_ours = isinstance(found, list) and len(found) == 2 and all(type(part) is int for part in found)
    if not isinstance(found, list) or not is_ours or found[0] != FORMAT[0] or not 0 <= found[1] <= FORMAT[1]:
        raise DeliveryError(
            "this delivery has a format that this version of Orientalis cannot read",
            file=delivery.path,
            key="format",
            value=found,
            expected=f"{FORMAT[0]}.0 to {FORMAT[0]}.{FORMAT[1]}",
        )
    return _record(Manifest, content, MANIFEST, delivery)


def _json(content: bytes, name: str, delivery: Delivery) -> Any:
    try:
        return json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise DeliveryError(f"{name} is not JSON in UTF-8: {error}", file=delivery.path) from None


def _record(kind: type[Item], content: bytes, name: str, delivery: Delivery) -> Item:
    try:
        return kind.model_validate(_json(content, name, delivery))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise DeliveryError(f"{name} is wrong: {first['msg']}", file=delivery.path, key=key) from None


def _check_signature(report: Report, content: bytes, signature: Signature, wanted: str) -> None:
    if report.is_key_given:
        report.say(
            signature.public_key == wanted,
            "The key beside the manifest is the one you gave.",
            f"The key beside the manifest is {signature.public_key}, not the one you gave, {wanted}.",
        )
    report.say(
        is_signed_by(wanted, bytes.fromhex(signature.signature), content),
        f"The manifest is signed with the key {wanted}.",
        f"The manifest is not what was signed with the key {wanted}: manifest or signature was changed.",
    )


def _check_files(report: Report, delivery: Delivery) -> set[str]:
    """Every file is there, as the manifest says, and none besides; the names of those that are whole."""
    named = {file.path: file for file in report.manifest.files}
    report.say(
        len(named) == len(report.manifest.files) and not {MANIFEST, SIGNATURE} & set(named),
        "The manifest names each file once.",
        "The manifest names a file twice, or itself.",
    )
    for name in NEEDED:
        if name not in named:
            report.faults.append(f"The manifest names no {name}.")
    for name in sorted(set(delivery.sizes) - set(named) - {MANIFEST, SIGNATURE}):
        report.faults.append(f"{name!r} lies there though the manifest does not name it.")
    whole = set()
    for name, file in named.items():
        if name not in delivery.sizes:
            report.faults.append(f"{name} is missing.")
        elif delivery.sizes[name] != file.size:
            report.faults.append(
                f"{name} was changed: it has {delivery.sizes[name]} bytes where {file.size} were handed over."
            )
        elif (found := _digest(delivery, name)) != file.sha256:
            report.faults.append(f"{name} was changed: its SHA-256 is {found or 'not to be had'}, not {file.sha256}.")
        else:
            whole.add(name)
    if len(whole) == len(named):
        report.held.append(f"All {len(named)} files have the size and the SHA-256 that the manifest says.")
    return whole


def _digest(delivery: Delivery, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with delivery.open(name) as file:
            while piece := file.read(PIECE):
                digest.update(piece)
    except (OSError, zipfile.BadZipFile, EOFError, ValueError):
        return ""
    return digest.hexdigest()


def _check_counts(report: Report) -> None:
    counts, versions = report.manifest.counts, report.manifest.versions
    report.say(
        counts.supporters == counts.counted_elsewhere + counts.confirmed,
        f"{counts.supporters} supporters are {counts.counted_elsewhere} counted elsewhere and {counts.confirmed} "
        "confirmed.",
        f"The manifest's {counts.supporters} supporters are not {counts.counted_elsewhere} counted elsewhere and "
        f"{counts.confirmed} confirmed.",
    )
    by_version = sum(one.confirmed for one in versions)
    report.say(
        by_version == counts.confirmed,
        f"The {counts.confirmed} confirmed signatures are those of its versions.",
        f"The manifest says {counts.confirmed} confirmed signatures, and {by_version} of its versions.",
    )


def _check_petition(report: Report, petition: Petition) -> None:
    """Text and evidence hash to what the manifest says, and both files say the same."""
    manifest = report.manifest
    for one in petition.versions:
        for what, content, said in (("text", one.text, one.text_hash), ("evidence", one.evidence, one.evidence_hash)):
            found = hashlib.sha256(canonical(content).encode()).hexdigest()
            report.say(
                found == said,
                f"The {what} of version {one.number} has the SHA-256 {said}.",
                f"The {what} of version {one.number} has the SHA-256 {found}, not {said}.",
            )
        report.say(
            one.evidence.get("bundle") == one.bundle_hash,
            f"The evidence of version {one.number} names the bundle {one.bundle_hash[:10]}.",
            f"The evidence of version {one.number} names another bundle than {one.bundle_hash[:10]}.",
        )
    listed = [{name: getattr(one, name) for name in type(one).model_fields} for one in manifest.versions]
    told = [{name: getattr(one, name) for name in listed[0]} if listed else {} for one in petition.versions]
    same = (manifest.petition, manifest.counts, manifest.delivered_at, manifest.current)
    other = (petition.petition, petition.counts, petition.delivered_at, petition.current)
    current = [one.bundle_hash for one in manifest.versions if one.number == manifest.current]
    report.say(
        listed == told and same == other and current == [manifest.bundle_hash],
        "Manifest and petition.json say the same.",
        "Manifest and petition.json do not say the same of versions, counts or time.",
    )


def _check_bundle(report: Report, petition: Petition, bundle: Bundle) -> None:
    """The figures that a version cites are those of the bundle."""
    ours = [one for one in petition.versions if one.bundle_hash == bundle.hash]
    if not ours:
        wanted = ", ".join(sorted({one.bundle_hash for one in petition.versions}))
        report.faults.append(f"The bundle that you gave has the hash {bundle.hash}; the figures come from {wanted}.")
    for one in ours:
        wrong = _other_figures(one, bundle)
        report.say(
            not wrong,
            f"The figures that version {one.number} cites are those of the bundle.",
            f"These figures of version {one.number} are not those of the bundle: {', '.join(wrong)}.",
        )


def _other_figures(version: Version, bundle: Bundle) -> list[str]:
    wrong = []
    for held in version.evidence.get("findings", []):
        identifier = str(held.get("id")) if isinstance(held, dict) else "?"
        finding = bundle.findings.get(identifier)
        if finding is None or not isinstance(held, dict) or held.get("finding") != finding.model_dump(mode="json"):
            wrong.append(identifier)
    return wrong


def _check_rows(report: Report, delivery: Delivery) -> None:
    """The rows are as many as the manifest says, numbered from one, each with the hash of its version's text."""
    texts = {str(one.number): one.text_hash for one in report.manifest.versions}
    found: Counter[str] = Counter()
    wrong = 0
    try:
        with delivery.open(SIGNATURES) as file, io.TextIOWrapper(file, encoding="utf-8", newline="") as text:
            rows = csv.reader(text, strict=True)
            if next(rows, None) != COLUMNS:
                report.faults.append(f"{SIGNATURES} has other columns than {', '.join(COLUMNS)}.")
                return
            for number, row in enumerate(rows, start=1):
                is_right = len(row) == len(COLUMNS) and row[0] == str(number) and texts.get(row[4]) == row[5]
                wrong += not is_right
                found[row[4] if len(row) == len(COLUMNS) else ""] += 1
    except (csv.Error, UnicodeDecodeError, OSError, zipfile.BadZipFile) as error:
        report.faults.append(f"{SIGNATURES} cannot be read: {error}.")
        return
    said = {str(one.number): one.confirmed for one in report.manifest.versions if one.confirmed}
    total = sum(found.values())
    report.say(
        total == report.manifest.counts.confirmed and dict(found) == said,
        f"{SIGNATURES} has {total} rows, as many as were confirmed, of each version as many as were counted.",
        f"{SIGNATURES} has {total} rows where {report.manifest.counts.confirmed} were confirmed, or of another "
        "version.",
    )
    report.say(
        not wrong,
        "Each row is numbered and names the text that was signed.",
        f"{wrong} rows of {SIGNATURES} are out of number or name no text that was signed.",
    )


def canonical(held: Any) -> str:
    """The JSON that is hashed: sorted keys, no spaces, letters as they are."""
    return json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
