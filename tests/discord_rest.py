"""What each REST route of the Discord double does, interactions apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.discord_check_commands import check_commands
from tests.discord_json import JsonObject, Problem, RefusedError
from tests.discord_payloads import (
    channel_json,
    guild_json,
    member_json,
    public,
    remembered,
    role_json,
    user_json,
)
from tests.discord_routes import ROUTES
from tests.discord_shapes import anything, boolean, integer, many, one_of, shape, snowflake, text
from tests.discord_world import DM, FORUM, PERMISSIONS, TEXT, THREAD, Channel, Member, Post

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.discord_faults import Call
    from tests.discord_posts import Desk

Answer = tuple[int, object]

_THREAD: Final = {
    "name": text(100, 1),
    "auto_archive_duration": one_of(60, 1_440, 4_320, 10_080),
    "rate_limit_per_user": integer(0, 21_600),
}
_ON_MESSAGE: Final = shape(_THREAD, required=("name",))
_ALONE: Final = shape({**_THREAD, "type": one_of(10, 11, 12), "invitable": boolean}, required=("name",))
_IN_FORUM: Final = shape(
    {**_THREAD, "type": integer(), "applied_tags": many(snowflake, 5), "message": anything},
    required=("name", "message"),
)
_CHANGE: Final = shape(
    {**_THREAD, "archived": boolean, "locked": boolean, "applied_tags": many(snowflake, 5)}
)


class Rest:
    """The routes, by the names that the log uses."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.world, self.gateway = desk, desk.world, desk.gateway
        self.commands: dict[str, list[JsonObject]] = {}  # by guild id, "" the global ones
        self.routes: dict[str, Callable[[Call], Answer]] = {
            name: getattr(self, name) for name in dir(self) if name in ROUTES
        }
        self.routes["commands"] = self.put_commands  # the name that judges of the log know

    def get_me(self, _call: Call) -> Answer:
        """GET /users/@me."""
        return 200, user_json(self.world.bot)

    def get_application(self, _call: Call) -> Answer:
        """GET /oauth2/applications/@me, with the guild's owner as the application's."""
        owner = next((member for member in self.world.members if not member.bot), self.world.bot)
        return 200, {
            "id": self.world.application_id,
            "name": "Vedette",
            "description": "",
            "icon": None,
            "bot_public": False,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "flags": 0,
            "owner": user_json(owner),
            "team": None,
            "approximate_guild_count": 1,
            "approximate_user_install_count": 0,
        }

    def get_gateway(self, _call: Call) -> Answer:
        """GET /gateway and /gateway/bot."""
        return 200, self.gateway.info()

    def put_commands(self, call: Call) -> Answer:
        """Overwrite all commands; those of the same name keep their id."""
        self._own_application(call)
        if problems := check_commands(call.payload):
            for problem in problems:
                self.desk.find(
                    "commands", f"{'.'.join(map(str, problem.place))}: {problem.code} {problem.message}"
                )
            raise RefusedError(50035, problems)
        guild = call.args.get("guild_id", "")
        old = {(one["type"], one["name"]): one["id"] for one in self.commands.get(guild, [])}
        given = call.payload if isinstance(call.payload, list) else []
        stored = [self._stored(command, old, guild) for command in given]
        self.commands[guild] = stored
        self.desk.bell.ring()
        return 200, stored

    def get_commands(self, call: Call) -> Answer:
        """List the commands."""
        self._own_application(call)
        return 200, self.commands.get(call.args.get("guild_id", ""), [])

    def _own_application(self, call: Call) -> None:
        if call.args["application_id"] != self.world.application_id:
            raise RefusedError(50001)
        if call.args.get("guild_id", self.world.guild_id) != self.world.guild_id:
            raise RefusedError(50001)

    def _stored(self, command: JsonObject, old: dict[tuple[int, str], str], guild: str) -> JsonObject:
        kind = command.get("type") or 1
        mark = old.get((kind, command["name"])) or self.world.ids.new()
        new: JsonObject = {"description": "", "default_member_permissions": None, "nsfw": False, **command}
        new |= {"id": mark, "type": kind, "application_id": self.world.application_id}
        new |= {"version": self.world.ids.new(), "dm_permission": command.get("dm_permission", True)}
        return {**new, "guild_id": guild} if guild else new

    def create_message(self, call: Call) -> Answer:
        """Post into a channel, once for a nonce."""
        channel = self.world.channel(call.args["channel_id"])
        self.desk.need_to_send(channel, call.body, call.files)
        self.desk.judge(call.body, "create_message", call.files)
        bot = self.world.bot
        more = self._reference(channel, call.body)
        post = self.desk.repeated(channel, bot, call.body)
        if post is None:
            post = self.desk.create(channel, bot, call.body, call.files, more=more)
        return 200, public(post)

    def _reference(self, channel: Channel, payload: JsonObject) -> JsonObject:
        reference = payload.get("message_reference")
        if not reference:
            return {}
        found = [post for post in channel.shown() if post.id == str(reference["message_id"])]
        if not found and reference.get("fail_if_not_exists", True):
            where = ("message_reference",)
            raise RefusedError(50035, [Problem(where, "REPLIES_UNKNOWN_MESSAGE", "Unknown message")])
        mark = {"message_id": str(reference["message_id"]), "channel_id": channel.id}
        quoted = public(found[0]) if found else None
        return {"type": 19, "message_reference": mark, "referenced_message": quoted}

    def edit_message(self, call: Call) -> Answer:
        """Change a post of the bot."""
        post = self._post(call)
        if post.data["author"]["id"] != self.world.bot.id:
            raise RefusedError(50005)
        if post.channel.archived:
            raise RefusedError(50083)
        self.desk.judge(call.body, "edit_message", call.files, post=post, new=False)
        self.desk.edit(post, call.body, call.files)
        return 200, public(post)

    def delete_message(self, call: Call) -> Answer:
        """Take a post away; somebody else's only with Manage Messages."""
        post = self._post(call)
        if post.data["author"]["id"] != self.world.bot.id:
            self.world.need(post.channel, "manage_messages")
        self.desk.delete(post)
        return 204, None

    def get_message(self, call: Call) -> Answer:
        """Read one post."""
        return 200, remembered(self._post(call))

    def list_messages(self, call: Call) -> Answer:
        """Read posts; without Read Message History there are none."""
        channel = self.world.channel(call.args["channel_id"])
        self.world.need(channel)
        allowed = self.world.permissions(self.world.bot, channel)
        found = self.desk.history(channel, call.query)
        return 200, found if allowed & PERMISSIONS["read_message_history"] else []

    def _post(self, call: Call) -> Post:
        channel = self.world.channel(call.args["channel_id"])
        self.world.need(channel)
        return self.world.post(channel, call.args["message_id"])

    def start_thread(self, call: Call) -> Answer:
        """Begin a thread on a post; it has the post's id."""
        post = self._post(call)
        self.world.need(post.channel, "create_public_threads")
        if any(channel.id == post.id for channel in self.world.channels):
            raise RefusedError(160004)
        _keep(_ON_MESSAGE, call)
        thread = self._thread(post.channel, call.body, post.id)
        return 201, channel_json(self.world, thread)

    def create_thread(self, call: Call) -> Answer:
        """Begin a thread of its own, or a forum's post with its first message."""
        parent = self.world.channel(call.args["channel_id"])
        if parent.kind == FORUM:
            self.desk.world.need(parent, "send_messages")
            _keep(_IN_FORUM, call)
            self.desk.judge(call.body["message"], "create_message", call.files)
            thread = self._thread(parent, call.body, self.world.ids.new())
            thread.tags = [str(tag) for tag in call.body.get("applied_tags") or []]
            post = self.desk.create(thread, self.world.bot, call.body["message"], call.files)
            return 201, {**channel_json(self.world, thread), "message": public(post)}
        self.world.need(parent, "create_public_threads")
        _keep(_ALONE, call)
        return 201, channel_json(self.world, self._thread(parent, call.body, self.world.ids.new()))

    def _thread(self, parent: Channel, payload: JsonObject, mark: str) -> Channel:
        thread = Channel(id=mark, name=payload["name"], kind=THREAD, parent=parent, owner=self.world.bot.id)
        thread.minutes = payload.get("auto_archive_duration") or 1_440
        thread.at = self.desk.clock.now().isoformat()
        self.world.channels.append(thread)
        told = {**channel_json(self.world, thread), "newly_created": True}
        self.gateway.dispatch("THREAD_CREATE", told)
        self.desk.bell.ring()
        return thread

    def get_channel(self, call: Call) -> Answer:
        """Read a channel or thread."""
        channel = self.world.channel(call.args["channel_id"])
        self.world.need(channel)
        return 200, channel_json(self.world, channel)

    def edit_channel(self, call: Call) -> Answer:
        """Rename, archive, lock or tag a thread."""
        thread = self.world.channel(call.args["channel_id"])
        self.world.need(thread)
        wakes = call.body == {"archived": False} and not thread.locked  # who may write there may do that
        if wakes:
            self.world.need(thread, "send_messages_in_threads")
        elif thread.owner != self.world.bot.id or call.body.get("locked") is not None:
            self.world.need(thread, "manage_threads" if thread.kind == THREAD else "manage_channels")
        _keep(_CHANGE, call)
        thread.name = call.body.get("name", thread.name)
        thread.archived = call.body.get("archived", thread.archived)
        thread.locked = call.body.get("locked", thread.locked)
        thread.tags = [str(tag) for tag in call.body.get("applied_tags", thread.tags)]
        self.gateway.dispatch("THREAD_UPDATE", channel_json(self.world, thread))
        return 200, channel_json(self.world, thread)

    def create_dm(self, call: Call) -> Answer:
        """Open the direct conversation with somebody."""
        person = self._member(str(call.body.get("recipient_id")))
        return 200, channel_json(self.world, self.direct(person))

    def direct(self, person: Member) -> Channel:
        """Return the direct conversation with somebody, opened if need be."""
        for channel in self.world.channels:
            if channel.person is person:
                return channel
        channel = Channel(id=self.world.ids.new(), name=f"@{person.name}", kind=DM, person=person)
        self.world.channels.append(channel)
        return channel

    def get_guild(self, call: Call) -> Answer:
        """Read the guild."""
        self._guild(call)
        return 200, guild_json(self.world, everyone=True)

    def get_channels(self, call: Call) -> Answer:
        """Read the guild's channels that the bot can see."""
        self._guild(call)
        shown = [one for one in self.world.channels if one.kind in (TEXT, 5, FORUM)]
        bot = self.world.bot
        seen = [one for one in shown if self.world.permissions(bot, one) & PERMISSIONS["view_channel"]]
        return 200, [channel_json(self.world, one) for one in seen]

    def get_roles(self, call: Call) -> Answer:
        """Read the guild's roles."""
        self._guild(call)
        return 200, [role_json(self.world, role) for role in self.world.roles]

    def get_member(self, call: Call) -> Answer:
        """Read a member."""
        self._guild(call)
        return 200, member_json(self.world, self._member(call.args["user_id"]))

    def get_user(self, call: Call) -> Answer:
        """Read a user."""
        return 200, user_json(self._member(call.args["user_id"], 10013))

    def _guild(self, call: Call) -> None:
        if call.args["guild_id"] != self.world.guild_id:
            raise RefusedError(10004)

    def _member(self, mark: str, code: int = 10007) -> Member:
        for member in self.world.members:
            if member.id == mark:
                return member
        raise RefusedError(code)


def _keep(rule: Callable[[object, tuple[str | int, ...], list[Problem]], None], call: Call) -> None:
    problems: list[Problem] = []
    rule(call.payload, (), problems)
    if problems:
        raise RefusedError(50035, problems)
