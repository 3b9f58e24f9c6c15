"""Lets tests import the fake world that stands beside them."""

import sys
from pathlib import Path

FOLDER = str(Path(__file__).parents[1] / "run")
if FOLDER not in sys.path:
    sys.path.insert(0, FOLDER)
