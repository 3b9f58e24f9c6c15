"""The records of a delivery, as they stand in its JSON files. Frozen; unknown keys are errors."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

FORMAT = (1, 0)
"""Major and minor version. Another major one, and a newer minor one, are refused."""
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,120}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[-a-zA-Z0-9_]{1,80}$")]
Whole = Annotated[int, Field(ge=0)]
Instant = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]


class Record(BaseModel):
    """Frozen, and nothing besides."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class File(Record):
    """A file: its name, size in bytes, checksum and media type."""

    path: Name
    size: Whole
    sha256: Hash
    type: str


class Counts(Record):
    """`supporters` is the sum of `counted_elsewhere` and `confirmed`."""

    supporters: Whole
    counted_elsewhere: Whole
    counted_source: str
    confirmed: Whole


class Signed(Record):
    """A version of the text with its evidence, and how many signed it."""

    number: Annotated[int, Field(ge=1)]
    text_hash: Hash
    evidence_hash: Hash
    bundle_hash: Hash
    confirmed: Whole


class Manifest(Record):
    """`manifest.json`."""

    format: tuple[int, int] = Field(strict=False)
    kind: Literal["orientalis-petition-delivery"]
    petition: Slug
    site: str
    program: str
    state: Literal["delivered"]
    delivered_at: Instant
    counts: Counts
    versions: tuple[Signed, ...] = Field(strict=False)
    current: Annotated[int, Field(ge=1)]
    bundle_hash: Hash
    offices: tuple[str, ...] = Field(strict=False)
    files: tuple[File, ...] = Field(strict=False)


class Version(Signed):
    """A version in `petition.json`: with its text and evidence."""

    published_at: Instant | None
    text: dict[str, Any]
    evidence: dict[str, Any]


class Petition(Record):
    """`petition.json`."""

    petition: Slug
    opened_at: Instant | None
    closed_at: Instant | None
    delivered_at: Instant
    counts: Counts
    current: int
    versions: tuple[Version, ...] = Field(strict=False)


class Signature(Record):
    """`signature.json`: over the bytes of the manifest. Numbers of the key and the signature are in hex."""

    algorithm: Literal["Ed25519"]
    signs: Literal["manifest.json"]
    public_key: Hash
    pem: str
    signature: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]
