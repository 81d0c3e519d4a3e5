"""Ask an OpenAI-compatible endpoint for vectors. It is not trusted: what it answers is held to its question.

Blocking, for it runs in the reader's process. No redirect is followed and no proxy of the environment used:
texts and key go to the address that the operator named and nowhere else.
"""

from __future__ import annotations

import http.client
import json
import logging
import socket
import ssl
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import numpy as np

from watchers.errors import KnowledgeError
from watchers.relevance.embedders.keys import KEY, held_key
from watchers.relevance.embedders.names import check_endpoint
from watchers.relevance.embedders.rows import MOST_DIMENSIONS, prefix_for, readable, unit_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

logger = logging.getLogger(__name__)

BATCH: Final = 32  # texts in a request; as many as the reader reads at once
WITHIN: Final = 20.0  # seconds for one answer; a server that loads its model first takes ten
ATTEMPTS: Final = 3
PAUSE: Final = 0.5  # seconds before the second attempt, four times that before the third
ALTOGETHER: Final = 40.0  # seconds for a batch, attempts and pauses included: a reader's batch has 60
# After a batch failed, seconds in which the endpoint is not asked again: a dead one must not hold up reading.
REST: Final = 120.0
MOST_BYTES: Final = 16 * 1024 * 1024  # of an answer; 32 rows of 8,192 long numbers are 6 million characters
PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})  # states that may be over at the next attempt
_EMPTY: Final = "."  # stands for a text without characters, which OpenAI's own endpoint refuses
PROBE: Final = "Frigate launched."


class _Refused(Exception):  # noqa: N818 -- never leaves this file
    """An answer of no use, in words without anything the endpoint or the key said."""

    def __init__(self, words: str, *, passing: bool) -> None:
        super().__init__(words)
        self.passing = passing


class Remote:
    """An endpoint and a model's name there. Made ready by one question, which tells how wide its rows are."""

    def __init__(
        self,
        model: str,
        endpoint: str,
        *,
        key: str = "",
        within: float = WITHIN,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        check_endpoint(endpoint)
        if not key.isascii() or not key.isprintable() or " " in key:
            raise KnowledgeError(f"{KEY} holds characters that no key has.")
        parts = urlsplit(endpoint)
        self._host = parts.hostname or ""
        self._secure = parts.scheme == "https"
        self._port = parts.port or (443 if self._secure else 80)
        self._path = parts.path.rstrip("/") + "/embeddings"
        self._model = model
        self._prefix = prefix_for(model)
        self._headers = {
            "Content-Type": "application/json",
            "Accept-Encoding": "identity",
            "Connection": "close",
            **({"Authorization": f"Bearer {key}"} if key else {}),
        }
        self._within = within
        self._clock = clock
        self._sleep = sleep
        self._rests_until = 0.0
        self._lock = threading.Lock()
        self.dim = 0  # until the first answer has told
        self.dim = self.encode([PROBE]).shape[1]
        self.id = f"openai:{model}@{self._host}:{self._port}|{self.dim}"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row a text, of which the first CUT_AT characters are sent. Raises KnowledgeError."""
        rows = [self._batch(texts[i : i + BATCH]) for i in range(0, len(texts), BATCH)]
        return np.vstack(rows) if rows else np.zeros((0, self.dim), dtype=np.float32)

    def _batch(self, texts: Sequence[str]) -> NDArray[np.float32]:
        asked = [self._prefix + (readable(text).strip() or _EMPTY) for text in texts]
        body = json.dumps({"model": self._model, "input": asked, "encoding_format": "float"}).encode()
        with self._lock:
            if self._clock() < self._rests_until:
                raise self._fault("did not answer a moment ago and rests")
            try:
                return self._asked(body, len(asked))
            except KnowledgeError:
                self._rests_until = self._clock() + REST
                raise

    def _asked(self, body: bytes, count: int) -> NDArray[np.float32]:
        """Ask, again if what went wrong may pass, until there is no time left."""
        deadline = self._clock() + min(ALTOGETHER, ATTEMPTS * self._within)
        pause = PAUSE
        for attempt in range(1, ATTEMPTS + 1):
            try:
                answer = self._post(body, min(self._within, deadline - self._clock()))
                return unit_rows(rows_of(answer, count), count=count, dim=self.dim, whose=self._named())
            except _Refused as refused:
                if not refused.passing or attempt == ATTEMPTS or self._clock() + pause >= deadline:
                    raise self._fault(str(refused)) from None
            self._sleep(pause)
            pause *= 4
        raise self._fault("did not answer in time")

    def _post(self, body: bytes, within: float) -> bytes:
        """Return the answer's bytes; over after `within` seconds however slowly they come."""
        end = self._clock() + within
        kind = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
        connection = kind(self._host, self._port, timeout=within)
        guard: threading.Timer | None = None
        try:
            connection.connect()
            guard = threading.Timer(max(end - self._clock(), 0.0), _cut, [connection.sock])
            guard.daemon = True
            guard.start()
            connection.request("POST", self._path, body, self._headers)
            response = connection.getresponse()
            if response.status != 200:
                raise _Refused(f"answered {response.status}", passing=response.status in PASSING)
            whole = response.length or 0
            answer = response.read(MOST_BYTES + 1)
            if len(answer) < min(whole, MOST_BYTES):
                raise ConnectionError  # the library hands on what came before the end
        except ssl.SSLCertVerificationError:
            raise _Refused("has no certificate that this machine trusts", passing=False) from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            late = isinstance(error, TimeoutError) or self._clock() >= end
            words = "did not answer in time" if late else f"could not be asked ({type(error).__name__})"
            raise _Refused(words, passing=True) from None
        finally:
            if guard is not None:
                guard.cancel()
            connection.close()
        if self._clock() >= end:
            raise _Refused("did not answer in time", passing=True)
        if len(answer) > MOST_BYTES:
            raise _Refused(f"answered with more than {MOST_BYTES} bytes", passing=False)
        return answer

    def _named(self) -> str:
        return f"The embedding endpoint at {self._host}"

    def _fault(self, words: str) -> KnowledgeError:
        return KnowledgeError(f"{self._named()} {words}.")


def load_remote(model: str, endpoint: str) -> Remote:
    """Make an endpoint ready with the key that this process holds. Raises KnowledgeError with a cure."""
    if not endpoint:
        raise KnowledgeError("The embedder openai needs the address it is to ask; set relevance.endpoint.")
    return Remote(model, endpoint, key=held_key())


def rows_of(answer: bytes, count: int) -> list[list[float]]:
    """Return an answer's rows in the order of the question. Raises _Refused for any other shape."""
    try:
        found: object = json.loads(answer)
    except (ValueError, RecursionError):
        raise _Refused("answered with something other than JSON", passing=False) from None
    data = found.get("data") if isinstance(found, dict) else None
    if not isinstance(data, list) or len(data) != count:
        raise _Refused(f"did not answer with {count} rows", passing=False)
    rows: dict[int, list[float]] = {}
    for place, one in enumerate(data):
        index = one.get("index", place) if isinstance(one, dict) else None
        row = one.get("embedding") if isinstance(one, dict) else None
        if type(index) is not int or not 0 <= index < count or index in rows:
            raise _Refused("numbered its rows wrongly", passing=False)
        if not isinstance(row, list) or not 0 < len(row) <= MOST_DIMENSIONS:
            raise _Refused("gave a row that is no list of numbers", passing=False)
        if not all(type(number) in (float, int) for number in row):
            raise _Refused("gave a row that is no list of numbers", passing=False)
        rows[index] = row
    if len({len(row) for row in rows.values()}) > 1:
        raise _Refused("gave rows of different lengths", passing=False)
    return [rows[index] for index in range(count)]


def _cut(connected: socket.socket | None) -> None:
    """End a connection that somebody else is reading from."""
    if connected is not None:
        with suppress(OSError):
            connected.shutdown(socket.SHUT_RDWR)
