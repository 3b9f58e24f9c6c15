"""A reader at a browser: opens pages and writes down all that the browser asks for and complains about."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# No call home, and no name is resolved but the loopback's: what a page asks of others fails and is seen.
BROWSER_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)

LANGUAGES = ("en", "ru", "zh-hans")
LOCALES = {"en": "en-GB", "ru": "ru-RU", "zh-hans": "zh-CN"}
PAGES = ("", "leopard/", "forecast/", "method/", "sources/", "unknowns/", "downloads/", "about/")
"""The pages of each language, home first; pages of single numbers besides."""

DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
ZOOMED: dict[str, Any] = {"viewport": {"width": 320, "height": 200}, "device_scale_factor": 4}
"""A window of 1280 × 800 at 400 %."""

_TELL_OF_VIOLATIONS = """
addEventListener("securitypolicyviolation", event =>
  console.error("content policy: " + event.violatedDirective + " " + event.blockedURI + " " + event.sample));
"""


class Element(NamedTuple):
    """An element of the page, for a message: its markup, cut short, and what was measured."""

    markup: str
    measure: float


class Reader:
    """One page in a context of its own. `requests`: every address asked for; `complaints`: every error reported."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.context = context
        self.base = base
        self.requests: list[str] = []
        self.complaints: list[str] = []
        context.add_init_script(_TELL_OF_VIOLATIONS)
        context.on("request", self._note_request)
        self.page: Page = context.new_page()
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))

    def _note_request(self, request: Request) -> None:
        self.requests.append(request.url)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")

    def open(self, path: str) -> Page:
        """Open a path of the site and wait until it is loaded. AssertionError unless it answers 200."""
        answer = self.page.goto(self.base + path)
        assert answer is not None and answer.status == 200, f"{path}: {answer and answer.status}"
        return self.page

    def scroll_through(self) -> None:
        """Go to the end in steps and back, so that what waits to be scrolled to is asked for."""
        self.page.evaluate(
            """async () => {
              for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
                scrollTo(0, y);
                await new Promise(done => setTimeout(done, 40));
              }
              scrollTo(0, 0);
            }"""
        )
        self.page.wait_for_load_state("networkidle")

    def hosts(self) -> set[str]:
        """Every host that was asked; addresses that carry their own data have none."""
        return {urlsplit(url).netloc for url in self.requests if not url.startswith(("data:", "blob:", "about:"))}

    def wider_than_window(self) -> float:
        """By how many pixels the document can be scrolled sideways."""
        return float(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    def small_text(self, least: float) -> list[Element]:
        """Elements that show letters lower than `least` pixels, those in drawings as they are scaled on the page."""
        found = self.page.evaluate(_SMALL_TEXT, least)
        return [Element(markup, measure) for markup, measure in found]


_SMALL_TEXT = """least => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || seen.has(element) || element.closest("script, style, noscript, title, desc"))
      continue;
    seen.add(element);
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    if (box.width <= 1 || box.height <= 1 || style.visibility === "hidden" || style.display === "none") continue;
    let size = parseFloat(style.fontSize);
    if (element instanceof SVGElement) {
      const matrix = element.getScreenCTM();
      size *= Math.hypot(matrix.a, matrix.b);
    }
    if (size < least - 0.01) found.push([element.outerHTML.slice(0, 160), size]);
  }
  return found;
}"""


class Readers:
    """Opens readers in one browser, each with a context of its own, and closes them."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser = browser
        self.base = base
        self.contexts: list[BrowserContext] = []

    def new(self, language: str = "en", device: dict[str, Any] = DESK, **options: Any) -> Reader:
        """A reader of a language at a device; options as of `Browser.new_context`."""
        context = self.browser.new_context(locale=LOCALES[language], **{**device, **options})
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        return Reader(context, self.base)

    def close(self) -> None:
        """Close all readers."""
        while self.contexts:
            self.contexts.pop().close()
