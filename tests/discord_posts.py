"""Making, changing and reading posts in the Discord double, with all that Discord refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.discord_check import V2, check_files, check_message, is_empty, lacks_mentions
from tests.discord_json import JsonObject, Problem, RefusedError
from tests.discord_payloads import changed, message_json, public, remembered
from tests.discord_world import DM, FORUM, THREAD, Channel, Member, Post, World

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.discord_faults import Upload
    from tests.discord_gateway import Gateway
    from tests.discord_json import Bell, SetClock

NONCE_SECONDS: Final = 300.0  # "the past few minutes" of Discord's text


class Desk:
    """All posts pass over it."""

    def __init__(
        self,
        world: World,
        gateway: Gateway,
        bell: Bell,
        clock: SetClock,
        find: Callable[[str, str], None],
        *,
        strict: bool,
    ) -> None:
        self.world, self.gateway, self.bell, self.clock, self.find = world, gateway, bell, clock, find
        self.strict = strict
        self.nonce_seconds = NONCE_SECONDS
        self.files = ""  # the address under which uploads can be read again
        self.uploads: dict[str, bytes] = {}
        self._nonces: dict[tuple[str, str, str], tuple[float, Post]] = {}

    def judge(
        self,
        payload: JsonObject,
        method: str,
        files: dict[str, Upload],
        *,
        post: Post | None = None,
        new: bool = True,
    ) -> None:
        """Refuse a message that Discord would refuse, and one that leaves open whom it pings."""
        problems = check_message(payload, method, was_v2=post is not None and post.v2, again=not new)
        problems += [] if problems else self._check_files(payload, files, post)
        if lacks_mentions(payload):
            self.find(method, "no allowed_mentions: everything pings")
            if self.strict:
                message = "Say whom a message may ping; left out, everything does."
                problems.append(Problem(("allowed_mentions",), "STRICT_MENTIONS_OPEN", message))
        if post is not None and not post.v2 and (payload.get("flags") or 0) & V2:
            old = [name for name in ("content", "embeds") if post.data[name] and name not in payload]
            problems += [
                Problem((name,), "LEGACY_FIELD_STAYS", "Empty it when it becomes a layout.") for name in old
            ]
        if problems:
            for problem in problems:
                self.find(method, f"{'.'.join(map(str, problem.place))}: {problem.code} {problem.message}")
            raise RefusedError(50035, problems)
        if new and is_empty(payload):
            self.find(method, "empty message")
            raise RefusedError(50006)

    def need_to_send(self, channel: Channel, payload: JsonObject, files: dict[str, Upload]) -> None:
        """Refuse where the bot may not write."""
        if channel.kind == FORUM:
            raise RefusedError(50008)
        self.world.need(channel, "send_messages_in_threads" if channel.kind == THREAD else "send_messages")
        if payload.get("embeds"):
            self.world.need(channel, "embed_links")
        if files:
            self.world.need(channel, "attach_files")
        if channel.locked:
            raise RefusedError(50083)

    def repeated(self, channel: Channel, author: Member, payload: JsonObject) -> Post | None:
        """Return the post that was made with the same nonce a few minutes ago, if the bot asked for that."""
        if not payload.get("enforce_nonce") or payload.get("nonce") is None:
            return None
        at, post = self._nonces.get((channel.id, author.id, str(payload["nonce"])), (0.0, None))
        return post if post is not None and self.clock.seconds() - at < self.nonce_seconds else None

    def create(
        self,
        channel: Channel,
        author: Member,
        payload: JsonObject,
        files: dict[str, Upload],
        *,
        ephemeral: bool = False,
        more: JsonObject | None = None,
    ) -> Post:
        """Put a post into a channel, or show it to one person only, and tell the gateway."""
        mark, at = self.world.ids.new(), self.clock.now()
        data = {**message_json(self.world, channel, author, payload, mark=mark, at=at), **(more or {})}
        post = Post(id=mark, channel=channel, data=data, at=at)
        self._attach(post, payload, files)
        post.versions.append(post.data)
        if ephemeral:
            self.world.hidden.append(post)
        else:
            channel.archived = False
            channel.posts.append(post)
            self.gateway.dispatch("MESSAGE_CREATE", self.told(post))
        if payload.get("enforce_nonce") and payload.get("nonce") is not None:
            self._nonces[channel.id, author.id, str(payload["nonce"])] = (self.clock.seconds(), post)
        self.bell.ring()
        return post

    def edit(self, post: Post, payload: JsonObject, files: dict[str, Upload]) -> None:
        """Change a post and tell the gateway."""
        post.data = {**changed(post.data, payload), "edited_timestamp": self.clock.now().isoformat()}
        if not post.v2 and not files and is_empty(post.data):
            post.data = post.versions[-1]
            raise RefusedError(50006)
        self._attach(post, payload, files)
        post.versions.append(post.data)
        if not post.ephemeral:
            self.gateway.dispatch("MESSAGE_UPDATE", self.told(post))
        self.bell.ring()

    def delete(self, post: Post) -> None:
        """Take a post away and tell the gateway."""
        post.deleted = True
        if not post.ephemeral:
            where = {"id": post.id, "channel_id": post.channel.id}
            guild = {} if post.channel.kind == DM else {"guild_id": self.world.guild_id}
            self.gateway.dispatch("MESSAGE_DELETE", {**where, **guild})
        self.bell.ring()

    def told(self, post: Post) -> JsonObject:
        """Return a post as the gateway tells it, with its guild."""
        if post.channel.kind == DM:
            return public(post)
        return {**public(post), "guild_id": self.world.guild_id}

    def history(self, channel: Channel, query: dict[str, str]) -> list[JsonObject]:
        """Return posts, newest first, as `limit`, `before` and `after` ask for them."""
        limit = query.get("limit", "50")
        marks = [query.get(name, "0") for name in ("before", "after", "around")]
        if not limit.isdigit() or not 1 <= int(limit) <= 100 or not all(mark.isdigit() for mark in marks):
            raise RefusedError(50035, [Problem(("limit",), "NUMBER_TYPE_MAX", "From 1 to 100, and ids.")])
        posts = channel.shown()
        if "before" in query:
            posts = [post for post in posts if int(post.id) < int(query["before"])]
        if "after" in query:
            posts = [post for post in posts if int(post.id) > int(query["after"])][: int(limit)]
        return [remembered(post) for post in reversed(posts[-int(limit) :])]

    def _check_files(self, payload: JsonObject, files: dict[str, Upload], post: Post | None) -> list[Problem]:
        """Return what is wrong between a message and the files it came with or has already."""
        old = post.data["attachments"] if post is not None else []
        names = {part: upload.name for part, upload in files.items()}
        return check_files(payload, names, {str(one["id"]): one["filename"] for one in old})

    def _attach(self, post: Post, payload: JsonObject, files: dict[str, Upload]) -> None:
        if "attachments" not in payload and not files:
            return
        old = {str(one["id"]): one for one in post.data["attachments"]}
        listed = [str(one["id"]) for one in payload.get("attachments") or []]
        kept = (
            [old[mark] for mark in listed if mark in old] if "attachments" in payload else list(old.values())
        )
        for upload in files.values():
            mark = self.world.ids.new()
            url = f"{self.files}/{mark}/{upload.name}"
            post.files[upload.name] = self.uploads[mark] = upload.body
            kept.append(
                {
                    "id": mark,
                    "filename": upload.name,
                    "size": len(upload.body),
                    "url": url,
                    "proxy_url": url,
                    "content_type": "application/octet-stream",
                }
            )
        post.data = {**post.data, "attachments": kept}
