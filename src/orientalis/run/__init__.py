"""Plan, batches, results: runs a study on this machine or on a Dask cluster, by one code path."""

from orientalis.run.estimate import Estimate, estimate
from orientalis.run.execute import Outcome, SetAside, choose, execute, usable_processors
from orientalis.run.progress import Progress

__all__ = ["Estimate", "Outcome", "Progress", "SetAside", "choose", "estimate", "execute", "usable_processors"]
