"""A story as a file of evidence: Markdown, JSON or CSV, the same bytes as long as nothing changed. Pure.

No time of writing and no count of votes is in it, so that two exports of an unchanged story are equal.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final, TypeAlias

from bot.commands.tabular import cell, write
from bot.wording import plain_value
from watchers.stories.origins import origins
from watchers.stories.progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from watchers.store.rows_chat import Retraction
    from watchers.store.rows_stories import Corrected, Hand, Step
    from watchers.stories.progress import Stand
    from watchers.types import Entry, Fact, Report, Story

HASHED: Final = "SHA-256 of title, summary and body as read, joined by line feeds, in UTF-8"

Value: TypeAlias = "str | int | float | bool | Sequence[Value] | dict[str, Value] | None"
Row: TypeAlias = "dict[str, Value]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All that a file of a story tells."""

    story: Story
    corrections: tuple[Corrected, ...] = ()
    earlier: tuple[Step, ...] = ()
    later: tuple[Step, ...] = ()
    hands: tuple[Hand, ...] = ()
    retraction: Retraction | None = None


def content_hash(entry: Entry) -> str:
    """Return what proves later which text an entry had: see HASHED."""
    return sha256(f"{entry.title}\n{entry.summary}\n{entry.body}".encode()).hexdigest()


def written(dossier: Dossier, kind: str) -> bytes:
    """Return the file: "md", "json" or "csv"."""
    records = _records(dossier)
    if kind == "json":
        return (json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode()
    if kind == "csv":
        rows = [tuple(row.get(name, "") for name in _COLUMNS) for row in _rows(records)]
        return write(_COLUMNS, rows, "csv")
    return ("\n".join(_markdown(records)) + "\n").encode()


def _records(dossier: Dossier) -> Row:
    story = dossier.story
    return {
        "story": f"t{story.number}",
        "headline": story.lead.entry.title,
        "opened": _time(story.opened),
        "updated": _time(story.updated),
        "retracted": _retracted(dossier.retraction),
        "origins": [{"name": one.name, "outlets": list(one.outlets)} for one in origins(story.reports)],
        "earlier": [_step(one) for one in dossier.earlier],
        "later": [_step(one) for one in dossier.later],
        "progress": [_stand(one) for one in progress([story])],
        "corrections": [
            {
                "at": _time(one.at),
                "article": f"a{one.entry}",
                "was": [_fact(fact) for fact in one.was],
                "now": [_fact(fact) for fact in one.now],
            }
            for one in dossier.corrections
        ],
        "decisions": [
            {
                "at": _time(hand.at),
                "kind": hand.kind,
                "story": f"t{hand.story}",
                "other": f"t{hand.other}",
                "articles": [f"a{number}" for number in hand.entries],
                "by": hand.by_name,
            }
            for hand in dossier.hands
        ],
        "hash": HASHED,
        "reports": [_report(report) for report in story.reports],
    }


def _stand(stand: Stand) -> Row:
    return {
        "at": _time(stand.report.entry.when),
        "status": str(stand.fact.value),
        "article": f"a{stand.report.entry.number}",
        "outlet": stand.report.entry.outlet,
        "also": list(stand.also),
        "sentence": stand.fact.sentence,
    }


def _report(report: Report) -> Row:
    entry = report.entry
    return {
        "id": f"a{entry.number}",
        "outlet": entry.outlet,
        "language": entry.lang,
        "title": entry.title,
        "link": entry.link,
        "published": _time(entry.published),
        "seen": _time(entry.seen),
        "sha256": content_hash(entry),
        "facts": [_fact(fact) for fact in report.facts],
    }


def _fact(fact: Fact) -> Row:
    return {
        "type": fact.type,
        "role": fact.role,
        "value": str(fact.value),
        "as_read": plain_value(fact.value, "en"),
        "bound": fact.bound,
        "approximate": fact.approx,
        "hedge": fact.hedge,
        "said_by": fact.said_by,
        "mention": fact.mention,
        "start": fact.start,
        "end": fact.end,
        "sentence": fact.sentence,
        "confidence": fact.confidence,
    }


def _step(step: Step) -> Row:
    return {"story": f"t{step.story}", "headline": step.title, "at": _time(step.at)}


def _retracted(gone: Retraction | None) -> Row | None:
    return {"at": _time(gone.at), "reason": gone.reason} if gone else None


def _time(at: datetime | None) -> str:
    return at.isoformat() if at else ""


_FACT_COLUMNS: Final = (
    *("type", "role", "value", "as_read", "bound", "approximate", "hedge", "said_by", "mention", "start"),
    *("end", "sentence", "confidence"),
)
_COLUMNS: Final = (
    *("row", "story", "id", "outlet", "language", "title", "link", "published", "seen", "sha256", "at"),
    *_FACT_COLUMNS,
    "note",
)


def _rows(records: Row) -> list[dict[str, str]]:
    """Return one row a report, fact, origin, claim, correction, step and decision; `row` says which it is."""
    story: Row = {"story": records["story"]}
    return [
        {name: _cell(value) for name, value in (row | story).items() if name in _COLUMNS}
        for row in (*_articles(records), *_around(records), *_changes(records))
    ]


def _articles(records: Row) -> Iterable[Row]:
    for report in _some(records["reports"]):
        yield report | {"row": "report"}
        for fact in _some(report["facts"]):
            yield fact | {"row": "fact", "id": report["id"], "link": report["link"]}


def _around(records: Row) -> Iterable[Row]:
    for origin in _some(records["origins"]):
        yield {"row": "origin", "outlet": origin["name"], "note": origin["outlets"]}
    for stand in _some(records["progress"]):
        yield (
            stand
            | {"row": "progress", "id": stand["article"], "value": stand["status"]}
            | {"note": stand["also"]}
        )
    for side in ("earlier", "later"):
        for step in _some(records[side]):
            yield {"row": side, "id": step["story"], "title": step["headline"], "at": step["at"]}


def _changes(records: Row) -> Iterable[Row]:
    for one in _some(records["corrections"]):
        for row, side in (("corrected from", "was"), ("corrected to", "now")):
            for fact in _some(one[side]):
                yield fact | {"row": row, "id": one["article"], "at": one["at"]}
    for hand in _some(records["decisions"]):
        note = f"{hand['story']} {hand['other']} {_cell(hand['articles'])}"
        yield {"row": hand["kind"], "at": hand["at"], "note": note}
    if isinstance(gone := records["retracted"], dict):
        yield {"row": "retracted", "at": gone["at"], "note": gone["reason"]}


def _markdown(records: Row) -> Iterable[str]:
    yield f"# {records['story']} {cell(str(records['headline']))}"
    yield ""
    yield f"Opened {records['opened']}, last report {records['updated']}."
    if isinstance(gone := records["retracted"], dict):
        yield f"**Taken back** {gone['at']}: {cell(str(gone['reason']))}"
    for side in ("earlier", "later"):
        for step in _some(records[side]):
            yield f"- {side}: {step['story']} {cell(str(step['headline']))} ({step['at']})"
    yield from _list(
        "Origins", [f"{_md(o, 'name')}: {cell(_cell(o['outlets']))}" for o in _some(records["origins"])]
    )
    yield from _list(
        "How far it is",
        [
            f"{s['at']} **{s['status']}** {_md(s, 'outlet')} ({s['article']}): “{_md(s, 'sentence')}”"
            for s in _some(records["progress"])
        ],
    )
    yield from _list(
        "Corrections",
        [
            f"{c['at']} {c['article']}: {_values(c['was'])} → {_values(c['now'])}"
            for c in _some(records["corrections"])
        ],
    )
    yield from _list(
        "Decisions",
        [
            f"{h['at']} {h['kind']} {h['story']} {h['other']} ({_cell(h['articles'])}), {_md(h, 'by')}"
            for h in _some(records["decisions"])
        ],
    )
    for report in _some(records["reports"]):
        yield from _article(report)
    yield ""
    yield f"{records['hash']}."


def _article(report: Row) -> Iterable[str]:
    yield ""
    yield f"## {report['id']} {_md(report, 'title')}"
    yield ""
    yield f"- {_md(report, 'outlet')}, {report['language']}, <{_address(str(report['link']))}>"
    yield f"- published {report['published'] or 'at no stated time'}, seen {report['seen']}"
    yield f"- sha256 `{report['sha256']}`"
    for fact in _some(report["facts"]):
        notes = ", ".join(str(fact[name]) for name in ("role", "bound", "hedge", "said_by") if fact[name])
        yield f"- **{fact['type']}** {_md(fact, 'as_read')} ({cell(notes)}): “{_md(fact, 'sentence')}”"


def _list(heading: str, lines: Sequence[str]) -> Iterable[str]:
    if lines:
        yield ""
        yield f"## {heading}"
        yield ""
        yield from (f"- {line}" for line in lines)


def _values(facts: Value) -> str:
    return ", ".join(f"{fact['type']} {_md(fact, 'as_read')}" for fact in _some(facts)) or "–"


def _md(record: Row, name: str) -> str:
    return cell(str(record[name]))


def _address(link: str) -> str:
    """Return an address that cannot end its angle brackets early."""
    return link.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20").replace("\n", "%0A")


def _some(value: Value) -> list[Row]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _cell(value: Value) -> str:
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(value)
