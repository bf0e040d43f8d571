from __future__ import annotations

import pytest

from heartwood.web.kit.address import UNKNOWN, believed


@pytest.mark.parametrize(
    ("connected", "forwarded", "proxies", "address"),
    [
        ("203.0.113.5", "", 0, "203.0.113.5"),
        ("203.0.113.5", "198.51.100.1", 0, "203.0.113.5"),
        ("127.0.0.1", "203.0.113.5", 1, "203.0.113.5"),
        ("127.0.0.1", "1.2.3.4, 203.0.113.5", 1, "203.0.113.5"),
        ("127.0.0.1", "1.2.3.4, 203.0.113.5, 10.0.0.1", 2, "203.0.113.5"),
        ("127.0.0.1", "", 1, "127.0.0.1"),
        ("127.0.0.1", "203.0.113.5", 2, "127.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.5", "", 0, "203.0.113.5"),
        ("a socket", "", 0, UNKNOWN),
    ],
)
def test_only_what_our_own_proxies_saw_is_believed(
    connected: str, forwarded: str, proxies: int, address: str
) -> None:
    assert believed(connected, forwarded=forwarded, proxies=proxies) == address
