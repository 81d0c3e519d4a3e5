"""Write links in one form: absolute, without what only tracks the reader."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

_TRACKERS = frozenset(
    {
        "fbclid",
        "gclid",
        "gclsrc",
        "dclid",
        "gbraid",
        "wbraid",
        "gad_source",
        "gad_campaignid",
        "msclkid",
        "yclid",
        "ysclid",
        "twclid",
        "ttclid",
        "li_fat_id",
        "igshid",
        "igsh",
        "ref",
        "ref_src",
        "ref_url",
        "mkt_tok",
        "_hsenc",
        "_hsmi",
        "hsctatracking",
        "oly_anon_id",
        "oly_enc_id",
        "vero_id",
        "vero_conv",
        "wickedid",
        "s_kwcid",
        "epik",
        "srsltid",
        "__twitter_impression",
        "guccounter",
        "guce_referrer",
        "guce_referrer_sig",
    }
)
_TRACKER_FAMILIES = ("utm_", "mc_", "pk_", "mtm_", "matomo_", "hsa_", "at_campaign", "at_medium")
_DROPPED = re.compile(r"[\x00-\x1f\x7f]")
_ABSOLUTE = re.compile(r"https?://[^/]", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}
# Bytes of UTF-8. Longer ones are no article's address: browsers and chats cut them too, and PostgreSQL puts
# nothing beyond 2,704 bytes into an index (its manual, "B-Tree Indexes", a third of a page).
MAX_LINK = 2000
# Links whose form is remembered: a guid mostly is its item's link.
_REMEMBERED = 256


def canonical(link: str, base: str = "") -> str:
    """Return a link in its one form, or empty if it is not an http(s) link or too long for one.

    Relative links are resolved against `base`. Tracking parameters, the fragment, the default port and any
    user name go; other parameters stay, in order and as they were written.
    """
    link = _DROPPED.sub("", link).strip()
    if not link:
        return ""  # joined, it would be the base
    try:
        return _in_one_form(link if _ABSOLUTE.match(link) else urljoin(base, link))
    except ValueError:
        return ""


@lru_cache(maxsize=_REMEMBERED)
def _in_one_form(link: str) -> str:
    """Return an absolute link in its one form, empty if it is no http(s) link. Raises ValueError."""
    parts = urlsplit(link)
    port = parts.port
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in _DEFAULT_PORTS or not host or "%" in host or re.search(r"[\s\\]", host):
        return ""
    place = f"[{host}]" if ":" in host else host
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        place = f"{place}:{port}"
    clean = urlunsplit(
        SplitResult(parts.scheme, place, parts.path.replace(" ", "%20"), _kept(parts.query), "")
    )
    return clean if len(clean.encode("utf-8", "replace")) <= MAX_LINK else ""


def _kept(query: str) -> str:
    kept = (piece for piece in query.replace(" ", "%20").split("&") if piece and not _tracks(piece))
    return "&".join(kept)


def _tracks(piece: str) -> bool:
    name = unquote(piece.partition("=")[0]).strip().lower()
    return name in _TRACKERS or name.startswith(_TRACKER_FAMILIES)


def host_of(link: str) -> str:
    """Return a link's host without a leading `www.`, empty if there is none."""
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def is_page(link: str) -> bool:
    """Tell whether a link leads to something below a site's front page."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return bool(parts.path.strip("/") or parts.query)
