"""Small panels written out by hand."""

from collections.abc import Callable

import numpy as np
import pytest

from orientalis.analysis.panel import Panel


@pytest.fixture
def make() -> Callable[..., Panel]:
    """Make a panel of items given as nested lists [replicate][year]."""

    def build(**items: list[list[int]]) -> Panel:
        arrays = {name.replace("__", "."): np.array(values, np.int64) for name, values in items.items()}
        first = next(iter(arrays.values()))
        return Panel("s", np.arange(len(first)), first.shape[1] - 1, arrays)

    return build
