"""Write the parts of a report as text columns and read them back; the version leads, for later releases."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, assert_never

import numpy as np

from watchers.errors import StoreError
from watchers.types import (
    Count,
    Hit,
    Match,
    Mention,
    Money,
    Named,
    Neighbour,
    Period,
    Person,
    Reason,
    Relevance,
    Share,
    View,
    Words,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watchers.types import FactValue, Vector

VERSION: Final = 1
RELEVANCE: Final = 2  # 1 had no promotion
_read: Final = json.JSONDecoder().raw_decode  # a third of the time of json.loads on texts as short as ours
_FLOAT32: Final = np.dtype("<f4")


def dump(value: object) -> str:
    """Write plain lists, words and numbers as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def dump_tags(tags: Iterable[str]) -> str:
    """Write a tuple of words."""
    return dump(list(tags))


def load_tags(text: str) -> tuple[str, ...]:
    """Read a tuple of words."""
    return tuple(str(word) for word in _read(text)[0])


def load_pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Read pairs of words."""
    return tuple((str(left), str(right)) for left, right in _read(text)[0])


def dump_positions(positions: Iterable[int]) -> str:
    """Write places in a list."""
    return dump(list(positions))


def load_positions(text: str) -> tuple[int, ...]:
    """Read places in a list."""
    return tuple(int(position) for position in _read(text)[0])


def dump_relevance(relevance: Relevance) -> str:
    """Write all of a relevance but its score and model, which have columns of their own."""
    return dump(
        [
            RELEVANCE,
            [[r.feature, r.contribution, r.words] for r in relevance.reasons],
            relevance.evidence,
            [[n.exemplar, n.sentence, n.similarity] for n in relevance.nearest],
            relevance.promotion,
        ]
    )


def load_relevance(text: str, *, score: float, model: str) -> Relevance:
    """Read a relevance."""
    return _relevance(_read(text)[0], score=score, model=model)


def dump_views(views: Iterable[View]) -> str:
    """Write the relevance to other exemplars."""
    return dump(
        [
            VERSION,
            [
                [v.beat, v.relevance.score, v.relevance.model, _read(dump_relevance(v.relevance))[0]]
                for v in views
            ],
        ]
    )


def load_views(text: str) -> tuple[View, ...]:
    """Read the relevance to other exemplars."""
    version, rows = _read(text)[0]
    _readable(version)
    return tuple(View(beat=b, relevance=_relevance(parts, score=s, model=m)) for b, s, m, parts in rows)


def _relevance(parts: list[Any], *, score: float, model: str) -> Relevance:
    version, reasons, evidence, nearest, *later = parts
    if version not in {VERSION, RELEVANCE}:
        _readable(version)
    promotion = later[0] if later else ()
    return Relevance(
        score=score,
        reasons=tuple(Reason(feature=f, contribution=c, words=w) for f, c, w in reasons),
        evidence=tuple(evidence),
        nearest=tuple(Neighbour(exemplar=e, sentence=s, similarity=x) for e, s, x in nearest),
        model=model,
        promotion=tuple(promotion),
    )


def dump_matches(matches: Iterable[Match]) -> str:
    """Write matches with their hits."""
    rows = [[m.watch, m.channel, [[h.term, h.scope, h.start, h.end] for h in m.hits]] for m in matches]
    return dump([VERSION, rows])


def load_matches(text: str) -> tuple[Match, ...]:
    """Read matches."""
    version, rows = _read(text)[0]
    _readable(version)
    return tuple(
        Match(watch=w, channel=c, hits=tuple(Hit(term=t, scope=s, start=a, end=e) for t, s, a, e in hits))
        for w, c, hits in rows
    )


def dump_mentions(mentions: Iterable[Mention]) -> str:
    """Write the names found in a text."""
    return dump([VERSION, [[m.entity, m.name, m.mention, m.start, m.end] for m in mentions]])


def load_mentions(text: str) -> tuple[Mention, ...]:
    """Read the names found in a text."""
    version, rows = _read(text)[0]
    _readable(version)
    return tuple(Mention(entity=i, name=n, mention=m, start=s, end=e) for i, n, m, s, e in rows)


def dump_value(value: FactValue) -> str:  # noqa: PLR0911 - a return for each of the seven kinds
    """Write a fact's value; its kind leads."""
    match value:
        case Money():
            return dump(["money", plain(value.low), plain(value.high), value.currency])
        case Count():
            return dump(["count", value.low, value.high])
        case Share():
            return dump(["share", plain(value.percent), value.points])
        case Period():
            return dump(["period", value.text])
        case Named():
            return dump(["named", value.name, value.entity])
        case Person():
            return dump(["person", value.name, value.role, value.of, value.entity])
        case Words():
            return dump(["words", value.text])
        case _:
            assert_never(value)


def load_value(text: str) -> FactValue:  # noqa: PLR0911 - a return for each of the seven kinds
    """Read a fact's value; raises StoreError for a kind this release does not know."""
    kind, *parts = _read(text)[0]
    match kind:
        case "money":
            return Money(low=Decimal(parts[0]), high=Decimal(parts[1]), currency=parts[2])
        case "count":
            return Count(low=parts[0], high=parts[1])
        case "share":
            return Share(percent=Decimal(parts[0]), points=parts[1])
        case "period":
            return Period(text=parts[0])
        case "named":
            return Named(name=parts[0], entity=parts[1])
        case "person":
            return Person(name=parts[0], role=parts[1], of=parts[2], entity=parts[3])
        case "words":
            return Words(text=parts[0])
        case _:
            raise StoreError(
                f'the database holds a fact of the kind "{kind}", which this release cannot read; upgrade'
            )


def dump_vector(vector: Vector | None) -> bytes | None:
    """Write a vector as little-endian 32-bit floats."""
    return None if vector is None else vector.astype(_FLOAT32, copy=False).tobytes()


def load_vector(data: bytes | None) -> Vector | None:
    """Read a vector; it cannot be written to."""
    return None if data is None else np.frombuffer(data, dtype=_FLOAT32)


def _readable(version: int) -> None:
    if version != VERSION:
        raise StoreError(
            f"the database holds a report of version {version}, this release reads {VERSION}; upgrade"
        )
