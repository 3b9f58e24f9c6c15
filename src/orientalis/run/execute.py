"""Run a study into a folder: what is there already is kept, what is missing is run, damaged parts are run again."""

import os
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orientalis.core.errors import InputError, OrientalisError, nearest_name
from orientalis.core.provenance import versions
from orientalis.run.interrupt import Interrupts
from orientalis.run.pool import InlinePool, Pool
from orientalis.run.progress import Meter, ProgressCallback
from orientalis.run.task import Died, Failure, RunSpecLike, Simulator, Task, simulate_batch
from orientalis.store.folder import RunFolder, ScenarioEntry
from orientalis.store.parts import Part, PartCommit

SENT_AGAIN = 3
"""How often a batch whose worker died is sent again before it is set aside."""

DRAWS = ".draws"

Note = Callable[[str], None]


@dataclass(frozen=True)
class SetAside:
    """A batch that could not be run, and why. Running again tries it again."""

    scenario: str
    batch: int
    reason: str
    trace: str = field(default="", repr=False)


@dataclass(frozen=True)
class Outcome:
    """Replicates run now and found finished, batches set aside, damaged parts run again, seconds it took."""

    done: int
    found: int
    set_aside: tuple[SetAside, ...]
    repaired: tuple[str, ...]
    seconds: float

    @property
    def exit_code(self) -> int:
        """0 when all is done, 1 when batches were set aside."""
        return 1 if self.set_aside else 0


def execute(
    study: Any,
    out: str | Path,
    *,
    scenarios: Sequence[str] | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    progress: ProgressCallback | None = None,
    note: Note | None = None,
    provenance: Mapping[str, Any] | None = None,
) -> Outcome:
    """Run a `Study` into the folder `out` and return what was done.

    `scenarios` chooses some by name, each together with its parameter draws; `workers` is the number of processes on
    this machine (default: the processors this process may use), `cluster` the address of a Dask scheduler instead.
    `progress` is called at the start and after each batch, `note` with a line about anything unusual. KeyboardInterrupt
    and errors leave every finished batch in the folder; the same call goes on from there and gives the same bytes.
    InputError: another study's folder, no permission, a full disk.
    """
    from orientalis.scenario import resolve

    text = getattr(study, "text", "")
    return execute_specs(
        resolve(study),
        out,
        text=text,
        scenarios=scenarios,
        workers=workers,
        cluster=cluster,
        progress=progress,
        note=note,
        provenance=provenance,
    )


def execute_specs(
    specs: Sequence[RunSpecLike],
    out: str | Path,
    *,
    text: str = "",
    scenarios: Sequence[str] | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    progress: ProgressCallback | None = None,
    note: Note | None = None,
    provenance: Mapping[str, Any] | None = None,
    simulator: Simulator = simulate_batch,
) -> Outcome:
    """Run specifications that are resolved already; `text` is kept as `study.toml`. Otherwise as `execute`."""
    chosen = choose(specs, scenarios)
    if workers is not None and workers < 1:
        raise InputError("a run needs a worker", key="--workers", value=workers, expected="1 or more")
    folder = RunFolder(out)
    interrupts = Interrupts()
    with interrupts.listening(), folder.lock() as lock:
        if lock.was_taken_over and note is not None:
            note("An earlier run into this folder ended without notice; it is continued.")
        session = _Session(folder, chosen, simulator, interrupts, progress, note or (lambda line: None))
        entries = [_entry(spec) for spec in specs]
        folder.prepare(entries, [spec.scenario for spec in chosen], text)
        tasks = session.plan()
        record = _Record(folder, provenance, workers, cluster)
        try:
            if tasks:
                session.run(tasks, _pool(tasks, workers, cluster))
        finally:
            record.end(session.meter.elapsed)
        return session.outcome()


def choose(specs: Sequence[RunSpecLike], scenarios: Sequence[str] | None) -> list[RunSpecLike]:
    """Return the specifications of these names (runs over draws: NAME.draws); InputError for an unknown one."""
    if not scenarios:
        return list(specs)
    names = [spec.scenario for spec in specs]
    for name in scenarios:
        if name not in names:
            raise InputError(
                "the study has no such scenario",
                key="--scenario",
                value=name,
                expected="one of " + ", ".join(names),
                nearest=nearest_name(name, names),
            )
    return [spec for spec in specs if spec.scenario in scenarios]


def usable_processors() -> int:
    """Return how many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Session:
    """One call of `execute`, under the lock."""

    def __init__(
        self,
        folder: RunFolder,
        specs: Sequence[RunSpecLike],
        simulator: Simulator,
        interrupts: Interrupts,
        progress: ProgressCallback | None,
        note: Note,
    ) -> None:
        self._folder = folder
        self._specs = specs
        self._simulator = simulator
        self._interrupts = interrupts
        self._progress = progress
        self._note = note
        self._repaired: list[str] = []
        self._set_aside: list[SetAside] = []
        self._done = 0
        self._found = 0
        self._zones_known: set[str] = set()
        self.meter = Meter(0, 0, None)

    def plan(self) -> list[Task]:
        """Check the parts that are there, remove damaged ones, return the batches to run, pairs side by side."""
        ordered: list[tuple[bool, int, int, Task]] = []
        total = 0
        for order, spec in enumerate(self._specs):
            finished = self._finished(spec)
            self._found += sum(commit.count for commit in finished.values())
            total += spec.replicates
            for task in _batches(spec, self._simulator):
                if task.index not in finished or finished[task.index].count < task.count:
                    ordered.append((spec.scenario.endswith(DRAWS), task.index, order, task))
                    if task.index in finished:  # a short last batch of a smaller run: run whole, its bytes are replaced
                        self._found -= finished[task.index].count
        ordered.sort(key=lambda entry: entry[:3])
        tasks = [entry[3] for entry in ordered]
        self.meter = Meter(self._found + sum(task.count for task in tasks), self._found, self._progress)
        return tasks

    def run(self, tasks: Sequence[Task], pool: Pool) -> None:
        """Keep the pool busy until all tasks are written or set aside.

        An interruption writes what is complete, then leaves.
        """
        waiting = deque(tasks)
        sent: dict[tuple[str, int], int] = {}
        under_way = 0
        self.meter.add(tasks[0].spec.scenario, 0)
        try:
            try:
                while waiting or under_way:
                    while waiting and under_way < pool.capacity:
                        pool.submit(waiting.popleft())
                        under_way += 1
                    task, result = pool.next()
                    under_way -= 1
                    if isinstance(result, Died):
                        key = (task.spec.scenario, task.index)
                        sent[key] = sent.get(key, 0) + result.times
                        if sent[key] <= SENT_AGAIN:
                            self._note(f"{task.name}: {result.reason}; it is sent again.")
                            waiting.appendleft(task)
                        else:
                            self._put_aside(task, f"{result.reason}, {sent[key]} times")
                    else:
                        self._take(task, result)
            except KeyboardInterrupt:
                for task, result in pool.ready():
                    if isinstance(result, Part):
                        self._take(task, result)
                raise
        finally:
            pool.close()

    def outcome(self) -> Outcome:
        """Return what was done."""
        aside = sorted(self._set_aside, key=lambda entry: (entry.scenario, entry.batch))
        return Outcome(self._done, self._found, tuple(aside), tuple(self._repaired), self.meter.elapsed)

    def _finished(self, spec: RunSpecLike) -> dict[int, PartCommit]:
        finished, damaged = self._folder.check_parts(self._folder.entry(spec.scenario))
        for bad in damaged:
            self._note(f"{bad.path}: {bad.reason}; the batch is run again.")
            self._folder.remove_part(bad)
            self._repaired.append(str(bad.path))
        return finished

    def _take(self, task: Task, result: Part | Failure) -> None:
        if isinstance(result, Failure):
            if result.is_input:
                raise InputError(result.message)
            self._put_aside(task, result.message, result.trace)
            return
        if (result.first, result.count) != (task.first, task.count):
            raise OrientalisError(f"{task.name} came back with other replicates.")
        with self._interrupts.held():
            name = task.spec.scenario
            if name not in self._zones_known and result.zones is not None:
                self._folder.set_zones(name, result.zones)
                self._zones_known.add(name)
            self._folder.write_part(_entry(task.spec), task.index, result)
            self._done += task.count
        self.meter.add(task.spec.scenario, task.count)

    def _put_aside(self, task: Task, reason: str, trace: str = "") -> None:
        self._note(f"{task.name}: {reason}; it is set aside.")
        self._set_aside.append(SetAside(task.spec.scenario, task.index, reason, trace))


class _Record:
    """The entry of this run in `provenance.json`."""

    def __init__(
        self, folder: RunFolder, given: Mapping[str, Any] | None, workers: int | None, cluster: str | None
    ) -> None:
        self._folder = folder
        self._content = folder.provenance()
        self._session: dict[str, Any] = {
            **(given or {}),
            "versions": versions(),
            "started": _now(),
            "workers": workers,
            "cluster": cluster,
        }
        self._content.setdefault("sessions", []).append(self._session)
        folder.write_provenance(self._content)

    def end(self, seconds: float) -> None:
        """Add the end. A disk too full for it is no error of its own: what matters is written."""
        self._session |= {"ended": _now(), "seconds": round(seconds, 3)}
        with suppress(InputError):
            self._folder.write_provenance(self._content)


def _batches(spec: RunSpecLike, simulator: Simulator) -> list[Task]:
    """Return the batches [k·B, (k+1)·B) up to the replicates asked for; the last may be short."""
    starts = range(0, spec.replicates, spec.batch)
    return [Task(simulator, spec, k, first, min(spec.batch, spec.replicates - first)) for k, first in enumerate(starts)]


def _entry(spec: RunSpecLike) -> ScenarioEntry:
    return ScenarioEntry(spec.scenario, spec.run_hash, spec.replicates, spec.batch, spec.years, dict(spec.canonical()))


def _pool(tasks: Sequence[Task], workers: int | None, cluster: str | None) -> Pool:
    if cluster is not None:
        from orientalis.run.cluster import DaskPool

        return DaskPool(cluster)
    wanted = min(workers or usable_processors(), len(tasks))
    if wanted <= 1:
        return InlinePool()
    from orientalis.run.local import LocalPool

    return LocalPool(wanted)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
