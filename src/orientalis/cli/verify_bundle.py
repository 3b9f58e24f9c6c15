"""`orientalis verify-bundle BUNDLE`: is a bundle whole and unchanged?"""

from orientalis.cli.arguments import AsJson, BundleDir
from orientalis.cli.output import number, say, say_json, say_table


def verify_bundle(folder: BundleDir, as_json: AsJson = False) -> None:
    """Check that a bundle is whole, and say what it holds.

    Every byte and every reference is looked at. Exit status 2 for a bundle that was changed, is not whole or has
    another format.
    """
    from orientalis.evidence import open_bundle

    bundle = open_bundle(folder)
    manifest = bundle.manifest
    names = ("findings", "series", "rasters", "figures", "counts", "claims", "sources", "runs")
    holds = {name: len(getattr(bundle, name)) for name in names} | {"files": len(manifest.files)}
    total = sum(file.size for file in manifest.files)
    if as_json:
        say_json(
            {
                "schema_version": 1,
                "hash": bundle.hash,
                "format": list(manifest.format),
                "name": manifest.name,
                "species": manifest.species,
                "date": manifest.date.isoformat(),
                "orientalis": manifest.orientalis,
                "baseline": manifest.baseline,
                "scenarios": list(manifest.scenarios),
                "has_map": bundle.landscape is not None,
                "bytes": total,
                "holds": holds,
            }
        )
        return
    say(f"{folder} is whole: {manifest.name}, {manifest.date.isoformat()}, Orientalis {manifest.orientalis}")
    say(f"Hash: {bundle.hash}")
    say(f"Scenarios: {', '.join(manifest.scenarios)} (baseline: {manifest.baseline})")
    say_table(("holds", "number"), [(name, number(held)) for name, held in holds.items()])
    say(f"Size: {number(total)} bytes; map: {'yes' if bundle.landscape is not None else 'none'}")
