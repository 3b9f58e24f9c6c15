"""Plan, batches, results: runs a study on this machine or on a Dask cluster, by one code path."""

from orientalis.run.execute import Outcome, SetAside, execute
from orientalis.run.progress import Progress

__all__ = ["Outcome", "Progress", "SetAside", "execute"]
