"""Measure speed and memory, and print the table: `make bench`, or

    python benchmarks/bench.py [--quick] [--repeat 3] [--only workloads|main|first|replicates|animals|shares|threats]

Wall time and memory are those of whole processes started as a user would start them, with the kernels compiled unless
said otherwise. Each speed also stands as a ratio to a plain numba loop (reference_loop.py) on the same machine in the
same minutes. Medians of `--repeat` runs. What the figures mean: docs/benchmarks.md.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from pathlib import Path
from statistics import median_low
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src")]

import measure  # noqa: E402

W1 = ROOT / "examples" / "benchmark_w1.toml"
W2 = ROOT / "examples" / "benchmark_w2.toml"
MAIN = ROOT / "examples" / "amur_leopard.toml"
PARTS = ("workloads", "main", "first", "replicates", "animals", "shares", "threats")


class Amounts(NamedTuple):
    """How much is computed."""

    w1: int
    w2: int
    main: int
    first: int
    ladder: tuple[int, ...]
    founders: int
    share_replicates: int


FULL = Amounts(10_000, 100, 1_000, 256, (125, 250, 500), 150_000, 50)
QUICK = Amounts(1_000, 5, 50, 20, (10, 20, 40), 30_000, 10)


class Bench:
    """The options of this measurement and the folder it may write to."""

    def __init__(self, amounts: Amounts, repeat: int, folder: Path, workers: int) -> None:
        self.amounts = amounts
        self.repeat = repeat
        self.folder = folder
        self.workers = workers
        self.runs = 0
        self.loop_rate = 0.0

    def study(
        self, file: Path, *arguments: str, environment: dict[str, str] | None = None
    ) -> tuple[measure.Cost, Path]:
        """Run a study into a new folder; its cost and the folder."""
        self.runs += 1
        out = self.folder / f"run-{self.runs}"
        command = measure.orientalis("run", str(file), "--out", str(out), "--quiet", *arguments)
        return measure.run(command, environment), out

    def median(self, file: Path, *arguments: str) -> tuple[measure.Cost, Path]:
        """Several runs of a study: the median cost and the last folder."""
        pairs = [self.study(file, *arguments) for _ in range(self.repeat)]
        return measure.middle([cost for cost, _ in pairs]), pairs[-1][1]

    def loop(self, replicates: int, animals: int, capacity: int) -> tuple[measure.Cost, dict[str, float]]:
        """Several runs of the reference loop: the median cost and what it found."""
        command = [sys.executable, str(ROOT / "benchmarks" / "reference_loop.py")]
        command += ["--replicates", str(replicates), "--animals", str(animals), "--capacity", str(capacity)]
        cost = measure.middle([measure.run(command) for _ in range(self.repeat)])
        return cost, json.loads(cost.output.splitlines()[-1])


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a small version, to see that it works")
    parser.add_argument("--repeat", type=int, help="runs of each, of which the median counts (3; quick 1)")
    parser.add_argument("--only", choices=PARTS, action="append", help="some parts alone")
    parser.add_argument("--workers", type=int, default=2, help="worker processes of the main job")
    options = parser.parse_args()
    amounts = QUICK if options.quick else FULL
    repeat = options.repeat or (1 if options.quick else 3)
    parts = options.only or PARTS
    print(f"{platform.platform()}; Python {platform.python_version()}; {os.cpu_count()} processors")
    print(f"load {os.getloadavg()[0]:.1f} before; medians of {repeat}{'; QUICK: too small to quote' * options.quick}\n")
    with tempfile.TemporaryDirectory(prefix="orientalis-bench-") as folder:
        bench = Bench(amounts, repeat, Path(folder), options.workers)
        for part in PARTS:
            if part in parts:
                globals()[f"show_{part}"](bench)
    print(f"load {os.getloadavg()[0]:.1f} after: other work on the machine makes every figure worse")


def row(*cells: object) -> None:
    """Print a line of the table."""
    widths = (34, 12, 14, 12, 12, 12)
    text = [
        str(cell).ljust(width) if n == 0 else str(cell).rjust(width)
        for n, (cell, width) in enumerate(zip(cells, widths, strict=False))
    ]
    print("".join(text).rstrip(), flush=True)


def megabytes(cost: measure.Cost) -> str:
    """The memory of all processes together, or of the largest where no more is known."""
    return f"{cost.together:,.0f}" if cost.together is not None else f"{cost.largest:,.0f}+"


def warm_up(bench: Bench) -> None:
    """Compile what a study needs before it is timed."""
    if bench.runs == 0:
        for file in (W1, MAIN):
            bench.study(file, "--replicates", "2", "--years", "2", "--workers", "1")


def counted(out: Path, scenario: str) -> tuple[int, float, float]:
    """Individual-years of a run (all censuses but the last), the share extinct and the mean final number."""
    from orientalis.store import read

    number = read(out).counts(scenario, "number")
    return int(number[:, :-1].sum()), float((number[:, -1] == 0).mean()), float(number[:, -1].mean())


def show_workloads(bench: Bench) -> None:
    """W1 and W2, whole process, one worker, beside the reference loop."""
    warm_up(bench)
    row("workload (one worker)", "replicates", "ind.-years/s", "wall, s", "MB", "loop = 1")
    for name, file, replicates, size in (
        ("W1", W1, bench.amounts.w1, (80, 150)),
        ("W2", W2, bench.amounts.w2, (8_000, 15_000)),
    ):
        loop, found = bench.loop(replicates, *size)
        rate = found["individual_years"] / loop.wall
        bench.loop_rate = rate
        cost, out = bench.median(file, "--replicates", str(replicates), "--workers", "1")
        years, extinct, final = counted(out, "status_quo")
        row(
            name,
            f"{replicates:,}",
            f"{years / cost.wall:.2e}",
            f"{cost.wall:.1f}",
            megabytes(cost),
            f"{years / cost.wall / rate:.2f}",
        )
        row("  reference loop", f"{replicates:,}", f"{rate:.2e}", f"{loop.wall:.1f}", megabytes(loop), "1.00")
        print(
            f"  extinct {extinct:.4f} (loop {found['extinct']:.4f}), mean final number {final:,.1f} "
            f"(loop {found['mean_final']:,.1f})"
        )
    print("  a right answer: W1 0.0665 and 59.4, W2 0 and 6,740\n")


def show_main(bench: Bench) -> None:
    """The main job's petition_start, as a user runs it."""
    warm_up(bench)
    replicates = bench.amounts.main
    if bench.loop_rate == 0.0:
        loop, found = bench.loop(bench.amounts.w2, 8_000, 15_000)
        bench.loop_rate = found["individual_years"] / loop.wall
    arguments = ["--scenario", "petition_start", "--replicates", str(replicates), "--workers", str(bench.workers)]
    cost, out = bench.median(MAIN, *arguments)
    years, extinct, final = counted(out, "petition_start")
    row("main job", "replicates", "animal-mon./s", "wall, s", "MB", "loop = 1")
    row(
        f"petition_start, {bench.workers} workers",
        f"{replicates:,}",
        f"{12 * years / cost.wall:.2e}",
        f"{cost.wall:.1f}",
        megabytes(cost),
        f"{12 * years / cost.wall / bench.loop_rate:.3f}",
    )
    print(
        f"  largest process {cost.largest:,.0f} MB; extinct {extinct:.4f}, mean final number {final:,.1f}; "
        "the ratio is of animal-steps, a month here, a year in the loop\n"
    )


def show_first(bench: Bench) -> None:
    """The first run after an installation: no kernel is compiled yet."""
    replicates = bench.amounts.first
    arguments = ["--scenario", "petition_start", "--replicates", str(replicates), "--workers", str(bench.workers)]
    costs = []
    for attempt in range(bench.repeat):
        cache = bench.folder / f"cache-{attempt}"
        cache.mkdir()
        costs.append(bench.study(MAIN, *arguments, environment={"ORIENTALIS_CACHE_DIR": str(cache)})[0])
    cost = measure.middle(costs)
    row("first run, nothing compiled", "replicates", "", "wall, s", "MB")
    row(f"petition_start, {bench.workers} workers", f"{replicates:,}", "", f"{cost.wall:.1f}", megabytes(cost))
    print()


def show_replicates(bench: Bench) -> None:
    """Cost against the number of replicates: the main job with one worker."""
    warm_up(bench)
    row("cost against replicates", "replicates", "wall, s", "s/replicate")
    last, last_wall = 0, 0.0
    for replicates in bench.amounts.ladder:
        arguments = ["--scenario", "petition_start", "--replicates", str(replicates), "--workers", "1"]
        wall = bench.median(MAIN, *arguments)[0].wall
        more = f"{(wall - last_wall) / (replicates - last):.4f}" if last else ""
        row("petition_start, one worker", f"{replicates:,}", f"{wall:.1f}", more)
        last, last_wall = replicates, wall
    print("  s/replicate: what each further replicate takes; equal from row to row where cost is linear\n")


def show_animals(bench: Bench) -> None:
    """Cost against the number of animals, without a map."""
    from inside import growth

    row("cost against animals, no map", "replicates", "ind.-years/s", "ns/ind.-year")
    for each in growth(W2, (500, 1_000, 2_000, 4_000, 8_000, 15_000), bench.amounts.founders):
        row(
            f"{each.animals:,} at the start",
            f"{each.replicates:,}",
            f"{each.individual_years / each.seconds:.2e}",
            f"{each.nanoseconds:.1f}",
        )
    print("  inside one process; ns/ind.-year is level where cost is linear\n")


def show_shares(bench: Bench) -> None:
    """What each process of the life cycle takes, by a timer around its step; every threat that there is has a row."""
    from inside import shares, switched

    for name, file, scenario, replicates, sets in (
        ("petition_start", MAIN, "petition_start", bench.amounts.share_replicates, []),
        ("with all threats", MAIN, "petition_start", bench.amounts.share_replicates, switched()[0]),
        ("W1", W1, "status_quo", 20 * bench.amounts.share_replicates, []),
    ):
        row(f"where the time goes: {name}", "seconds", "share")
        for each in shares(file, scenario, replicates, 100, sets):
            row(f"  {each.name}", f"{each.seconds:.2f}", f"{each.share:.1%}")
        print()


def show_threats(bench: Bench) -> None:
    """Each threat off in turn: does switching it off give its time back?"""
    from inside import switched, whole

    from orientalis.catalogue import threat_names

    replicates = bench.amounts.share_replicates
    row("petition_start, threats off in turn", "seconds", "ms/replicate", "given back")
    every = median_low(whole(MAIN, "petition_start", replicates, 100, switched()[0]) for _ in range(bench.repeat))
    row("  all on", f"{every:.2f}", f"{1000 * every / replicates:.0f}", "")
    for name in threat_names():
        sets, off = switched(name)
        seconds = median_low(whole(MAIN, "petition_start", replicates, 100, sets) for _ in range(bench.repeat))
        label, back = " and ".join(off), f"{every - seconds:.2f}"
        row(f"  without {label}", f"{seconds:.2f}", f"{1000 * seconds / replicates:.0f}", back)
    none = [f"threats.{name}=false" for name in threat_names()]
    seconds = median_low(whole(MAIN, "petition_start", replicates, 100, none) for _ in range(bench.repeat))
    row("  none on", f"{seconds:.2f}", f"{1000 * seconds / replicates:.0f}", f"{every - seconds:.2f}")
    print(
        "  given back: seconds less than with all on; animals live otherwise without a threat, so it is no pure cost\n"
    )


if __name__ == "__main__":
    main()
