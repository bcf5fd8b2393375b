"""An address is believed only from our own proxies, and kept only as its network."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from palabre.base.network import client_address, truncate

PROXY = "10.0.0.1"


def asked(rf: RequestFactory, remote: str, forwarded: str | None) -> str:
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded is not None else {}
    return client_address(rf.get("/", REMOTE_ADDR=remote, **headers))


def test_nobody_is_believed_when_no_proxy_is_named(rf: RequestFactory) -> None:
    assert asked(rf, "192.0.2.7", "198.51.100.1") == "192.0.2.7"


@pytest.mark.parametrize(
    ("remote", "forwarded", "client"),
    [
        (PROXY, "198.51.100.1", "198.51.100.1"),
        (PROXY, "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (PROXY, "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (PROXY, "garbage", PROXY),
        (PROXY, None, PROXY),
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),
        (PROXY, "[2001:db8::1]", "2001:db8::1"),
    ],
)
def test_a_forwarded_address_is_read_from_our_side(
    rf: RequestFactory, settings: Settings, remote: str, forwarded: str | None, client: str
) -> None:
    settings.PALABRE_TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]
    assert asked(rf, remote, forwarded) == client


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("", ""),
        ("nonsense", ""),
    ],
)
def test_only_the_network_is_kept(address: str, network: str) -> None:
    assert truncate(address) == network
