"""The manifest of a landscape: which files it has, what they are and where they come from."""

import hashlib
import json
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from orientalis.core.errors import InputError, nearest_name
from orientalis.geography.landscape import REQUIRED_LAYERS

LayerClass = Literal["observed", "derived", "modelled", "synthetic", "schematic"]
_STRICT = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class FileEntry(BaseModel):
    """A layer or a set of vectors. Only `name`, `file` and `class` are needed; a checksum, when given, is checked."""

    model_config = _STRICT
    name: str = Field(min_length=1)
    file: str = Field(min_length=1)
    layer_class: LayerClass = Field(alias="class")
    sha256: str | None = Field(default=None, pattern="^[0-9a-f]{64}$")
    unit: str = "1"
    native_resolution: str = ""
    source: list[str] = []
    licence: str = ""
    description: str = ""


class ZoneEntry(BaseModel):
    """A zone: a bit of the layer `zones`, or a raster of its own (1 inside, 0 outside)."""

    model_config = _STRICT
    name: str = Field(pattern="^[a-z][a-z0-9_]*$")
    bit: int | None = Field(default=None, ge=0, le=31)
    file: str | None = None
    zone_class: LayerClass = Field(default="schematic", alias="class")
    description: str = ""

    @model_validator(mode="after")
    def _one_place(self) -> "ZoneEntry":
        if (self.bit is None) == (self.file is None):
            raise ValueError("exactly one of bit and file")
        if self.name == "everywhere":
            raise ValueError("a name other than everywhere, which means all land")
        return self


class Manifest(BaseModel):
    """`manifest.json`. Keys beyond these describe the build (packages, assumptions, areas) and are kept unread."""

    model_config = ConfigDict(frozen=True, extra="allow")
    schema_version: Literal[1] = 1
    name: str = Field(min_length=1)
    title: str = ""
    habitat_threshold: float = Field(default=0.5, ge=0.0, le=1.0)
    layers: list[FileEntry] = Field(min_length=1)
    zones: list[ZoneEntry] = []
    vectors: list[FileEntry] = []

    @model_validator(mode="after")
    def _names_once(self) -> "Manifest":
        for what, entries in (("layers", self.layers), ("zones", self.zones), ("vectors", self.vectors)):
            names = [entry.name for entry in entries]
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise ValueError(f"each name once in {what}, but {', '.join(twice)} stands twice")
        return self


def read_manifest(path: Path) -> tuple[Manifest, dict[str, Any], str]:
    """Read and check a manifest; return it, its raw content and its sha256. Raises `InputError`."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            "the landscape has no manifest that can be read", file=path, expected="manifest.json"
        ) from error
    if not data.strip():
        raise InputError("the manifest is empty", file=path, expected="JSON text")
    try:
        raw = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError("the manifest is a binary file", file=path, expected="JSON text in UTF-8") from error
    except ValueError as error:
        raise InputError(f"the manifest is not JSON ({error})", file=path, expected="JSON text") from error
    try:
        manifest = Manifest.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or None
        value = None if isinstance(first["input"], dict | list) else first["input"]
        raise InputError("the manifest is not valid", file=path, key=key, value=value, expected=first["msg"]) from error
    check_required(manifest, path)
    return manifest, raw, hashlib.sha256(data).hexdigest()


def check_required(manifest: Manifest, path: Path) -> None:
    """Refuse a manifest that lacks a layer the engine needs, or the layer its zones are bits of."""
    names = [entry.name for entry in manifest.layers]
    wanted = [*REQUIRED_LAYERS, *(["zones"] if any(z.bit is not None for z in manifest.zones) else [])]
    for name in wanted:
        if name not in names:
            raise InputError(
                f'the landscape lacks the layer "{name}"',
                file=path,
                key="layers",
                expected="layers " + ", ".join(wanted),
                nearest=nearest_name(name, [n for n in names if n not in wanted]),
            )
