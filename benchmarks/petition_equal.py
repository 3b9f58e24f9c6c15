"""Whether the time of an answer tells who has signed: forms of new and of known addresses, in pairs."""

from __future__ import annotations

import http.client
import random
import secrets
import statistics
import time
from math import sqrt
from urllib.parse import urlencode

from benchmarks import proxy
from benchmarks.petition_stage import PAGE, Stage
from benchmarks.site import head, row


def show(stage: Stage, pairs: int) -> None:
    """Each pair is a new address and one that has signed, in an order that chance decides, on one line."""
    line = http.client.HTTPConnection("127.0.0.1", stage.server.port, timeout=30)
    known = [secrets.token_hex(8) for _ in range(pairs)]
    for each in known:
        seconds(line, each)
    found: dict[str, list[float]] = {"new": [], "known": []}
    for each in known:
        order = [("new", secrets.token_hex(8)), ("known", each)]
        random.shuffle(order)
        for kind, name in order:
            found[kind].append(seconds(line, name))
    differences = sorted(1000 * (new - old) for new, old in zip(found["new"], found["known"], strict=True))
    print(f"\n### Whether time tells who has signed: {pairs} pairs of forms, one after another on one line\n")
    head("pairs", "new address: median, ms", "known address: median, ms", "difference, ms", "95 %, from", "to")
    medians = [f"{1000 * statistics.median(found[kind]):.2f}" for kind in ("new", "known")]
    low, high = interval(differences)
    row(pairs, *medians, f"{statistics.median(differences):+.2f}", f"{low:+.2f}", f"{high:+.2f}")


def seconds(line: http.client.HTTPConnection, name: str) -> float:
    """How long the answer to a form takes. RuntimeError when it is none."""
    form = urlencode({"name": "Anna", "email": f"{name}@example.org", "country": "NL"})
    headers = {"Host": proxy.NAME, "Content-Type": "application/x-www-form-urlencoded"}
    place = f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(256)}"
    start = time.perf_counter()
    line.request("POST", f"{PAGE}sign/", form, {**headers, "X-Forwarded-For": place})
    answer = line.getresponse()
    answer.read()
    taken = time.perf_counter() - start
    if answer.status != 200:
        raise RuntimeError(f"a form was answered with {answer.status}")
    return taken


def interval(values: list[float]) -> tuple[float, float]:
    """Where the median of what they were drawn from lies, with 95 %: by the ranks of sorted values."""
    half = 1.96 * sqrt(len(values)) / 2
    middle = len(values) / 2
    return values[max(0, int(middle - half))], values[min(len(values) - 1, int(middle + half))]
