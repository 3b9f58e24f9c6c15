"""The database back end that `ENGINE` names."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from orientalis_site.kit.postgresql.lines import lines


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, but for where its line comes from and goes to."""

    _target: str | None = None
    """The database of the line that was taken from those that are kept; none: it is this thread's alone."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A line that is kept, else a new one."""
        if not lines.is_kept:
            return super().get_new_connection(conn_params)
        target = repr(sorted((name, value) for name, value in conn_params.items() if isinstance(value, (str, int))))
        held = lines.take(target)
        try:
            held = held or super().get_new_connection(conn_params)
        except BaseException:
            lines.give_back(target, None, is_sound=False)
            raise
        self._target = target
        return held

    def _close(self) -> None:
        """Keep the line, unless something is unfinished on it."""
        if self.connection is None or self._target is None:
            super()._close()  # type: ignore[misc]  # django-stubs leaves it out
            return
        target, self._target = self._target, None
        is_idle = not self.connection.closed and self.connection.info.transaction_status == TransactionStatus.IDLE
        with self.wrap_database_errors:
            lines.give_back(target, self.connection, is_sound=is_idle and not self.in_atomic_block)
