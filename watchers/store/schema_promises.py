"""The tables of the ledger: promises, what reports told each, what each is found by, and digests' stories."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Table, Text

from watchers.store.columns import metadata, number, one_of, reference, time, where_set, words

# A promise belongs to the story that its first report is in: reports change their story by hand.
promise = Table(
    "promise",
    metadata,
    number(),
    reference("entry", "report.entry"),  # with `due` the telling that stands for it: the first
    Column("due", Date, nullable=False),
    Column("until", Date, nullable=False),  # the latest day that any report of it names
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("called", Text, nullable=False),  # names of its sentence, and their ids, as pairs
    one_of("state", "open", "kept", "slipped", "silent", first="open"),
    time("opened_at", required=True),
    time("state_at"),  # NULL: open ever since
    reference("decided_by", "report.entry", optional=True),  # NULL: no report decided
    words("decided_sentence"),
    words("decided_source"),
    Column("decided_day", Date),
    Column("new_due", Date),  # of one that slipped
    reference("later", "promise.number", optional=True),  # the promise that took its place
    time("spoken_at"),  # NULL: channels are still to be told how it stands, unless it is open
    time("dropped_at"),  # NULL: it counts; set for a wrong reading
    Index(None, "entry"),
    where_set("ix_promise_decided_by", "decided_by"),
    Index(None, "due"),
    Index(None, "state", "until"),
    sqlite_autoincrement=True,
)

promise_telling = Table(
    "promise_telling",
    metadata,
    reference("entry", "report.entry", key=True),
    Column("due", Date, primary_key=True),
    reference("promise", "promise.number"),
    words("words"),  # the due date as written
    words("sentence"),
    words("source"),
    Column("day", Date, nullable=False),
    words("lang"),
    Index(None, "promise"),
)

promise_name = Table(
    "promise_name",
    metadata,
    reference("promise", "promise.number", key=True),
    Column("token", Text, primary_key=True),  # see watchers/ledger/cues.py
    Index(None, "token"),
)

digest_story = Table(
    "digest_story",
    metadata,
    reference("channel", "channel.id", key=True),
    reference("story", "story.number", key=True),
    time("at", required=True),  # the first time
)
