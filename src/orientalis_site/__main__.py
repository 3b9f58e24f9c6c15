"""The site's commands: `python -m orientalis_site serve`, `load_bundle`, `migrate` and those of Django."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Run a command; a wrong setting ends it with one sentence and status 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orientalis_site.settings")
    try:
        execute_from_command_line(["python -m orientalis_site", *sys.argv[1:]])
    except ImproperlyConfigured as error:
        print(f"Error: {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
