"""Which addresses are public, and which links may be tried."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from watchers.feeds.addresses import numeric_host, unfit
from watchers.feeds.guard import refusal

PUBLIC = {
    "a resolver": "8.8.8.8",
    "the last address before the private ten": "9.255.255.255",
    "the first after the private 172": "172.32.0.1",
    "the last before the shared network": "100.63.255.255",
    "the first after the shared network": "100.128.0.1",
    "a neighbour of a cloud's own service": "168.63.129.17",
    "a neighbour of the protocol assignments": "192.0.1.1",
    "the last before multicast": "223.255.255.255",
    "global IPv6": "2606:4700::6810:84e5",
    "mapped public": "::ffff:8.8.8.8",
    "NAT64 of a public address": "64:ff9b::8.8.8.8",
    "6to4 of a public address": "2002:808:808::1",
}


@pytest.mark.parametrize("address", PUBLIC.values(), ids=PUBLIC.keys())
def test_a_public_address_is_not_refused(address: str) -> None:
    assert refusal(address) == ""


@pytest.mark.parametrize("text", ["", "localhost", "127.1", "1.2.3.4.5", "::1::", "a" * 10_000])
def test_what_is_no_address_is_refused(text: str) -> None:
    assert "not an IP address" in refusal(text)


@pytest.mark.parametrize(
    ("prefix", "shift"),
    [(0xFFFF << 32, 0), (0xFFFF << 48, 0), (0x64FF9B << 96, 0), (0x2002 << 112, 80)],
    ids=["mapped", "translated", "NAT64", "6to4"],
)
@given(number=st.integers(0, 2**32 - 1))
def test_an_address_in_ipv6_clothes_is_judged_as_what_it_is(prefix: int, shift: int, number: int) -> None:
    inside, outside = IPv4Address(number), IPv6Address(prefix | number << shift)
    assert bool(refusal(str(outside))) == bool(refusal(str(inside)))


@given(st.integers(0, 2**32 - 1))
def test_nothing_that_the_library_knows_as_special_passes(number: int) -> None:
    address = IPv4Address(number)
    if address.is_private or address.is_multicast or address.is_reserved or address.is_link_local:
        assert refusal(str(address))


@given(st.integers(0, 2**128 - 1))
def test_only_global_unicast_and_carriers_of_public_addresses_pass_in_ipv6(number: int) -> None:
    address = IPv6Address(number)
    if not refusal(str(address)):
        assert number >> 125 == 0b001 or address.ipv4_mapped or number >> 32 in {0x64FF9B << 64, 0xFFFF << 16}


@given(st.integers(0, 2**32 - 1))
def test_every_spelling_of_a_number_is_read_as_resolvers_do(number: int) -> None:
    dotted = str(IPv4Address(number))
    high, low = number >> 24, number & 0xFFFFFF
    spellings = [
        str(number),
        hex(number),
        f"0{number:o}",
        f"{high}.{low}",
        f"0x{high:x}.0{low:o}",
        f"{dotted}.",
    ]
    assert {numeric_host(spelling) for spelling in spellings} == {dotted}


@pytest.mark.parametrize(
    "name", ["example.org", "1e100.net", "0x.example", "256.1", "1.2.3.4.5", "08", "-1", ""]
)
def test_a_name_is_no_number(name: str) -> None:
    assert numeric_host(name) == ""


@pytest.mark.parametrize("link", ["https://example.org/feed", "http://example.org:8080/", "https://8.8.8.8/"])
def test_an_ordinary_link_may_be_tried(link: str) -> None:
    assert unfit(URL(link)) == ""
