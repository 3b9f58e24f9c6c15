"""The one decorator of the engine's compiled functions."""

from collections.abc import Callable
from typing import Any, TypeVar

from orientalis.engine.cache import IS_CACHED  # must come before numba: it sets the folder of the compiled kernels

import numba  # isort: skip

Function = TypeVar("Function", bound=Callable[..., Any])


_njit: Any = numba.njit
_OPTIONS: dict[str, Any] = {"nogil": True, "cache": IS_CACHED, "error_model": "numpy"}
# Without numba's reference counts a call that passes tuples of arrays costs a tenth; such a function makes no arrays.
_UNCOUNTED: dict[str, Any] = {**_OPTIONS, "_nrt": False}


def kernel(function: Function) -> Function:
    """Compile `function`: sequential, without the interpreter lock, cached, IEEE arithmetic (no fastmath).

    It may read and write the arrays it is given, but make none of its own.
    """
    compiled: Function = _njit(**_UNCOUNTED)(function)
    return compiled


def allocating_kernel(function: Function) -> Function:
    """Like `kernel`, for functions that make arrays of their own."""
    compiled: Function = _njit(**_OPTIONS)(function)
    return compiled


def inline_kernel(function: Function) -> Function:
    """Compile `function` to be pasted into its callers: for the few lines that every animal runs through."""
    compiled: Function = _njit(**_UNCOUNTED, inline="always")(function)
    return compiled
