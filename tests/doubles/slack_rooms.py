"""The double's methods that read conversations, people and groups; and those that take files."""

from __future__ import annotations

import base64
import binascii
import secrets
from typing import TYPE_CHECKING

from tests.doubles.slack_state import BOT_USER, TEAM, Channel, Message, Upload, Workspace, ts_argument
from tests.doubles.slack_wire import Payload, RefusedError, arguments

if TYPE_CHECKING:
    from collections.abc import Sequence

_PAGE = "cursor inclusive:bool include_all_metadata:bool latest oldest limit:int"
ROOMS = {
    "conversations.info": arguments("channel! include_locale:bool include_num_members:bool"),
    "conversations.history": arguments(f"channel! {_PAGE}"),
    "conversations.replies": arguments(f"channel! ts! {_PAGE}"),
    "conversations.open": arguments("channel users return_im:bool prevent_creation:bool"),
    "users.info": arguments("user! include_locale:bool"),
    "users.conversations": arguments("user types exclude_archived:bool limit:int cursor team_id"),
    "usergroups.users.list": arguments("usergroup! include_disabled:bool"),
    "files.getUploadURLExternal": arguments("filename! length!:int alt_txt snippet_type"),
    "files.completeUploadExternal": arguments(
        "files!:list channel_id channels initial_comment thread_ts blocks:list"
    ),
}
MOST_A_PAGE = 999  # docs: conversations.history, "must be an integer under 1000"
USUAL_PAGE = 100


def _wire(channel: Channel) -> Payload:
    kind = (
        {"is_im": True, "user": channel.im_with}
        if channel.im_with
        else {"name": channel.name, "is_im": False}
    )
    return kind | {
        "id": channel.id,
        "name_normalized": channel.name,
        "is_channel": not channel.is_private and not channel.im_with,
        "is_group": channel.is_private,
        "is_mpim": False,
        "is_private": channel.is_private or bool(channel.im_with),
        "is_archived": channel.is_archived,
        "is_member": channel.is_member,
        "is_general": False,
        "is_ext_shared": False,
        "context_team_id": TEAM,
    }


def info(space: Workspace, asked: Payload) -> Payload:
    """conversations.info: describe a channel."""
    channel = _wire(space.channel(asked["channel"]))
    if asked.get("include_num_members"):
        channel["num_members"] = len(space.people)
    return {"channel": channel}


def _page(messages: Sequence[Message], asked: Payload) -> tuple[list[Message], bool, str]:
    oldest = ts_argument(asked.get("oldest"), "invalid_ts_oldest")
    latest = ts_argument(asked.get("latest"), "invalid_ts_latest")
    limit = asked.get("limit", USUAL_PAGE)
    if not 1 <= limit <= MOST_A_PAGE:
        raise RefusedError("invalid_limit")
    inclusive = asked.get("inclusive", False)

    def inside(ts: float) -> bool:
        late = oldest is None or ts > oldest or (inclusive and ts == oldest)
        return late and (latest is None or ts < latest or (inclusive and ts == latest))

    kept = [message for message in messages if inside(float(message.ts))]
    start = _from_cursor(asked["cursor"]) if asked.get("cursor") else 0
    more = start + limit < len(kept)
    cursor = base64.b64encode(f"next_ts:{start + limit}".encode()).decode() if more else ""
    return kept[start : start + limit], more, cursor


def _from_cursor(cursor: str) -> int:
    try:
        return int(base64.b64decode(cursor, validate=True).decode().partition(":")[2])
    except (binascii.Error, ValueError) as fault:
        raise RefusedError("invalid_cursor") from fault


def _readable(space: Workspace, name: object) -> Channel:
    channel = space.channel(name)
    if not channel.is_member:
        raise RefusedError("not_in_channel")
    return channel


def with_thread(space: Workspace, message: Message, *, metadata: bool = False) -> Payload:
    """Return a message as Slack hands it over, with what is known of the thread beneath it."""
    said = message.wire(metadata=metadata)
    replies = [
        m for m in space.posts if m.channel == message.channel and m.thread_ts == message.ts and not m.deleted
    ]
    if replies and not message.thread_ts:
        people = sorted({reply.user for reply in replies})
        said |= {"thread_ts": message.ts, "reply_count": len(replies), "latest_reply": replies[-1].ts}
        said |= {
            "reply_users": people,
            "reply_users_count": len(people),
            "is_locked": False,
            "subscribed": False,
        }
    return said


def _answer(space: Workspace, page: tuple[list[Message], bool, str], asked: Payload) -> Payload:
    messages, more, cursor = page
    full = asked.get("include_all_metadata", False)
    said = [with_thread(space, message, metadata=full) for message in messages]
    return {"messages": said, "has_more": more, "response_metadata": {"next_cursor": cursor}}


def history(space: Workspace, asked: Payload) -> Payload:
    """conversations.history: a channel's messages, newest first, without what is in threads."""
    channel = _readable(space, asked["channel"])
    there = [m for m in space.posts if m.channel == channel.id and not m.deleted]
    shown = [message for message in reversed(there) if not message.thread_ts or message.broadcast]
    return _answer(space, _page(shown, asked), asked) | {"pin_count": 0}


def replies(space: Workspace, asked: Payload) -> Payload:
    """conversations.replies: a thread from its first message on, which is always there, oldest first."""
    channel = _readable(space, asked["channel"])
    first = space.post(channel.id, asked["ts"])
    if first is None:
        raise RefusedError("thread_not_found")
    root = first.thread_ts or first.ts
    there = [m for m in space.posts if m.channel == channel.id and not m.deleted]
    answers = [message for message in there if message.thread_ts == root]
    page = _page(answers, asked)
    start = [] if asked.get("cursor") else [message for message in there if message.ts == root]
    return _answer(space, (start + page[0], page[1], page[2]), asked)


def open_talk(space: Workspace, asked: Payload) -> Payload:
    """conversations.open: begin a direct talk with one person."""
    user = str(asked.get("users", "")) or space.channel(asked.get("channel", "")).im_with
    if user not in space.people or space.people[user].deleted:
        raise RefusedError("user_not_found")
    known = f"D{user}" in space.channels
    channel = space.talk_with(user)
    full = _wire(channel) if asked.get("return_im") else {"id": channel.id}
    return {"channel": full} | ({"already_open": True, "no_op": True} if known else {})


def user_info(space: Workspace, asked: Payload) -> Payload:
    """users.info: describe a person."""
    person = space.people.get(asked["user"])
    if person is None:
        raise RefusedError("user_not_found")
    user: Payload = {
        "id": person.id,
        "team_id": person.team,
        "name": person.name,
        "real_name": person.name.title(),
        "deleted": person.deleted,
        "tz": person.tz,
        "is_admin": person.is_admin,
        "is_owner": False,
        "is_bot": person.id == BOT_USER,
        "is_restricted": False,
        "profile": {"real_name": person.name.title(), "display_name": person.name},
    }
    if person.stranger:
        user["is_stranger"] = True
    if person.teams:
        user["enterprise_user"] = {"id": person.id, "enterprise_id": "E1", "teams": list(person.teams)}
    return {"user": user | ({"locale": person.locale} if asked.get("include_locale") else {})}


def user_rooms(space: Workspace, asked: Payload) -> Payload:
    """users.conversations: the channels that a person is in; private ones only where the bot is, too."""
    user = asked.get("user", BOT_USER)
    if user not in space.people:
        raise RefusedError("user_not_found")
    kinds = str(asked.get("types", "public_channel")).split(",")
    limit = asked.get("limit", USUAL_PAGE)
    if not 1 <= limit <= MOST_A_PAGE:
        raise RefusedError("invalid_limit")
    there = [
        room
        for room in space.channels.values()
        if not room.im_with
        and (room.people is None or user in room.people)
        and (room.is_member if room.is_private else True)
        and ("private_channel" if room.is_private else "public_channel") in kinds
        and not (room.is_archived and asked.get("exclude_archived"))
    ]
    start = _from_cursor(asked["cursor"]) if asked.get("cursor") else 0
    more = start + limit < len(there)
    cursor = base64.b64encode(f"next:{start + limit}".encode()).decode() if more else ""
    rooms = [_wire(room) for room in there[start : start + limit]]
    return {"channels": rooms, "response_metadata": {"next_cursor": cursor}}


def group_users(space: Workspace, asked: Payload) -> Payload:
    """usergroups.users.list: say who is in a group."""
    if asked["usergroup"] not in space.groups:
        raise RefusedError("no_such_subteam")
    return {"users": list(space.groups[asked["usergroup"]])}


def announce_file(space: Workspace, asked: Payload) -> Payload:
    """files.getUploadURLExternal: promise a file; the server puts its own address before `upload_url`."""
    if asked["length"] == 0:
        raise RefusedError("invalid_arguments", "length: must be positive")
    upload = Upload(id=f"F{secrets.token_hex(4).upper()}", name=asked["filename"], length=asked["length"])
    space.files[upload.id] = upload
    return {"file_id": upload.id, "upload_url": f"/upload/{upload.id}"}


def complete_files(space: Workspace, asked: Payload) -> Payload:
    """files.completeUploadExternal: finish uploads and share them, in a message if a channel is named."""
    found = []
    for entry in asked["files"]:
        upload = space.files.get(entry.get("id"))
        if upload is None or upload.content is None or upload.completed:
            raise RefusedError("file_not_found" if upload is None else "file_update_failed")
        upload.title = entry.get("title", upload.name)
        found.append(upload)
    names = asked.get("channel_id") or asked.get("channels") or ""
    rooms = [_readable(space, name) for name in names.split(",") if name]
    files = [
        {"id": file.id, "name": file.name, "title": file.title, "size": file.length, "user": BOT_USER}
        for file in found
    ]
    for file in found:
        file.completed = True
    for room in rooms:
        text, thread = asked.get("initial_comment", ""), asked.get("thread_ts", "")
        message = Message(channel=room.id, ts=space.stamp(), user=BOT_USER, text=text, thread_ts=thread)
        message.files = files
        space.posts.append(message)
    return {"files": files}
