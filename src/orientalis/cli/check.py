"""`orientalis check STUDY`: is the study sound, and what would be run?"""

from collections.abc import Mapping
from typing import Any

from orientalis.cli.arguments import AsJson, Sets, StudyFile
from orientalis.cli.output import number, say, say_json, say_table, warn


def check(study: StudyFile, sets: Sets = None, as_json: AsJson = False) -> None:
    """Check a study without running it.

    Keys, units, ranges, names, and whether threats leave something of the base hazards; it says which are on.
    """
    from orientalis.scenario import check_taken, load_study, resolve, warnings_of

    loaded = load_study(study, sets or [])
    specs = resolve(loaded)
    check_taken(specs, loaded.file)
    threats = _threats(specs[0].content)
    warnings = warnings_of(loaded)
    if as_json:
        names = ("name", "run_hash", "replicates", "years", "batch", "draws")
        rows = [(s.scenario, s.run_hash, s.replicates, s.years, s.batch, s.draws) for s in specs]
        scenarios = [dict(zip(names, row, strict=True)) for row in rows]
        say_json({"schema_version": 1, "scenarios": scenarios, "threats": threats, "warnings": warnings})
        return
    head = ("scenario", "replicates", "years", "batch", "run")
    table = [(s.scenario, number(s.replicates), str(s.years), str(s.batch), s.run_hash[:12]) for s in specs]
    say(f"{study} is sound: {loaded.title or 'no title'}")
    say_table(head, table)
    for word, state in (("on", True), ("off", False)):
        say(f"threats {word}: {', '.join(name for name, is_on in threats.items() if is_on == state) or 'none'}")
    for line in warnings:
        warn(f"Note: {line}")


def _threats(content: Mapping[str, Any]) -> dict[str, bool]:
    """Return every threat of the catalogue with whether the study has it on."""
    from orientalis.catalogue import threat_names

    return {name: name in content.get("threats", {}) for name in threat_names()}
