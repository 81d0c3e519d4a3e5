"""Let only the person who has the link use the page: Host, Origin and token of every request are checked."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Final

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Collection

    from aiohttp.typedefs import Handler, Middleware

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Not "no-referrer": with it a form sent without scripts says `Origin: null` (seen in Chromium 156).
    "Referrer-Policy": "same-origin",
    "Server": "vedette",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_USUAL_PORTS: Final = (("http", ":80"), ("https", ":443"))  # browsers leave them out of an origin
LEAST_TOKEN = 16  # characters; `secrets.token_urlsafe()` gives 43, and fewer than 16 could be guessed


def guard(token: str, allowed_hosts: Collection[str]) -> Middleware:
    """Return the middleware. Hosts are names or addresses, with a port (then exactly that one) or without.

    A foreign Host or Origin is refused with 403 before anything else, an unknown path with 404, and a known
    one without token or cookie with 403. The token in a link is exchanged for a cookie that scripts cannot
    read and other sites cannot use; its name is the token's own, so two previews do not undo each other.
    """
    if len(token) < LEAST_TOKEN:
        raise ValueError(f"the page's token needs at least {LEAST_TOKEN} characters")
    hosts = frozenset(_as_asked_for(host.lower()) for host in allowed_hosts)
    name = f"vedette-{hashlib.sha256(token.encode()).hexdigest()[:8]}"
    secret = hmac.new(token.encode(), b"vedette page cookie", "sha256").hexdigest()

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not _own_host(request, hosts) or not _own_origin(request):
            raise web.HTTPForbidden(text="This page answers only under its own address.\n")
        if request.match_info.http_exception is not None:
            raise web.HTTPNotFound(text="There is nothing here.\n")
        if hmac.compare_digest(request.cookies.get(name, "").encode(), secret.encode()):
            return await handler(request)
        given = request.query.get("token", "")
        if request.method != "GET" or not hmac.compare_digest(given.encode(), token.encode()):
            raise web.HTTPForbidden(text="Open the link that Vedette printed when it started.\n")
        response = await handler(request)
        response.set_cookie(name, secret, path="/", httponly=True, samesite="Strict")
        return response

    return guarded


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Put the page's headers on a response, refusals too; for `on_response_prepare`."""
    response.headers.update(HEADERS)


def _as_asked_for(host: str) -> str:
    """Return a host as browsers name it: an address with colons in brackets."""
    return f"[{host}]" if host.count(":") > 1 and not host.startswith("[") else host


def _own_host(request: web.Request, hosts: frozenset[str]) -> bool:
    given = [host.lower() for host in request.headers.getall("Host", ())]
    if len(given) != 1:
        return False
    bare = given[0].rpartition(":")[0] if not given[0].endswith("]") and ":" in given[0] else given[0]
    return given[0] in hosts or bare in hosts


def _own_origin(request: web.Request) -> bool:
    """Tell whether a request comes from the page itself; only reading may leave that unsaid."""
    given = request.headers.getall("Origin", ())
    if not given:
        return request.method in {"GET", "HEAD"} and request.headers.get("Sec-Fetch-Site") != "same-site"
    return len(given) == 1 and given[0].lower() in _own_origins(request.headers["Host"].lower())


def _own_origins(host: str) -> set[str]:
    """Return what a browser may call the page under a host: TLS may end at a proxy, which only it sees.

    Nobody else is let in by that: the host is ours, checked before, and so is its name under https.
    """
    return {f"{scheme}://{host.removesuffix(port)}" for scheme, port in _USUAL_PORTS} | {f"http://{host}"}
