"""Where numba may keep compiled kernels, decided before numba is imported.

Numba serves a stale kernel when a callee in another file has changed, and its import of a cached function dies where
no folder is writable. So the folder's name holds a hash of everything a kernel depends on, and where no folder can be
written the kernels are compiled in memory.
"""

import hashlib
import importlib.metadata
import os
import platform
import sys
import tempfile
from pathlib import Path


def source_hash(root: Path | None = None) -> str:
    """Sha256 of the engine's sources, of numba, llvmlite and Python, and of the processor (hex, 16 characters)."""
    digest = hashlib.sha256()
    base = root or Path(__file__).parent
    for file in sorted(base.rglob("*.py")):
        digest.update(file.relative_to(base).as_posix().encode())
        digest.update(file.read_bytes())
    for package in ("numba", "llvmlite", "numpy"):
        digest.update(importlib.metadata.version(package).encode())
    digest.update(f"{sys.version}|{platform.machine()}|{platform.processor()}|{_processor()}".encode())
    return digest.hexdigest()[:16]


def _processor() -> str:
    """The processor's model and features where the system says them: code compiled for one may not run on another."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return os.environ.get("PROCESSOR_IDENTIFIER", "")
    wanted = ("model name", "flags", "features", "cpu part")
    return "|".join(sorted({line for line in lines if line.lower().startswith(wanted)}))


def candidate_folders() -> list[Path]:
    """Folders to try, best first: the setting, the user's cache, the temporary folder."""
    folders = []
    setting = os.environ.get("ORIENTALIS_CACHE_DIR")
    if setting:
        folders.append(Path(setting))
    if sys.platform == "win32" and os.environ.get("LOCALAPPDATA"):
        folders.append(Path(os.environ["LOCALAPPDATA"]) / "orientalis" / "cache")
    elif os.environ.get("XDG_CACHE_HOME"):
        folders.append(Path(os.environ["XDG_CACHE_HOME"]) / "orientalis")
    elif os.environ.get("HOME"):
        home = Path(os.environ["HOME"])
        folders.append(home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "orientalis")
    # One folder a user: a folder shared by all could hold another user's kernels, which we would run.
    owner = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
    try:
        folders.append(Path(tempfile.gettempdir()) / f"orientalis-{owner}")
    except FileNotFoundError:  # no folder for temporary files can be written either
        pass
    return folders


def prepare() -> Path | None:
    """Set numba's cache folder and return it; None when nothing can be written."""
    tag = source_hash()
    for folder in candidate_folders():
        target = folder / "kernels" / tag
        if _can_write(target):
            os.environ["NUMBA_CACHE_DIR"] = str(target)
            if "numba" in sys.modules:  # numba reads the variable once, when it is imported
                sys.modules["numba"].config.CACHE_DIR = str(target)
            return target
    return None


def _can_write(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if hasattr(os, "getuid") and folder.stat().st_uid != os.getuid():
            return False
        with tempfile.NamedTemporaryFile(dir=folder):
            return True
    except OSError:
        return False


FOLDER = prepare()
IS_CACHED = FOLDER is not None
