"""What the program writes about itself: lines for people or for programs, and nothing of a reader in them.

No address of the net, no token, no query, no text of an exception (a database's holds values of the row): where it
happened and what kind it was is enough.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve

FIELDS = ("method", "route", "status", "ms")
"""What a record may hold beside its message."""
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})
_HEARD = re.compile(r"ip=\S+")
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def route(request: HttpRequest) -> str:
    """The pattern of an address: it says which page was asked for, and no word of what stood in its place."""
    match = getattr(request, "resolver_match", None)
    if match is None:
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return "-"
    return "/" + str(match.route).lstrip("/")


class Nameless(logging.Filter):
    """Takes out of other programs' records what they say of a reader."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record; it is written in any case."""
        request = getattr(record, "request", None)
        if record.name.startswith("django.request") and isinstance(request, HttpRequest):
            phrase = record.args[0] if isinstance(record.args, tuple) and len(record.args) > 1 else record.levelname
            record.msg, record.args = "%s: %s", (phrase, route(request))
        elif record.name == "gunicorn.error":
            text = str(record.msg)
            if text.startswith("Error handling request"):
                record.msg, record.args = "Error handling a request", ()
            elif "ip=" in record.getMessage():
                record.msg, record.args = _HEARD.split(record.getMessage())[0].rstrip() + " a client", ()
        return True


class Text(logging.Formatter):
    """A line for people."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        """The line, and where it happened."""
        record.exc_text = None
        return super().format(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802 (logging's own name)
        """The places and the kinds, without the words."""
        return trace(ei)

    def formatStack(self, stack_info: str) -> str:  # noqa: N802
        """Nothing: what was called is in the trace."""
        return ""


class Json(Text):
    """A line for programs."""

    def format(self, record: logging.LogRecord) -> str:
        """One object a line."""
        held: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **{name: getattr(record, name) for name in FIELDS if hasattr(record, name)},
        }
        if record.exc_info:
            held["trace"] = trace(record.exc_info)
        return json.dumps(held, ensure_ascii=False, default=str)


def trace(found: Any) -> str:
    """Where an exception came from and of what kind it is, with those behind it; never its words."""
    error = found[1] if isinstance(found, tuple) else found
    lines: list[str] = []
    seen: set[int] = set()
    while isinstance(error, BaseException) and id(error) not in seen:
        seen.add(id(error))
        places = traceback.extract_tb(error.__traceback__)[-12:]
        lines += [f'  File "{one.filename}", line {one.lineno}, in {one.name}' for one in places]
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(["Traceback, the innermost cause last:", *lines])
