from __future__ import annotations

from ipaddress import ip_network
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from heartwood.web.kit.address import UNKNOWN, DeclaredProxies, believed, client_address

FORWARDED = {
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_FOR": "203.0.113.5",
    "HTTP_X_FORWARDED_HOST": "elsewhere.example",
    "HTTP_FORWARDED": "for=203.0.113.5;proto=https",
}


@pytest.mark.parametrize(
    ("connected", "forwarded", "proxies", "address"),
    [
        ("203.0.113.5", "", [], "203.0.113.5"),
        ("203.0.113.5", "198.51.100.1", [], "203.0.113.5"),
        ("203.0.113.5", "198.51.100.1", ["127.0.0.1"], "203.0.113.5"),
        ("127.0.0.1", "203.0.113.5", ["127.0.0.1"], "203.0.113.5"),
        ("127.0.0.1", "1.2.3.4, 203.0.113.5", ["127.0.0.1"], "203.0.113.5"),
        ("127.0.0.1", "1.2.3.4, 203.0.113.5, 10.0.0.1", ["127.0.0.1", "10.0.0.0/8"], "203.0.113.5"),
        ("127.0.0.1", "", ["127.0.0.1"], "127.0.0.1"),
        ("127.0.0.1", "10.0.0.1", ["127.0.0.1", "10.0.0.0/8"], "10.0.0.1"),
        ("::ffff:127.0.0.1", "203.0.113.5", ["127.0.0.1"], "203.0.113.5"),
        ("2001:db8:1:2:3:4:5:6", "", [], "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.5", "", [], "203.0.113.5"),
        ("127.0.0.1", "nonsense", ["127.0.0.1"], UNKNOWN),
        ("a socket", "", [], UNKNOWN),
    ],
)
def test_only_what_our_own_proxies_saw_is_believed(
    connected: str, forwarded: str, proxies: list[str], address: str
) -> None:
    declared = [ip_network(proxy) for proxy in proxies]

    assert believed(connected, forwarded=forwarded, proxies=declared) == address


def _seen(connected: str) -> HttpRequest:
    """The request as every part behind the outermost middleware sees it."""
    seen: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    DeclaredProxies(view)(RequestFactory().get("/", REMOTE_ADDR=connected, **FORWARDED))
    return seen[0]


def test_nothing_forwarded_by_an_undeclared_sender_is_there(settings: Any) -> None:
    settings.PROXIES = [ip_network("127.0.0.1")]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    request = _seen("203.0.113.66")

    assert [name for name in FORWARDED if name in request.META] == []
    assert not request.is_secure()
    assert client_address(request) == "203.0.113.66"


def test_a_declared_proxy_is_believed(settings: Any) -> None:
    settings.PROXIES = [ip_network("127.0.0.1")]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    request = _seen("127.0.0.1")

    assert request.is_secure()
    assert client_address(request) == "203.0.113.5"
