"""Write feeds and article pages as bytes, each outlet in its own format."""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from bot.newsroom.content import FIRST

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.newsroom.content import Item, Outlet

LABEL: Final = "sample newsroom, August 2025, outlets invented"
CONTENT_TYPES: Final = {kind: f"application/{kind}+xml" for kind in ("rss", "atom", "rdf")}

# Each outlet writes its own local time, as the real ones do.
_ZONES = {"en": ZoneInfo("Europe/London"), "tr": ZoneInfo("Europe/Istanbul"), "ja": ZoneInfo("Asia/Tokyo")}


def published(outlet: Outlet, now: datetime) -> tuple[Item, ...]:
    """Return the items that are out at `now`, newest first."""
    return tuple(item for item in reversed(outlet.items) if item.published <= now)


def changed(items: Sequence[Item]) -> datetime:
    """Return when a feed with these items last changed; the newsroom's first moment without any."""
    return max((item.published for item in items), default=FIRST)


def link(outlet: Outlet, item: Item, *, origin: str) -> str:
    """Return an article's address; `origin` is host:port."""
    return f"http://{origin}/{outlet.slug}/{item.slug}"


def render(outlet: Outlet, now: datetime, *, origin: str) -> bytes:
    """Return the outlet's feed as it stands at `now`, in UTF-8; the same bytes until the next item is out."""
    items = published(outlet, now)
    write = {"rss": _rss, "atom": _atom, "rdf": _rdf}[outlet.format]
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{write(outlet, items, origin)}'.encode()


def _rss(outlet: Outlet, items: Sequence[Item], origin: str) -> str:
    zone, home = _ZONES[outlet.lang], f"http://{origin}/{outlet.slug}"
    rows = "".join(
        f"<item><title>{escape(item.title)}</title><link>{escape(link(outlet, item, origin=origin))}</link>"
        f'<guid isPermaLink="false">{outlet.site}:{item.slug}</guid>'
        f"<pubDate>{format_datetime(item.published.astimezone(zone))}</pubDate>"
        f"<description>{escape(f'<p>{escape(item.summary)}</p>')}</description></item>\n"
        for item in items
    )
    return (
        f'<rss version="2.0"><channel><title>{escape(outlet.name)}</title><link>{home}</link>'
        f"<description>{escape(f'{outlet.about} ({LABEL})')}</description>"
        f"<language>{outlet.lang}</language>\n"
        f"{rows}</channel></rss>\n"
    )


def _atom(outlet: Outlet, items: Sequence[Item], origin: str) -> str:
    zone, home = _ZONES[outlet.lang], f"http://{origin}/{outlet.slug}"
    rows = "".join(
        f"<entry><title>{escape(item.title)}</title>"
        f"<link href={quoteattr(link(outlet, item, origin=origin))}/>"
        f"<id>tag:{outlet.site},2025:{item.slug}</id>"
        f"<published>{item.published.astimezone(zone).isoformat()}</published>"
        f"<updated>{item.published.astimezone(zone).isoformat()}</updated>"
        f"<summary>{escape(item.summary)}</summary></entry>\n"
        for item in items
    )
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.lang}">'
        f"<title>{escape(outlet.name)}</title>"
        f"<subtitle>{escape(f'{outlet.about} ({LABEL})')}</subtitle><id>tag:{outlet.site},2025:feed</id>"
        f"<author><name>{escape(outlet.name)}</name></author><link href={quoteattr(home)}/>"
        f"<updated>{changed(items).isoformat()}</updated>\n{rows}</feed>\n"
    )


def _rdf(outlet: Outlet, items: Sequence[Item], origin: str) -> str:
    zone = _ZONES[outlet.lang]
    home = f"http://{origin}/{outlet.slug}"
    links = [link(outlet, item, origin=origin) for item in items]
    order = "".join(f"<rdf:li rdf:resource={quoteattr(address)}/>" for address in links)
    rows = "".join(
        f"<item rdf:about={quoteattr(address)}><title>{escape(item.title)}</title>"
        f"<link>{escape(address)}</link>"
        f"<description>{escape(item.summary)}</description>"
        f"<dc:date>{item.published.astimezone(zone).isoformat()}</dc:date></item>\n"
        for item, address in zip(items, links, strict=True)
    )
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about={quoteattr(home)}>'
        f"<title>{escape(outlet.name)}</title><link>{escape(home)}</link>"
        f"<description>{escape(f'{outlet.about} ({LABEL})')}</description>"
        f"<dc:language>{outlet.lang}</dc:language>"
        f"<items><rdf:Seq>{order}</rdf:Seq></items></channel>\n{rows}</rdf:RDF>\n"
    )


def article(outlet: Outlet, item: Item) -> str:
    """Return an article's page; it says that the outlet is invented."""
    local = item.published.astimezone(_ZONES[outlet.lang])
    return _page(
        outlet.lang,
        item.title,
        f'<p class="by">{escape(outlet.name)}, <time datetime="{item.published.isoformat()}">'
        f"{local:%Y-%m-%d %H:%M}</time></p><h1>{escape(item.title)}</h1><p>{escape(item.summary)}</p>",
    )


def front(outlet: Outlet, now: datetime, *, origin: str) -> str:
    """Return an outlet's front page with what is out at `now`, and its feed's address."""
    rows = "".join(
        f"<li><a href={quoteattr(link(outlet, item, origin=origin))}>{escape(item.title)}</a></li>"
        for item in published(outlet, now)
    )
    return _page(
        outlet.lang,
        outlet.name,
        f"<h1>{escape(outlet.name)}</h1><p>{escape(outlet.about)}</p><ul>{rows}</ul>"
        f'<p><a href="/{outlet.slug}/feed.xml">feed.xml</a></p>',
    )


def _page(lang: str, title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        "<style>:root{color-scheme:light dark}body{font:1.1rem/1.6 serif;max-width:38rem;margin:3rem auto;"
        "padding:0 1rem}.by,footer{font:.9rem sans-serif;opacity:.75}</style></head>"
        f'<body>{body}<hr><footer lang="en">{LABEL}</footer></body></html>\n'
    )
