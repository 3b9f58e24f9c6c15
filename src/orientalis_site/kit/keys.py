"""The site's keys, apart from database and back-ups: one file in a folder of its own, made at first use.

`peppers` key the hashes of e-mail addresses, `email` seals the addresses themselves, `salt` keys hashes of client
addresses, `signing` signs manifests. Versions are numbers; the highest is used, the one before it still read.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

FILE = "keys.json"
CHECKED_PEPPERS = 2
"""How many versions of the pepper are looked for: the present one and, during a rotation, the one before."""


@dataclass(frozen=True)
class Keys:
    """What the file holds."""

    peppers: dict[int, bytes]
    email: dict[int, bytes]
    salt: bytes
    signing: bytes

    def keyed(self, text: str) -> list[tuple[int, str]]:
        """(version, HMAC-SHA256 in hex) of a text under the peppers that are checked, the present one first."""
        newest = sorted(self.peppers, reverse=True)[:CHECKED_PEPPERS]
        return [(version, _hmac(self.peppers[version], text)) for version in newest]

    def seal(self, text: str) -> str:
        """A text that only the holder of the keys reads."""
        return self._fernet().encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """The text of a sealed one. ValueError where it was sealed with other keys."""
        try:
            return self._fernet().decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise ValueError("it was sealed with keys that are not in the file of keys") from None

    def salted(self, text: str) -> str:
        """HMAC-SHA256 in hex under the salt."""
        return _hmac(self.salt, text)

    def signer(self) -> Ed25519PrivateKey:
        """The key that signs manifests."""
        return Ed25519PrivateKey.from_private_bytes(self.signing)

    def _fernet(self) -> MultiFernet:
        return MultiFernet([Fernet(self.email[version]) for version in sorted(self.email, reverse=True)])


def keys() -> Keys:
    """The keys of the settings' folder; they are made where there are none yet."""
    return _read(Path(settings.KEYS) / FILE)


@lru_cache(maxsize=4)
def _read(file: Path) -> Keys:
    if not file.exists():
        make(file)
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
        return Keys(
            peppers={int(version): bytes.fromhex(value) for version, value in held["peppers"].items()},
            email={int(version): value.encode() for version, value in held["email"].items()},
            salt=bytes.fromhex(held["salt"]),
            signing=base64.b64decode(held["signing"]),
        )
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise ImproperlyConfigured(f"ORIENTALIS_KEYS: {file} cannot be read: {error!r}; bring back its copy.") from None


def make(file: Path) -> None:
    """Make a file of keys, readable by its owner alone. One that is there stays as it is, whoever made it."""
    held = {
        "peppers": {"1": secrets.token_hex(32)},
        "email": {"1": Fernet.generate_key().decode()},
        "salt": secrets.token_hex(32),
        "signing": base64.b64encode(secrets.token_bytes(32)).decode(),
    }
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f".{FILE}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as text:
        json.dump(held, text, indent=1)
        text.flush()
        os.fsync(text.fileno())
    try:
        os.link(draft, file)  # fails where another process was first
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _hmac(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
