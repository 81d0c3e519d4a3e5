"""Asking the translation endpoint: what goes out, and that nothing it does breaks anything."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from bot.config import parse
from bot.errors import ConfigError
from bot.language_model.completions import MAX_ANSWER, Endpoint
from bot.language_model.translation import KEY, endpoint_of, open_translator
from tests.feedserver import canary
from tests.translator_double import TranslatorDouble, fixed, translator_double

if TYPE_CHECKING:
    from tests.translator_double import Behaviour

SECRET = "sk-petrel-0123456789"
HEADLINE = "防衛省、無人機12機を3億円で調達"
CONFIG = """\
[poll]
contact = "mailto:desk@example.org"

[translation]
endpoint = "https://llm.example.org:8443/v1"
model = "small"
"""


async def ask(double: TranslatorDouble, *, key: str = "", within: float = 5) -> str | None:
    endpoint = Endpoint(url=double.url, model="small", within=within, key=key)
    async with open_translator(endpoint) as translator:
        return await translator.headline(HEADLINE, source="ja", target="en", names={"防衛省": "the ministry"})


async def test_the_headline_goes_alone_as_data_with_the_languages_and_the_known_names_in_the_task() -> None:
    async with translator_double() as double:
        double.says[HEADLINE, "English"] = " 12 drones \n"
        assert await ask(double, key=SECRET) == "12 drones"
    (question,) = double.questions
    assert question.headline == HEADLINE
    assert "from Japanese to English" in question.task
    assert "防衛省 is the ministry" in question.task
    assert question.model == "small"
    assert question.authorization == f"Bearer {SECRET}"


async def test_without_a_key_none_is_sent() -> None:
    async with translator_double() as double:
        await ask(double)
    assert double.questions[0].authorization == ""


async def broken_off(request: web.Request) -> web.StreamResponse:
    """Promise more than comes, and hang up."""
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"choices":')
    assert request.transport is not None
    request.transport.abort()
    return response


async def endless(request: web.Request) -> web.StreamResponse:
    """Send far more than is read, in pieces."""
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(200):
        await response.write(b" " * MAX_ANSWER)
    return response


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(fixed(b"", status=500), id="an error"),
        pytest.param(fixed(SECRET.encode(), status=401), id="a refused key, quoted back"),
        pytest.param(fixed(b"<html><body>Sign in</body></html>"), id="a page"),
        pytest.param(fixed(b""), id="nothing"),
        pytest.param(fixed(b"[1, 2"), id="half of a JSON text"),
        pytest.param(fixed(b"[" * 60_000), id="JSON too deep to read"),
        pytest.param(fixed(b'{"choices": []}'), id="no choice"),
        pytest.param(fixed(b'{"choices": {"0": 1}}'), id="another shape"),
        pytest.param(fixed(b'{"choices": [{"message": {"content": null}}]}'), id="no text"),
        pytest.param(fixed(b"\xff\xfe\x00"), id="no text in any encoding"),
        pytest.param(endless, id="far too much"),
        pytest.param(broken_off, id="half an answer"),
    ],
)
async def test_an_endpoint_that_misbehaves_gives_nothing_and_raises_nothing(
    caplog: pytest.LogCaptureFixture, behaviour: Behaviour
) -> None:
    caplog.set_level(logging.DEBUG)
    async with translator_double() as double:
        double.behaviour = behaviour
        assert await ask(double, key=SECRET) is None
        assert len(double.questions) == 1
    assert "The translation endpoint gave nothing" in caplog.text
    assert SECRET not in caplog.text


async def test_an_endpoint_that_hangs_is_given_up_in_time() -> None:
    async with translator_double() as double:
        double.behaviour = double.hang
        began = time.monotonic()
        assert await ask(double, within=0.3) is None
        assert time.monotonic() - began < 60  # on any machine: one that is not given up hangs for good


async def test_nobody_listening_gives_nothing() -> None:
    async with translator_double() as double:
        pass
    assert await ask(double) is None


async def test_a_redirect_is_not_followed_so_the_headline_and_key_go_nowhere_else() -> None:
    async with canary() as bird, translator_double() as double:
        double.behaviour = fixed(b"", status=307, location=f"http://127.0.0.1:{bird.port}/")
        assert await ask(double, key=SECRET) is None
        assert bird.connections == 0


async def test_a_long_answer_is_handed_on_for_others_to_judge() -> None:
    async with translator_double() as double:
        double.says[HEADLINE, "English"] = "drone " * 1000
        answer = await ask(double)
    assert answer is not None
    assert len(answer) == 5999


def test_nothing_is_translated_unless_a_section_says_so() -> None:
    assert parse(CONFIG.partition("[translation]")[0], Path("c.toml")).translation is None


def test_the_endpoint_comes_from_the_file_and_its_key_from_the_environment(tmp_path: Path) -> None:
    section = parse(CONFIG, Path("c.toml")).translation
    assert section is not None
    assert endpoint_of(section, {}) == Endpoint(
        url="https://llm.example.org:8443/v1", model="small", within=8.0
    )
    assert endpoint_of(section, {}).host == "llm.example.org"
    (tmp_path / "key").write_text(f"{SECRET}\n", encoding="utf-8")
    for environ in ({KEY: SECRET}, {f"{KEY}_FILE": str(tmp_path / "key")}):
        endpoint = endpoint_of(section, environ)
        assert endpoint.key == SECRET
        assert SECRET not in repr(endpoint)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param('model = "small"', 'model = ""', "c.toml:6: translation.model", id="no model"),
        pytest.param('model = "small"', "", "translation.model: expected a value", id="model left out"),
        pytest.param("https://", "https://me:key@", "without a key", id="a key in the address"),
        pytest.param('/v1"', '/v1?key=1"', "without a key", id="a key behind the address"),
        pytest.param("https://", "", "begins with http:// or https://", id="no address"),
        pytest.param('model = "small"', 'model = "small"\nwithin = "31s"', "c.toml:7", id="waiting too long"),
        pytest.param(
            'model = "small"', 'model = "small"\nwithin = "0.5s"', "c.toml:7", id="waiting too short"
        ),
        pytest.param(
            'model = "small"', 'model = "small"\nkey = "x"', "no such setting", id="a key in the file"
        ),
    ],
)
def test_a_section_that_cannot_work_is_refused_with_its_line(old: str, new: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(CONFIG.replace(old, new), Path("c.toml"))
    assert told in " ".join(caught.value.faults)
