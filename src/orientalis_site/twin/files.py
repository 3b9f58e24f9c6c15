"""Files of a bundle, by its hash: only what the manifest names, whole or in parts."""

from __future__ import annotations

import hashlib
import re

from django.http import HttpRequest, HttpResponse

from orientalis.evidence import Bundle, BundleError, open_bundle
from orientalis.evidence.bundle import MANIFEST
from orientalis_site.kit.errors import Refusal, answer
from orientalis_site.kit.page_cache import entity_tag
from orientalis_site.publications.models import Publication
from orientalis_site.publications.shelf import current, is_hash, pack, shelf

FOREVER = "public, max-age=31536000, immutable"
TYPES = {
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".toml": "text/plain; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".png": "image/png",
}
_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


def serve(request: HttpRequest, bundle_hash: str, path: str) -> HttpResponse:
    """A file of a bundle. 404: there never was one; 410: it was published here and is gone or no longer whole."""
    bundle = find(bundle_hash)
    if path != MANIFEST and path not in bundle.files:
        raise Refusal(404)
    try:
        content = (bundle.folder / MANIFEST).read_bytes() if path == MANIFEST else bundle.read(path)
    except (BundleError, OSError):
        raise Refusal(410) from None
    if path == MANIFEST and hashlib.sha256(content).hexdigest() != bundle.hash:
        raise Refusal(410)
    ending = path[path.rfind(".") :]
    response = answer_file(request, content, TYPES.get(ending, "application/octet-stream"))
    if path.startswith("downloads/"):
        response.headers["Content-Disposition"] = f'attachment; filename="{path.rsplit("/", 1)[-1]}"'
    response.is_kept = response.status_code == 200  # type: ignore[attr-defined]
    return response


def whole(request: HttpRequest, bundle_hash: str) -> HttpResponse:
    """All files of a bundle as one archive."""
    folder = find(bundle_hash).folder
    place = folder.with_suffix(".zip")
    if not place.is_file():
        try:
            open_bundle(folder)
        except BundleError:
            raise Refusal(410) from None
        pack(folder)
    response = answer_file(request, place.read_bytes(), "application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="orientalis-{bundle_hash[:10]}.zip"'
    return response


def answer_file(request: HttpRequest, content: bytes, media_type: str) -> HttpResponse:
    """Bytes that never change, whole or in parts; any page of the web may read them."""
    tag = entity_tag(content)
    response = part(request, content, tag)
    if response.status_code == 416:
        return response
    response.headers["Content-Type"] = media_type
    response.headers["Cache-Control"] = FOREVER
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["ETag"] = tag
    return response


def find(bundle_hash: str) -> Bundle:
    """The bundle of this hash: the one that is shown, or an earlier one that is still on the shelf."""
    shown = current.bundle()
    if bundle_hash == shown.hash:
        return shown
    if not is_hash(bundle_hash):
        raise Refusal(404)
    if (shelf() / bundle_hash).is_dir():
        try:
            found = open_bundle(shelf() / bundle_hash)
        except BundleError:
            raise Refusal(410) from None
        if found.hash == bundle_hash:
            return found
    raise Refusal(410 if Publication.objects.filter(bundle_hash=bundle_hash).exists() else 404)


def part(request: HttpRequest, content: bytes, tag: str) -> HttpResponse:
    """The content, or the one part of it that a Range header asks for, unless his parts are of another file."""
    asked = request.headers.get("Range", "")
    match = _RANGE.fullmatch(asked.strip())
    if not match or match[1] + match[2] == "" or request.headers.get("If-Range", tag) != tag:
        return HttpResponse(content)
    size = len(content)
    first = int(match[1]) if match[1] else max(0, size - int(match[2]))
    last = min(size - 1, int(match[2])) if match[1] and match[2] else size - 1
    if first >= size or last < first:
        refused = answer(request, Refusal(416))
        refused.headers["Content-Range"] = f"bytes */{size}"
        return refused
    response = HttpResponse(content[first : last + 1], status=206)
    response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response
