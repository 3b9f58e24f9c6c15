"""Addresses of deliveries, below `/<language>/petitions/<slug>/`."""

from django.urls import URLPattern, path

from orientalis_site.delivery import views

urlpatterns: list[URLPattern] = [
    path("dossier.pdf", views.dossier),
    path("delivery/", views.show),
    path("delivery/<str:delivery_hash>/<str:name>", views.file),
    path("answer/<str:token>/", views.answer),
]
