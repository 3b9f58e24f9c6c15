"""One POST to an address that somebody else chose: over HTTPS, to the open net alone, within bounds.

The name is resolved once, every address of it is checked, and the connection goes to a checked address, so that a name
that says something else a moment later leads nowhere. The certificate must be the name's. No redirect is followed.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Collection, Mapping
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from django.utils.encoding import iri_to_uri

SECONDS = 5.0
"""For each step: connecting, the handshake, each read (assumed)."""
WHOLE_SECONDS = 15.0
"""For all of it, also where a byte comes now and then (assumed)."""
LONGEST_ANSWER = 4096
_NAT64 = IPv6Network("64:ff9b::/96")

Address = IPv4Address | IPv6Address
Resolver = Callable[[str, int], Collection[str]]


class Unsendable(Exception):
    """Nothing was sent, or nobody took it; the sentence says why, without the address."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def check_address(text: str) -> SplitResult:
    """The parts of an address that may be told. Unsendable, with what was expected, where it may not."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise Unsendable("expected an address such as https://example.org/hook") from None
    if parts.scheme != "https" or not parts.hostname:
        raise Unsendable("expected an address that begins with https://")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise Unsendable("expected an address without a password and without #")
    if not text.isascii() or any(mark <= " " or mark == "\x7f" for mark in text):
        raise Unsendable("expected an address in ASCII, without spaces")
    return parts


def is_open(address: Address) -> bool:
    """Whether an address is on the open net: not private, loopback, link-local, multicast, nor one of those within."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_open(inner) and not address.teredo
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_unspecified or address.is_reserved)


def post(
    address: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    also: Collection[str] = (),
    context: ssl.SSLContext | None = None,
    resolver: Resolver = resolve,
    seconds: float = WHOLE_SECONDS,
) -> int:
    """Send it; the status that came back. `also`: closed addresses that are taken nevertheless (for tests)."""
    parts = check_address(address)
    host, port = str(parts.hostname), parts.port or 443
    try:
        found = [ip_address(one.partition("%")[0]) for one in resolver(host, port)]
    except (OSError, UnicodeError, ValueError):
        raise Unsendable("its name has no address") from None
    if not found:
        raise Unsendable("its name has no address")
    if not all(is_open(one) or str(one) in also for one in found):
        raise Unsendable("its name leads to an address that is not on the open net")
    connection = _Connection(host, port, str(found[0]), context or ssl.create_default_context())
    timer = threading.Timer(seconds, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        path = iri_to_uri((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        connection.request("POST", path, body=body, headers={**headers, "Connection": "close"})
        answer = connection.getresponse()
        answer.read(LONGEST_ANSWER)
        if connection.is_cut:  # an end in the middle of the headers is taken for their end
            raise TimeoutError
        return answer.status
    except ssl.SSLCertVerificationError:
        raise Unsendable("its certificate is not that of its name") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unsendable(f"it does not answer ({type(error).__name__})") from None
    finally:
        timer.cancel()
        connection.close()


class _Connection(http.client.HTTPSConnection):
    """A connection to an address that was checked, with the certificate of the name."""

    def __init__(self, host: str, port: int, checked: str, context: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=SECONDS, context=context)
        self.checked = checked
        self.tls = context
        self.is_cut = False

    def connect(self) -> None:
        """Connect to the checked address, whatever the name says by now."""
        plain = socket.create_connection((self.checked, self.port), SECONDS)
        held = self.tls.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock = held  # before the handshake, so that one that goes on for ever is cut as well
        if self.is_cut:
            raise TimeoutError
        held.do_handshake()

    def cut(self) -> None:
        """End it: the time is over."""
        self.is_cut = True
        held = self.sock
        if held is not None:
            try:
                socket.socket.shutdown(held, socket.SHUT_RDWR)
            except OSError:
                pass
