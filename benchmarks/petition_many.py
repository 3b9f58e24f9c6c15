"""What very many signatures cost, from within the site. Prints JSON.

    ORIENTALIS_VAR=… ORIENTALIS_DATABASE_URL=… python benchmarks/petition_many.py WHAT NUMBER

WHAT: crowd, fold, pages, csv, announce or migrate.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import secrets
import statistics
import sys
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]
os.environ["DJANGO_SETTINGS_MODULE"] = "orientalis_site.settings"
import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from orientalis_site.delivery.signatures import write_signatures  # noqa: E402
from orientalis_site.kit.page_cache import PageCache  # noqa: E402
from orientalis_site.mail import news  # noqa: E402
from orientalis_site.petition import counting  # noqa: E402
from orientalis_site.petition.management.commands.count_signatures import count  # noqa: E402
from orientalis_site.petition.models import Petition, Signature, Token  # noqa: E402
from orientalis_site.petition.tokens import issue  # noqa: E402
from tests.site.petition.crowd import crowd as many  # noqa: E402
from tests.site.petition.crowd import plan, read_whole  # noqa: E402

SLUG = "save-the-amur-leopard"
PAGE = f"/en/petitions/{SLUG}/"
REPEAT = 20


def petition() -> Petition:
    """The petition that is open."""
    return Petition.objects.select_related("current", "count").get(slug=SLUG)


def timed(deed: Callable[[], Any]) -> tuple[Any, float]:
    """What a deed gave, and its seconds."""
    start = time.perf_counter()
    found = deed()
    return found, time.perf_counter() - start


def crowd(number: str) -> dict[str, Any]:
    """So many confirmed signatures, whose events wait."""
    _, seconds = timed(lambda: many(petition(), int(number)))
    return {"seconds": seconds}


def fold(number: str) -> dict[str, Any]:
    """The tick, until nothing waits."""
    steps = []
    while True:
        folded, seconds = timed(count)
        steps.append(seconds)
        if not folded:
            break
    held = petition()
    return {
        "steps": len(steps),
        "seconds": sum(steps),
        "longest": max(steps),
        "is_right": held.count.confirmed == int(number) and counting.drift(held) == 0,
    }


def pages(number: str) -> dict[str, Any]:
    """Each page and form: median of its seconds, questions, and large tables that one of them reads whole."""
    client = Client(HTTP_HOST="localhost")
    client.get(PAGE)
    cache = next(one for one in gc.get_objects() if type(one) is PageCache)  # Django hides its chain
    found = []
    for path in (PAGE, f"{PAGE}supporters/", f"/en/petitions/{SLUG}.json", f"{PAGE}sign/"):

        def read(path: str = path) -> Any:
            cache.entries.clear()
            return client.get(path)

        found.append(measured(f"GET {path}", read))
    found.append(measured("POST sign/", lambda: client.post(f"{PAGE}sign/", form())))
    links = iter([link() for _ in range(REPEAT + 1)])
    found.append(measured("POST confirm/", lambda: client.post(next(links))))
    return {"pages": found}


def measured(name: str, deed: Callable[[], Any]) -> dict[str, Any]:
    """A request, again and again."""
    with CaptureQueriesContext(connection) as held:
        response = deed()
    if response.status_code != 200:
        raise SystemExit(f"{name}: {response.status_code}")
    words = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    questions = [one["sql"] for one in held.captured_queries if not one["sql"].startswith(words)]
    whole = {table for sql in questions for table in read_whole(plan(sql))}
    large = sorted(whole & {"petition_signature", "petition_event", "mail_letter", "petition_token"})
    seconds = [timed(deed)[1] for _ in range(REPEAT)]
    return {"name": name, "questions": len(questions), "whole": large, "seconds": statistics.median(seconds)}


def form() -> dict[str, str]:
    """A form of somebody new."""
    return {"name": "Anna", "email": f"{secrets.token_hex(8)}@example.org", "country": "FR"}


def link() -> str:
    """A link of somebody who has just signed."""
    ours = petition()
    one = Signature.objects.create(
        petition=ours, version=ours.current, name="Anna", country="FR", language="en", pepper=1,
        email_key=secrets.token_hex(32), created_at=timezone.now(),
    )  # fmt: skip
    purpose = Token.Purpose.CONFIRM
    return f"{PAGE}confirm/{issue({purpose: None}, one)[purpose]}/"


def csv(number: str) -> dict[str, Any]:
    """The table of all signatures: seconds, and by how much the process grew."""

    class Nowhere(StringIO):
        def write(self, text: str) -> int:
            return len(text)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tally, seconds = timed(lambda: write_signatures(Nowhere(), petition()))
    return {
        "rows": tally.confirmed,
        "seconds": seconds,
        "grown_kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before,
    }


def announce(number: str) -> dict[str, Any]:
    """A letter to each who agreed: seconds, letters, and the longest single statement."""
    longest = [0.0]

    def watch(execute: Any, sql: str, params: Any, is_many: bool, context: Any) -> Any:
        found, seconds = timed(lambda: execute(sql, params, is_many, context))
        longest[0] = max(longest[0], seconds)
        return found

    with connection.execute_wrapper(watch):
        written, seconds = timed(lambda: news.announce(petition(), "update", "update:1"))
    return {"letters": written, "seconds": seconds, "longest": longest[0]}


def migrate(number: str) -> dict[str, Any]:
    """The newest migration of each app that has large tables, taken back and brought again; and with nothing to do."""
    found = {}
    for app, before in (("petition", "0002"), ("mail", "0002")):
        call_command("migrate", app, before, verbosity=0, interactive=False)
        _, found[f"the migrations of {app} after {before}"] = timed(again)
    _, found["nothing to do"] = timed(again)
    return {"migrations": found}


def again() -> None:
    """All migrations that are missing."""
    call_command("migrate", verbosity=0, interactive=False)


def main() -> None:
    """Do what was asked for; print what it found."""
    json.dump(globals()[sys.argv[1]](sys.argv[2]), sys.stdout)


if __name__ == "__main__":
    main()
