"""Kinds of failure, and what is remembered of documents."""

from __future__ import annotations

import pytest

from watchers.errors import FeedError, FetchError, ParseError, RefusedError
from watchers.feeds.faults import Fault, fault_of
from watchers.feeds.known import Memory, Remembered
from watchers.workers import WorkTimeout

URL = "https://desk.example/feed"


def caused(error: FeedError, cause: Exception) -> FeedError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        pytest.param(FetchError("gone", url=URL, status=410, permanent=True), "gone", id="gone for good"),
        pytest.param(RefusedError("private", url=URL), "refused", id="no address for us"),
        pytest.param(FetchError("busy", url=URL, status=503), "status", id="a status that is no success"),
        pytest.param(FetchError("a page", url=URL, status=200), "not a feed", id="a web page"),
        pytest.param(ParseError("prose", url=URL), "not a feed", id="no format of feeds"),
        pytest.param(
            caused(ParseError("slow", url=URL), WorkTimeout("20 s")), "parse", id="a parser that hung"
        ),
        pytest.param(caused(FetchError("late", url=URL), TimeoutError()), "timeout", id="no answer in time"),
        pytest.param(caused(FetchError("shut", url=URL), OSError()), "unreachable", id="no connection"),
        pytest.param(FeedError("odd", url=URL), "unknown", id="a fault of ours"),
    ],
)
def test_each_failure_has_its_kind(error: FeedError, fault: Fault) -> None:
    assert fault_of(error) == fault


def hashes(*numbers: int) -> Remembered:
    return Remembered(hashes=frozenset(numbers))


def test_what_is_remembered_is_bounded_and_the_longest_unchanged_is_forgotten_first() -> None:
    memory = Memory(most=5)
    memory.keep(1, hashes(1, 2))
    memory.keep(2, hashes(3, 4))
    memory.keep(1, hashes(1, 2, 5))
    memory.keep(3, hashes(6, 7))
    assert [sorted(memory.of(feed).hashes) for feed in (1, 2, 3)] == [[1, 2, 5], [], [6, 7]]


def test_a_document_larger_than_the_memory_is_not_remembered() -> None:
    memory = Memory(most=2)
    memory.keep(1, hashes(1, 2, 3))
    assert memory.of(1) == Remembered()
    memory.keep(2, hashes(4, 5))
    assert memory.of(2) == hashes(4, 5)
