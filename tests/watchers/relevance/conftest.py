"""Knowledge that takes a second or two to load, once for all tests of this room."""

from __future__ import annotations

import pytest

from tests.watchers.relevance.judging import FINDER, GAZETTEER, Judge, Workshop
from watchers.relevance.background import load_background
from watchers.relevance.bank import make_bank
from watchers.relevance.embedder import load_embedder


@pytest.fixture(scope="session")
def workshop() -> Workshop:
    lines = load_background()
    return Workshop(
        with_model=make_bank(lines, embedder=load_embedder("builtin"), finder=FINDER, gazetteer=GAZETTEER),
        without=make_bank(lines, embedder=None, finder=FINDER, gazetteer=GAZETTEER),
    )


@pytest.fixture(scope="session")
def judge(workshop: Workshop) -> Judge:
    return workshop.judge()


@pytest.fixture(scope="session")
def plain_judge(workshop: Workshop) -> Judge:
    return workshop.judge(dense=False)
