"""A worker whose threads no slow client can hold: a thread is given a request when its head has come, not before.

gunicorn's threaded worker reads the head of a request, and what a client sends after the answer, while it blocks. A
hundred clients that send half a request and wait would then keep everybody else out. Here the loop of events watches
them all; only whole heads reach a thread. A proxy does the same, but the site must also stand without one.
"""

from __future__ import annotations

import errno
import selectors
import socket
import struct
from collections import deque
from functools import partial
from time import monotonic
from typing import Any

from gunicorn.http.errors import LimitRequestHeaders
from gunicorn.workers.gthread import TConn, ThreadWorker

LONGEST_HEAD = 32 * 1024
HEAD_SECONDS = 10.0
SENT_SECONDS = 10
DRAINED_BYTES = 32 * 1024 * 1024
DRAINED_SECONDS = 3.0
END_OF_HEAD = b"\r\n\r\n"
HARMLESS = (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK)


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """Waits for heads and for the last bytes of a client in the loop of events, each up to a bound."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.leaving: deque[Any] = deque()

    def accept(self, listener: socket.socket) -> None:
        """Take a connection and wait for a request on it."""
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno not in HARMLESS:
                raise
            return
        # A reader who takes nothing holds a thread for so many seconds; most answers fit what the system buffers.
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 512 * 1024)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", SENT_SECONDS, 0))
        conn = TConn(self.cfg, client, address, listener.getsockname())
        conn.data_ready = True
        conn.timeout = monotonic() + HEAD_SECONDS
        self.nr_conns += 1
        self.pending_conns.append(conn)
        self.poller.register(client, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def on_pending_socket_readable(self, conn: Any, client: socket.socket) -> None:
        """The first bytes of a new connection."""
        if has_head(conn):
            super().on_pending_socket_readable(conn, client)

    def on_client_socket_readable(self, conn: Any, client: socket.socket) -> None:
        """The first bytes of a further request."""
        if has_head(conn):
            super().on_client_socket_readable(conn, client)

    def handle(self, conn: Any) -> Any:
        """Answer a request; a head without an end is not read."""
        if conn.is_too_long:
            conn.sock.setblocking(True)
            self.handle_error(None, conn.sock, conn.client, LimitRequestHeaders("the head has no end"))
            return False
        return super().handle(conn)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer a request; a reader who takes nothing counts as one who has gone."""
        try:
            return super().handle_request(req, conn)
        except BlockingIOError:
            raise ConnectionResetError(errno.ECONNRESET, "the reader takes nothing") from None

    def _keepalive_after(self, conn: Any, keepalive: Any) -> bool:
        """No body is waited for: a connection that announced one ends with the answer."""
        names = {name for name, value in conn.parser.mesg.headers if value != "0"}
        if names & {"CONTENT-LENGTH", "TRANSFER-ENCODING"}:
            return False
        rest = conn.parser.unreader.buf.getvalue()  # of a further request that came along; half of one is not awaited
        if rest and END_OF_HEAD not in rest:
            return False
        return bool(super()._keepalive_after(conn, keepalive))

    def finish_request(self, conn: Any, fs: Any) -> None:
        """Go on with a connection that is kept, take leave of another."""
        if not fs.cancelled() and fs.exception() is None and fs.result():
            super().finish_request(conn, fs)
            return
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.drain, conn))
        except (OSError, ValueError):
            self.nr_conns -= 1
            conn.close()
            return
        conn.timeout, conn.left = monotonic() + DRAINED_SECONDS, DRAINED_BYTES
        self.leaving.append(conn)

    def drain(self, conn: Any, client: socket.socket) -> None:
        """Throw away what a client still sends: a close before it has read the answer would destroy the answer."""
        try:
            got = len(client.recv(65536))
        except BlockingIOError:
            return
        except OSError:
            got = 0
        conn.left -= got
        if got == 0 or conn.left <= 0:
            self.leaving.remove(conn)
            self.forget(conn)

    def murder_pending(self) -> None:
        """Close what has waited for too long (gunicorn's name for it)."""
        super().murder_pending()
        while self.leaving and self.leaving[0].timeout <= monotonic():
            self.forget(self.leaving.popleft())

    def forget(self, conn: Any) -> None:
        """Close a connection and cease to watch it."""
        self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.close()


def has_head(conn: Any) -> bool:
    """Whether a thread can go on with a connection: its head is whole, has no end within the bound, or is all there is.

    The head is looked at and left where it is. Until more has come, the system wakes nobody.
    """
    conn.is_too_long = False
    try:
        got = conn.sock.recv(LONGEST_HEAD, socket.MSG_PEEK)
    except BlockingIOError:
        return False
    except OSError:
        return True
    is_whole = END_OF_HEAD in got
    is_all = len(got) in (0, getattr(conn, "seen", -1))
    conn.is_too_long = not is_whole and len(got) >= LONGEST_HEAD
    is_ready = is_whole or is_all or conn.is_too_long
    conn.seen = -1 if is_ready else len(got)
    conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1 if is_ready else len(got) + 1)
    return is_ready
