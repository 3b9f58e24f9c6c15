"""The key of a site, and what it signed."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

from orientalis.core.errors import InputError

EXPECTED = "64 hexadecimal digits, or the file petition-key.json of the site"


def read_key(given: str) -> str:
    """A public key in hex, from its hex, its base 64, or a file that holds one of them, PEM, or JSON. InputError."""
    text = given.strip()
    path = Path(text)
    try:
        is_file = len(text) < 4096 and path.is_file()
        if is_file:
            text = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the key cannot be read: {error}", key="--key", expected=EXPECTED) from None
    found = _hex(text)
    if found is None:
        raise InputError("this is no Ed25519 public key", key="--key", value=given, expected=EXPECTED)
    return found


def _hex(text: str) -> str | None:
    if text.startswith("{"):
        try:
            text = str(json.loads(text)["public_key"])
        except (ValueError, KeyError, TypeError):
            return None
    if text.startswith("-----BEGIN PUBLIC KEY-----"):
        body = "".join(line for line in text.splitlines() if not line.startswith("-----"))
        held = _bytes(body)
        return held[-32:].hex() if held is not None and len(held) == 44 else None
    if re.fullmatch(r"[0-9a-fA-F]{64}", text):
        return text.lower()
    held = _bytes(text)
    return held.hex() if held is not None and len(held) == 32 else None


def _bytes(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return None


def is_signed_by(key: str, signature: bytes, content: bytes) -> bool:
    """Whether the holder of this key signed this content."""
    try:  # here, because only this command needs it
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        raise InputError(
            "checking a signature needs the package cryptography", expected="pip install cryptography"
        ) from None
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True
