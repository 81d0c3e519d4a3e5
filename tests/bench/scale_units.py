"""Measure what one of each costs: a document parsed, an entry and a report stored, bytes of rows and indexes.

`python -m tests.bench.scale_units [--entries 10000]`, on PostgreSQL from the tests' wheel and on a file. What
a "not modified" costs is measured whole by `python -m tests.bench.poll`; docs/scale.md adds up.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import ssl
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

import numpy as np
from sqlalchemy import text

from tests.bench.machine import cpu
from tests.contracts.store.postgres_server import running
from tests.contracts.store.store_builders import (
    MAIN,
    NOON,
    make_entry,
    make_fact,
    make_report,
    make_story,
    make_update,
)
from tests.feeddocuments import FETCHED, rss
from watchers.clock import SteppedClock
from watchers.feeds.parse import parse_document
from watchers.store.rows import Channel
from watchers.store.store import Store, open_pool

if TYPE_CHECKING:
    from watchers.types import Entry, Report

ITEMS: Final = 25  # of a document
SUMMARY: Final = 300  # characters
BATCH: Final = 50  # entries of one transaction
RELATED: Final = 2  # reports of a story
DIMENSIONS: Final = 512  # of the usual model's vectors
PAGE: Final = 4096  # bytes, SQLite's
FACTS: Final = 3  # of a report
WORDS: Final = tuple(f"{a}{b}" for a in ("frigate", "radar", "drone", "budget") for b in range(800))
_SIZES: Final = text(
    "SELECT c.relname, pg_table_size(c.oid), coalesce((SELECT string_agg(i.relname || ' ' ||"
    " pg_relation_size(i.oid), ', ' ORDER BY pg_relation_size(i.oid) DESC) FROM pg_index x JOIN pg_class i"
    " ON i.oid = x.indexrelid WHERE x.indrelid = c.oid), ''), pg_indexes_size(c.oid), c.reltuples"
    " FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.reltuples > 100"
    " ORDER BY pg_total_relation_size(c.oid) DESC"
)


def parsing() -> list[str]:
    """Measure a document of ITEMS, all of it new, and with all but one known."""
    random = Random(1)
    items = [
        f"<title>{_words(random, 70)}</title><link>https://harbour.example/{n}</link><guid>urn:{n}</guid>"
        f"<pubDate>Tue, 19 Aug 2025 10:{n:02}:00 GMT</pubDate>"
        f"<description>&lt;p&gt;{_words(random, SUMMARY)}&lt;/p&gt;</description>"
        for n in range(ITEMS)
    ]
    new = replace(FETCHED, body=rss(*items).encode())
    known = replace(new, known=frozenset(sorted(parse_document(new).hashes)[1:]))
    what = f"a document of {ITEMS} items, {len(new.body) / 1000:.0f} kB"
    return [f"{what}: parsed whole {_ms(new):.1f} ms, with one new {_ms(known):.1f} ms"]


def _ms(fetched: object, times: int = 20) -> float:
    began = time.process_time()
    for _ in range(times):
        parse_document(fetched)  # type: ignore[arg-type]
    return (time.process_time() - began) / times * 1000


def greeting(times: int = 200) -> list[str]:
    """Measure the client's half of a new TLS connection (1.3, P-256) in memory, its certificate checked."""
    with tempfile.TemporaryDirectory() as folder:
        key, made = str(Path(folder) / "key"), str(Path(folder) / "certificate")
        kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
        name = ["-subj", "/CN=feeds.example", "-addext", "subjectAltName=DNS:feeds.example"]
        subprocess.run(
            ["openssl", "req", "-x509", *kind, *name, "-keyout", key, "-out", made],  # noqa: S607 - the machine's
            check=True,
            capture_output=True,
        )
        server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.load_cert_chain(made, key)
        client = ssl.create_default_context(cafile=made)
    spent, sent = zip(*(_greeted(client, server) for _ in range(times)), strict=True)
    return [
        f"a new TLS connection: {sum(spent) / times * 1000:.2f} ms, {sum(sent) / times:.0f} bytes both ways"
    ]


def _greeted(client: ssl.SSLContext, server: ssl.SSLContext) -> tuple[float, int]:
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    ours = client.wrap_bio(back, there, server_hostname="feeds.example")
    theirs = server.wrap_bio(there, back, server_side=True)
    spent, sent, left = 0.0, 0, {ours, theirs}
    while left:
        for end in (ours, theirs):
            began, before = time.thread_time(), there.pending + back.pending
            with suppress(ssl.SSLWantReadError):
                end.do_handshake()
                left.discard(end)
            spent += (time.thread_time() - began) if end is ours else 0.0
            sent += max(there.pending + back.pending - before, 0)
    return spent, sent


async def storing(kind: str, entries: int) -> list[str]:
    """Measure entries and their reports on one kind of database; rows and indexes, too, on a server."""
    with tempfile.TemporaryDirectory() as folder, running() as server:
        path = Path(folder) / "units.sqlite3"
        url = f"sqlite:///{path}" if kind == "sqlite" else server.address(server.new())
        pid = server.process.pid if server.process and kind != "sqlite" else None
        async with open_pool(url, clock=SteppedClock(NOON)) as pool:
            store = Store(pool)
            await store.channels.save(Channel(id=MAIN, name="Main"))
            await store.feeds.add("https://harbour.example/feed", name="", every=timedelta(minutes=15))
            spent = await _stored(store, entries, pid)
            if kind == "sqlite":
                return [
                    *spent,
                    f"  the file: {path.stat().st_size / entries:.0f} bytes an entry with its report",
                ]
            async with pool.writing() as connection:
                await connection.execute(text("ANALYZE"))
            async with pool.reading() as connection:
                rows = (await connection.execute(_SIZES)).all()
    sizes = [
        f"  {name}: {many} rows; a row {size / many:.0f} bytes, its indexes {indexes / many:.0f} ({each})"
        for name, size, each, indexes, many in ((*row[:4], int(row[4])) for row in rows)
    ]
    total = sum(row[1] + row[3] for row in rows)
    return [*spent, *sizes, f"  all of it: {total / entries:.0f} bytes an entry with its report"]


async def _stored(store: Store, entries: int, pid: int | None) -> list[str]:
    random = Random(2)
    costs = {"entry": [0.0, 0.0], "report": [0.0, 0.0]}
    for first in range(0, entries, BATCH):
        some = [_entry(n, random) for n in range(first, first + BATCH)]
        server, spent = (cpu(pid) if pid else 0.0), time.process_time()
        kept = await store.entries.add(some)
        costs["entry"][0] += time.process_time() - spent
        costs["entry"][1] += (cpu(pid) - server) if pid else 0.0
        reports = [_report(one, random) for one in kept]
        server, spent = (cpu(pid) if pid else 0.0), time.process_time()
        await _save(store, reports)
        costs["report"][0] += time.process_time() - spent
        costs["report"][1] += (cpu(pid) - server) if pid else 0.0
    return [
        f"  CPU of one {name}, ms: here {ours / entries * 1000:.2f}, the server {theirs / entries * 1000:.2f}"
        for name, (ours, theirs) in costs.items()
    ]


async def _save(store: Store, reports: list[Report]) -> None:
    updates = [
        make_update(make_story(*reports[first:n]), reports[n - 1])
        for first in range(0, len(reports), RELATED)
        for n in range(first + 1, first + RELATED + 1)
    ]
    async with store.transaction() as rooms:
        await rooms.stories.save_reports([(report, "store") for report in reports])
        await rooms.stories.save_updates(updates)
        await rooms.entries.mark_read([report.entry.number for report in reports])


def _entry(number: int, random: Random) -> Entry:
    return make_entry(
        f"{number:08d}-{random.getrandbits(64):016x}",
        title=_words(random, 70),
        summary=_words(random, SUMMARY),
    )


def _report(entry: Entry, random: Random) -> Report:
    fact = make_fact(entry)
    vector = np.array([random.random() for _ in range(DIMENSIONS)], dtype=np.float32)
    return replace(make_report(entry, facts=(fact,) * FACTS), vector=vector)


def _words(random: Random, characters: int) -> str:
    found = random.choice(WORDS).title()
    while len(found) < characters:
        found += f" {random.choice(WORDS)}"
    return found


def main() -> None:
    """Measure it and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000)
    asked = parser.parse_args()
    sys.stdout.write(f"load {os.getloadavg()[0]:.1f}\n" + "\n".join([*parsing(), *greeting()]) + "\n")
    for kind in ("sqlite", "postgresql"):
        lines = asyncio.run(storing(kind, asked.entries))
        sys.stdout.write("\n".join([f"{kind}, {asked.entries} entries", *lines]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
