"""Take the pictures of the site that stand in the documents: `python -m tools.site_pictures` (needs chromium).

Each page in three languages, as on a desk in light, and home and forecast as on a phone in the dark. The site is
started for it, on a free port, and ended with it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from time import sleep
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs" / "site"
LANGUAGES = ("en", "ru", "zh-hans")
NUMBER = "numbers/extinct_draws.status_quo"
PETITION = "petitions/save-the-amur-leopard"
OF_PETITION = (PETITION, *(f"{PETITION}/{page}" for page in ("sign", "supporters", "delivery")))
PAGES = ("", *OF_PETITION, "forecast", "leopard", "unknowns", "method", "sources", "downloads", "about", NUMBER)
ON_A_PHONE = ("", PETITION, "forecast")
TALLEST = 4500
SCALE = 0.6
COLOURS = 96
BROWSER_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def file_name(language: str, page: str, device: str) -> str:
    """The name of a picture."""
    return f"{(page or 'home').replace('/', '-').split('.')[0]}-{language}-{device}.png"


@contextmanager
def site() -> Iterator[str]:
    """The site on a free port; its address. Ends it by its process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as var:
        environment = {**os.environ, "PORT": str(port), "ORIENTALIS_VAR": var, "ORIENTALIS_WORKERS": "1"}
        process = subprocess.Popen([sys.executable, "-m", "orientalis_site", "serve"], env=environment, cwd=ROOT)
        try:
            wait_for(f"http://127.0.0.1:{port}/readyz")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=15)


def wait_for(address: str, tries: int = 100) -> None:
    """Wait until an address answers."""
    for _ in range(tries):
        try:
            with urlopen(address):
                return
        except (URLError, ConnectionError):
            sleep(0.2)
    raise TimeoutError(address)


def picture(browser: Browser, address: str, width: int, scheme: str) -> bytes:
    """A page from top to bottom, smaller, in few colours."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.goto(address)
        page.wait_for_timeout(300)
        taken = Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")
    finally:
        context.close()
    taken = taken.crop((0, 0, taken.width, min(taken.height, TALLEST)))
    scale = 1.0 if width < 500 else SCALE
    small = taken.resize((round(taken.width * scale), round(taken.height * scale)), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def gallery() -> str:
    """The page of the documents that shows them."""
    lines = [
        "# Pictures of the site",
        "",
        "Each page as it is with the shipped bundle, in three languages; long pages are cut.",
        "Made by `python -m tools.site_pictures`.",
        "",
    ]
    for page in PAGES:
        lines += [f"## {page or 'home'}", "", "| English | Русский | 简体中文 |", "|---|---|---|"]
        for device in ("desk", "phone") if page in ON_A_PHONE else ("desk",):
            files = [file_name(code, page, device) for code in LANGUAGES]
            cells = [f"![{name.removesuffix('.png')}](pictures/{name})" for name in files]
            lines.append("| " + " | ".join(cells) + " |")
        lines.append("")
    return "\n".join(lines)


def main() -> int:
    """Take all pictures and write the page."""
    browser_path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    folder = DOCS / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    with site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=BROWSER_OPTIONS)
        for language in LANGUAGES:
            for page in PAGES:
                place = f"{address}/{language}/{page}/" if page else f"{address}/{language}/"
                (folder / file_name(language, page, "desk")).write_bytes(picture(browser, place, 1000, "light"))
                if page in ON_A_PHONE:
                    (folder / file_name(language, page, "phone")).write_bytes(picture(browser, place, 360, "dark"))
        browser.close()
    (DOCS / "pictures.md").write_text(gallery(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
