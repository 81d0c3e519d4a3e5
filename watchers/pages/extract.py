"""Get an article's text out of its page. The only file that knows trafilatura; run it in a worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from watchers.errors import ParseError
from watchers.feeds.pagetext import page_text
from watchers.pages.head import read_head
from watchers.pages.withdrawal import is_withdrawn
from watchers.text import tidy

if TYPE_CHECKING:
    from datetime import datetime

# Tags, opening and closing ones, that a page may have. News pages have 1,000 to 15,000; trafilatura takes
# 24 s and 600 MiB for 400,000.
MOST_TAGS: Final = 30_000
MOST_TEXT: Final = 60_000  # code points kept of an article: ten thousand words
EXTRACT_TIMEOUT: Final = 5.0  # seconds; an ordinary page takes 0.01, the heaviest that is let through 1.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The bytes of an article's page. `url` is where they finally came from."""

    url: str
    body: bytes
    content_type: str = ""
    headline: str = ""  # as its feed gives it


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What a page says. `closed` is why its text may not be kept, and then there is none."""

    title: str
    text: str
    published: datetime | None
    lang: str
    withdrawn: bool
    closed: str = ""


def extract(page: Page) -> Extracted:
    """Return a page's article; its text is empty where none is found. Raises ParseError for no page of words.

    Pure, but slow on hostile input: run it in a worker with EXTRACT_TIMEOUT.
    """
    markup = page_text(page.body, page.content_type, url=page.url)
    if markup.count("<") > MOST_TAGS:
        raise ParseError(f"{page.url} has more than {MOST_TAGS} tags.", url=page.url)
    head = read_head(markup)
    text = "" if head.closed else _text(markup)
    return Extracted(
        title=head.title,
        text=text,
        published=head.published,
        lang=head.lang,
        withdrawn=any(is_withdrawn(title, text) for title in (head.title, head.headline, "")),
        closed=head.closed,
    )


def begin() -> None:
    """Load what extracts, in a worker, before the first page's time runs: 0.35 s of CPU and 29 MiB."""
    import trafilatura  # noqa: F401, PLC0415 - nobody but the worker is to carry it


def _text(markup: str) -> str:
    from trafilatura import bare_extraction  # noqa: PLC0415 - as above

    document = bare_extraction(
        markup,
        fast=True,  # without its fall-backs: three times as quick, and they find what is no article
        favor_precision=True,
        include_comments=False,
        include_tables=True,
        with_metadata=False,
    )
    found = getattr(document, "text", None)
    return tidy(found)[:MOST_TEXT] if isinstance(found, str) else ""
