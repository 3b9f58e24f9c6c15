"""The gate: what cannot be a request of a reader is refused before anything is looked up."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from orientalis_site.kit.errors import Refusal, answer
from orientalis_site.kit.postgresql.lines import lines
from orientalis_site.kit.posting import OTHER_RULES, is_foreign, is_unreadable, is_utf8, may_post
from orientalis_site.publications.shelf import NoBundle

logger = logging.getLogger(__name__)
LONGEST_QUERY = 1000
LARGEST_BODY = 64 * 1024
METHODS = ("GET", "HEAD")
LARGEST_STAFF_BODY = 1024 * 1024
"""A petition's text in all languages, each letter of it written as up to nine (assumed)."""


class Guard:
    """Refuses other methods, long queries and bodies, forms of other sites, NUL and what is not UTF-8.

    Forms are let through to the views that take them. Refusals become answers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Check, pass on, and leave the body out for HEAD."""
        refusal = fault(request)
        response = answer(request, refusal) if refusal else self.get_response(request)
        lines.release()
        if isinstance(response, HttpResponse) and response.status_code != 304:
            response.headers.setdefault("Content-Length", str(len(response.content)))
            if request.method == "HEAD":
                response.content = b""
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal of a view; anything else is our fault and goes on."""
        if isinstance(exception, Refusal):
            return answer(request, exception)
        if isinstance(exception, NoBundle):
            return answer(request, Refusal(503))
        if isinstance(exception, DatabaseError):
            logger.error("the database does not answer: %s", type(exception).__name__)
            words = _("This was not recorded: please try again in a few minutes.") if request.method == "POST" else None
            return answer(request, Refusal(503, "not_recorded" if words else None, words))
        return None


def fault(request: HttpRequest) -> Refusal | None:
    """What is wrong with a request, None if nothing is."""
    if request.method not in METHODS and not (request.method == "POST" and may_post(request)):
        return Refusal(405)
    if "HTTP_HOST" not in request.META:
        return Refusal(400)
    query = request.META.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY:
        return Refusal(413)
    length = request.META.get("CONTENT_LENGTH") or "0"
    most = LARGEST_STAFF_BODY if request.path_info.startswith(OTHER_RULES) else LARGEST_BODY
    if length.isdigit() and int(length) > most:
        return Refusal(413)
    # Django writes bytes of a path that are not UTF-8 as per cent codes again, and no address of ours has any.
    if "\0" in request.path_info or "%" in request.path_info:
        return Refusal(400)
    plain = unquote_to_bytes(query) if query else b""
    if b"\0" in plain or not is_utf8(plain):
        return Refusal(400)
    return form_fault(request) if request.method == "POST" else None


def form_fault(request: HttpRequest) -> Refusal | None:
    """What is wrong with a form, None if nothing is."""
    if is_foreign(request):
        return Refusal(403, "foreign_form")
    try:
        return Refusal(400, "bad_form", _("This form cannot be read.")) if is_unreadable(request) else None
    except (SuspiciousOperation, MultiPartParserError, UnicodeError, OSError):  # too many fields, a broken boundary
        return Refusal(400, "bad_form", _("This form cannot be read."))
