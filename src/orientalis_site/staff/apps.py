"""The application of the staff."""

from __future__ import annotations

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Listens to what happens to second factors."""

    name = "orientalis_site.staff"
    label = "staff"

    def ready(self) -> None:
        """Connect the listeners."""
        from orientalis_site.staff import notes  # noqa: F401
