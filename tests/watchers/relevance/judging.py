"""What the tests of this room share: entries, and judges that read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.known_names import shipped
from watchers.gazetteer.load import load
from watchers.relevance.exemplars import SHIPPED, load_exemplars
from watchers.relevance.scorer import Scorer, fit_on
from watchers.text import plain_text
from watchers.types import Entry, Relevance

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from watchers.relevance.bank import Bank

GAZETTEER = load()
FINDER = shipped()


def entry(title: str, summary: str = "", lang: str = "en", body: str = "") -> Entry:
    return Entry(
        key="0123456789abcdef",
        feed=1,
        guid="",
        link="https://desk.example/1",
        title=plain_text(title),
        summary=plain_text(summary),
        body=plain_text(body),
        lang=lang,
        outlet="Sample Desk",
        published=None,
        seen=datetime(2025, 9, 1, tzinfo=UTC),
    )


@dataclass(frozen=True)
class Judge:
    """A scorer and the finder that reads for it."""

    scorer: Scorer

    def __call__(self, entries: Sequence[Entry]) -> list[Relevance]:
        mentions = [FINDER.find(e.text, e.lang) for e in entries]
        return [relevance for relevance, _ in self.scorer.score(entries, mentions)]


@dataclass(frozen=True)
class Workshop:
    """Makes judges on the shipped background, with and without the model."""

    with_model: Bank
    without: Bank

    def judge(self, folder: Path = SHIPPED, *, dense: bool = True) -> Judge:
        return Judge(fit_on(self.with_model if dense else self.without, load_exemplars(folder)))
