"""The application server: gunicorn, with an answer for requests that are too long to be read."""

from __future__ import annotations

import socket
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.http.errors import InvalidHeader, LimitRequestHeaders, LimitRequestLine

from orientalis_site.kit.patience import PatientWorker
from orientalis_site.kit.plain_error import plain_error

LONGEST_LINE = 4094


class Worker(PatientWorker):
    """Answers 413, in the house's words, to a request line or headers that are too long; 400 where no host is named."""

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer a request that says which host it means, as HTTP/1.1 demands."""
        if req.version >= (1, 1) and not any(name == "HOST" for name, _ in req.headers):
            raise InvalidHeader("HOST")
        return super().handle_request(req, conn)

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:
        """Answer 413, else as gunicorn does."""
        if not isinstance(exc, (LimitRequestHeaders, LimitRequestLine)):
            super().handle_error(req, client, addr, exc)
            return
        try:
            client.sendall(plain_error(413))
        except OSError:
            pass  # the client has gone


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with the site's settings; `options` are gunicorn's own names."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = {
            "worker_class": "orientalis_site.kit.server.Worker",
            "threads": 4,
            "keepalive": 5,
            "timeout": 30,
            "graceful_timeout": 5,
            "limit_request_line": LONGEST_LINE,
            "max_requests": 100_000,
            "max_requests_jitter": 10_000,
            "preload_app": True,
            "control_socket_disable": True,
            "loglevel": "warning",
            **options,
        }
        super().__init__()

    def load_config(self) -> None:
        """Hand the options over."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application."""
        from orientalis_site.wsgi import application

        return application
