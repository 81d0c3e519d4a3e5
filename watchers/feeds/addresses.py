"""Judge addresses and links without touching the network: is this a public host, may this link be opened."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Final

from yarl import URL

if TYPE_CHECKING:
    from collections.abc import Iterable

LOOPBACK: Final = "a loopback address"
PRIVATE: Final = "an address of a private network"

_IETF = "reserved for protocols"
_DOCUMENTATION = "reserved for documentation"

# Written out rather than asked of `ipaddress`, whose answers changed between 3.11 and 3.13 and which calls
# multicast, fec0::/10, 192.0.0.192 and 168.63.129.16 global on 3.11. Source: the IANA special-purpose
# registries, and the cloud vendors' pages for the addresses of their metadata services.
_IPV4: Final = tuple(
    (IPv4Network(network), why)
    for network, why in (
        ("0.0.0.0/8", "an address of this very network"),
        ("10.0.0.0/8", PRIVATE),
        ("100.64.0.0/10", "shared behind a carrier's translator"),
        ("127.0.0.0/8", LOOPBACK),
        ("168.63.129.16/32", "a cloud platform's own service"),
        ("169.254.0.0/16", "a link-local address, where clouds keep credentials"),
        ("172.16.0.0/12", PRIVATE),
        ("192.0.0.0/24", _IETF),
        ("192.0.2.0/24", _DOCUMENTATION),
        ("192.88.99.0/24", "a withdrawn 6to4 relay"),
        ("192.168.0.0/16", PRIVATE),
        ("198.18.0.0/15", "reserved for benchmarks"),
        ("198.51.100.0/24", _DOCUMENTATION),
        ("203.0.113.0/24", _DOCUMENTATION),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "reserved"),
    )
)
_IPV6: Final = tuple(
    (IPv6Network(network), why)
    for network, why in (
        ("::/128", "the unspecified address"),
        ("::1/128", LOOPBACK),
        ("::/96", "an IPv4 address in a withdrawn IPv6 form"),
        ("64:ff9b:1::/48", "a translator of the local network"),
        ("100::/64", "a discarding address"),
        ("2001::/32", "a Teredo tunnel"),
        ("2001::/23", _IETF),
        ("2001:db8::/32", _DOCUMENTATION),
        ("3fff::/20", _DOCUMENTATION),
        ("fc00::/7", PRIVATE),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a site-local address"),
        ("ff00::/8", "a multicast address"),
    )
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")  # nothing outside it is routed on the internet
# Where an IPv6 address carries an IPv4 address that the packet ends up at, and how far right that lies.
_CARRIERS: Final = (
    (IPv6Network("::ffff:0:0/96"), 0),  # mapped
    (IPv6Network("::ffff:0:0:0/96"), 0),  # translated (SIIT)
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64
    (IPv6Network("2002::/16"), 80),  # 6to4
)
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)

_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f\\]")


@lru_cache(maxsize=4096)  # as above: the same addresses come back at every poll
def refusal(address: str) -> str:
    """Say why an IP address is not a public one; empty if it is. IPv4 inside IPv6 is judged as IPv4."""
    try:
        ip = ip_address(address)
    except ValueError:
        return f"{address} is not an IP address"
    why = _why(ip)
    return f"{address} is {why}" if why else ""


def _why(ip: IPv4Address | IPv6Address) -> str:
    if isinstance(ip, IPv4Address):
        return next((why for network, why in _IPV4 if ip in network), "")
    inner = _carried(ip)
    if inner is not None:
        why = _why(inner)
        return f"{inner} in IPv6 clothes, {why}" if why else ""
    why = next((why for network, why in _IPV6 if ip in network), "")
    return why or ("" if ip in _GLOBAL_UNICAST else "reserved")


def _carried(ip: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that packets to an IPv6 address end up at, None if it carries none."""
    for network, shift in _CARRIERS:
        if ip in network:
            return IPv4Address(int(ip) >> shift & 0xFFFF_FFFF)
    if ip in _GLOBAL_UNICAST and int(ip) >> 32 & 0xFFFF_FFFF in _ISATAP:
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return None


@lru_cache(maxsize=4096)
def same_address(one: str, other: str) -> bool:
    """Tell whether two texts are the same IP address; False if either is not one."""
    try:
        return ip_address(one) == ip_address(other)
    except ValueError:
        return False


def is_local(address: str) -> bool:
    """Tell whether an address is a loopback or private one, all that an allow-listed name may mean."""
    try:
        return _why(ip_address(address)) in {LOOPBACK, PRIVATE}
    except ValueError:
        return False


def numeric_host(host: str) -> str:
    """Return the dotted address that a resolver makes of a host such as `0x7f.1` or `2130706433`.

    Empty for names. Octal, hexadecimal and short forms count as in BSD's inet_aton, a last dot too.
    """
    parts = host.lower().rstrip(".").split(".")
    if not 1 <= len(parts) <= 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        return ""
    try:
        numbers = [_number(part) for part in parts]
    except ValueError:
        return ""
    *high, last = numbers
    if any(number > 255 for number in high) or last >= 256 ** (4 - len(high)):
        return ""
    value = last + sum(number << (24 - 8 * i) for i, number in enumerate(high))
    return str(IPv4Address(value))


def _number(part: str) -> int:
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    if len(part) > 1 and part.startswith("0"):
        return int(part, 8)
    # more digits than any address has would only cost time
    return int(part[:20])


def url_of(text: str) -> URL:
    """Read an address. Raises ValueError for what is none, however it is broken."""
    try:
        return URL(text)
    except IndexError as error:  # yarl 1.25 for brackets before an "@" and no host behind it
        raise ValueError(f"no host in {text!r}") from error


def unfit(url: URL) -> str:
    """Say why a link may not be opened whatever its host resolves to; empty if it may be tried."""
    if url.scheme not in {"http", "https"}:
        return f"only http and https are opened, not {url.scheme or 'a link without a scheme'}"
    if url.raw_user is not None or url.raw_password is not None:
        return "a link must not carry a user name or password"
    if not url.port:
        return "port 0 cannot be opened"
    return _unfit_host(url.raw_host or "")


@lru_cache(maxsize=4096)  # the same hosts are asked at every poll
def _unfit_host(host: str) -> str:
    if not host:
        return "the link names no host"
    if _UNPRINTABLE.search(host) or "%" in host:
        return "the host's name holds characters that no host has"
    dotted = numeric_host(host)
    if dotted and dotted != host:
        return f"its host is {dotted} in an unusual spelling"
    return ""


def is_literal(host: str) -> bool:
    """Tell whether a link's host is an IP address and not a name."""
    return same_address(host, host)


def normal_pairs(allow: Iterable[tuple[str, int]]) -> frozenset[tuple[str, int]]:
    """Return an allow-list with its hosts written as links are compared: lower case, no brackets."""
    return frozenset((host.strip("[]").lower(), port) for host, port in allow)
