"""Where a request comes from, as far as it can be believed."""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "unknown"


def client_address(request: HttpRequest) -> str:
    """The address that the outermost proxy of ours saw; without proxies, the one that connected."""
    return believed(
        request.META.get("REMOTE_ADDR", ""),
        forwarded=request.META.get("HTTP_X_FORWARDED_FOR", ""),
        proxies=settings.TRUSTED_PROXIES,
    )


def believed(connected: str, *, forwarded: str, proxies: int) -> str:
    """The rightmost address that no proxy of ours added.

    connected  the address of the connection itself
    forwarded  X-Forwarded-For: each proxy appends the address that it saw, so
               everything further left was written by the client
    proxies    how many proxies of ours stand in front

    An IPv6 address is answered as its network of 64 bits, since one household
    has all of it.
    """
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()] if proxies else []
    address = hops[-proxies] if len(hops) >= proxies > 0 else connected
    return _network(address)


def _network(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return UNKNOWN
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or IPv6Network((known, 64), strict=False))
    return str(known)
