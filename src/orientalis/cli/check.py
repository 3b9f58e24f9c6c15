"""`orientalis check STUDY`: is the study sound, and what would be run?"""

from orientalis.cli.arguments import AsJson, Sets, StudyFile
from orientalis.cli.output import number, say, say_json, say_table, warn


def check(study: StudyFile, sets: Sets = None, as_json: AsJson = False) -> None:
    """Check a study without running it.

    Keys, units, ranges, names, and whether threats leave something of the base hazards.
    """
    from orientalis.scenario import check_taken, load_study, resolve, warnings_of

    loaded = load_study(study, sets or [])
    specs = resolve(loaded)
    check_taken(specs, loaded.file)
    warnings = warnings_of(loaded)
    if as_json:
        names = ("name", "run_hash", "replicates", "years", "batch", "draws")
        rows = [(s.scenario, s.run_hash, s.replicates, s.years, s.batch, s.draws) for s in specs]
        scenarios = [dict(zip(names, row, strict=True)) for row in rows]
        say_json({"schema_version": 1, "scenarios": scenarios, "warnings": warnings})
        return
    head = ("scenario", "replicates", "years", "batch", "run")
    table = [(s.scenario, number(s.replicates), str(s.years), str(s.batch), s.run_hash[:12]) for s in specs]
    say(f"{study} is sound: {loaded.title or 'no title'}")
    say_table(head, table)
    for line in warnings:
        warn(f"Note: {line}")
