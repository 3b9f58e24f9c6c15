"""The one decorator of the engine's compiled functions."""

from collections.abc import Callable
from typing import Any, TypeVar

from orientalis.engine.cache import IS_CACHED  # must come before numba: it sets the folder of the compiled kernels

import numba  # isort: skip

Function = TypeVar("Function", bound=Callable[..., Any])


def kernel(function: Function) -> Function:
    """Compile `function`: sequential, without the interpreter lock, cached, IEEE arithmetic (no fastmath)."""
    compiled: Function = numba.njit(nogil=True, cache=IS_CACHED, error_model="numpy", _nrt=False)(function)
    return compiled


def allocating_kernel(function: Function) -> Function:
    """Like `kernel`, for functions that make arrays of their own."""
    compiled: Function = numba.njit(nogil=True, cache=IS_CACHED, error_model="numpy")(function)
    return compiled


def inline_kernel(function: Function) -> Function:
    """Compile `function` to be pasted into its callers: for the few lines that every animal runs through."""
    compiled: Function = numba.njit(
        nogil=True, cache=IS_CACHED, error_model="numpy", _nrt=False, inline="always"
    )(function)
    return compiled
