"""What produced a result: versions and platform, without importing the heavy packages."""

import platform
from importlib.metadata import PackageNotFoundError, version

import orientalis


def versions() -> dict[str, str]:
    """Return the versions of Python, numpy, numba, llvmlite, Orientalis, and the platform ("none": not installed)."""
    return {
        "orientalis": orientalis.__version__,
        "python": platform.python_version(),
        "platform": f"{platform.system()}-{platform.machine()}",
        "numpy": _version("numpy"),
        "numba": _version("numba"),
        "llvmlite": _version("llvmlite"),
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
