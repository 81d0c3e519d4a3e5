"""What the page on articles and publishers says of lengths, times and wishes is what the program does."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import parse
from bot.wording.digest import FACTS_EACH
from bot.wording.keyfacts import ARTICLE_QUOTES, MOST, ON_DEMAND, SENTENCES
from bot.wording.values import QUOTE_LIMIT
from watchers.facts.summary import LONGEST
from watchers.feeds.entries import MAX_BODY, MAX_SUMMARY
from watchers.pages.courtesy import GAP
from watchers.store.search import SNIPPET

ROOT = Path(__file__).parents[2]
PAGE = " ".join((ROOT / "docs" / "legal.md").read_text(encoding="utf-8").split())
WORDS = {2: "two", 3: "three", 6: "six"}


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(f"{WORDS[MOST]} facts from {WORDS[SENTENCES]} sentences", id="facts of a card"),
        pytest.param(f"each quoted with up to {QUOTE_LIMIT} characters", id="a quotation"),
        pytest.param(f"own sentences, up to {LONGEST} characters", id="a digest's summary"),
        pytest.param(f"{WORDS[FACTS_EACH]} facts, quoted as on a card", id="a digest's facts"),
        pytest.param(f"{ARTICLE_QUOTES} characters of quotation", id="a message"),
        pytest.param(f"a sentence may have {ON_DEMAND} ", id="on demand"),
        pytest.param(f"a piece of {SNIPPET} characters", id="a search"),
        pytest.param(f"teaser, up to {MAX_SUMMARY:,} characters, and text, up to {MAX_BODY:,}", id="kept"),
        pytest.param(f"pages of articles at least {WORDS[int(GAP.total_seconds())]} seconds apart", id="gap"),
    ],
)
def test_the_page_gives_the_programs_own_limits(said: str) -> None:
    assert said in PAGE


def test_the_page_gives_the_usual_times() -> None:
    usual = parse('[poll]\ncontact = "mailto:desk@example.org"\n', Path("config.toml"))
    assert (usual.retention.texts, usual.articles.keep) == (timedelta(days=180), timedelta(days=30))
    assert usual.retention.messages == timedelta(days=90)
    assert usual.poll.per_host == 1
    for said in ("180 days after it came", "30 days after it was first read", "90 days, then emptied"):
        assert said in PAGE
    assert "`[poll] per_host` at a time, 1 unless set" in PAGE


def test_no_feed_of_the_starter_pack_is_a_news_searchs_and_each_says_where_its_terms_stand() -> None:
    text = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    feeds = parse(text, Path("config.toml")).feeds
    assert len(feeds) > 40
    assert [feed.url for feed in feeds if not feed.terms] == []
    assert [feed.url for feed in feeds if "news.google." in feed.url or "bing." in feed.url] == []
    assert text.count("\n# [[feeds]]\n") == 4
