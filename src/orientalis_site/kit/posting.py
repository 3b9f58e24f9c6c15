"""Which views take a form, and which requests to them are no reader's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve

View = TypeVar("View", bound=Callable[..., Any])
OTHER_RULES = ("/staff/",)
"""Where Django's own protections rule: the pages of the staff."""


def takes_posts(view: View) -> View:
    """Mark a view that takes a form."""
    view.takes_posts = True  # type: ignore[attr-defined]
    return view


def capability(view: View) -> View:
    """Mark a view whose address is itself the right to act: no other site can know it, so none is kept out."""
    view.is_capability = True  # type: ignore[attr-defined]
    return takes_posts(view)


def may_post(request: HttpRequest) -> bool:
    """Whether there is a view at this address that takes forms."""
    return request.path_info.startswith(OTHER_RULES) or bool(getattr(_view(request), "takes_posts", False))


def is_foreign(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of another site.

    Browsers say where a form comes from (Sec-Fetch-Site, else Origin), and no page can make them lie. A request that
    says neither is no browser's, and carries nothing of a reader: there are no cookies on these pages.
    """
    if request.path_info.startswith(OTHER_RULES) or getattr(_view(request), "is_capability", False):
        return False
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.get_host()


def is_unreadable(request: HttpRequest) -> bool:
    """Whether a form holds what is no text: NUL, or bytes that are not UTF-8."""
    if request.path_info.startswith(OTHER_RULES):
        return False
    if request.content_type not in ("application/x-www-form-urlencoded", "multipart/form-data", ""):
        return not getattr(_view(request), "takes_any_body", False)
    if request.content_type != "multipart/form-data" and not is_utf8(request.body):
        return True  # Django would read it as Latin-1
    fields = [text for key, values in request.POST.lists() for text in (key, *values)]
    return bool(request.FILES) or any("\0" in text or "\ufffd" in text for text in fields)


def is_utf8(content: bytes) -> bool:
    """Whether bytes are text."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _view(request: HttpRequest) -> Any:
    try:
        return resolve(request.path_info).func
    except Resolver404:
        return None
