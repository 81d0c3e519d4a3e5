"""How embedders are named, and what is known of a model by its name."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.errors import KnowledgeError
from watchers.relevance.embedders.names import KINDS, Choice, choice
from watchers.relevance.embedders.rows import prefix_for


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("builtin", Choice(kind="builtin")),
        (" none ", Choice(kind="none")),
        ("model2vec: models/potion", Choice(kind="model2vec", model="models/potion")),
        ("fastembed:C:/models/m", Choice(kind="fastembed", model="C:/models/m")),
        ("openai:bge-m3:567m", Choice(kind="openai", model="bge-m3:567m")),
        (
            "openai:@cf/baai/bge-m3 https://llm.example.org/v1",
            Choice(kind="openai", model="@cf/baai/bge-m3", endpoint="https://llm.example.org/v1"),
        ),
    ],
)
def test_an_embedders_name_is_read_and_written_back(name: str, found: Choice) -> None:
    assert choice(name) == found
    assert choice(str(found)) == found


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "There is no embedder ''"),
        ("fastembeds:x", "Did you mean fastembed:FOLDER_OR_NAME"),
        ("model2vec", "is written model2vec:FOLDER_OR_NAME"),
        ("openai:", "is written openai:MODEL"),
        ("builtin:large", "is written builtin"),
        ("openai:m http://sk-tern@host/v1", "without a key"),
    ],
)
def test_an_embedder_that_is_none_is_an_error_that_says_what_there_is(name: str, words: str) -> None:
    with pytest.raises(KnowledgeError, match=words) as caught:
        choice(name)
    assert "sk-tern" not in str(caught.value)


@given(st.text(max_size=80))
def test_any_text_is_an_embedders_name_or_a_clear_error(name: str) -> None:
    with suppress(KnowledgeError):
        assert choice(name).kind in KINDS


@pytest.mark.parametrize(
    ("model", "prefix"),
    [
        ("intfloat/multilingual-e5-large", "query: "),
        ("E5-small", "query: "),
        ("/models/e5", "query: "),
        ("bge-m3", ""),
        ("type5-large", ""),
        ("me5rge", ""),
    ],
)
def test_the_e5_family_is_known_by_its_name(model: str, prefix: str) -> None:
    assert prefix_for(model) == prefix
