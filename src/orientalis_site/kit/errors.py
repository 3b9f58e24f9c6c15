"""Refusals: one shape for programs, one page for people, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, override

from orientalis_site.kit import languages

WORDS: dict[int, tuple[str, Promise | str]] = {
    400: ("bad_request", gettext_lazy("This address cannot be read.")),
    403: ("forbidden", gettext_lazy("This form was sent from another site. Please fill it in here.")),
    404: ("not_found", gettext_lazy("There is no page at this address.")),
    405: ("method_not_allowed", gettext_lazy("This page can only be read.")),
    410: ("gone", gettext_lazy("This was here once and is no longer shown.")),
    413: ("too_large", gettext_lazy("This request is too long to be read.")),
    416: ("range_not_satisfiable", gettext_lazy("The file has no such part.")),
    500: ("our_fault", gettext_lazy("Something went wrong on our side.")),
    503: ("not_ready", gettext_lazy("The evidence is not loaded yet. Please try again in a minute.")),
}


class Refusal(Exception):
    """An answer that is not the page: status, a code for programs, words for people, and what would have been right."""

    def __init__(
        self, status: int, code: str | None = None, message: Promise | str | None = None, expected: Sequence[str] = ()
    ) -> None:
        super().__init__(status, code)
        self.status = status
        self.code = code or WORDS[status][0]
        self.message = message or WORDS[status][1]
        self.expected = tuple(expected)


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal as JSON for a program's address, else as a page."""
    language = languages.of_path(request.path)
    with override(language):
        if is_for_programs(request.path):
            response: HttpResponse = JsonResponse({"error": shape(refusal)}, status=refusal.status)
            response.headers["Access-Control-Allow-Origin"] = "*"
        else:
            context = {"refusal": refusal, "language": language, "phrase": HTTPStatus(refusal.status).phrase}
            response = render(request, "site/error.html", context, status=refusal.status)
    # Only what is wrong with the address itself may be kept on the way.
    response.headers["Cache-Control"] = "public, max-age=30" if refusal.status in (404, 410) else "no-store"
    if refusal.status == 405:
        response.headers["Allow"] = "GET, HEAD"
    return response


def shape(refusal: Refusal) -> dict[str, Any]:
    """The one shape of an error: status, code, message, expected."""
    return {
        "status": refusal.status,
        "code": refusal.code,
        "message": gettext(str(refusal.message)) if isinstance(refusal.message, str) else str(refusal.message),
        "expected": list(refusal.expected),
    }


def is_for_programs(path: str) -> bool:
    """Whether an address is a twin or a file of data."""
    return path.endswith((".json", ".csv", ".atom")) or path.startswith("/bundle/")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 400: a forged host, a broken header."""
    return answer(request, Refusal(400))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 404."""
    return answer(request, Refusal(404))


def our_fault(request: HttpRequest) -> HttpResponse:
    """Django's 500."""
    return answer(request, Refusal(500))
