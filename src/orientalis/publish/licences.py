"""Under which terms the content of a bundle may be passed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orientalis.geography import Landscape

TEXT = """Licences of what is in this bundle
==================================

Findings, series and maps of the model, and the tables under downloads/ made from them: CC-BY-4.0. Please name
Orientalis and the hash of the run. https://creativecommons.org/licenses/by/4.0/

Published figures and counts (figures.json, counts.json, claims.json) are facts; each names its source in sources.json.
Cite the source, not this bundle. A figure whose source is "assumed" is ours and says so.

Studies (downloads/*/study.toml): CC-BY-4.0.
"""
LAYERS = "coast", "lakes", "rivers", "borders", "settlements", "reserves", "land", "potential_habitat"


def licence_files(landscape: Landscape | None) -> dict[str, bytes]:
    """LICENCES.txt, and beside a map the texts that the makers of its layers ask for, by path in the bundle."""
    if landscape is None:
        return {"LICENCES.txt": TEXT.encode("utf-8")}
    entries = [*landscape.manifest.get("layers", ()), *landscape.manifest.get("vectors", ())]
    lines = [f"- {one['name']} ({one['class']}): {one.get('licence') or 'as stated by its maker'}" for one in entries
             if one["name"] in LAYERS]  # fmt: skip
    text = TEXT + "\nThe lines, places and cells of the map keep the licences of their makers:\n\n" + "\n".join(lines)
    found = {}
    folder = None if landscape.folder is None else landscape.folder / "LICENSES"
    for path in sorted(folder.iterdir()) if folder is not None and folder.is_dir() else ():
        if path.name == "NOTICE.txt":
            text += "\n\n" + path.read_text(encoding="utf-8").strip()
        else:
            found[f"licences/{path.name}"] = path.read_bytes()
    return {"LICENCES.txt": (text + "\n").encode("utf-8"), **found}
