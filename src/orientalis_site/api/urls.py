"""The addresses of what programs and other sites read of petitions."""

from django.urls import URLPattern, path

from orientalis_site.api import embed, news, routes

urlpatterns = [
    # The patterns alone: the root that django-ninja adds would stand in the way of the site's own.
    *(one for one in routes.api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"),
    path("openapi.json", routes.openapi),
    path("<language:language>/petitions/feed.atom", news.feed),
    path("<language:language>/petitions/<slug:slug>/feed.atom", news.feed),
    path("<language:language>/petitions/<slug:slug>/embed/", embed.embed),
]
