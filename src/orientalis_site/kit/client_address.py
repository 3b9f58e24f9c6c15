"""Where a request comes from: the connection's own address, unless that is a proxy we trust."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address


def client_address(request: HttpRequest) -> Address | None:
    """The client's address. Forwarded ones are read from the right, past trusted proxies only."""
    found = _parse(request.META.get("REMOTE_ADDR", ""))
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    while found is not None and hops and any(found in network for network in settings.TRUSTED_PROXIES):
        following = _parse(hops.pop())
        if following is None:
            break  # what a trusted proxy would never write: go no further
        found = following
    return found


def group(address: Address) -> str:
    """What counts as one place: an IPv4 address, an IPv6 network of /64. Empty for the machine itself.

    Requests of the loopback come from a proxy that was not named as trusted, or from tests: to hold all of them to the
    limit of one place would silence everybody.
    """
    if address.is_loopback:
        return ""
    return str(address) if isinstance(address, IPv4Address) else f"{int(address) >> 64:016x}/64"


def _parse(text: str) -> Address | None:
    try:
        found = ip_address(text.strip("[]"))
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
