"""Mail by SMTP: Django's own, which remembers whether the server may have taken a letter that failed."""

from __future__ import annotations

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend


class _Conversation:
    """Notes when the text of a letter is handed over: if the line breaks then, nobody knows whether it went."""

    is_handed_over = False

    def mail(self, *args: Any, **kwargs: Any) -> Any:
        """Begin with a letter."""
        self.is_handed_over = False
        return super().mail(*args, **kwargs)  # type: ignore[misc]

    def data(self, *args: Any, **kwargs: Any) -> Any:
        """Hand its text over."""
        self.is_handed_over = True
        return super().data(*args, **kwargs)  # type: ignore[misc]


class _Plain(_Conversation, smtplib.SMTP):
    pass


class _Secure(_Conversation, smtplib.SMTP_SSL):
    pass


class Backend(EmailBackend):
    """One connection for a batch."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The class of its connection."""
        return _Secure if self.use_ssl else _Plain

    @property
    def is_handed_over(self) -> bool:
        """Whether the server may hold the letter that was sent last."""
        return bool(getattr(self.connection, "is_handed_over", False))
