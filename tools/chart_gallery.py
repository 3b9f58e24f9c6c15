"""Draw every chart of a bundle on one page a language, to be looked at; with --pictures, as PNG at three widths.

    python -m tools.chart_gallery OUT [--bundle DIR] [--pictures]

Pictures need the browser of the tests. Look for collisions, cut labels and empty axes; words that have no translation
yet stand in English.
"""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

WIDTHS = (360, 768, 1440)
THEMES = ("light", "dark", "print")
LANGUAGES = {"en": "en", "ru": "ru", "zh-hans": "zh-Hans"}
ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "src" / "orientalis_site"


def main() -> None:
    """Write the pages and, if asked for, the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--bundle", type=Path, default=SITE / "bundle")
    parser.add_argument("--pictures", action="store_true")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orientalis_site.settings")
    import django

    django.setup()
    given.out.mkdir(parents=True, exist_ok=True)
    for name in ("site.css", "charts.css"):
        shutil.copy(SITE / "static" / "site" / name, given.out)
    for language in LANGUAGES:
        (given.out / f"{language}.html").write_text(_page(given.bundle, language), encoding="utf-8")
    if given.pictures:
        _take_pictures(given.out)


def _page(bundle: Path, language: str) -> str:
    """All charts in one language."""
    from django.utils import translation

    with translation.override(language):
        body = "".join(_figures(bundle))
    return (
        f'<!doctype html><html lang="{LANGUAGES[language]}"><meta charset="utf-8"><title>{language}</title>'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="site.css">'
        f'<link rel="stylesheet" href="charts.css"><main>{body}</main></html>'
    )


def _figures(folder: Path) -> Iterator[str]:
    """The charts of every scenario, then those over all scenarios."""
    from orientalis.evidence import open_bundle
    from orientalis_site.pages import drawings

    bundle = open_bundle(folder)
    for scenario in bundle.manifest.scenarios:
        drawn = [drawings.fan(bundle, scenario), drawings.fan_russia(bundle, scenario)]
        drawn.append(drawings.extinction(bundle, scenario))
        drawn += [*drawings.surroundings(bundle, scenario), drawings.deaths(bundle, scenario)]
        for raster in bundle.rasters.values():
            if raster.key == "occupancy" and raster.parameters.get("scenario") == scenario:
                drawn.append(drawings.occupancy(bundle, scenario, str(raster.parameters.get("year"))))
        yield from (_figure(chart) for chart in drawn if chart)
    over_all = [drawings.certainty(bundle), drawings.moves(bundle), drawings.counted(bundle)]
    yield from (_figure(chart) for chart in over_all if chart)


def _figure(chart: object) -> str:
    from django.template import Context, Engine

    markup = (
        '<figure class="figure"><h3>{{ chart.title }}</h3><p class="subtitle">{{ chart.subtitle }}</p>'
        '<div class="drawing">{{ chart.wide }}{{ chart.narrow }}</div>'
        "<figcaption>{{ chart.caption }}</figcaption></figure>"
    )
    return str(Engine().from_string(markup).render(Context({"chart": chart})))


def _take_pictures(folder: Path) -> None:
    """One PNG a language, width and theme."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for language in LANGUAGES:
            for width in WIDTHS:
                page = browser.new_page(viewport={"width": width, "height": 800}, device_scale_factor=1.5)
                page.goto((folder / f"{language}.html").resolve().as_uri())
                for theme in THEMES:
                    page.emulate_media(
                        media="print" if theme == "print" else "screen",
                        color_scheme="dark" if theme == "dark" else "light",
                    )
                    page.screenshot(path=folder / f"{language}-{width}-{theme}.png", full_page=True)
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
