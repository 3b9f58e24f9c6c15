"""A million signatures on PostgreSQL: what pages, forms, the tick, the table, news and migrations cost then."""

from __future__ import annotations

from functools import partial

from benchmarks.petition_stage import Stage, inside
from benchmarks.site import head, row


def show(stage: Stage, number: int) -> None:
    """Put them in, and measure. The site is ended first: its own tick and sender would take part."""
    stage.server.stop()
    ask = partial(inside, stage.server, script="petition_many.py")
    print(f"\n### {number:,} signatures\n")
    head("what", "seconds", "much")
    put = ask("crowd", str(number))
    row("put in by SQL, with their events", f"{put['seconds']:.1f}", "")
    fold = ask("fold", str(number))
    right = "the count is right" if fold["is_right"] else "THE COUNT IS WRONG"
    much = f"{number / fold['seconds']:,.0f} events/s, {fold['steps']} steps, longest {fold['longest']:.2f} s; {right}"
    row("the tick folds all of them", f"{fold['seconds']:.1f}", much)
    table = ask("csv", str(number))
    row("table of all signatures", f"{table['seconds']:.1f}", f"memory grew by {table['grown_kib'] / 1024:.1f} MiB")
    news = ask("announce", str(number))
    much = f"{news['letters']:,} letters, longest statement {news['longest']:.2f} s"
    row("an update is announced", f"{news['seconds']:.1f}", much)
    for name, seconds in ask("migrate", str(number))["migrations"].items():
        row(f"`migrate`: {name}", f"{seconds:.2f}", "")
    print()
    head("page or form", "median, ms", "questions", "large tables read whole")
    for one in ask("pages", str(number))["pages"]:
        row(f"`{one['name']}`", f"{1000 * one['seconds']:.1f}", one["questions"], ", ".join(one["whole"]) or "none")
