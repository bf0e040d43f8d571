"""Where a request comes from, as far as it can be believed.

What a proxy adds to a request anybody can write. So it is believed from
declared proxies alone, and taken away from everybody else's requests before
any other part sees them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

UNKNOWN = "unknown"
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_REAL_IP")
Networks = Sequence[IPv4Network | IPv6Network]


class DeclaredProxies:
    """Middleware, the outermost: what an undeclared sender says about forwarding is not there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_among(request.META.get("REMOTE_ADDR", ""), settings.PROXIES):
            for name in list(request.META):
                if name.startswith("HTTP_X_FORWARDED") or name in FORWARDED:
                    del request.META[name]
        return self._get_response(request)


def client_address(request: HttpRequest) -> str:
    """The address that the outermost proxy of ours saw; without proxies, the one that connected."""
    return believed(
        request.META.get("REMOTE_ADDR", ""),
        forwarded=request.META.get("HTTP_X_FORWARDED_FOR", ""),
        proxies=settings.PROXIES,
    )


def believed(connected: str, *, forwarded: str, proxies: Networks) -> str:
    """The nearest address that is no proxy of ours.

    connected  the address of the connection itself
    forwarded  X-Forwarded-For: each proxy appends the address that it saw, so
               everything left of the first stranger was written by that stranger
    proxies    where proxies of ours connect from

    An IPv6 address is answered as its network of 64 bits, since one household
    has all of it.
    """
    address = connected
    for hop in reversed([hop.strip() for hop in forwarded.split(",") if hop.strip()]):
        if not _is_among(address, proxies):
            break
        address = hop
    return _network(address)


def _is_among(address: str, networks: Networks) -> bool:
    known = _parsed(address)
    return known is not None and any(known in network for network in networks)


def _network(address: str) -> str:
    known = _parsed(address)
    if known is None:
        return UNKNOWN
    return str(IPv6Network((known, 64), strict=False) if isinstance(known, IPv6Address) else known)


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        known = ip_address(address)
    except ValueError:
        return None
    return (isinstance(known, IPv6Address) and known.ipv4_mapped) or known
