"""Check the house rules that no linter knows: sizes, names, docstrings, and what a kernel may not use.

    python tools/check_style.py [ROOT]

Prints one line a breach, `path:line: what`, and exits 1 when there is any. The rules are those of CONTRIBUTING.md.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MODULE_LINES = 400
FUNCTION_LINES = 60
BARRED_FILES = frozenset({"utils.py", "util.py"})
CODE_FOLDERS = ("src", "tools", "tests", "benchmarks", "reference")
DOCUMENTED_FOLDERS = ("src", "tools")
ENGINE = Path("src/orientalis/engine")
ENGINE_IMPORTS = frozenset({"numpy", "numba"})
# Each would break equality with the plain-Python twin, or depend on the order of threads.
ENGINE_NAMES = {
    "prange": "the unit of parallel work is a batch of replicates",
    "hypot": "differs between numba and CPython",
    "pow": "write a * a * a",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, order=True)
class Breach:
    """One breach of a rule: the file relative to the root, the line (from 1), what is wrong."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


def check_tree(root: Path) -> list[Breach]:
    """Check every Python file and folder below `root`; return the breaches, sorted."""
    breaches: list[Breach] = []
    for folder in CODE_FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            if path.parent.name == "migrations":  # Django writes them
                continue
            breaches += check_file(path.read_text(encoding="utf-8"), path.relative_to(root))
    breaches += empty_folders(root)
    return sorted(breaches)


def check_file(text: str, path: Path) -> list[Breach]:
    """Check the source `text` of the file at `path`, given relative to the root."""
    name = path.as_posix()
    tree = ast.parse(text, filename=name)
    found = [*sizes(text, tree)]
    if path.name in BARRED_FILES:
        found.append((1, f"{path.name} says nothing: name the file after its one idea"))
    if path.parts[0] in DOCUMENTED_FOLDERS:
        found += missing_docstrings(tree)
    if path.is_relative_to(ENGINE):
        found += engine_breaches(tree)
    return [Breach(name, line, what) for line, what in found]


def sizes(text: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the module if it is too long, and each function that is; decorators and docstring count."""
    lines = len(text.splitlines())
    if lines > MODULE_LINES:
        yield 1, f"the module has {lines} lines, at most {MODULE_LINES} are allowed"
    for node in ast.walk(tree):
        if isinstance(node, Function):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            length = (node.end_lineno or node.lineno) - first + 1
            if length > FUNCTION_LINES:
                yield node.lineno, f"{node.name} has {length} lines, at most {FUNCTION_LINES} are allowed"


def missing_docstrings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield each public module, class, function and method without a docstring; an empty module needs none."""
    if tree.body and not ast.get_docstring(tree):
        yield 1, "the module has no docstring"
    owners: list[ast.Module | ast.ClassDef] = [tree]
    while owners:
        for node in owners.pop().body:
            if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_") or is_repeated(node):
                continue
            if not ast.get_docstring(node):
                yield node.lineno, f"{node.name} is public and has no docstring"
            if isinstance(node, ast.ClassDef):
                owners.append(node)


def is_repeated(node: Function | ast.ClassDef) -> bool:
    """Tell whether `node` only repeats a documented one: an overload, an override, a property's setter."""
    names = {ast.unparse(decorator).split(".")[-1] for decorator in node.decorator_list}
    return bool(names & {"overload", "override", "setter", "deleter"})


def engine_breaches(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield what a kernel may not use: powers, threads, fast arithmetic, random generators, other packages."""
    for node in ast.walk(tree):
        match node:
            case ast.BinOp(op=ast.Pow()) | ast.AugAssign(op=ast.Pow()):
                yield node.lineno, "** differs between numba and CPython: write a * a * a"
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in ENGINE_NAMES:
                yield node.lineno, f"{name}: {ENGINE_NAMES[name]}"
            case ast.Attribute(attr="random", value=ast.Name(id="np" | "numpy")):
                yield node.lineno, "np.random: a draw is a function of its address"
            case ast.keyword(arg="fastmath" | "parallel" as name, value=value) if not is_false(value):
                yield value.lineno, f"{name}: results would depend on the machine"
            case ast.Import(names=names):
                for alias in names:
                    yield from barred_import(node.lineno, alias.name)
            case ast.ImportFrom(module=module, names=names, level=0):
                for alias in names:
                    yield from barred_import(node.lineno, f"{module}.{alias.name}")


def is_false(value: ast.expr) -> bool:
    """Tell whether `value` is the literal False."""
    return isinstance(value, ast.Constant) and value.value is False


def barred_import(line: int, name: str) -> Iterator[tuple[int, str]]:
    """Yield a breach if the engine may not import the dotted `name`."""
    parts = name.split(".")
    if parts[0] == "random" or parts[:2] == ["numpy", "random"]:
        yield line, f"{name}: a draw is a function of its address"
    elif parts[-1] in ENGINE_NAMES:
        yield line, f"{name}: {ENGINE_NAMES[parts[-1]]}"
    elif parts[0] not in ENGINE_IMPORTS | {"orientalis"} | sys.stdlib_module_names:
        yield line, f"{parts[0]}: the engine imports numpy and numba alone"


def empty_folders(root: Path) -> Iterator[Breach]:
    """Yield each folder of code with nothing in it, and each package with nothing but a bare `__init__.py`."""
    for top in CODE_FOLDERS:
        for folder in [path for path in (root / top).rglob("*") if path.is_dir() and path.name != "__pycache__"]:
            inside = [path for path in folder.iterdir() if path.name != "__pycache__"]
            name = folder.relative_to(root).as_posix()
            if not any(folder.iterdir()):
                yield Breach(name, 1, "the folder is empty")
            elif [path.name for path in inside] == ["__init__.py"] and is_bare(inside[0]):
                yield Breach(name, 1, "the package holds nothing yet: no empty folder waits for a later part")


def is_bare(path: Path) -> bool:
    """Tell whether the module at `path` holds no statement but its docstring."""
    return all(isinstance(node, ast.Expr) for node in ast.parse(path.read_text(encoding="utf-8")).body)


def main(arguments: list[str]) -> int:
    """Check the tree named by the first argument, else the repository; return the exit status."""
    root = Path(arguments[0]) if arguments else Path(__file__).resolve().parent.parent
    breaches = check_tree(root)
    for breach in breaches:
        print(breach)
    return int(bool(breaches))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
