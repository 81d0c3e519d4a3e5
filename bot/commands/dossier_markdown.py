"""A story's record as Markdown that people read. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.tabular import cell, cell_of, some

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.commands.tabular import Row, Value


def markdown(records: Row) -> Iterable[str]:
    """Yield the lines of a file: what holds for the whole story, then each article with its facts."""
    yield f"# {records['story']} {cell(str(records['headline']))}"
    yield ""
    yield f"Opened {records['opened']}, last report {records['updated']}."
    if isinstance(gone := records["retracted"], dict):
        yield f"**Taken back** {gone['at']}: {cell(str(gone['reason']))}"
    for side in ("earlier", "later"):
        for step in some(records[side]):
            yield f"- {side}: {step['story']} {cell(str(step['headline']))} ({step['at']})"
    for heading, name, line in (
        ("Origins", "origins", _origin),
        ("Where the reports differ", "disagreements", _difference),
        ("Known more exactly", "more_exactly", _difference),
        ("Beside our reference data", "reference", _reference),
        ("How far it is", "progress", _stand),
        ("Corrections", "corrections", _correction),
        ("Decisions", "decisions", _decision),
        ("Rates", "rates", _rate),
    ):
        yield from _list(heading, [line(one) for one in some(records[name])])
    for report in some(records["reports"]):
        yield from _article(report)
    yield ""
    yield f"{records['hash']}."


def _stand(one: Row) -> str:
    return (
        f"{one['at']} **{one['status']}** {_md(one, 'outlet')} ({one['article']}): “{_md(one, 'sentence')}”"
    )


def _correction(one: Row) -> str:
    return f"{one['at']} {one['article']}: {_values(one['was'])} → {_values(one['now'])}"


def _decision(one: Row) -> str:
    return f"{one['at']} {_md(one, 'told')} ({cell_of(one['articles'])}), {_md(one, 'by') or 'somebody'}"


def _rate(one: Row) -> str:
    return f"{one['article']} {_md(one, 'told')}"


def _origin(one: Row) -> str:
    """Return an origin with its label, languages, and the outlets that were folded into it."""
    notes = [cell(str(one["label"]))] if one["label"] else []
    notes += [f"in {cell_of(one['languages'])}"] if len(_names(one["languages"])) > 1 else []
    notes += [f"{_md(fold, 'outlet')} folded: {fold['why']}" for fold in some(one["folded"])]
    name = f"{_md(one, 'name')}: {cell(cell_of(one['outlets']))}"
    return f"{name} ({'; '.join(notes)})" if notes else name


def _difference(one: Row) -> str:
    sides = [
        f"{cell(cell_of(side['outlets']))} ({cell_of(side['articles'])}) **{_md(side, 'as_read')}** "
        f"“{_md(side, 'sentence')}”"
        for side in some(one["sides"])
    ]
    return f"{_md(one, 'about')}: {'; '.join(sides)}"


def _reference(one: Row) -> str:
    ours = f"our reference data of {one['as_of']}: {_md(one, 'ours')} ({_md(one, 'source')})"
    said = f"{_md(one, 'about')}: {_md(one, 'said')} by {cell_of(one['articles'])} “{_md(one, 'sentence')}”"
    return f"{said}; {ours}"


def _names(value: Value) -> list[Value]:
    return list(value) if isinstance(value, list) else []


def _article(report: Row) -> Iterable[str]:
    yield ""
    yield f"## {report['id']} {_md(report, 'title')}"
    yield ""
    yield f"- {_md(report, 'outlet')}, {report['language']}, <{_address(str(report['link']))}>"
    yield f"- published {report['published'] or 'at no stated time'}, seen {report['seen']}"
    yield f"- sha256 `{report['sha256']}`"
    for fact in some(report["facts"]):
        notes = ", ".join(str(fact[name]) for name in ("role", "bound", "hedge", "said_by") if fact[name])
        yield f"- **{fact['type']}** {_md(fact, 'as_read')} ({cell(notes)}): “{_md(fact, 'sentence')}”"


def _list(heading: str, lines: Sequence[str]) -> Iterable[str]:
    if lines:
        yield ""
        yield f"## {heading}"
        yield ""
        yield from (f"- {line}" for line in lines)


def _values(facts: Value) -> str:
    return ", ".join(f"{fact['type']} {_md(fact, 'as_read')}" for fact in some(facts)) or "–"


def _md(record: Row, name: str) -> str:
    return cell(str(record[name]))


def _address(link: str) -> str:
    """Return an address that cannot end its angle brackets early."""
    return link.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20").replace("\n", "%0A")
