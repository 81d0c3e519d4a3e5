"""Put posts together as the page shows them: days, threads, private answers, and the frame around all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from bot.platforms.inert import one_line
from bot.platforms.preview.posts import Thread, threads
from bot.platforms.preview.render_html import render_html

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from jinja2 import Template

    from bot.messages import Message
    from bot.platforms.preview.posts import Posted

PRODUCT: Final = "Vedette"
_KINDS: Final = {
    "alert": "Alert",
    "update": "Update",
    "digest": "Digest",
    "reply": "Reply",
    "notice": "Notice",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A command to offer, and what it does in a few words."""

    command: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stays the same while posts come: `title` is the channel's name, `label` what the page is of."""

    title: str
    label: str
    suggestions: tuple[Suggestion, ...]
    zone: tzinfo


def page(frame: Frame, posts: tuple[Posted, ...], answer: Markup) -> str:
    """Return the whole document; `answer` is a private answer to show at the end, or empty."""
    return _template().render(
        product=PRODUCT,
        frame=frame,
        log=log(posts, frame),
        answer=answer,
        newest=posts[-1].id if posts else "",
    )


def log(posts: tuple[Posted, ...], frame: Frame) -> Markup:
    """Return all threads, oldest first, each day under its own line."""
    parts: list[Markup] = []
    day = ""
    for thread in threads(posts):
        local = thread.post.at.astimezone(frame.zone)
        if f"{local:%Y-%m-%d}" != day:
            day = f"{local:%Y-%m-%d}"
            parts.append(day_line(local))
        parts.append(thread_html(thread, frame))
    return Markup("").join(parts)


def day_line(local: datetime) -> Markup:
    """Return the line between two days; `local` is in the channel's zone."""
    words = f"{local:%A}, {local.day} {local:%B %Y}"
    return Markup('<div class="day" data-day="{}"><span>{}</span></div>').format(f"{local:%Y-%m-%d}", words)


def thread_html(thread: Thread, frame: Frame) -> Markup:
    """Return a post with the posts that answer it."""
    replies = Markup("").join(reply_html(reply, frame) for reply in thread.replies)
    return Markup(
        '<article class="post" id="{id}" aria-label="{heard}"><div class="avatar" aria-hidden="true"></div>'
        '<div class="said"><div class="by"><span class="name">{product}</span><span class="app">app</span>'
        "{channel}{time}</div>{eyebrow}{card}"
        '<div class="replies" role="group" aria-label="Updates">{replies}</div></div></article>'
    ).format(
        **_parts(thread.post, frame),
        product=PRODUCT,
        channel=_channel(thread.post, frame),
        replies=replies,
    )


def reply_html(post: Posted, frame: Frame) -> Markup:
    """Return a post as it stands beneath the one it answers."""
    return Markup(
        '<article class="reply" id="{id}" aria-label="{heard}">'
        '<div class="by">{eyebrow}{time}</div>{card}</article>'
    ).format(**_parts(post, frame))


def answer_html(command: str, message: Message) -> Markup:
    """Return the answer to a typed command, marked as private."""
    return Markup(
        '<article class="post private" aria-label="Answer: {notice}">'
        '<div class="avatar" aria-hidden="true"></div>'
        '<div class="said"><div class="only"><span>Only visible to you</span>'
        '<button type="button" class="dismiss" hidden>Dismiss</button></div>'
        '<div class="by"><span class="name">{product}</span><span class="app">app</span></div>'
        '<p class="asked">You typed <kbd>{command}</kbd></p>{card}</div></article>'
    ).format(
        notice=one_line(message.notice),
        product=PRODUCT,
        command=one_line(command)[:200],
        card=render_html(message),
    )


def _parts(post: Posted, frame: Frame) -> dict[str, str]:
    local = post.at.astimezone(frame.zone)
    kind = "Urgent alert" if post.message.urgent else _KINDS[post.message.kind]
    clock = f"{local:%H:%M}"
    return {
        "id": post.id,
        "heard": f"{kind} at {clock}: {one_line(post.message.notice)}",
        "time": Markup('<time datetime="{}" title="{}">{}</time>').format(
            post.at.isoformat(), f"{local:%Y-%m-%d %H:%M} {local:%Z}", clock
        ),
        "eyebrow": Markup('<span class="kind {}">{}</span>').format(
            "urgent" if post.message.urgent else post.message.kind, kind
        ),
        "card": render_html(post.message),
    }


def _channel(post: Posted, frame: Frame) -> Markup:
    if post.channel == frame.title:
        return Markup("")
    return Markup('<span class="channel">{}</span>').format(one_line(post.channel))


@cache
def _template() -> Template:
    source = files("bot.platforms.preview").joinpath("assets", "page.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined).from_string(source)
