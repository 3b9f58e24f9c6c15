"""The site's commands: `python -m orientalis_site serve`, `load_bundle`, `migrate` and those of Django."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError


def main() -> None:
    """Run a command; a wrong setting ends it with one sentence and status 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orientalis_site.settings")
    try:
        execute_from_command_line(["python -m orientalis_site", *sys.argv[1:]])
    except ImproperlyConfigured as error:
        stop(str(error), 2)
    except DatabaseError as error:
        stop(f"The database does not serve: {' '.join(str(error).split())}. Is it up, and has `migrate` been run?", 1)
    except OSError as error:
        stop(f"{error}. See ORIENTALIS_VAR, the folder of the site's state.", 1)


def stop(text: str, status: int) -> None:
    """End with one sentence."""
    print(f"Error: {text}", file=sys.stderr)
    sys.exit(status)


if __name__ == "__main__":
    main()
