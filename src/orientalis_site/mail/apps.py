"""The application of mail."""

from django.apps import AppConfig


class Mail(AppConfig):
    """Listens to the provider, where there is one, and to the closing of petitions."""

    name = "orientalis_site.mail"

    def ready(self) -> None:
        """Connect what listens."""
        from orientalis_site.mail import news, tracking
        from orientalis_site.petition import happenings

        tracking.connect()
        happenings.listen(news.on_closing)
