"""The application server: gunicorn, with an answer for requests that are too long to be read, and an end to silence."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
from collections.abc import Sequence
from time import monotonic
from typing import Any

from django.conf import settings
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

from orientalis_site.kit.helpers import Helper
from orientalis_site.kit.logs import Json, Nameless, Text
from orientalis_site.kit.plain_error import plain_error
from orientalis_site.kit.postgresql.lines import lines

LONGEST_LINE = 4094
SILENT_SECONDS = 5.0
DRAINED_BYTES = 32 * 1024 * 1024
DRAINED_SECONDS = 3.0


class Silence(logging.Filter):
    """Keeps clients that fell silent out of the log: they are no fault of ours."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to write a record."""
        return not (record.exc_info and record.exc_info[0] is TimeoutError)


class Log(Logger):  # type: ignore[misc]
    """gunicorn's own lines, in the form of all others and without what they say of a client."""

    def setup(self, cfg: Any) -> None:
        """Set the handlers up, and change their form."""
        super().setup(cfg)
        form = Json() if settings.LOG_FORMAT == "json" else Text()
        for handler in self.error_log.handlers:
            handler.setFormatter(form)
        if not any(isinstance(one, Nameless) for one in self.error_log.filters):
            self.error_log.addFilter(Nameless())


class Worker(ThreadWorker):  # type: ignore[misc]
    """A threaded worker that lets a silent client go, and answers 413 to a head that is too long.

    A server that closes while the client is still sending resets the connection, and the answer is lost: so what is
    still on its way is read and thrown away, within a bound of bytes and seconds.
    """

    def init_process(self) -> None:
        """Begin to serve."""
        self.log.error_log.addFilter(Silence())
        lines.keep()
        super().init_process()

    def handle(self, conn: Any) -> Any:
        """Serve a connection; one that falls silent in the middle of a request, or takes no answer, is closed."""
        if not conn.initialized:
            begin = conn.init

            def init() -> None:
                begin()
                conn.sock.settimeout(SILENT_SECONDS)

            conn.init = init
        return super().handle(conn)

    def finish_request(self, conn: Any, fs: Any) -> None:
        """Go on with a connection, or take leave of it: in a thread, since a client may take seconds to leave."""
        if not fs.cancelled() and fs.exception() is None and fs.result():
            super().finish_request(conn, fs)
        else:
            self.nr_conns -= 1
            self.tpool.submit(conn.close, graceful=True)

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:
        """Answer 413 in the house's words, else as gunicorn does."""
        if not isinstance(exc, (LimitRequestHeaders, LimitRequestLine)):
            super().handle_error(req, client, addr, exc)
            return
        try:
            client.sendall(plain_error(413))
            client.shutdown(socket.SHUT_WR)
            drain(client)
        except OSError:
            pass  # the client has gone


def drain(client: socket.socket) -> None:
    """Read what the client still sends, up to the bounds."""
    end, left = monotonic() + DRAINED_SECONDS, DRAINED_BYTES
    while left > 0 and (seconds := end - monotonic()) > 0:
        client.settimeout(seconds)
        got = client.recv(65536)
        if not got:
            return
        left -= len(got)


def end_on_hangup(arbiter: Any) -> None:
    """A terminal that is closed ends the site, where gunicorn would load it anew."""
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda *_: os.kill(arbiter.pid, signal.SIGTERM))


class Master(Arbiter):  # type: ignore[misc]
    """gunicorn's master, which tends helpers beside its workers, in the same loop: no thread, no second supervisor."""

    def __init__(self, app: Server, helpers: Sequence[Helper]) -> None:
        self.helpers = helpers
        super().__init__(app)

    def manage_workers(self) -> None:
        """Tend both; called about every second."""
        super().manage_workers()
        for helper in self.helpers:
            helper.tend()

    def stop(self, graceful: bool = True) -> None:
        """End both, at the same time."""
        for helper in self.helpers:
            helper.ask_to_end()
        super().stop(graceful)
        for helper in self.helpers:
            helper.end()


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with the site's settings; `options` are gunicorn's own names. `helpers` run beside it."""

    def __init__(self, options: dict[str, Any], helpers: Sequence[Helper] = ()) -> None:
        self.helpers = helpers
        self.options = {
            "worker_class": "orientalis_site.kit.server.Worker",
            "threads": 128,  # most of them wait for slow clients, and cost little
            "keepalive": 5,
            "timeout": 30,
            "graceful_timeout": 5,
            "limit_request_line": LONGEST_LINE,
            "max_requests": 100_000,
            "max_requests_jitter": 10_000,
            "preload_app": True,
            "control_socket_disable": True,
            "loglevel": "warning",
            "logger_class": Log,
            "when_ready": end_on_hangup,
            "post_fork": self.forget_helpers,
            **options,
        }
        super().__init__()

    def forget_helpers(self, arbiter: Any, worker: Any) -> None:
        """In a worker: the helpers end with the master, and not with the last of its workers."""
        for helper in self.helpers:
            helper.forget()

    def load_config(self) -> None:
        """Hand the options over."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def run(self) -> None:
        """Serve until it is ended."""
        try:
            Master(self, self.helpers).run()
        except RuntimeError as error:
            print(f"Error: {error}", file=sys.stderr, flush=True)
            sys.exit(1)

    def load(self) -> Any:
        """The application."""
        from orientalis_site.wsgi import application

        return application
