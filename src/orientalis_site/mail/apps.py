"""The application of mail."""

from django.apps import AppConfig


class Mail(AppConfig):
    """Listens to the provider, where there is one."""

    name = "orientalis_site.mail"

    def ready(self) -> None:
        """Connect what listens."""
        from orientalis_site.mail import tracking

        tracking.connect()
