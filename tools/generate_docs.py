"""Write the generated pages and tables of the documentation: `python -m tools.generate_docs [--check]`.

With --check nothing is written; the stale files are named, and the exit status is 1 if there are any.
"""

import argparse
import sys
from pathlib import Path

from tools.pages import commands, parameters, processes, study_keys, tallies
from tools.pages.text import fill

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = {
    "reference/parameters.md": parameters.page,
    "reference/processes.md": processes.page,
    "reference/commands.md": commands.page,
    "reference/study.md": study_keys.page,
    "reference/tallies.md": tallies.page,
}
FILLED = ("model/ODD.md",)
"""Pages written by hand with generated blocks in them."""


def block(name: str) -> str:
    """Return a generated block by its name; KeyError for an unknown one."""
    kind, _, rest = name.partition(" ")
    if kind == "process":
        return processes.submodel(rest)
    if kind == "parameters":
        return parameters.parameter_table(rest.split())
    return {
        "schedule": processes.schedule,
        "entities": processes.entities,
        "codes": processes.enumerations,
        "kinds": parameters.kinds,
    }[name]()


def pages() -> dict[Path, str]:
    """Return what each generated file should hold."""
    found = {DOCS / name: make() for name, make in PAGES.items()}
    for name in FILLED:
        found[DOCS / name] = fill((DOCS / name).read_text(encoding="utf-8"), block)
    return found


def stale() -> list[Path]:
    """Return the files that differ from what they should hold."""
    wanted = pages()
    return [path for path in wanted if not path.exists() or path.read_text(encoding="utf-8") != wanted[path]]


def main() -> int:
    """Write the pages, or with --check name those that are stale."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="write nothing; exit status 1 when a page is stale")
    is_check = parser.parse_args().check
    old = stale()
    wanted = pages() if old and not is_check else {}
    for path in old:
        if not is_check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8", newline="\n")
        print(f"{'stale' if is_check else 'written'}: {path.relative_to(ROOT)}")
    return int(is_check and bool(old))


if __name__ == "__main__":
    sys.exit(main())
