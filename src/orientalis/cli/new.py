"""`orientalis new my_study.toml`: a study to begin with, every key explained."""

from pathlib import Path
from typing import Annotated

import typer

from orientalis.cli.output import say
from orientalis.core.errors import InputError

_TEMPLATE = Path(__file__).with_name("study_template.toml")


def new(
    what: Annotated[str, typer.Argument(metavar="[study|species] FILE", help="The file to write.", show_default=False)],
    file: Annotated[Path | None, typer.Argument(hidden=True)] = None,
    species: Annotated[str, typer.Option(help="Species of the study, or the one to copy.")] = (
        "panthera_pardus_orientalis"
    ),
    landscape: Annotated[str, typer.Option(help='Landscape of the study; "none" for no map.')] = "southwest_primorye",
) -> None:
    """Write a commented study, ready to run, or a species.

    A species is a frame to fill in. A file that exists is never overwritten.
    """
    kind, path = (what, file) if file is not None else ("study", Path(what))
    if path is None or kind not in ("study", "species"):
        raise InputError("this cannot be made", value=kind, expected="orientalis new study FILE, or new species FILE")
    text = _study(species, landscape) if kind == "study" else _species(species, path.stem)
    _write(path, text)
    say(f"Written: {path}")
    if kind == "study":
        say(f"Next: orientalis check {path}")
    else:
        say('Next: replace every number and its source; name the file in a study: species = "./' + path.name + '"')


def _study(species: str, landscape: str) -> str:
    from orientalis.catalogue import load_species
    from orientalis.geography import landscape_folder

    load_species(species)
    text = _TEMPLATE.read_text(encoding="utf-8").replace("@SPECIES@", species).replace("@LANDSCAPE@", landscape)
    if landscape == "none":  # lines that need a map are kept as comments
        return "".join(line.replace("@MAP@", "# ") for line in text.splitlines(keepends=True))
    landscape_folder(landscape)
    return text.replace("@MAP@", "")


def _species(example: str, name: str) -> str:
    from orientalis.catalogue import load_species

    found = load_species(example)
    text = found.file.read_text(encoding="utf-8").replace(f'name = "{found.name}"', f'name = "{name}"', 1)
    return f"# Copied from {found.name}: replace every number, its range and its source.\n{text}"


def _write(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8", newline="\n") as handle:
            handle.write(text)
    except FileExistsError:
        raise InputError("the file exists and is left as it is", file=path, expected="a new file's name") from None
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError(
            f"cannot write: {why}", file=path, expected="a folder that exists and can be written"
        ) from None
