"""An embedding endpoint on this machine, over real sockets, which can be told to lie."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WIDTH = 24


@dataclass(frozen=True)
class Question:
    """What somebody asked: the path, the key's header and the body."""

    path: str
    authorization: str
    model: str
    texts: tuple[str, ...]


Reply = Callable[["Handler", Question], None]


def vector(text: str, width: int = WIDTH) -> list[float]:
    """Return a vector that is the text's own: bytes of its hash."""
    data = hashlib.shake_128(text.encode()).digest(width)
    return [byte / 128 - 1 for byte in data]


class Handler(BaseHTTPRequestHandler):
    """Hands each question to what the test wants done with it."""

    protocol_version = "HTTP/1.1"
    server: Endpoint

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        question = Question(
            self.path, self.headers.get("Authorization", ""), asked["model"], tuple(asked["input"])
        )
        self.server.questions.append(question)
        with suppress(BrokenPipeError, ConnectionResetError):
            self.server.next_reply()(self, question)

    def answer(self, body: bytes, *, status: int = 200, kind: str = "application/json", **more: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **more}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name for it
        """Say nothing."""


class Endpoint(ThreadingHTTPServer):
    """Serves until the test is over; `over` lets what hangs end."""

    daemon_threads = True

    def __init__(self, replies: tuple[Reply, ...]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.questions: list[Question] = []
        self.over = threading.Event()
        self._replies = replies
        self.url = f"http://127.0.0.1:{self.server_port}/v1"

    def next_reply(self) -> Reply:
        return self._replies[min(len(self.questions), len(self._replies)) - 1]


def rows(question: Question, *, width: int = WIDTH) -> list[dict[str, object]]:
    return [
        {"object": "embedding", "index": i, "embedding": vector(text, width)}
        for i, text in enumerate(question.texts)
    ]


def honest(handler: Handler, question: Question) -> None:
    handler.answer(json.dumps({"object": "list", "data": rows(question)}).encode())


@contextmanager
def endpoint(*replies: Reply) -> Iterator[Endpoint]:
    """Serve an endpoint that replies thus, the last for ever after; honestly if none is given."""
    server = Endpoint(replies or (honest,))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
