"""Write the tables of `docs/landscape.md` from the manifest, between their markers: nothing is typed twice."""

import json
import re
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "landscape.md"


def render(page: str, manifest: dict[str, Any]) -> str:
    """Return `page` with the text between `<!-- NAME -->` and `<!-- /NAME -->` made anew for each table."""
    for name, table in tables(manifest).items():
        pattern = re.compile(rf"<!-- {name} -->.*?<!-- /{name} -->", re.DOTALL)
        if not pattern.search(page):
            raise ValueError(f"docs/landscape.md lacks the markers of the table {name}")
        before, after = (f"<!-- {mark}{name} -->" for mark in ("", "/"))
        page = pattern.sub(f"{before}\n\n{table}\n\n{after}".replace("\\", r"\\"), page)
    return page


def tables(manifest: dict[str, Any]) -> dict[str, str]:
    """All generated tables, as Markdown, by the name of their markers."""
    layers = [
        (f"`{e['name']}`", e["class"], e["unit"], e["native_resolution"], _names(e["source"]), e["description"])
        for e in manifest["layers"]
    ]
    vectors = [(f"`{e['name']}`", e["class"], _names(e["source"]), e["description"]) for e in manifest["vectors"]]
    zones = [(f"`{e['name']}`", e["class"], e["description"]) for e in manifest["zones"]]
    packages = [(f"{e['name']} {e['version']}", e["registry"], e["licence"], e["credit"]) for e in manifest["packages"]]
    return {
        "layers": _table(("layer", "class", "unit", "native resolution", "made from", "what"), layers),
        "vectors": _table(("vectors", "class", "made from", "what"), vectors),
        "zones": _table(("zone", "class", "what"), zones),
        "packages": _table(("package", "registry", "licence", "credit"), packages),
        "areas": _areas(manifest["areas_km2"]),
        "habitat": _table(("term of the logit", "coefficient"), list(manifest["assumptions"]["HABITAT"].items())),
    }


def _areas(rows: list[dict[str, Any]]) -> str:
    levels = list(dict.fromkeys(row["threshold"] for row in rows))
    found = {(row["part"], row["threshold"]): row for row in rows}
    lines = []
    for part in dict.fromkeys(row["part"] for row in rows):
        row = found[part, levels[0]]
        low, high = row["published_low"], row["published_high"]
        published = (
            f"up to {high:,.0f}" if low is None else f"{high:,.0f}" if low == high else f"{low:,.0f}-{high:,.0f}"
        )
        off = row["got"] / high - 1 if low == high else None
        got = [f"{found[part, level]['got']:,.0f}" for level in levels]
        lines.append((part, published, got[0], f"{off:+.1%}" if off is not None else "within", *got[1:]))
    head = ("part", "published, km2", "got, km2", "off", *(f"threshold {level:g}" for level in levels[1:]))
    return _table(head, lines)


def _names(sources: list[str]) -> str:
    return ", ".join(source.split(":")[1].split("==")[0] for source in sources) or "drawn from published areas"


def _table(head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def write_page(manifest: Path, page: Path = PAGE) -> None:
    """Bring the page up to date with a manifest."""
    text = render(page.read_text(encoding="utf-8"), json.loads(manifest.read_text(encoding="utf-8")))
    page.write_text(text, encoding="utf-8")
