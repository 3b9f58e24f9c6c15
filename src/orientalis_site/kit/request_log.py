"""A line a request: what was asked for, what came of it, how long it took. Not who asked."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from orientalis_site.kit.logs import METHODS, route

logger = logging.getLogger("orientalis.request")


class RequestLog:
    """Writes a line a request where lines are for programs; where they are for people, none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.is_whole = settings.LOG_FORMAT == "json"

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on, and write."""
        began = perf_counter()
        response = self.get_response(request)
        if self.is_whole and logger.isEnabledFor(logging.INFO):
            method = request.method if request.method in METHODS else "other"
            held = {
                "method": method,
                "route": route(request),
                "status": response.status_code,
                "ms": round((perf_counter() - began) * 1000, 1),
            }
            logger.info("%s %s", method, held["route"], extra=held)
        return response
