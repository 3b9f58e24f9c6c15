"""All addresses. `/en/forecast/` has the twins `/en/forecast.json` and `.csv`; `/en/` has `/en.json`."""

from django.urls import include, path, re_path, register_converter
from django.views.decorators.cache import never_cache

from orientalis_site.delivery import views as delivery
from orientalis_site.kit import health, languages
from orientalis_site.mail import tracking
from orientalis_site.pages import views
from orientalis_site.petition import views as petition_views
from orientalis_site.share import views as share
from orientalis_site.twin import feeds, files


class Language:
    """One of the site's languages."""

    regex = "|".join(languages.CODES)

    def to_python(self, value: str) -> str:
        """The code itself."""
        return value

    to_url = to_python


class Name:
    """The name of a page or a finding."""

    regex = "[A-Za-z0-9][A-Za-z0-9_.-]{0,120}"

    def to_python(self, value: str) -> str:
        """The name itself."""
        return value

    to_url = to_python


class Form:
    """The form of a twin."""

    regex = "json|csv"

    def to_python(self, value: str) -> str:
        """The form itself."""
        return value

    to_url = to_python


register_converter(Language, "language")
register_converter(Name, "name")
register_converter(Form, "form")

urlpatterns = [
    path("", views.entrance),
    path("healthz", never_cache(health.healthz)),
    path("readyz", never_cache(health.readyz)),
    path("staff/", include("orientalis_site.staff.urls")),
    *tracking.addresses(),
    path("statusz", never_cache(health.statusz)),
    path("petition-key.json", delivery.key),
    path("robots.txt", feeds.robots),
    path("sitemap.xml", feeds.sitemap),
    path("bundle/<str:bundle_hash>.zip", files.whole),
    path("bundle/<str:bundle_hash>/<path:path>", files.serve),
    path("<language:language>/feed.atom", feeds.feed),
    path("", include("orientalis_site.api.urls")),
    path("<language:language>/share/<name:name>.png", share.image),
    path("<language:language>/petitions/", include("orientalis_site.petition.urls")),
    path("<language:language>.<form:form>", views.show),
    path("<language:language>/numbers/<name:name>.<form:form>", views.number),
    path("<language:language>/numbers/<name:name>/", views.number),
    path("<language:language>/<name:name>.<form:form>", views.show),
    path("<language:language>/", petition_views.home),
    path("<language:language>/<name:name>/", views.show),
    re_path(r"^(?P<address>(?:en|ru|zh-hans)(?:/[A-Za-z0-9_.-]+)*)$", views.with_slash),
]

handler400 = "orientalis_site.kit.errors.bad_request"
handler403 = "orientalis_site.staff.views.forbidden"
handler404 = "orientalis_site.kit.errors.not_found"
handler500 = "orientalis_site.kit.errors.our_fault"
