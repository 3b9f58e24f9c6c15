"""The sources: a small reader of the catalogue's BibTeX file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from orientalis.catalogue.toml_file import read_text
from orientalis.core.errors import InputError, nearest_name

REFERENCES_FILE = Path(__file__).resolve().parent / "references.bib"
_ENTRY = re.compile(r"@(\w+)\s*\{\s*([^\s,{}]+)\s*,")
_FIELD = re.compile(r"\s*,?\s*(\w+)\s*=\s*\{")
_CITED = re.compile(r"@([a-z][a-z0-9_]*)")


@dataclass(frozen=True)
class Reference:
    """One source: its key, its kind ("article", "misc") and its fields as in the file, braces taken away."""

    key: str
    kind: str
    fields: dict[str, str] = field(hash=False)

    @property
    def address(self) -> str:
        """Return the address to open: the DOI's, else the URL, else an empty text."""
        doi = self.fields.get("doi", "")
        return f"https://doi.org/{doi}" if doi else self.fields.get("url", "")

    @property
    def short(self) -> str:
        """Return "Reed et al. 2003"."""
        names = _family_names(self.fields.get("author", self.key))
        who = names[0] if len(names) == 1 else f"{names[0]} and {names[1]}" if len(names) == 2 else f"{names[0]} et al."
        return f"{who} {self.fields.get('year', 'n.d.')}".strip()

    def as_text(self) -> str:
        """Return the whole citation on one line of plain text."""
        get = self.fields.get
        place = get("journal", "")
        if place and get("volume"):
            place += f" {get('volume')}"
        if place and get("pages"):
            place += f": {get('pages')}"
        authors = "; ".join(name for name in get("author", self.key).split(" and ")).replace("; others", " et al.")
        parts = [f"{authors} ({get('year', 'n.d.')})", get("title", ""), place, self.address, get("note", "")]
        return ". ".join(part.rstrip(".") for part in parts if part) + "."


def parse_references(text: str, file: Path | None = None) -> dict[str, Reference]:
    """Return the entries of a BibTeX text by key; InputError for a key given twice or an entry that does not close."""
    found: dict[str, Reference] = {}
    place = 0
    while (start := _ENTRY.search(text, place)) is not None:
        kind, key = start.group(1).lower(), start.group(2)
        if key in found:
            raise InputError("a reference is given twice", file=file, key=key)
        fields, place = _fields(text, start.end(), key, file)
        found[key] = Reference(key, kind, fields)
    return found


@cache
def _loaded(file: Path) -> dict[str, Reference]:
    return parse_references(read_text(file, "file of references"), file)


def load_references() -> dict[str, Reference]:
    """Return all references of the catalogue by key."""
    return dict(_loaded(REFERENCES_FILE))


def reference(key: str) -> Reference:
    """Return the reference of this key; InputError with the nearest key when there is none."""
    known = load_references()
    if key not in known:
        raise InputError("unknown reference", file=REFERENCES_FILE.name, value=key, nearest=nearest_name(key, known))
    return known[key]


def cited_keys(source: str, note: str) -> tuple[str, ...]:
    """Return the keys that a source and a note ("… as @reed2003 …") cite, in order, each once; "assumed" is none."""
    keys: Iterable[str] = ([] if source == "assumed" else [source]) + _CITED.findall(note)
    return tuple(dict.fromkeys(keys))


def _fields(text: str, place: int, key: str, file: Path | None) -> tuple[dict[str, str], int]:
    """Read "name = {value}," pairs up to the closing brace of an entry; return them and the place after it."""
    fields: dict[str, str] = {}
    while (start := _FIELD.match(text, place)) is not None:
        end = _closing(text, start.end(), key, file)
        fields[start.group(1).lower()] = " ".join(text[start.end() : end].replace("{", "").replace("}", "").split())
        place = end + 1
    close = re.compile(r"\s*,?\s*\}").match(text, place)
    if close is None:
        raise InputError("a reference does not close", file=file, key=key, expected="name = {value}, … and a closing }")
    return fields, close.end()


def _closing(text: str, place: int, key: str, file: Path | None) -> int:
    depth = 1
    for at in range(place, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return at
    raise InputError("a reference does not close", file=file, key=key, expected="a closing }")


def _family_names(authors: str) -> list[str]:
    names = [name.split(",")[0].strip() for name in authors.split(" and ")]
    return [*names[:1], "others", "others"] if "others" in names else names
