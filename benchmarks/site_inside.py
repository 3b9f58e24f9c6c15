"""What the site does for a page, inside one process: seconds to build it, questions to the database. Prints JSON.

    ORIENTALIS_VAR=… python benchmarks/site_inside.py REPEAT PATH…

The folder must hold a bundle and a database (`serve` makes both). Each page is built anew each time: the kept pages are
thrown away before each request.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time


def main() -> None:
    """Measure each path and print what was found."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "orientalis_site.settings"
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from orientalis_site.kit.page_cache import PageCache

    repeat, paths = int(sys.argv[1]), sys.argv[2:]
    client = Client(HTTP_HOST="localhost", HTTP_ACCEPT_ENCODING="gzip")
    client.get(paths[0])  # loads the chain, the templates and the bundle
    cache = next(one for one in gc.get_objects() if type(one) is PageCache)  # Django hides its chain
    found = []
    for path in paths:
        seconds = []
        for _ in range(repeat):
            cache.entries.clear()
            start = time.perf_counter()
            response = client.get(path)
            seconds.append(time.perf_counter() - start)
            if response.status_code != 200:
                raise SystemExit(f"{path}: {response.status_code}")
        queries = []
        for is_kept in (False, True):
            if not is_kept:
                cache.entries.clear()
            with CaptureQueriesContext(connection) as asked:
                client.get(path)
            queries.append(len(asked))
        found.append({"path": path, "seconds": seconds, "queries": queries, "bytes": len(response.content)})
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
