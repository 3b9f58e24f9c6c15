"""Addresses of petitions, below `/<language>/petitions/`."""

from django.urls import URLPattern, path

from orientalis_site.petition import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/", views.show),
]
