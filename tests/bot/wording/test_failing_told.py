"""A digest says which sources fail and of what, in one line in the channel's language."""

from __future__ import annotations

import pytest

from bot.wording.failing import Failing, failing, told
from bot.wording.phrases import LANGUAGES

LATE = Failing(name="Harbour Post", fault="timeout")
LOST = Failing(name="Coast", fault="status", status="404")


@pytest.mark.parametrize(
    ("sources", "line"),
    [
        pytest.param((LOST,), "Feeds failing: Coast (1 answered 404)", id="one"),
        pytest.param(
            (LATE, LOST, Failing(name="Quay", fault="timeout")),
            "Feeds failing: Harbour Post, Coast, Quay (2 timed out, 1 answered 404)",
            id="three for two reasons, the commonest first",
        ),
        pytest.param(
            (LOST, Failing(name="Quay", fault="status", status="503")),
            "Feeds failing: Coast, Quay (1 answered 404, 1 answered 503)",
            id="two statuses are two reasons",
        ),
        pytest.param(
            tuple(Failing(name=f"Post {n}", fault="unreachable") for n in range(36)),
            "36 feeds failing, such as Post 0, Post 1, Post 2 (36 out of reach): /watch status of:feeds",
            id="many, which is the line rather than they",
        ),
        pytest.param((Failing(name="Coast"),), "Feeds failing: Coast", id="nothing is known of why"),
        pytest.param(
            (LOST, Failing(name="Quay", fault="unknown")),
            "Feeds failing: Coast, Quay (1 answered 404, 1 otherwise)",
            id="one of no kind",
        ),
    ],
)
def test_which_sources_fail_and_of_what_is_one_line(sources: tuple[Failing, ...], line: str) -> None:
    assert told(sources, "en") == line


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_rare_is_counted_together(lang: str) -> None:
    faults = ("gone", "refused", "timeout", "unreachable", "status", "not a feed", "parse")
    line = told(tuple(Failing(name=fault.title(), fault=fault) for fault in faults), lang)
    assert line.count("1") == 3
    assert line.count("4") == 1, "of seven kinds, three are told and four counted"


def test_the_status_is_the_one_that_fetching_words() -> None:
    assert failing("Coast", "status", "https://coast.example/feed answered with status 404.") == LOST
    assert not failing("Coast", "timeout", "https://coast.example/status 404 did not answer.").status
