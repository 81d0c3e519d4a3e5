"""`story`: its reports, facts and origins, how it grew, who follows it, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.cards import byline, language_name, standing
from bot.commands import pages
from bot.commands.parse import shown
from bot.commands.replies import Change, audience_of, reply, story_named
from bot.errors import CommandError
from bot.keyfacts import ON_DEMAND, key_facts, lines
from bot.messages import Actions, Button, Facts, Heading, Table, Text
from bot.phrases import say
from bot.retract import retract as take_back
from bot.wording import label, moment, value
from watchers.stories.novelty import Known

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Block, Message
    from watchers.types import Story

_SHOW: Final = "/watch story show t1"
MOST_REASON: Final = 200  # code points of why a story was taken back


async def show(command: Command, desk: Desk) -> Message:
    """Show a story as it stands."""
    story = await story_named(desk, " ".join(command.values), example=_SHOW)
    audience = await audience_of(desk)
    lang = audience.lang
    rows = tuple(
        (
            f"a{r.entry.number}",
            r.entry.outlet,
            language_name(r.entry.lang, lang),
            moment(r.entry.when, audience.zone, lang),
            r.entry.title,
        )
        for r in story.reports
    )
    votes = await desk.store.votes.tally(desk.home, story.number)
    facts = lines(key_facts(story), lang, quote=ON_DEMAND)
    header = tuple(say(f"column_{name}", lang) for name in ("id", "outlet", "language", "time", "headline"))
    title = f"t{story.number} {story.lead.entry.title}"
    return reply(
        title,
        Heading(text=title, url=story.lead.entry.link),
        *await _retracted(story, desk, lang),
        Table(header=header, rows=rows),
        *((Facts(lines=facts),) if facts else ()),
        *standing(story, lang),
        Text(text=f"👍 {votes.up} · 👎 {votes.down}", tone="small"),
        Actions(
            buttons=(
                Button(label=say("button_timeline", lang), command=f"story timeline t{story.number}"),
                Button(label=say("button_facts", lang), command=f"facts t{story.number}"),
                Button(label=say("button_why", lang), command=f"why t{story.number}"),
            )
        ),
    )


async def timeline(command: Command, desk: Desk) -> Message:
    """Show what each report of a story brought, in the order they came."""
    story = await story_named(desk, " ".join(command.values), example="/watch story timeline t1")
    audience = await audience_of(desk)
    page = pages.chosen(command, len(story.reports), example="/watch story timeline t1 page:2")
    known = Known()
    brought = [known.take(report.facts) for report in story.reports]
    title = say("timeline", audience.lang, story=f"t{story.number}", headline=story.lead.entry.title)
    blocks: list[Block] = [Heading(text=title, url=story.lead.entry.link)]
    shown_now = list(zip(story.reports, brought, strict=True))[page.start : page.start + pages.ROWS]
    for report, facts in shown_now:
        blocks.append(Text(text=f"{byline(report.entry, audience)}: {report.entry.title}"))
        new = "; ".join(f"{label(f, audience.lang)}: {value(f, audience.lang)}" for f in facts[:4])
        blocks.append(Text(text=new or say("nothing_new", audience.lang), tone="small"))
    return reply(title, *blocks, *pages.footer(page, again=f"story timeline t{story.number}"))


async def follow(command: Command, desk: Desk) -> Message:
    """Ping the asker when a story changes."""
    story = await story_named(desk, " ".join(command.values), example="/watch story follow t1")
    fresh = await desk.store.followers.follow(story.number, desk.home, desk.asker.id)
    said = "You follow" if fresh else "You follow already:"
    text = f"{said} t{story.number} “{story.lead.entry.title}”. You are pinged here when it changes."
    stop = Actions(buttons=(Button(label="Unfollow", command=f"story unfollow t{story.number}"),))
    return reply(text, Text(text=text), stop)


async def unfollow(command: Command, desk: Desk) -> Message:
    """Stop pinging the asker about a story."""
    story = await story_named(desk, " ".join(command.values), example="/watch story unfollow t1")
    if not await desk.store.followers.unfollow(story.number, desk.home, desk.asker.id):
        raise CommandError(
            f"You do not follow t{story.number}.", example=f"/watch story follow t{story.number}"
        )
    text = f"You follow t{story.number} no more."
    again = Actions(buttons=(Button(label="Follow", command=f"story follow t{story.number}"),))
    return reply(text, Text(text=text), again)


async def retract(command: Command, desk: Desk) -> Change:
    """Take a story's posts back in every channel, for good."""
    story = await story_named(desk, " ".join(command.values), example="/watch story retract t1")
    reason = shown(" ".join(command.options.get("reason", "").split()), MOST_REASON)
    places = await take_back(desk.store, story.number, by=desk.asker.id, reason=reason, at=desk.clock.now())
    if places is None:
        raise CommandError(
            f"t{story.number} was taken back before.", example=f"/watch story show t{story.number}"
        )
    where = f"{places} channel{'s' if places != 1 else ''}" if places else "no channel: it was never posted"
    return Change(line=f"took back the posts about t{story.number} in {where}. It will not be told again.")


async def _retracted(story: Story, desk: Desk, lang: str) -> tuple[Block, ...]:
    gone = await desk.store.retractions.get(story.number)
    if gone is None:
        return ()
    text = f"{say('retracted', lang, story=f't{story.number}')} {gone.reason}".strip()
    return (Text(text=text, tone="warning"),)
