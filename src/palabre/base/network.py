"""Where a request came from, and how little of it is kept.

A forwarded address is believed only from the proxies named in ``PALABRE_TRUSTED_PROXIES``, read from the right,
because everything left of our own proxy is what the client says of itself.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address


def client_address(request: HttpRequest) -> str:
    """The client's address, or ``""`` when there is none (a socket file)."""
    address = _parse(request.META.get("REMOTE_ADDR", ""))
    hops = [_parse(hop) for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    while address is not None and _trusted(address) and hops:
        nearest = hops.pop()
        if nearest is None:
            break
        address = nearest
    return str(address) if address is not None else ""


def truncate(address: str) -> str:
    """The network an address belongs to: /24 for IPv4, /48 for IPv6; ``""`` for none."""
    parsed = _parse(address)
    if parsed is None:
        return ""
    return str(ip_network((parsed, 24 if parsed.version == 4 else 48), strict=False))


def _parse(text: str) -> Address | None:
    try:
        address = ip_address(text.strip().strip("[]"))
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _trusted(address: Address) -> bool:
    return any(address in network for network in settings.PALABRE_TRUSTED_PROXIES if network.version == address.version)
