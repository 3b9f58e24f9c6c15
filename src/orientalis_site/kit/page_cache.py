"""Pages in memory: a bundle does not change, so a page of it is drawn once, and packed once."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from orientalis_site.publications.shelf import NoBundle, current

ENTRIES = 1500
LARGEST = 512 * 1024
KEPT_SECONDS = 60
PACKED = (
    "text/",
    "application/json",
    "image/svg+xml",
    "application/xml",
    "application/atom+xml",
    "application/geo+json",
)


@dataclass(frozen=True)
class Entry:
    """An answer as it goes out: headers, the plain body and, where it is smaller, the packed one."""

    headers: tuple[tuple[str, str], ...]
    tag: str
    plain: bytes
    packed: bytes | None

    def response(self, request: HttpRequest) -> HttpResponse:
        """The answer for this reader: 304 if he has it, packed if he takes it."""
        headers = dict(self.headers)
        if self.tag in request.META.get("HTTP_IF_NONE_MATCH", ""):
            response = HttpResponse(status=304, headers=headers)
            del response.headers["Content-Type"]
            return response
        is_packed = self.packed is not None and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        body = self.packed if is_packed and self.packed is not None else self.plain
        if is_packed:
            headers["Content-Encoding"] = "gzip"
        headers["Content-Length"] = str(len(body))
        return HttpResponse(body, headers=headers)


class PageCache:
    """Keeps what a view marks with `is_kept`, for as long as the bundle stays; the oldest makes room."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.entries: OrderedDict[tuple[str, str], Entry] = OrderedDict()
        self.bundle_hash = ""
        self.lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from memory, else ask the view and keep its answer."""
        request.get_host()  # a forged host is refused, kept page or not
        self._follow_the_bundle()
        key = (request.path_info, request.META.get("QUERY_STRING", ""))
        entry = self.entries.get(key)
        if entry is None or "HTTP_RANGE" in request.META:
            response = self.get_response(request)
            if not getattr(response, "is_kept", False) or not isinstance(response, HttpResponse):
                return response
            entry = make(response)
            if len(entry.plain) <= LARGEST and response.status_code == 200:
                self._keep(key, entry)
        return entry.response(request)

    def _follow_the_bundle(self) -> None:
        try:
            found = current.bundle().hash
        except NoBundle:
            found = ""
        if found != self.bundle_hash:
            with self.lock:
                self.entries.clear()
                self.bundle_hash = found

    def _keep(self, key: tuple[str, str], entry: Entry) -> None:
        with self.lock:
            self.entries[key] = entry
            while len(self.entries) > ENTRIES:
                self.entries.popitem(last=False)


def make(response: HttpResponse) -> Entry:
    """An entry of a view's answer; its seconds of life in caches on the way are set here unless the view has said."""
    body = bytes(response.content)
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    is_text = response.headers.get("Content-Type", "").startswith(PACKED)
    packed = gzip.compress(body, 9, mtime=0) if is_text and len(body) > 500 else None
    if packed is not None:
        patch_vary_headers(response, ["Accept-Encoding"])
    response.headers["ETag"] = tag
    response.headers.setdefault("Cache-Control", f"public, max-age={KEPT_SECONDS}, stale-while-revalidate=600")
    return Entry(tuple(response.headers.items()), tag, body, packed)
