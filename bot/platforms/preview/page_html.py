"""Put posts together as the page shows them: days, threads, private answers, and the frame around all."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from bot.platforms.inert import one_line
from bot.platforms.preview.looks import render
from bot.platforms.preview.posts import threads
from bot.platforms.preview.view import View

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from jinja2 import Template

    from bot.platforms.preview.posts import Posted, Thread

PRODUCT: Final = "Vedette"
_TAKEN_BACK: Final = "This message was taken back."
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
    view: View = field(default_factory=View)


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
        if not _is_seen(thread):
            continue
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
    """Return a post with the posts that answer it; nothing if all were taken back."""
    if not _is_seen(thread):
        return Markup("")
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
    """Return a post as it stands beneath the one it answers; nothing if it was taken back."""
    if post.gone:
        return Markup("")
    return Markup(
        '<article class="reply" id="{id}" aria-label="{heard}">'
        '<div class="by"><span class="name">{product}</span>{eyebrow}{time}</div>{card}</article>'
    ).format(**_parts(post, frame), product=PRODUCT)


def _is_seen(thread: Thread) -> bool:
    return not all(post.gone for post in (thread.post, *thread.replies))


def _parts(post: Posted, frame: Frame) -> dict[str, str]:
    local = post.at.astimezone(frame.zone)
    kind = "Urgent alert" if post.message.urgent else _KINDS[post.message.kind]
    clock = f"{local:%H:%M}"
    notice = _TAKEN_BACK if post.gone else one_line(post.message.notice)
    edited = Markup(' <span class="edited">(edited)</span>') if post.edited and not post.gone else Markup("")
    return {
        "id": post.id,
        "heard": f"{kind} at {clock}: {notice}",
        "time": Markup('<time datetime="{}" title="{}">{}</time>{}').format(
            post.at.isoformat(), f"{local:%Y-%m-%d %H:%M} {local:%Z}", clock, edited
        ),
        "eyebrow": Markup('<span class="kind {}">{}</span>').format(
            "urgent" if post.message.urgent else post.message.kind, kind
        ),
        "card": Markup('<p class="taken-back">{}</p>').format(notice) if post.gone else _card(post, frame),
    }


def _card(post: Posted, frame: Frame) -> Markup:
    return render(post.message, frame.view.look, pictures=f"/chart/{post.id}")


def _channel(post: Posted, frame: Frame) -> Markup:
    if post.channel == frame.title:
        return Markup("")
    return Markup('<span class="channel">{}</span>').format(one_line(post.channel))


@cache
def _template() -> Template:
    source = files("bot.platforms.preview").joinpath("assets", "page.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined).from_string(source)
