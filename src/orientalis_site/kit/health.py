"""Whether the process lives, and whether it can serve: for the machine that watches it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from orientalis_site.keeping import lags
from orientalis_site.publications.shelf import NoBundle, current


def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return plain({"status": "ok"}, 200)


def readyz(request: HttpRequest) -> JsonResponse:
    """A bundle is loaded, the database answers and its tables are up to date; 503 and what is missing otherwise.

    Mail, counting and webhooks that are late are named, and take nothing out of service: pages go on being read.
    """
    checks = {"bundle": has_bundle(), "database": has_database()}
    is_ready = all(value == "ok" for value in checks.values())
    late = lags.words() if is_ready else {}
    return plain({"status": "ok" if is_ready else "not ready", **checks, **late}, 200 if is_ready else 503)


def statusz(request: HttpRequest) -> JsonResponse:
    """What waits, and for how long: for the machine that watches the site."""
    return plain(lags.numbers(), 200)


def has_bundle() -> str:
    """ "ok", or what is wrong."""
    try:
        current.bundle()
    except NoBundle:
        return "no bundle is loaded"
    return "ok"


def has_database() -> str:
    """ "ok", or what is wrong."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "the database does not answer"
    return "migrations are waiting" if waiting else "ok"


def plain(content: Mapping[str, object], status: int) -> JsonResponse:
    """Never kept by anybody."""
    response = JsonResponse(dict(content), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
