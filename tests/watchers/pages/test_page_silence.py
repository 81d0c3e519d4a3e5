"""A site that does not say what its rules are is let be for a while, and costs little meanwhile."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.feedserver import Answer
from tests.watchers.pages.page_site import site
from watchers.pages.fetch import UNSURE, Failed, Got
from watchers.pages.origins import ANSWER_WITHIN, KEEP_FAULT
from watchers.pages.reader import PAGE_DEADLINE
from watchers.pages.reservations import PLACE

if TYPE_CHECKING:
    from aiohttp import web

RULES = ["/robots.txt", PLACE]


@pytest.mark.parametrize("path", RULES)
async def test_a_site_that_cannot_say_is_asked_once_in_ten_minutes(path: str) -> None:
    async with site() as one:
        one.server.routes[path] = Answer(status=503)
        for _ in range(5):
            assert await one.get() == Failed(why=UNSURE)
        assert len(one.server.asked(path)) == 1
        one.clock.move_to(one.clock.now() + KEEP_FAULT - timedelta(seconds=1))
        assert await one.get() == Failed(why=UNSURE)
        assert len(one.server.asked(path)) == 1
        one.server.routes[path] = Answer(status=404)
        one.clock.move_to(one.clock.now() + timedelta(seconds=2))
        assert isinstance(await one.get(), Got)


@pytest.mark.parametrize("path", RULES)
async def test_a_site_that_never_answers_is_remembered_as_silent_before_the_reader_gives_up(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 2 * ANSWER_WITHIN < PAGE_DEADLINE

    async def never(_request: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr("watchers.pages.origins.ANSWER_WITHIN", 0.2)
    async with site() as one:
        one.server.routes[path] = never
        for _ in range(3):
            assert await one.get() == Failed(why=UNSURE)
        assert len(one.server.asked(path)) <= 1
        assert one.robots.delay(one.server.url("/")) == timedelta()
