"""Put what goes wrong between us and a server into a sentence."""

from __future__ import annotations

import errno
import re
import ssl
from typing import TYPE_CHECKING, Final

import aiohttp

from watchers.errors import FetchError, RefusedError
from watchers.feeds.sockets import NotPublicError

if TYPE_CHECKING:
    from yarl import URL

    from watchers.feeds.sockets import Hop

_SHOWN: Final = 200  # characters of a link that a message holds
# How aiohttp says that it gave up on an answer's head, for which it has no class of its own, and how it
# quotes what a metered socket raised in the middle of a body.
_HEADERS_CUT: Final = re.compile(
    r"Too many headers received|Got more than \d+ bytes when reading|TooMuchError"
)


def clipped(link: str) -> str:
    """Return a link as far as a message holds it."""
    return link if len(link) <= _SHOWN else link[: _SHOWN - 1] + "…"


def refused(target: URL, why: str, *, asked: str) -> RefusedError:
    """Word a refusal, without the name and password that a link may carry."""
    bare = target.with_user(None) if target.host and target.absolute else target
    return RefusedError(f"{clipped(str(bare))} was not opened: {why}.", url=asked)


def told(error: Exception, hop: Hop, target: URL, asked: str) -> FetchError:
    """Put what went wrong below into a sentence."""
    cause = getattr(error, "os_error", error)
    why = hop.refused or (str(cause) if isinstance(cause, NotPublicError) else "")
    if isinstance(error, aiohttp.InvalidURL):
        why = "its host is no address, and no name either"
    if why:
        return refused(target, why, asked=asked)
    link = clipped(asked)
    if _is_too_much(error):
        return FetchError(f"{link} sent more bytes of headers or chunks than are taken.", url=asked)
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return FetchError(f"{link}: no host {target.raw_host} was found.", url=asked)
    if isinstance(error, (aiohttp.ClientConnectorCertificateError, ssl.SSLError, aiohttp.ClientSSLError)):
        return FetchError(f"{link}: the certificate was not accepted ({cause}).", url=asked)
    if isinstance(error, aiohttp.ClientConnectorError):
        return FetchError(f"{link}: {target.raw_host} took no connection ({cause}).", url=asked)
    text = str(error) or type(error).__name__
    return FetchError(f"{link}: the answer broke off or was not HTTP ({text[:200]}).", url=asked)


def _is_too_much(error: BaseException) -> bool:
    """Tell whether a cap on what crosses the line ended it."""
    return getattr(error, "errno", None) == errno.EMSGSIZE or _HEADERS_CUT.search(str(error)) is not None
