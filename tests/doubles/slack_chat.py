"""The double's chat.* methods and response_url: what each does to the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.doubles.slack_check import check_message, check_metadata
from tests.doubles.slack_state import (
    BOT,
    BOT_USER,
    TEAM,
    TEAM_DOMAIN,
    Message,
    Workspace,
    is_ts,
    named_blocks,
)
from tests.doubles.slack_wire import Payload, RefusedError, arguments

if TYPE_CHECKING:
    from tests.doubles.slack_state import Channel, ReplyAddress

_CONTENT = "text blocks:list attachments:list markdown_text parse link_names:bool"
_SHOWN = "as_user:bool icon_emoji icon_url username mrkdwn:bool unfurl_links:bool unfurl_media:bool"
CHAT = {
    "chat.postMessage": arguments(
        f"channel! {_CONTENT} {_SHOWN} metadata:object thread_ts reply_broadcast:bool client_msg_id"
    ),
    "chat.postEphemeral": arguments(
        f"channel! user! {_CONTENT} as_user:bool icon_emoji icon_url username thread_ts"
    ),
    "chat.update": arguments(
        f"channel! ts! {_CONTENT} as_user:bool metadata:object reply_broadcast:bool file_ids:list"
    ),
    "chat.delete": arguments("channel! ts! as_user:bool"),
    "chat.getPermalink": arguments("channel! message_ts!"),
    "response_url": arguments(
        "text blocks:list attachments:list response_type replace_original:bool delete_original:bool "
        "thread_ts metadata:object unfurl_links:bool unfurl_media:bool mrkdwn:bool link_names:bool parse"
    ),
}


def _custom_look(asked: Payload) -> None:
    if asked.get("as_user"):
        raise RefusedError("as_user_not_supported")
    if {"icon_emoji", "icon_url", "username"} & set(asked):
        raise RefusedError("missing_scope", needed="chat:write.customize", provided="chat:write")


def _thread(space: Workspace, channel: Channel, asked: Payload) -> str:
    thread = str(asked.get("thread_ts", ""))
    if not thread:
        if asked.get("reply_broadcast"):
            raise RefusedError("invalid_arguments", "reply_broadcast needs thread_ts")
        return ""
    parent = space.post(channel.id, thread) if is_ts(thread) else None
    if parent is None:
        raise RefusedError("thread_not_found" if is_ts(thread) else "invalid_thread_ts")
    if parent.thread_ts:  # a reply cannot be replied to; its thread's first message can
        raise RefusedError("cannot_reply_to_message")
    return thread


def compose(
    space: Workspace, channel: str, asked: Payload, *, thread_ts: str = "", seen_by: str = ""
) -> Message:
    """Make a message of the bot's out of checked arguments, with a fresh ts."""
    return Message(
        channel=channel,
        ts=space.stamp(),
        user=BOT_USER,
        text=asked.get("text") or asked.get("markdown_text") or "",
        blocks=named_blocks(asked.get("blocks") or []),
        attachments=asked.get("attachments") or [],
        metadata=asked.get("metadata") or {},
        thread_ts=thread_ts,
        seen_by=seen_by,
    )


def post_message(space: Workspace, asked: Payload) -> Payload:
    """chat.postMessage: keep a message and say its ts."""
    channel = space.writable(asked["channel"])
    _custom_look(asked)
    check_message(asked, method="chat.postMessage")
    check_metadata(asked.get("metadata"))
    message = compose(space, channel.id, asked, thread_ts=_thread(space, channel, asked))
    message.broadcast = bool(asked.get("reply_broadcast"))
    space.posts.append(message)
    return {"channel": channel.id, "ts": message.ts, "message": message.wire()}


def post_ephemeral(space: Workspace, asked: Payload) -> Payload:
    """chat.postEphemeral: show something to one person in a channel."""
    channel = space.writable(asked["channel"])
    _custom_look(asked)
    if asked["user"] not in space.people:
        raise RefusedError("user_not_found")
    if channel.people is not None and asked["user"] not in channel.people:
        raise RefusedError("user_not_in_channel")
    check_message(asked, method="chat.postEphemeral")
    message = compose(
        space, channel.id, asked, thread_ts=str(asked.get("thread_ts", "")), seen_by=asked["user"]
    )
    space.ephemerals.append(message)
    return {"message_ts": message.ts}


def change(message: Message, asked: Payload) -> None:
    """Put new content into a message, keeping what Slack keeps; its old form goes to `before`."""
    message.before.append(message.wire())
    if "text" in asked or "markdown_text" in asked:
        message.text = asked.get("text") or asked.get("markdown_text") or ""
        if "blocks" not in asked:  # docs: text without blocks takes the blocks away
            message.blocks = []
    if "blocks" in asked:
        message.blocks = named_blocks(asked["blocks"])
    if "attachments" in asked:
        message.attachments = asked["attachments"]
    if "metadata" in asked:
        message.metadata = asked["metadata"]
    message.edited = True


def update(space: Workspace, asked: Payload) -> Payload:
    """chat.update: change one of the bot's messages."""
    channel = space.writable(asked["channel"])
    check_message(asked, method="chat.update")
    check_metadata(asked.get("metadata"))
    message = space.post(channel.id, asked["ts"])
    if message is None:
        raise RefusedError("message_not_found")
    if not message.is_ours:
        raise RefusedError("cant_update_message")
    change(message, asked)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": message.wire()}


def delete(space: Workspace, asked: Payload) -> Payload:
    """chat.delete: take one of the bot's messages away."""
    channel = space.channel(asked["channel"])
    message = space.post(channel.id, asked["ts"])
    if message is None:
        raise RefusedError("message_not_found")
    if not message.is_ours:
        raise RefusedError("cant_delete_message")
    message.deleted = True
    return {"channel": channel.id, "ts": message.ts}


def permalink(space: Workspace, asked: Payload) -> Payload:
    """chat.getPermalink: say where people can look at a message."""
    channel = space.channel(asked["channel"])
    message = space.post(channel.id, asked["message_ts"])
    if message is None:
        raise RefusedError("message_not_found")
    link = f"https://{TEAM_DOMAIN}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def reply(space: Workspace, name: str, asked: Payload) -> None:
    """response_url: answer what a person did. Raises RefusedError, also when the address is used up."""
    address = space.may_reply(name)
    if not asked.get("delete_original"):
        check_message(asked, method="response_url")
        check_metadata(asked.get("metadata"))
    if asked.get("response_type", "ephemeral") not in ("ephemeral", "in_channel"):
        raise RefusedError("invalid_arguments", "response_type must be ephemeral or in_channel")
    address.uses += 1
    answered(space, address, asked)


def answered(space: Workspace, address: ReplyAddress, asked: Payload) -> Message | None:
    """Show an answer: in place of the message pressed on, to one person, or to the channel."""
    source = address.source
    if source is not None and asked.get("delete_original"):
        source.deleted = True
        return None
    if source is not None and asked.get("replace_original"):
        change(source, asked)
        return source
    public = asked.get("response_type") == "in_channel"
    message = compose(
        space,
        address.channel,
        asked,
        thread_ts=str(asked.get("thread_ts", "")),
        seen_by="" if public else address.user,
    )
    (space.posts if public else space.ephemerals).append(message)
    return message


def identity(_space: Workspace, _asked: Payload) -> Payload:
    """auth.test: say who the token belongs to."""
    return {
        "url": f"https://{TEAM_DOMAIN}.slack.com/",
        "team": "Vedette test",
        "user": "vedette",
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "is_enterprise_install": False,
    }
