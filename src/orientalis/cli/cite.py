"""`orientalis cite STUDY`: whom to thank for the numbers that a study rests on."""

from typing import Annotated, Any

import typer

from orientalis.cli.arguments import AsJson, StudyFile
from orientalis.cli.output import say, say_json


def cite(
    study: StudyFile,
    bibtex: Annotated[bool, typer.Option("--bibtex", help="Print BibTeX.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the sources of the numbers that a study rests on.

    Those of its species and those of the layers of its landscape.
    """
    import orientalis
    from orientalis.catalogue import citations_of
    from orientalis.scenario import load_study, resolve

    spec = resolve(load_study(study))[0]
    references = citations_of(spec.species)
    layers = _layers(spec.landscape)
    assumed = [path for path, quantity in spec.species.quantities().items() if quantity.source == "assumed"]
    if as_json:
        sources = [{"key": r.key, "kind": r.kind, **r.fields, "text": r.as_text()} for r in references]
        program = {"name": "orientalis", "version": orientalis.__version__}
        content = {"program": program, "sources": sources, "landscape": layers, "assumed": assumed}
        say_json({"schema_version": 1, **content})
        return
    if bibtex:
        for entry in references:
            fields = "".join(f"  {name} = {{{value}}},\n" for name, value in entry.fields.items())
            say(f"@{entry.kind}{{{entry.key},\n{fields}}}\n")
        return
    say(f"Orientalis {orientalis.__version__}: see CITATION.cff.")
    say()
    say(f"Numbers of {spec.species.scientific_name}:")
    for entry in references:
        say(f"- {entry.as_text()}")
    if assumed:
        total = len(spec.species.quantities())
        say(f"{len(assumed)} of {total} numbers are assumed: orientalis show species {spec.species.name}")
    threats = spec.content.get("threats", {})
    if threats:
        say(f"The numbers of its threats are among them ({', '.join(threats)}): orientalis show threat NAME")
    if layers:
        say()
        say("Layers of the landscape:")
        for layer in layers:
            say(
                f"- {layer['name']} ({layer['class']}): {', '.join(layer['source']) or 'made here'}; {layer['licence']}"
            )


def _layers(landscape: Any) -> list[dict[str, Any]]:
    """Return name, class, sources and licence of each layer and each set of vectors."""
    if landscape is None:
        return []
    entries = [*landscape.manifest.get("layers", ()), *landscape.manifest.get("vectors", ())]
    names = ("name", "class", "source", "licence")
    return [{name: entry.get(name, [] if name == "source" else "") for name in names} for entry in entries]
