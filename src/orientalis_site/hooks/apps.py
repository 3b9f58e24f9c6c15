"""The app: it listens to what happens to petitions."""

from django.apps import AppConfig


class Hooks(AppConfig):
    """Webhooks."""

    name = "orientalis_site.hooks"

    def ready(self) -> None:
        """Listen."""
        from orientalis_site.hooks import outbox
        from orientalis_site.petition import happenings

        happenings.listen(outbox.write)
