"""`story`: its reports, facts and origins, who follows it, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.announcing.retract import retract as take_back
from bot.commands import reach
from bot.commands.parse import shown
from bot.commands.replies import Change, audience_of, reply, story_named
from bot.commands.timeline import changed, steps
from bot.errors import CommandError
from bot.messages import Actions, Button, Facts, Heading, Table, Text
from bot.wording.cards import standing
from bot.wording.folding import behind, language_name
from bot.wording.keyfacts import ON_DEMAND, key_facts, lines
from bot.wording.phrases import say
from bot.wording.values import moment

if TYPE_CHECKING:
    from bot.announcing.alerts import Audience
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
    facts = lines(key_facts(story, lang), lang, quote=ON_DEMAND)
    header = tuple(say(f"column_{name}", lang) for name in ("id", "outlet", "language", "time", "headline"))
    title = f"t{story.number} {story.lead.entry.title}"
    return reply(
        title,
        Heading(text=title, url=story.lead.entry.link),
        *await _retracted(story, desk, lang),
        *await _hands(story, desk, audience),
        Table(header=header, rows=rows),
        *((Facts(lines=facts),) if facts else ()),
        *standing(story, lang, whole=True),
        *(Text(text=line, tone="small") for line in behind(story, lang)),
        *[
            block
            for one in await desk.store.stories.corrected(story.number)
            for block in changed(one, story, audience)
        ],
        *await steps(desk.store, story, audience),
        Text(text=f"👍 {votes.up} · 👎 {votes.down}", tone="small"),
        _questions(f"t{story.number}", lang),
        lang=lang,
    )


async def follow(command: Command, desk: Desk) -> Message:
    """Ping the asker when a story changes."""
    story = await story_named(desk, " ".join(command.values), example="/watch story follow t1")
    await _refuse_untold(story, desk)
    before = await desk.store.followers.follow(story.number, desk.channel, desk.asker.id)
    said = "You follow already:" if before == desk.channel else "You follow"
    text = f"{said} t{story.number} “{story.lead.entry.title}”. You are pinged here when it changes"
    if before not in {"", desk.channel}:  # they followed it there themselves, and read this alone
        other = await desk.store.channels.get(before)
        text += f", and no longer in {f'“{other.name}”' if other else 'another channel'}"
    text += "."
    stop = Actions(buttons=(Button(label="Unfollow", command=f"story unfollow t{story.number}"),))
    return reply(text, Text(text=text), stop)


async def unfollow(command: Command, desk: Desk) -> Message:
    """Stop pinging the asker about a story."""
    story = await story_named(desk, " ".join(command.values), example="/watch story unfollow t1")
    if not await desk.store.followers.unfollow(story.number, desk.asker.id):
        raise CommandError(
            f"You do not follow t{story.number}.", example=f"/watch story follow t{story.number}"
        )
    text = f"You follow t{story.number} no more."
    again = Actions(buttons=(Button(label="Follow", command=f"story follow t{story.number}"),))
    return reply(text, Text(text=text), again)


async def retract(command: Command, desk: Desk) -> Change:
    """Take a story's posts back in every channel, for good; all of these are to be the asker's."""
    story = await story_named(desk, " ".join(command.values), example="/watch story retract t1")
    await _refuse_beyond(story, desk)
    reason = shown(" ".join(command.options.get("reason", "").split()), MOST_REASON)
    places = await take_back(desk.store, story.number, by=desk.asker.id, reason=reason, at=desk.clock.now())
    if places is None:
        raise CommandError(
            f"t{story.number} was taken back before.", example=f"/watch story show t{story.number}"
        )
    where = f"{places} channel{'s' if places != 1 else ''}" if places else "no channel: it was never posted"
    return Change(line=f"took back the posts about t{story.number} in {where}. It will not be told again.")


async def _refuse_untold(story: Story, desk: Desk) -> None:
    """Raise CommandError where nobody is ever pinged about a story: in a channel that hears nothing of it."""
    audience = await audience_of(desk)
    cards = await desk.store.announcements.cards(story.number)
    told = any(card.channel == desk.channel for card in cards)
    if not told and not any(audience.reads(report.entry) for report in story.reports):
        raise CommandError(
            f"This channel reads no source of t{story.number}, so you would not be pinged here. Follow it in "
            "a channel that does, or let this one read a source of it (source add).",
            example=f"/watch story show t{story.number}",
        )


async def _refuse_beyond(story: Story, desk: Desk) -> None:
    """Raise CommandError where a story was told, or could be, in channels that the asker does not manage."""
    if others := await reach.beyond_of(desk, story):
        raise CommandError(
            f"t{story.number} would be taken back in {reach.said(others)} Here it can be muted.",
            example=f"/watch mute add t{story.number} for:always",
        )


def _questions(name: str, lang: str) -> Actions:
    """Return the buttons that ask more about a story."""
    asked = (
        ("button_timeline", f"story timeline {name}"),
        ("button_facts", f"facts {name}"),
        ("button_why", f"why {name}"),
        ("button_alike", f"like {name}"),
    )
    return Actions(buttons=tuple(Button(label=say(label, lang), command=command) for label, command in asked))


async def _retracted(story: Story, desk: Desk, lang: str) -> tuple[Block, ...]:
    gone = await desk.store.retractions.get(story.number)
    if gone is None:
        return ()
    text = f"{say('retracted', lang, story=f't{story.number}')} {gone.reason}".strip()
    return (Text(text=text, tone="warning"),)


async def _hands(story: Story, desk: Desk, audience: Audience) -> tuple[Block, ...]:
    """Return what people decided about a story: what was merged into it, or split off it."""
    told = []
    for hand in await desk.store.hands.of(story.number):
        when = f"{hand.by_name or 'Somebody'}, {moment(hand.at, audience.zone, audience.lang)}"
        if hand.kind == "merge" and hand.story == story.number:
            text = say("merged", audience.lang, story=f"t{hand.other}", into=f"t{story.number}")
        elif hand.kind == "split":
            text = say("split", audience.lang, story=f"t{hand.other}", source=f"t{hand.story}")
        else:
            continue
        told.append(Text(text=f"{text} ({when})", tone="small"))
    return tuple(told)
