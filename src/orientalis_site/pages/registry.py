"""The pages in the order of the menu."""

from orientalis_site.pages import about, downloads, forecast, home, leopard, method, sources, unknowns

PAGES = (
    home.PAGE,
    forecast.PAGE,
    leopard.PAGE,
    unknowns.PAGE,
    method.PAGE,
    sources.PAGE,
    downloads.PAGE,
    about.PAGE,
)
BY_NAME = {page.name: page for page in PAGES}
