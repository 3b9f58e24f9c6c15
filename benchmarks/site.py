"""Measure the public site as it is shipped, and print the tables of docs/site/measurements.md: `make bench-site`, or

    python benchmarks/site.py [--quick] [--only start|sizes|pages|loads]

Loads go to the loopback alone. Other work on the machine makes every figure worse; its load is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks import proxy, site_load  # noqa: E402
from tests.site.browser import BROWSER_OPTIONS, BROWSERS, DESK, LANGUAGES, LOCALES, PAGES, PHONE  # noqa: E402
from tests.site.evidence import shipped  # noqa: E402
from tests.site.ports import free_port  # noqa: E402
from tests.site.server import Server, environment  # noqa: E402

PARTS = ("start", "sizes", "pages", "loads")
PRODUCTION = {
    "ORIENTALIS_ENVIRONMENT": "production",
    "ORIENTALIS_SECRET_KEY": "for a measurement on the loopback alone, of nothing secret",
    "ORIENTALIS_ALLOWED_HOSTS": f"{proxy.NAME},127.0.0.1,localhost",
    "ORIENTALIS_SITE_URL": f"https://{proxy.NAME}",
}


class Amounts(NamedTuple):
    """How much is measured."""

    starts: int
    builds: int
    reads: int
    loads: int
    seconds: int


FULL = Amounts(starts=5, builds=30, reads=1000, loads=5, seconds=6)
QUICK = Amounts(starts=1, builds=3, reads=50, loads=1, seconds=1)


def row(*cells: object) -> None:
    """Print a line of a table in Markdown."""
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def head(*cells: str) -> None:
    """Print the head of a table: the first column is text, the others are numbers."""
    row(*cells)
    print("|" + "---|" + "---:|" * (len(cells) - 1))


def numbers_page() -> str:
    """The path of the page of one number."""
    return f"numbers/{next(iter(shipped().findings))}/"


def show_start(amounts: Amounts, folder: Path) -> None:
    """From the command to the first answer that says ready."""
    print("\n### Start of `serve`, once installed\n")
    head("folder of state", "seconds to `/readyz`")
    for words, is_new in (
        ("empty: database, bundle and static files are made", True),
        ("as the last run left it", False),
    ):
        taken = []
        for number in range(amounts.starts):
            server = Server(folder / (f"start-{number}" if is_new else "start-0"))
            start = time.perf_counter()
            server.start()
            taken.append(time.perf_counter() - start)
            server.stop()
        row(words, f"{statistics.median(taken):.2f}")


def show_sizes(amounts: Amounts, folder: Path) -> None:
    """What a browser fetches for the home page before anybody touches it: bytes on the line, headers included."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, BROWSERS)))
    print("\n### Home before anybody touches it, kB on the line, packed, headers included\n")
    head("language, window", "all", "document", "style", "script", "font", "image", "requests")
    server = Server(folder / "sizes").start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=list(BROWSER_OPTIONS))
            for language in LANGUAGES:
                for window, device in (("360 × 740", PHONE), ("1280 × 800", DESK)):
                    context = browser.new_context(locale=LOCALES[language], **device)
                    sizes, count = transfers(context, f"{server.url}/{language}/")
                    context.close()
                    kinds = ("Document", "Stylesheet", "Script", "Font", "Image")
                    other = sum(size for kind, size in sizes.items() if kind not in kinds)
                    cells = [f"{sizes[kind] / 1000:.1f}" for kind in kinds]
                    cells[-1] = f"{(sizes['Image'] + other) / 1000:.1f}"
                    row(f"{language}, {window}", f"{sum(sizes.values()) / 1000:.1f}", *cells, count)
            browser.close()
    finally:
        server.stop()


def transfers(context: Any, url: str) -> tuple[Counter[str], int]:
    """Bytes on the line by kind of resource, and how many requests, of a page that nobody scrolls."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    sizes: Counter[str] = Counter()
    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))

    def add(event: dict[str, Any]) -> None:
        sizes[kinds.get(event["requestId"], "Other")] += round(event["encodedDataLength"])

    session.on("Network.loadingFinished", add)
    session.send("Network.enable")
    page.goto(url, wait_until="networkidle")
    page.wait_for_timeout(500)
    return sizes, len(kinds)


def show_pages(amounts: Amounts, folder: Path) -> None:
    """Each page: built anew inside one process, and read from the server that has kept it."""
    server = Server(folder / "pages").start()
    try:
        slugs = (*PAGES, numbers_page())
        paths = [f"/en/{slug}" for slug in slugs] + ["/ru/", "/zh-hans/", "/en/forecast.json", "/en/forecast.csv"]
        command = [sys.executable, str(ROOT / "benchmarks" / "site_inside.py"), str(amounts.builds), *paths]
        done = subprocess.run(command, env=environment(server.var), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        print("\n### Pages: milliseconds of the server, questions to the database, kB packed\n")
        head("page", "built: median", "p99", "kept: median", "p99", "questions: built", "kept", "kB")
        for found in json.loads(done.stdout):
            built = sorted(found["seconds"])
            site_load.times(server.port, found["path"], 10)  # each worker has kept it
            kept = site_load.times(server.port, found["path"], amounts.reads)
            cells = [f"{1000 * at(each, share):.1f}" for each in (built, kept) for share in (0.5, 0.99)]
            row(f"`{found['path']}`", *cells, *found["queries"], f"{found['bytes'] / 1000:.1f}")
        print(f"\nBuilt {amounts.builds} times, read {amounts.reads} times one after another on one line.")
    finally:
        server.stop()


def at(values: list[float], share: float) -> float:
    """A quantile of sorted values: the one that at least this share does not exceed."""
    return values[min(len(values) - 1, int(share * len(values)))]


def show_loads(amounts: Amounts, folder: Path) -> None:
    """Reads a second with and without the proxy that is shipped."""
    for program in ("wrk", "nginx"):
        if shutil.which(program) is None and shutil.which(program, path="/usr/sbin") is None:
            raise SystemExit(f"there is no {program}: bash tools/install_packages.sh bench")
    server = Server(folder / "loads", **PRODUCTION).start()
    nginx = folder / "nginx"
    nginx.mkdir()
    plain, secure = free_port(), free_port()
    assert server.process is not None
    print("\n### Page reads: `wrk -t1 -c16`, everything on one machine\n")
    head("page, way", "reads/s", "median, ms", "p99, ms", "processor: wrk", "site", "nginx")
    try:
        with proxy.running(nginx, server.port, plain, secure) as front:
            for path in ("/en/", "/zh-hans/forecast/", f"/ru/{numbers_page()}"):
                for words, port, pids in (
                    ("the site alone", server.port, [server.process.pid]),
                    ("nginx with its cache", secure, [server.process.pid, front]),
                ):
                    url = f"http://127.0.0.1:{port}{path}"
                    site_load.wrk(url, 1, pids, proxy.NAME)  # so that the page is kept
                    runs = [site_load.wrk(url, amounts.seconds, pids, proxy.NAME) for _ in range(amounts.loads)]
                    row(f"`{path}`, {words}", *load_cells(runs))
    finally:
        server.stop()
    print(
        f"\nMedians of {amounts.loads} runs of {amounts.seconds} s; shares of the processor time that all three spent."
    )


def load_cells(runs: list[site_load.Load]) -> list[str]:
    """The cells of a load: medians over runs, and shares of processor time over all of them."""
    middle: Callable[[str], float] = lambda name: statistics.median(getattr(run, name) for run in runs)  # noqa: E731
    spent = [sum(run.generator for run in runs), *map(sum, zip(*(run.servers for run in runs), strict=True))]
    shares = [f"{part / sum(spent):.0%}" for part in spent] + ["–"] * (3 - len(spent))
    return [f"{middle('reads'):,.0f}", f"{middle('median'):.1f}", f"{middle('p99'):.1f}", *shares]


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a small version, to see that it works")
    parser.add_argument("--only", choices=PARTS, action="append", help="some parts alone")
    options = parser.parse_args()
    amounts = QUICK if options.quick else FULL
    words = "QUICK: too small to quote; " * options.quick
    print(f"{words}{platform.platform()}; Python {platform.python_version()}; {os.cpu_count()} processors")
    print(f"Load {os.getloadavg()[0]:.1f} before.")
    with tempfile.TemporaryDirectory(prefix="orientalis-bench-site-") as folder:
        for part in PARTS:
            if part in (options.only or PARTS):
                globals()[f"show_{part}"](amounts, Path(folder))
    print(f"\nLoad {os.getloadavg()[0]:.1f} after: other work on the machine makes every figure worse.")


if __name__ == "__main__":
    main()
