"""Runs fake specifications from the command line, so that tests can kill a whole process: FOLDER JSON."""

import json
import sys

from fake_world import FakeSpec, simulate

from orientalis.core.errors import OrientalisError
from orientalis.run.execute import execute_specs


def main() -> int:
    """Run and return the exit code, as the command line does."""
    settings = json.loads(sys.argv[2])
    specs = [FakeSpec(**entry) for entry in settings.pop("specs")]
    try:
        outcome = execute_specs(specs, sys.argv[1], text="# fake\n", simulator=simulate, note=print, **settings)
    except KeyboardInterrupt:
        return 130
    except OrientalisError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(f"done {outcome.done} found {outcome.found}", flush=True)
    return outcome.exit_code


if __name__ == "__main__":
    sys.exit(main())
