"""Load a threat, a part of the model that a study may switch on, from its TOML file."""

from dataclasses import dataclass, field
from pathlib import Path

from orientalis.catalogue.quantity_tables import TableReader
from orientalis.catalogue.threat_fields import THREATS
from orientalis.catalogue.toml_file import read_toml
from orientalis.core.canonical import sha256_hex
from orientalis.core.errors import InputError
from orientalis.core.quantity import Quantity

THREAT_FOLDER = Path(__file__).resolve().parent / "threats"
_WHAT = "threat file"


@dataclass(frozen=True)
class Threat:
    """A threat of the catalogue: its name, what it is, and its quantities by dotted path. sha256: the file's."""

    name: str
    title: str
    note: str
    file: Path
    sha256: str
    quantities: dict[str, Quantity] = field(repr=False)


def threat_names() -> tuple[str, ...]:
    """Return the names of the threats in the catalogue, sorted."""
    return tuple(sorted(THREATS))


def load_threat(name: str, file: Path | None = None) -> Threat:
    """Return the threat of this name: the catalogue's, or as another file gives it.

    InputError for anything wrong in the file; KeyError for a name that is not in `threat_names`.
    """
    fields = THREATS[name]
    path = file or THREAT_FOLDER / f"{name}.toml"
    data = read_toml(path, _WHAT)
    reader = TableReader(path)
    reader.only_known(data, ("title", "note", name), "")
    if name not in data:
        raise InputError("a section is missing", file=path, key=f"[{name}]", expected=f"tables [{name}.…]")
    return Threat(
        name=name,
        title=reader.text(data, "title", ""),
        note=reader.text(data, "note", ""),
        file=path,
        sha256=sha256_hex(path.read_bytes()),
        quantities=reader.section(data[name], name, fields),
    )
