"""A raster as a small PNG in a data address, for the image mark of a map."""

from __future__ import annotations

import base64
import struct
import zlib

import numpy as np
from numpy.typing import NDArray


def data_url(pixels: NDArray[np.uint8]) -> str:
    """RGBA pixels [rows, columns, 4], row 0 at the top, as data:image/png;base64,… (PNG, ISO/IEC 15948)."""
    rows, columns, _ = pixels.shape
    lines = np.zeros((rows, columns * 4 + 1), np.uint8)
    lines[:, 1:] = pixels.reshape(rows, -1)
    header = struct.pack(">IIBBBBB", columns, rows, 8, 6, 0, 0, 0)
    content = b"\x89PNG\r\n\x1a\n" + b"".join(
        (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(lines.tobytes(), 9)), _chunk(b"IEND", b""))
    )
    return "data:image/png;base64," + base64.b64encode(content).decode("ascii")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def rgb(colour: str) -> tuple[int, int, int]:
    """The three parts of #RRGGBB."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
