"""One text for one content: canonical JSON and checksums."""

import hashlib
import json
from collections.abc import Mapping


def canonical_json(obj: object) -> str:
    """Return JSON with sorted keys, no spaces, shortest floats.

    ValueError for NaN or infinity, TypeError for other types. Tuples are lists; −0.0 is 0.0; keys are strings.
    """
    return json.dumps(_plain(obj), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def sha256_hex(content: bytes | str) -> str:
    """Return the SHA-256 of bytes, or of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(content.encode("utf-8") if isinstance(content, str) else content).hexdigest()


def _plain(obj: object) -> object:
    if obj is None or isinstance(obj, (bool, str)):
        return obj
    if isinstance(obj, int):
        return int(obj)
    if isinstance(obj, float):
        return float(obj) + 0.0
    if isinstance(obj, (list, tuple)):
        return [_plain(item) for item in obj]
    if isinstance(obj, Mapping):
        for key in obj:
            if not isinstance(key, str):
                raise TypeError(f"a key of canonical JSON is a string, not {key!r}")
        return {key: _plain(item) for key, item in obj.items()}
    raise TypeError(f"no canonical JSON for {type(obj).__name__}")
