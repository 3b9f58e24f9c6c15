"""Secrets and signatures as standardwebhooks.com has them: HMAC-SHA256 over `id.time.body`, in base 64."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

PREFIX = "whsec_"


def new_secret() -> str:
    """A secret of 32 random bytes."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def headers(secret: str, uid: str, seconds: int, body: bytes) -> dict[str, str]:
    """The headers of a message. `seconds`: the time of the attempt since 1970."""
    return {
        "webhook-id": uid,
        "webhook-timestamp": str(seconds),
        "webhook-signature": f"v1,{sign(secret, uid, seconds, body)}",
        "content-type": "application/json",
        "user-agent": "Orientalis-webhooks/1",
    }


def sign(secret: str, uid: str, seconds: int, body: bytes) -> str:
    """The signature in base 64."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(key, f"{uid}.{seconds}.".encode() + body, hashlib.sha256).digest()).decode()
