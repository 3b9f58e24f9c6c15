"""`orientalis status DIR`: how far a run is, and whether its parts are whole."""

from orientalis.cli.arguments import AsJson, RunDir
from orientalis.cli.output import number, plural, say, say_json, say_table


def status(folder: RunDir, as_json: AsJson = False) -> None:
    """Show how far a run is, and whether its parts are whole.

    Size and checksum of every file are compared with what was written.
    """
    from orientalis.store import RunFolder, holder_of

    run = RunFolder(folder)
    rows, broken = [], []
    for entry in run.entries():
        good, bad = run.check_parts(entry)
        finished = sum(commit.count for commit in good.values())
        rows.append((entry, finished, len(good)))
        broken += bad
    holder = holder_of(folder)
    if as_json:
        scenarios = [
            {
                "name": entry.name,
                "run_hash": entry.run_hash,
                "replicates": finished,
                "replicates_asked": entry.replicates,
                "years": entry.years,
                "parts": parts,
            }
            for entry, finished, parts in rows
        ]
        damaged = [{"file": bad.path.relative_to(folder).as_posix(), "reason": bad.reason} for bad in broken]
        say_json({"schema_version": 1, "is_running": bool(holder), "scenarios": scenarios, "damaged": damaged})
        return
    head = ("scenario", "finished", "of", "years", "parts", "run")
    table = [
        (entry.name, number(finished), number(entry.replicates), str(entry.years), str(parts), entry.run_hash[:12])
        for entry, finished, parts in rows
    ]
    say_table(head, table)
    for part in broken:
        say(f"Damaged: {part.path}: {part.reason}. It is run again when the study is.")
    if holder:
        say(f"A run is at work here: {holder}.")
    elif any(finished < entry.replicates for entry, finished, _ in rows):
        missing = sum(max(0, entry.replicates - finished) for entry, finished, _ in rows)
        say(f"{plural(missing, 'replicate')} missing: the same `orientalis run` goes on from here.")
