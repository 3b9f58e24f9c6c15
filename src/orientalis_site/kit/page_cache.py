"""Pages in memory: a bundle does not change, so a page of it is drawn once, and packed once.

A page of what does change says for how many seconds it may be kept (`kept_seconds`). One that is too old is still shown
while another is drawn, and when the database does not answer.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from orientalis_site.publications.shelf import NoBundle, current

ROOM = 64 * 1024 * 1024
"""Bytes that all kept answers of a process may take together."""
LARGEST = 4 * 1024 * 1024
KEPT_SECONDS = 60
STALE_SECONDS = 600
"""For how long a page that changes may be shown beyond its time, while no other can be drawn."""
OPTIONS = ("scenario", "year")
"""The keys of a query that change a page. No other counts, so that nobody fills the memory with made-up ones."""
PACKED = (
    "text/",
    "application/json",
    "image/svg+xml",
    "application/xml",
    "application/atom+xml",
    "application/geo+json",
)


Key = tuple[str, str, tuple[tuple[str, str], ...]]
"""The bundle, the path, and the options that change a page."""


@dataclass(frozen=True)
class Entry:
    """An answer as it goes out: headers, the plain body and, where it is smaller, the packed one."""

    headers: tuple[tuple[str, str], ...]
    tag: str
    plain: bytes
    packed: bytes | None
    until: float | None = None

    @property
    def is_fresh(self) -> bool:
        """Whether it may be shown without asking the view."""
        return self.until is None or monotonic() < self.until

    @property
    def is_too_old(self) -> bool:
        """Whether it may not even stand in for a page that cannot be drawn: it may have been hidden since."""
        return self.until is not None and monotonic() > self.until + STALE_SECONDS

    @property
    def size(self) -> int:
        """The bytes it takes."""
        return len(self.plain) + len(self.packed or b"")

    def response(self, request: HttpRequest) -> HttpResponse:
        """The answer for this reader: 304 if he has it, packed if he takes it."""
        headers = dict(self.headers)
        is_packed = self.packed is not None and takes_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        if is_packed:  # other bytes, another tag: a part of one never completes the other
            headers["ETag"] = f'{self.tag[:-1]}-gzip"'
        known = request.META.get("HTTP_IF_NONE_MATCH", "")
        if headers["ETag"] in known or known.strip() == "*":
            response = HttpResponse(status=304, headers=headers)
            del response.headers["Content-Type"]
            return response
        body = self.packed if is_packed and self.packed is not None else self.plain
        if is_packed:
            headers["Content-Encoding"] = "gzip"
        headers["Content-Length"] = str(len(body))
        return HttpResponse(body, headers=headers)


class Turn:
    """The wait for a page that is being drawn. `is_for_each`: it is not kept, so that nobody need wait for another."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.is_for_each = False


class PageCache:
    """Keeps what a view marks with `is_kept`, for as long as the bundle stays; the oldest makes room.

    What many ask for at once is built once: the others wait for the first.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.entries: OrderedDict[Key, Entry] = OrderedDict()
        self.bundle_hash = ""
        self.size = 0
        self.lock = Lock()
        self.building: dict[Key, Turn] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from memory, else ask the view and keep its answer."""
        request.get_host()  # a forged host is refused, kept page or not
        if request.path_info.startswith("/staff/"):
            return self.get_response(request)
        shown = self._follow_the_bundle()
        key = (shown, request.path_info, known_options(request.META.get("QUERY_STRING", "")))
        entry = self.entries.get(key)
        is_part, is_form = "HTTP_RANGE" in request.META, request.method == "POST"
        if is_form:
            return self.get_response(request)
        if entry is not None and entry.is_fresh and not is_part:
            return entry.response(request)
        if entry is not None and entry.is_too_old:
            self._drop(key)
            entry = None
        with self.lock:
            turn = self.building.setdefault(key, Turn())
        if not turn.lock.acquire(blocking=entry is None or is_part):
            assert entry is not None  # another draws it anew meanwhile
            return entry.response(request)
        try:
            if not turn.is_for_each:
                return self._build(request, key, turn)
        finally:
            turn.lock.release()
            self.building.pop(key, None)
        return self.get_response(request)

    def _build(self, request: HttpRequest, key: Key, turn: Turn) -> HttpResponseBase:
        """Ask the view, unless another has while this one waited for its turn."""
        entry = self.entries.get(key)
        if entry is None or not entry.is_fresh or "HTTP_RANGE" in request.META:
            response = self.get_response(request)
            if response.status_code == 503 and entry is not None:
                return entry.response(request)
            if entry is not None and response.status_code != 200:
                self._drop(key)
            if not getattr(response, "is_kept", False) or not isinstance(response, HttpResponse):
                turn.is_for_each = True
                return response
            entry = make(response)
            is_made_up = bool(key[2]) and not getattr(response, "takes_options", False)
            if entry.size <= LARGEST and response.status_code == 200 and not is_made_up:
                self._keep(key, entry)
        return entry.response(request)

    def _follow_the_bundle(self) -> str:
        """The hash of the bundle that is shown; what was kept of another is forgotten."""
        try:
            found = current.bundle().hash
        except NoBundle:
            found = ""
        if found != self.bundle_hash:
            with self.lock:
                self.entries.clear()
                self.size = 0
                self.bundle_hash = found
        return found

    def _drop(self, key: Key) -> None:
        with self.lock:
            old = self.entries.pop(key, None)
            self.size -= old.size if old else 0

    def _keep(self, key: Key, entry: Entry) -> None:
        with self.lock:
            if key[0] != self.bundle_hash:  # it was built while the bundle changed
                return
            old = self.entries.pop(key, None)
            self.entries[key] = entry
            self.size += entry.size - (old.size if old else 0)
            while self.size > ROOM:
                self.size -= self.entries.popitem(last=False)[1].size


def takes_gzip(header: str) -> bool:
    """Whether a reader's Accept-Encoding names gzip and does not refuse it."""
    for part in header.lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def known_options(query: str) -> tuple[tuple[str, str], ...]:
    """The part of a query that changes a page, the last value of each key, as the views read it."""
    held = dict(parse_qsl(query, keep_blank_values=True)) if query else {}
    return tuple((name, held[name]) for name in OPTIONS if name in held)


def entity_tag(content: bytes) -> str:
    """The tag by which a reader knows that he has these bytes."""
    return f'"{hashlib.sha256(content).hexdigest()[:24]}"'


def make(response: HttpResponse) -> Entry:
    """An entry of a view's answer; its seconds of life in caches on the way are set here unless the view has said."""
    body = bytes(response.content)
    tag = entity_tag(body)
    is_text = response.headers.get("Content-Type", "").startswith(PACKED)
    packed = gzip.compress(body, 9, mtime=0) if is_text and len(body) > 500 else None
    if packed is not None:
        patch_vary_headers(response, ["Accept-Encoding"])
    response.headers["ETag"] = tag
    seconds = getattr(response, "kept_seconds", None)
    later = "stale-while-revalidate=600" if seconds is None else "stale-if-error=600"
    response.headers.setdefault("Cache-Control", f"public, max-age={seconds or KEPT_SECONDS}, {later}")
    until = None if seconds is None else monotonic() + seconds
    return Entry(tuple(response.headers.items()), tag, body, packed, until)
