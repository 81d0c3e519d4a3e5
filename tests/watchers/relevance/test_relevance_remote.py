"""Asking an embedding endpoint: what goes out, and that no wrong answer gets further than its check."""

from __future__ import annotations

import json
import logging
import pickle
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.embedding_double import Handler, Question, endpoint, honest, rows, vector
from watchers.errors import KnowledgeError
from watchers.relevance.embedder import load_embedder
from watchers.relevance.embedders.keys import KEY, ReaderStart, hold_key
from watchers.relevance.embedders.remote import ATTEMPTS, BATCH, MOST_BYTES, REST, Remote, rows_of
from watchers.relevance.embedders.rows import CUT_AT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.embedding_double import Reply

SECRET = "sk-fulmar-0123456789"


@pytest.fixture(autouse=True)
def _no_key_is_left_behind() -> Iterator[None]:
    yield
    hold_key("")


def remote(url: str, *, key: str = "", within: float = 5.0, model: str = "small") -> Remote:
    return Remote(model, url, key=key, within=within, sleep=lambda _: None)


def data(*found: object) -> Reply:
    def reply(handler: Handler, _: Question) -> None:
        handler.answer(json.dumps({"data": list(found)}).encode())

    return reply


def plain(body: bytes, *, status: int = 200, kind: str = "application/json") -> Reply:
    def reply(handler: Handler, _: Question) -> None:
        handler.answer(body, status=status, kind=kind)

    return reply


def test_texts_go_out_cut_in_batches_with_the_key_and_come_back_as_rows_of_length_one() -> None:
    texts = [f"Frigate {i}" for i in range(BATCH + 3)] + ["a" * 5000, "lone \ud800 surrogate", "   "]
    with endpoint() as server:
        model = remote(server.url + "/", key=SECRET)
        found = model.encode(texts)
    probe, *asked = server.questions
    assert {q.path for q in server.questions} == {"/v1/embeddings"}
    assert {q.authorization for q in server.questions} == {f"Bearer {SECRET}"}
    assert [len(q.texts) for q in asked] == [BATCH, 6]
    assert len(probe.texts) == 1
    assert [asked[1].texts[i] for i in (3, 4, 5)] == ["a" * CUT_AT, "lone ? surrogate", "."]
    assert found.dtype == np.float32
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-6)
    own = np.array(vector("Frigate 7"))
    assert np.allclose(found[7], own / np.linalg.norm(own), atol=1e-6)
    assert model.encode([]).shape == (0, model.dim)


def test_rows_in_another_order_are_put_into_the_order_of_the_question() -> None:
    def shuffled(handler: Handler, question: Question) -> None:
        handler.answer(json.dumps({"data": rows(question)[::-1]}).encode())

    with endpoint() as straight, endpoint(shuffled) as backwards:
        texts = ["one", "two", "three"]
        assert np.array_equal(remote(straight.url).encode(texts), remote(backwards.url).encode(texts))


def test_an_e5_model_reads_each_text_behind_its_prefix() -> None:
    with endpoint() as server:
        remote(server.url, model="intfloat/multilingual-e5-small").encode(["Corvette"])
        remote(server.url, model="bge-m3").encode(["Corvette"])
    assert [q.texts[0] for q in server.questions][1::2] == ["query: Corvette", "Corvette"]


def row(*numbers: object, index: object = 0) -> dict[str, object]:
    return {"index": index, "embedding": list(numbers)}


@pytest.mark.parametrize(
    ("lie", "words"),
    [
        pytest.param(data(), "did not answer with 1 rows", id="no rows"),
        pytest.param(data(row(1, 2), row(1, 2, index=1)), "did not answer with 1 rows", id="more rows"),
        pytest.param(data(row(1, 2, index=4)), "numbered its rows wrongly", id="a number out of range"),
        pytest.param(data(row(1, 2, index=True)), "numbered its rows wrongly", id="a number that is none"),
        pytest.param(data("row"), "numbered its rows wrongly", id="a row that is no object"),
        pytest.param(data(row()), "no list of numbers", id="an empty row"),
        pytest.param(data(row(1, "2")), "no list of numbers", id="a word among the numbers"),
        pytest.param(data(row([1], [2])), "no list of numbers", id="lists for numbers"),
        pytest.param(data({"index": 0, "embedding": "AAAA"}), "no list of numbers", id="base64"),
        pytest.param(data(row(*[0.5] * 9000)), "no list of numbers", id="a row too wide"),
        pytest.param(data(row(1.0, float("nan"))), "not finite", id="NaN"),
        pytest.param(data(row(1.0, float("inf"))), "not finite", id="infinity"),
        pytest.param(data(row(1.0, 10**400)), "other than", id="a number beyond all bounds"),
        pytest.param(plain(b"<html>Sign in</html>", kind="text/html"), "other than JSON", id="a page"),
        pytest.param(plain(b"\xff\xfe\x00"), "other than JSON", id="bytes"),
        pytest.param(plain(b"[" * 100_000), "other than JSON", id="JSON without bottom"),
        pytest.param(plain(b"[]"), "did not answer with 1 rows", id="a list"),
        pytest.param(plain(b" " * (MOST_BYTES + 2)), "more than", id="a flood"),
        pytest.param(plain(SECRET.encode(), status=401), "answered 401", id="refused"),
        pytest.param(plain(b"", status=302), "answered 302", id="a redirect"),
        pytest.param(plain(b"oops", status=500), "answered 500", id="an error of its own"),
    ],
)
def test_an_answer_that_is_none_is_a_clear_error_without_a_word_of_it_or_the_key(
    lie: Reply, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with endpoint(lie) as server, pytest.raises(KnowledgeError, match=words) as caught:
        remote(server.url, key=SECRET)
    assert "127.0.0.1" in str(caught.value)
    assert SECRET not in str(caught.value) + repr(caught.value) + caplog.text
    assert caught.value.__suppress_context__ or SECRET not in repr(caught.value.__context__)


def test_rows_of_different_lengths_and_doubled_numbers_are_refused() -> None:
    for found, words in (
        ([row(1, 2), row(1, 2, 3, index=1)], "different lengths"),
        ([row(1, 2), row(1, 2)], "numbered"),
    ):
        with pytest.raises(Exception, match=words):
            rows_of(json.dumps({"data": found}).encode(), 2)


def test_a_row_without_number_has_that_of_its_place() -> None:
    found = rows_of(b'{"data": [{"embedding": [1, 2]}, {"embedding": [3, 4]}]}', 2)
    assert found == [[1, 2], [3, 4]]


def test_a_model_whose_rows_change_their_width_is_refused() -> None:
    def wider(handler: Handler, question: Question) -> None:
        handler.answer(json.dumps({"data": rows(question, width=30)}).encode())

    with endpoint(honest, wider) as server:
        model = remote(server.url)
        with pytest.raises(KnowledgeError, match="30 dimensions where it had 24 before"):
            model.encode(["Frigate"])


def test_what_may_pass_is_asked_again_and_what_may_not_is_not() -> None:
    with endpoint(plain(b"", status=503), plain(b"", status=429), honest) as server:
        remote(server.url)
        assert len(server.questions) == 3
    for state, times in ((500, ATTEMPTS), (400, 1), (404, 1), (307, 1)):
        with endpoint(plain(b"", status=state)) as server:
            with pytest.raises(KnowledgeError, match=str(state)):
                remote(server.url)
            assert len(server.questions) == times


def test_a_redirect_is_not_followed_and_no_proxy_of_the_environment_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with endpoint() as other, endpoint(honest) as server:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, other.url)

        def away(handler: Handler, _: Question) -> None:
            handler.answer(b"", status=307, Location=f"{other.url}/embeddings")

        remote(server.url, key=SECRET)
        with endpoint(away) as moved, pytest.raises(KnowledgeError, match="answered 307"):
            remote(moved.url, key=SECRET)
        assert other.questions == []


def hanging(handler: Handler, _: Question) -> None:
    server = handler.server
    server.over.wait(20)


def dripping_headers(handler: Handler, _: Question) -> None:
    server = handler.server
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not server.over.wait(0.02):
        handler.wfile.write(b"x")


def dripping_body(handler: Handler, _: Question) -> None:
    server = handler.server
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    while not server.over.wait(0.02):
        handler.wfile.write(b" ")


@pytest.mark.parametrize("slow", [hanging, dripping_headers, dripping_body])
def test_an_endpoint_that_does_not_come_to_an_end_is_given_up_in_time(slow: Reply) -> None:
    with endpoint(slow) as server:
        began = time.monotonic()
        with pytest.raises(KnowledgeError, match="did not answer in time"):
            remote(server.url, within=0.4)
        assert time.monotonic() - began < 0.4 * ATTEMPTS + 15  # sooner than the endpoint itself gives up
        assert 1 <= len(server.questions) <= ATTEMPTS


def test_one_that_hangs_up_in_the_middle_or_is_not_there_is_a_clear_error() -> None:
    def hang_up(handler: Handler, _: Question) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.close_connection = True

    with endpoint(hang_up) as server:
        gone = server.url
        with pytest.raises(KnowledgeError, match="could not be asked"):
            remote(gone)
    with pytest.raises(KnowledgeError, match="could not be asked"):
        remote(gone)


def test_one_that_failed_rests_and_is_asked_again_afterwards() -> None:
    now = [100.0]
    with endpoint(honest, plain(b"", status=400), honest) as server:
        model = Remote("small", server.url, clock=lambda: now[0], sleep=lambda _: None)
        with pytest.raises(KnowledgeError, match="400"):
            model.encode(["Frigate"])
        with pytest.raises(KnowledgeError, match="rests"):
            model.encode(["Frigate"])
        assert len(server.questions) == 2
        now[0] += REST
        assert model.encode(["Frigate"]).shape == (1, model.dim)


@pytest.mark.parametrize("key", ["sk-a\r\nX-Evil: 1", "sk a", "sk-é", "sk-\0"])
def test_a_key_that_would_break_the_question_is_refused_without_showing_it(key: str) -> None:
    with pytest.raises(KnowledgeError, match=KEY) as caught:
        remote("http://127.0.0.1:9/v1", key=key)
    assert key not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://127.0.0.1/v1",
        "http://",
        "http://user:sk-tern@127.0.0.1/v1",
        "http://127.0.0.1/v1?key=sk-tern",
        "http://127.0.0.1/v1#sk-tern",
        "http://127.0.0.1:99999/v1",
        "http://127.0.0.1/\nv1",
        "127.0.0.1/v1",
    ],
)
def test_an_address_that_no_path_can_be_added_to_is_refused_without_showing_it(address: str) -> None:
    with pytest.raises(KnowledgeError, match="without a key") as caught:
        remote(address)
    assert "sk-tern" not in str(caught.value)


def test_the_name_of_an_embedder_with_its_address_loads_it_with_the_key_that_the_process_holds() -> None:
    with endpoint() as server:
        ReaderStart(key=SECRET)()
        model = load_embedder(f"openai:library/bge-m3 {server.url}")
        assert model is not None
        assert model.encode(["Frigate"]).shape == (1, 24)
        assert server.questions[0].authorization == f"Bearer {SECRET}"
        assert server.questions[0].model == "library/bge-m3"
    assert SECRET not in model.id
    assert SECRET not in repr(model) + repr(ReaderStart(key=SECRET))
    with pytest.raises(KnowledgeError, match=r"relevance\.endpoint"):
        load_embedder("openai:library/bge-m3")


def test_the_key_travels_to_a_reader_and_shows_in_no_words() -> None:
    start = ReaderStart(key=SECRET)
    again = pickle.loads(pickle.dumps(start))  # noqa: S301 -- our own bytes
    assert again == start
    assert SECRET not in f"{again} {again!r}"
