"""Documents of hostile feeds that are too large or too odd to be written out, by their name in the data."""

from __future__ import annotations

import gzip
import random
import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

RSS: Final = b"<rss version='2.0'><channel><title>Desk</title>%s</channel></rss>"
ITEM: Final = b"<item><title>%s</title><link>https://desk.example/1</link></item>"
MEGABYTE: Final = 1_000_000


def titled(title: bytes) -> bytes:
    """Return a feed of one item."""
    return RSS % (ITEM % title)


def many(count: int, pattern: str) -> bytes:
    """Return a pattern filled with 0, 1, 2 and so on."""
    return "".join(pattern.format(i) for i in range(count)).encode()


def numbered(count: int, *, filling: int = 0) -> bytes:
    """Return a feed of numbered items, each with so many letters of text."""
    text = "<description>" + "Steel for hulls. " * (filling // 17) + "</description>" if filling else ""
    item = (
        "<item><guid>{0}</guid><title>Item {0}</title><link>https://desk.example/{0}</link>"
        + text
        + "</item>"
    )
    return RSS % many(count, item)


def laughs() -> bytes:
    """Return entities of entities, a billion words in all."""
    entities = "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    return f'<!DOCTYPE r [<!ENTITY a "ha">{entities}]>'.encode() + titled(b"Ha &j;")


def quadratic() -> bytes:
    """Return one entity of 50 kB, used 2 000 times."""
    entity = b'<!DOCTYPE r [<!ENTITY a "' + b"a" * 50_000 + b'">]>'
    return entity + titled(b"&a;" * 2_000)


def raw_deflate(data: bytes) -> bytes:
    """Return data as some servers send it that misread what deflate is."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def noise() -> bytes:
    """Return random bytes, the same ones each time."""
    return random.Random(7).randbytes(MEGABYTE)


def churn(count: int) -> bytes:
    """Return a feed whose item is another one by id, link and date at each request."""
    return RSS % (
        b"<item><guid>%d</guid><title>A frigate sails</title><link>https://desk.example/%d</link>"
        b"<pubDate>Mon, 02 Nov 2026 10:%02d:00 GMT</pubDate></item>" % (count, count, count % 60)
    )


SPACES: Final = b" " * (20 * MEGABYTE)
OPEN: Final = b"<rss version='2.0'><channel><title>Desk</title>" + ITEM % b"Opened"

# Each is made when it is first asked for, from the number of the request.
MADE: Final[dict[str, Callable[[int], bytes]]] = {
    "twenty_mebibytes": lambda _: numbered(10_000, filling=2_100),
    "spaces_gzip": lambda _: gzip.compress(SPACES),
    "spaces_deflate": lambda _: zlib.compress(SPACES),
    "spaces_raw_deflate": lambda _: raw_deflate(SPACES),
    "spaces_twice": lambda _: gzip.compress(gzip.compress(SPACES)),
    "many_members": lambda _: gzip.compress(b"") * 1_000,
    "cut_gzip": lambda _: gzip.compress(numbered(1_000))[:5_000],
    "brotli": lambda _: bytes.fromhex("5bffff0f00a01f24004b"),
    "zstd": lambda _: bytes.fromhex("28b52ffd") + b"\x00" * 20,
    "laughs": lambda _: laughs(),
    "quadratic": lambda _: quadratic(),
    "declarations": lambda _: (
        b"<!DOCTYPE r [" + many(10_000, '<!ENTITY e{0} "{0}">') + b"]>" + titled(b"Declared")
    ),
    "deep": lambda _: titled(b"Deep")[:-16] + b"<a>" * 30_000,
    "attributes": lambda _: RSS % (b"<item " + many(50_000, "a{0}='1' ") + b"><title>Many</title></item>"),
    "some_attributes": lambda _: (
        RSS % (b"<item " + many(3_000, "a{0}='1' ") + b"><title>Many</title></item>")
    ),
    "namespaces": lambda _: (
        b"<rss version='2.0' "
        + many(5_000, "xmlns:n{0}='urn:{0}' ")
        + titled(b"Named")[len(b"<rss version='2.0'") :]
    ),
    "open_comment": lambda _: OPEN + b"<!--" + b"- " * (MEGABYTE // 2),
    "open_cdata": lambda _: OPEN + b"<![CDATA[" + b"]>" * (MEGABYTE // 2),
    "open_instruction": lambda _: OPEN + b"<?x " + b"? " * (MEGABYTE // 2),
    "zeros": lambda _: bytes(1_000),
    "image": lambda _: b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "noise": lambda _: noise(),
    "deep_json": lambda _: b'{"items":' + b"[" * 100_000,
    "long_number": lambda _: (
        b'{"version":"https://jsonfeed.org/version/1.1","title":"Desk","items":[{"id":'
        + b"9" * MEGABYTE
        + b',"title":"A","url":"https://desk.example/1"}]}'
    ),
    "fifty_thousand": lambda _: numbered(50_000),
    "open_items": lambda _: OPEN + b"<item><title>Open" * 100_000,
    "turkish": lambda _: (
        b"<?xml version='1.0' encoding='utf-8'?>" + titled("Şahin İHA uçtu".encode("cp1254"))
    ),
    "utf16": lambda _: titled("Fırkateyn indirildi".encode()).decode().encode("utf-16"),
    "shift_jis": lambda _: (
        b"<?xml version='1.0' encoding='Shift_JIS'?>" + titled("護衛艦が進水".encode("shift_jis"))
    ),
    "utf7": lambda _: (
        b"<?xml version='1.0' encoding='utf-7'?>" + titled(b"Hid +ADw-script+AD4-x+ADw-/script+AD4-")
    ),
    "overlong": lambda _: titled(b"Over \xc0\xbcb\xed\xa0\x80 \xf8\x88\x80\x80\x80 long"),
    "zalgo": lambda _: titled(b"a" + "\u0301\u0302".encode() * 25_000),
    "long_title": lambda _: titled(b"a" * MEGABYTE),
    "brackets": lambda _: titled(b"Bait " + b"&lt;" * 200_000),
    "ampersands": lambda _: titled(b"Bait " + b"&amp;" * 200_000),
    "half_tags": lambda _: titled(b"Bait " + b"&lt;a href=&quot;" * 100_000),
    "spaces": lambda _: titled(b"One" + b" " * MEGABYTE + b"two"),
    "long_link": lambda _: (
        RSS % (b"<item><title>Far</title><link>https://desk.example/" + b"a" * MEGABYTE + b"</link></item>")
    ),
    "long_date": lambda _: (
        RSS
        % (
            b"<item><title>Dated</title><link>https://desk.example/1</link><pubDate>"
            + b"1" * MEGABYTE
            + b"</pubDate></item>"
        )
    ),
    "half_entities": lambda _: titled(b"Bait " + b"&#x" * 100_000),
    "half_cdata": lambda _: titled(b"Bait " + b"<![CDATA[" * 100_000),
    "repeated": lambda _: RSS % (ITEM % b"Again" * 1_000),
    "churn": churn,
}
