"""What a source would bring, before it is saved: a page's feeds, a list or sitemap, a news search's terms."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.commands.parse import shown
from bot.commands.replies import reply
from bot.commands.request import Reply
from bot.commands.sources_offered import offered
from bot.commands.trying import Tried, advice, tried
from bot.errors import CommandError
from bot.messages import Actions, Button, Heading, Link, Links, Text
from bot.wording.counting import counted
from watchers.errors import FeedError
from watchers.feeds.newssearch import terms_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.commands.desk import Desk
    from bot.commands.sources_wanted import Wanted
    from bot.messages import Block
    from watchers.feeds.discover import Found
    from watchers.feeds.listpage import Suggestion

LATEST: Final = 3  # entries that are shown of a source
MOST: Final = 5  # feeds or selectors to choose from; a row holds as many buttons
TITLED_WITHIN: Final = 12.0  # seconds to ask the feeds of a page for their latest; the choice is there anyway
_LONGEST_LABEL: Final = 40  # characters of a button
_NOT_SAVED: Final = "Nothing is saved yet."


async def page(want: Wanted, trial: Tried, desk: Desk) -> Reply:
    """Return what can be read where a web page is: its feed, one of its feeds, or its list of links."""
    if not trial.offers:
        return await _without_feed(want, trial, desk)
    found = trial.offers[:MOST]
    answers = await _answers(found, desk, named_by=want.url)
    if len(found) == 1:
        return await _one(want, found[0], answers.get(found[0].url, Tried()), desk)
    blocks: list[Block] = [
        Heading(text=f"{shown(want.url)} is a web page with {counted(len(found), 'feed')}"),
        Text(text=f"Which one shall be read here? {_NOT_SAVED}"),
    ]
    buttons = []
    for number, one in enumerate(found, 1):
        title = _title(one, answers.get(one.url, Tried()))
        blocks.append(_choice(f"{number}. {title}", one.url, answers.get(one.url, Tried())))
        command = await offered(replace(want, url=one.url, kind=None).line, desk)
        buttons.append(Button(label=shown(f"{number}. {title}", _LONGEST_LABEL), command=command))
    blocks.append(Actions(buttons=tuple(buttons)))
    return Reply(message=reply(f"{want.url} has {counted(len(found), 'feed')}", *blocks))


async def _one(want: Wanted, found: Found, answer: Tried, desk: Desk) -> Reply:
    save = await offered(replace(want, url=found.url, kind=None).line, desk)
    return Reply(
        message=reply(
            f"{want.url} has a feed",
            Heading(text=f"{shown(want.url)} is a web page; its feed is {_title(found, answer)}"),
            _choice("Its feed", found.url, answer),
            Text(text=_NOT_SAVED),
            Actions(buttons=(Button(label="Save", command=save, style="primary"),)),
        )
    )


async def _answers(found: Sequence[Found], desk: Desk, *, named_by: str) -> dict[str, Tried]:
    """Ask feeds side by side what they hold; one that takes too long is offered without a title."""
    tasks = {
        one.url: asyncio.ensure_future(tried(one.url, desk, offers=False, named_by=named_by)) for one in found
    }
    done, late = await asyncio.wait(tasks.values(), timeout=TITLED_WITHIN)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    return {url: task.result() for url, task in tasks.items() if task in done}


def _title(found: Found, answer: Tried) -> str:
    return found.title or answer.outlet or shown(found.url)


def _choice(label: str, url: str, answer: Tried) -> Block:
    """Return a feed with its latest entries, or what is wrong with it."""
    if answer.error:
        return Text(text=f"{label} ({url}): {answer.fault}", tone="warning")
    links = tuple(Link(text=entry.title, url=entry.link) for entry in answer.entries[:LATEST])
    return Links(label=label, links=links) if links else Text(text=f"{label} ({url}) holds nothing now.")


async def _without_feed(want: Wanted, trial: Tried, desk: Desk) -> Reply:
    """Say that a page names no feed and offer to read its list of links, or it as a sitemap."""
    like = await offered(replace(want, kind="page").line, desk)
    buttons = [Button(label="Read its list of links", command=like)]
    if "sitemap" in want.url.lower():
        as_map = await offered(replace(want, kind="sitemap").line, desk)
        buttons.insert(0, Button(label="Read it as a news sitemap", command=as_map))
    return Reply(
        message=reply(
            f"{want.url} is no feed and names none",
            Text(text=trial.fault, tone="warning"),
            Text(text=trial.advice),
            Text(text="Or let the bot read the list of articles on that page, or the site's news sitemap."),
            Text(text=f"Try: /watch source add {want.url} kind:page"),
            Actions(buttons=tuple(buttons)),
        ),
        refused=True,
    )


async def crawled(want: Wanted, desk: Desk) -> Reply:
    """Return what a page's list or a sitemap would bring; without a selector, those that find something."""
    if want.kind == "page" and not want.selector:
        return await _selectors(want, desk)
    trial = await tried(want.url, desk, kind=want.kind or "page", selector=want.selector, offers=False)
    if trial.error:
        raise CommandError(f"{trial.fault} {_crawl_advice(trial.error)}", example=_again(want))
    if not trial.entries:
        raise CommandError(f"{want.url} was read, and no article was found in it.", example=_again(want))
    save = await offered(replace(want, confirmed=True).line, desk)
    what = "sitemap" if want.kind == "sitemap" else f"list of “{shown(want.selector)}”"
    links = tuple(Link(text=entry.title, url=entry.link) for entry in trial.entries[:LATEST])
    return Reply(
        message=reply(
            f"{want.url} holds {counted(len(trial.entries), 'article')}",
            Heading(text=f"{counted(len(trial.entries), 'article')} in the {what}", url=want.url),
            Links(label=f"Last {len(links)}", links=links),
            Text(text=f"The site's robots.txt allows it. {_NOT_SAVED}"),
            Actions(buttons=(Button(label="Save", command=save, style="primary"),)),
        )
    )


async def _selectors(want: Wanted, desk: Desk) -> Reply:
    try:
        found = (await desk.reading.selectors_on(want.url))[:MOST]
    except FeedError as error:
        raise CommandError(
            f"That page cannot be read: {error} {_crawl_advice(error)}", example="/watch source list"
        ) from error
    if not found:
        raise CommandError(
            f"No list of articles was found on {want.url}. Name the links by a CSS selector.",
            example=f'/watch source add {want.url} kind:page select:"h2 a"',
        )
    blocks: list[Block] = [
        Heading(text="Which of these are the page's articles?", url=want.url),
        *(Text(text=_suggested(number, one)) for number, one in enumerate(found, 1)),
        Text(text=f'{_NOT_SAVED} Or say it yourself: /watch source add {want.url} kind:page select:"h2 a"'),
    ]
    buttons = []
    for number, one in enumerate(found, 1):
        command = await offered(replace(want, kind="page", selector=one.selector).line, desk)
        buttons.append(Button(label=shown(f"{number}. {one.selector}", _LONGEST_LABEL), command=command))
    blocks.append(Actions(buttons=tuple(buttons)))
    return Reply(message=reply(f"{counted(len(found), 'list')} on {want.url}", *blocks))


def _suggested(number: int, one: Suggestion) -> str:
    return f"{number}. {one.selector} finds {one.count}: {'; '.join(shown(title) for title in one.titles)}"


def _crawl_advice(error: FeedError) -> str:
    """Return what to do; what robots.txt or a parser of lists says already tells it."""
    return "" if error.permanent or "robots" in str(error).lower() else advice(error)


def _again(want: Wanted) -> str:
    return f"/watch source add {want.url} kind:page"


async def terms(want: Wanted, desk: Desk) -> Reply:
    """Return what a news search's provider asks, and who gets the words, before anything is asked of it."""
    told = terms_of(want.url)
    if told is None:
        raise CommandError(f"{shown(want.url)} is no news search.", example="/watch source list")
    goes = (
        f"With every poll these words go to {told.goes_to}: {told.words}"
        if told.words
        else f"With every poll it is asked of {told.goes_to}; it has no words of yours."
    )
    line = replace(want, kind=None, confirmed=True).line
    agree = await offered(line, desk)
    return Reply(
        message=reply(
            f"{told.provider} has terms",
            Heading(text=f"A search of {told.provider}: its terms first", url=told.address),
            Text(text=told.says),
            Text(text=goes, tone="warning"),
            Text(text="Its links lead through the provider and are left as they are."),
            Text(text=f"{_NOT_SAVED} To add it all the same: /watch {line}"),
            Actions(buttons=(Button(label="Add it on these terms", command=agree),)),
        )
    )
