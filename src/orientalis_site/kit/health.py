"""Whether the process lives, and whether it can serve: for the machine that watches it."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from orientalis_site.publications.shelf import NoBundle, current


def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return plain({"status": "ok"}, 200)


def readyz(request: HttpRequest) -> JsonResponse:
    """A bundle is loaded, the database answers and its tables are up to date; 503 and what is missing otherwise."""
    checks = {"bundle": has_bundle(), "database": has_database()}
    is_ready = all(value == "ok" for value in checks.values())
    return plain({"status": "ok" if is_ready else "not ready", **checks}, 200 if is_ready else 503)


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


def plain(content: dict[str, str], status: int) -> JsonResponse:
    """Never kept by anybody."""
    response = JsonResponse(content, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
