"""Who may read the page and who is refused, over real HTTP on loopback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest
from yarl import URL

from bot.platforms.preview.adapter import Preview
from bot.platforms.preview.page import serve_page
from tests.bot.platforms.page_door import START, TOKEN, make_page
from watchers.clock import SteppedClock

if TYPE_CHECKING:
    from tests.bot.platforms.page_door import Door


async def test_the_link_sets_a_cookie_that_scripts_and_other_sites_cannot_use(door: Door) -> None:
    async with door.guest.get(door.link) as response:
        cookie = response.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert TOKEN not in cookie
    async with door.guest.get(door.origin + "/") as response:
        assert response.status == 200


@pytest.mark.parametrize("path", ["/", "/?token=", "/?token=wrong", "/events", "/assets/page.js"])
async def test_without_token_nothing_is_shown(door: Door, path: str) -> None:
    async with door.guest.get(door.origin + path) as response:
        assert response.status == 403
        assert "Open the link" in await response.text()


async def test_without_cookie_no_command_is_taken(door: Door) -> None:
    url = f"{door.origin}/answer?token={TOKEN}"
    async with door.guest.post(url, data={"command": "x"}, headers={"Origin": door.origin}) as response:
        assert response.status == 403


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost", "evil.example:80", "[::1]", "127.0.0.1@x", ""],
)
async def test_a_foreign_host_is_refused_even_with_the_token(door: Door, host: str) -> None:
    async with door.guest.get(door.link, headers={"Host": host}) as response:
        assert response.status == 403


async def test_a_host_with_a_port_allows_that_port_alone() -> None:
    async def serve(allowed: str) -> int:
        app = make_page(Preview(clock=SteppedClock(START)), host=allowed)
        async with serve_page(app, "127.0.0.1", 0) as link, aiohttp.ClientSession() as session:
            headers = {"Host": "page.example:8750"}
            async with session.get(link, headers=headers) as response:
                return response.status

    assert await serve("page.example:8750") == 200
    assert await serve("page.example:8751") == 403


@pytest.mark.parametrize("host", ["[::1]:8750", "[::1]"])
async def test_an_address_with_colons_is_asked_for_in_brackets(host: str) -> None:
    app = make_page(Preview(clock=SteppedClock(START)), host="::1")
    async with serve_page(app, "127.0.0.1", 0) as link, aiohttp.ClientSession() as session:
        async with session.get(link, headers={"Host": host, "Origin": f"http://{host}"}) as response:
            assert response.status == 200
        async with session.get(link, headers={"Host": "[::2]:8750"}) as response:
            assert response.status == 403


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1", "http://localhost"]
)
async def test_a_foreign_origin_is_refused(door: Door, origin: str) -> None:
    response = await door.ask("/watch help", Origin=origin)
    assert response.status == 403
    async with door.reader.get(door.origin + "/events", headers={"Origin": origin}) as events:
        assert events.status == 403


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("page.example", "https://page.example", 200),
        ("page.example:443", "https://page.example", 200),
        ("page.example:8443", "https://page.example:8443", 200),
        ("page.example", "http://page.example", 200),
        ("page.example", "https://page.example:8443", 403),
        ("page.example:8443", "https://page.example", 403),
        ("page.example", "https://page.example.evil.example", 403),
        ("page.example", "https://other.example", 403),
        ("page.example", "ftp://page.example", 403),
    ],
)
async def test_a_page_behind_a_proxy_that_ends_tls_takes_its_own_commands_and_no_others(
    host: str, origin: str, status: int
) -> None:
    app = make_page(Preview(clock=SteppedClock(START)), host="page.example")
    jar = aiohttp.CookieJar(unsafe=True)  # cookies for an IP address
    async with serve_page(app, "127.0.0.1", 0) as link, aiohttp.ClientSession(cookie_jar=jar) as session:
        async with session.get(link, headers={"Host": host}) as response:
            assert response.status == 200
        url = URL(link).with_path("/answer").with_query(None)
        headers = {"Host": host, "Origin": origin}
        async with session.post(url, data={"command": "/watch help"}, headers=headers) as response:
            assert response.status == status


async def test_a_command_must_say_where_it_comes_from(door: Door) -> None:
    async with door.reader.post(f"{door.origin}/answer", data={"command": "x"}) as response:
        assert response.status == 403


@pytest.mark.parametrize(
    "path", ["/admin", "/assets/", "/assets/page.html", "/../page.py", "/answer", "/events/"]
)
async def test_other_paths_are_not_there(door: Door, path: str) -> None:
    async with door.reader.get(URL(door.origin + path, encoded=True)) as response:
        assert response.status == 404


async def test_every_response_carries_the_strict_headers(door: Door) -> None:
    for url in (door.link, door.origin + "/none", door.origin + "/assets/page.css"):
        async with door.reader.get(url) as response:
            policy = response.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Referrer-Policy"] == "same-origin"
            assert response.headers["Server"] == "vedette"


def test_a_short_token_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 16 characters"):
        make_page(Preview(clock=SteppedClock(START)), token="short")
