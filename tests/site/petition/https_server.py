"""A real HTTPS server on the loopback, with a certificate of its own authority."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NAME = "hook.example"


class Received:
    """What came: (path, headers, body), and what is answered."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.status = 204
        self.headers: dict[str, str] = {}
        self.body = b""
        self.slow: Callable[[Callable[[bytes], object]], None] | None = None
        self.port = 0
        self.context = ssl.create_default_context()

    @property
    def address(self) -> str:
        """The address of the server, by its name."""
        return f"https://{NAME}:{self.port}/hook?a=1"


def certificate(folder: Path, name: str) -> Path:
    """A certificate for a name, signed by itself, with its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return file


@contextmanager
def serving(folder: Path, name: str = NAME) -> Iterator[Received]:
    """Serve until the block ends. The certificate is that of `name`."""
    received = Received()
    file = certificate(folder, name)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            named = {key.lower(): value for key, value in self.headers.items()}
            received.requests.append((self.path, named, body))
            if received.slow is not None:
                received.slow(self.wfile.write)
                return
            self.send_response(received.status)
            for key, value in received.headers.items():
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(received.body)))
            self.end_headers()
            self.wfile.write(received.body)

        def log_message(self, *args: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *args: object) -> None:
            pass  # a client that leaves in the middle

    server = Quiet(("127.0.0.1", 0), Handler)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(file)
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    received.port = server.server_address[1]
    received.context.load_verify_locations(file)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield received
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def drip(write: Callable[[bytes], object]) -> None:
    """Send a byte now and then, for a long time."""
    write(b"HTTP/1.1 200 OK\r\n")
    for _ in range(200):
        write(b"X: y\r\n")
        time.sleep(0.05)
