"""The engine: arrays in, arrays out; it imports numpy and numba alone and knows no file and no species."""

from orientalis.engine import cache as cache  # first: it sets the folder of compiled kernels before numba is imported
