"""Addresses of petitions, below `/<language>/petitions/`."""

from django.urls import URLPattern, URLResolver, include, path

from orientalis_site.petition import removals, share_card, signing_views, supporters, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.listing),
    path("<slug:slug>/", views.show),
    path("<slug:slug>/", include("orientalis_site.delivery.urls")),
    path("<slug:slug>/supporters/", supporters.show),
    path("<slug:slug>/share.png", share_card.image),
    path("<slug:slug>/sign/", signing_views.sign),
    path("<slug:slug>/resend/", signing_views.resend),
    path("<slug:slug>/confirm/<str:token>/", signing_views.confirm),
    path("<slug:slug>/withdraw/<str:token>/", signing_views.withdraw),
    path("<slug:slug>/not-me/<str:token>/", signing_views.not_me),
    path("<slug:slug>/unsubscribe/<str:token>/", signing_views.unsubscribe),
    path("<slug:slug>/removals/", removals.show),
]
