"""Read public feed corpora and say what broke: `python -m tests.corpora.run [FOLDER...]`.

Worth having: the tests of kurtmckee/feedparser, the testcases of rubys/feedvalidator,
minimaxir/big-list-of-naughty-strings and the W3C XML conformance suite, each in a folder of its own. None of
them is kept here. Without folders, those in the one that VEDETTE_CORPORA names are read.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from watchers.errors import ParseError
from watchers.feeds.parse import parse_document
from watchers.types import Feed, Fetched, Validators
from watchers.workers import WorkCrashed, Workers, WorkTimeout

# CPU seconds a file may take. CPU and not the clock, so that a busy machine finds no fault; the clock decides
# at ten times as much, which only what hangs without working reaches first.
LIMIT: Final = 2.0
_WALL: Final = 10 * LIMIT
_AT_ONCE: Final = 2
_LEFT_OUT: Final = frozenset({".py", ".pyc", ".ts", ".js", ".png", ".gif", ".jpg"})  # the corpora's own code
_SLOWEST: Final = 5
_SHOWN: Final = 40
_STRINGS: Final = "blns.json"  # the naughty strings as a list: each becomes a document of its own
# What a ParseError may have come of: broken JSON and broken gzip. Anything else broke a parser.
_EXPECTED: Final = (json.JSONDecodeError, zlib.error)
_NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one document. `fault` is empty if it was read or said to be no feed."""

    name: str
    seconds: float
    entries: int = 0
    fault: str = ""


def documents(folder: Path) -> list[tuple[str, bytes]]:
    """Return the documents of a corpus with their names, in order."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.name == _STRINGS:
            strings = json.loads(path.read_text("utf-8"))
            found += [(f"{path}:{i}", _made_of(str(text))) for i, text in enumerate(strings, 1)]
        elif path.suffix.lower() not in _LEFT_OUT and not any(part.startswith(".") for part in path.parts):
            found.append((str(path), path.read_bytes()))
    return found


def _made_of(text: str) -> bytes:
    """Return a feed with a string in every place: escaped, in CDATA, and as it is."""
    forms = (escape(text), f"<![CDATA[{text}]]>", text)
    items = "".join(
        f"<item><title>{form}</title><link>{form}</link><guid>{form}</guid><pubDate>{form}</pubDate>"
        f"<description>{form}</description><source url={quoteattr(text)}>{form}</source></item>"
        for form in forms
    )
    feed = (
        f'<rss version="2.0"><channel><title>{escape(text)}</title><ttl>{text}</ttl>{items}</channel></rss>'
    )
    return feed.encode("utf-8", "replace")


def read(name: str, body: bytes) -> Outcome:
    """Read a document as if fetched, and again with all of it known: that must give nothing new."""
    fetched = Fetched(
        feed=Feed(number=1, url="https://corpus.example/feed", name="Corpus"),
        url="https://corpus.example/feed",
        body=body,
        content_type="",
        validators=Validators(),
        at=_NOW,
    )
    start = process_time()
    try:
        first = parse_document(fetched)
        seconds = process_time() - start
        again = parse_document(replace(fetched, known=first.hashes))
    except ParseError as error:
        if error.__cause__ is not None and not isinstance(error.__cause__, _EXPECTED):
            return Outcome(name=name, seconds=process_time() - start, fault=repr(error.__cause__))
        return _timed(name, process_time() - start)
    except Exception as error:  # noqa: BLE001 -- to find any is what this is for
        return Outcome(name=name, seconds=process_time() - start, fault=f"{type(error).__name__}: {error}")
    if again.entries:
        return Outcome(name=name, seconds=seconds, fault=f"{len(again.entries)} known entries came again")
    return _timed(name, seconds, len(first.entries))


def _timed(name: str, seconds: float, entries: int = 0) -> Outcome:
    fault = f"took {seconds:.1f} CPU seconds" if seconds > LIMIT else ""
    return Outcome(name=name, seconds=seconds, entries=entries, fault=fault)


async def read_all(found: list[tuple[str, bytes]]) -> list[Outcome]:
    """Read documents in worker processes, each killed if it hangs."""
    places = asyncio.Semaphore(_AT_ONCE)
    async with Workers(size=_AT_ONCE) as workers:

        async def one(name: str, body: bytes) -> Outcome:
            async with places:
                try:
                    return await workers.run(read, name, body, timeout=_WALL)
                except (WorkTimeout, WorkCrashed) as error:
                    return Outcome(name=name, seconds=_WALL, fault=f"hung or died: {error}")

        return list(await asyncio.gather(*(one(name, body) for name, body in found)))


def main(folders: list[Path]) -> int:
    """Read the corpora, print what came of each, and return 1 if anything broke or there was nothing."""
    broken = 0
    for folder in folders:
        outcomes = asyncio.run(read_all(documents(folder)))
        faults = [outcome for outcome in outcomes if outcome.fault]
        entries = sum(outcome.entries for outcome in outcomes)
        read_as_feeds = sum(outcome.entries > 0 for outcome in outcomes)
        _say(f"{folder.name}: {len(outcomes)} documents, {read_as_feeds} with {entries} entries, "
             f"{len(faults)} faults")  # fmt: skip
        for outcome in faults[:_SHOWN]:
            _say(f"  {outcome.name}: {outcome.fault[:300]}")
        for outcome in sorted(outcomes, key=lambda outcome: -outcome.seconds)[:_SLOWEST]:
            _say(f"  {outcome.seconds:.2f} s {outcome.name}")
        broken += len(faults)
        if not outcomes:
            _say(f"{folder}: no documents")
            broken += 1
    return 1 if broken or not folders else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _folders(named: list[str]) -> list[Path]:
    if named:
        return [Path(name) for name in named]
    home = Path(os.environ.get("VEDETTE_CORPORA", ""))
    return sorted(path for path in home.iterdir() if path.is_dir()) if home.name and home.is_dir() else []


if __name__ == "__main__":
    given = _folders(sys.argv[1:])
    if not given:
        _say("Name the folders of the corpora, or the folder that holds them in VEDETTE_CORPORA.")
    sys.exit(main(given))
