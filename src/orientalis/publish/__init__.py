"""Publishing: from run folders to a bundle of evidence, and from a bundle back to the numbers in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from orientalis.evidence import Bundle


def publish_bundle(run_dirs: Sequence[str | Path], out: str | Path, day: date) -> Bundle:
    """Write a bundle of the finished runs into the folder `out` and return it as it was read back.

    The first scenario of the first run is the baseline. InputError for a run that is not finished, scenarios with one
    name, a species or landscape that is no longer the run's, or a folder that is no bundle.
    """
    from orientalis.publish.build import publish_bundle as publish

    return publish([Path(folder) for folder in run_dirs], Path(out), day)
