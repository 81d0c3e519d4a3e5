"""What people do in the Discord double: commands, presses, choices, forms, messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.discord_asked import AUTOCOMPLETE, COMMAND, COMPONENT, DEFERRED, FORM, Asked
from tests.discord_asking import (
    Filled,
    NotPossibleError,
    Value,
    command_data,
    component_data,
    find_command,
    form_data,
    menu_data,
)
from tests.discord_check_commands import MESSAGE_MENU
from tests.discord_interactions import ANSWER_SECONDS
from tests.discord_world import DM, PERMISSIONS, Channel, Member, Post

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.discord_faults import Upload
    from tests.discord_interactions import Interactions
    from tests.discord_json import JsonObject
    from tests.discord_posts import Desk
    from tests.discord_rest import Rest
    from tests.discord_world import World

SETTLE_SECONDS = 10.0  # how long a bot may "think" before `command` and the like return without the answer
PATIENCE_SECONDS = ANSWER_SECONDS + 0.5  # beyond the time for a callback, to see a late one refused


class People:
    """Whoever sits before a Discord client. Persons and channels are named, or given as they are.

    `patience` is how many real seconds they wait for a callback before they take it that none comes.
    """

    world: World
    desk: Desk
    rest: Rest
    interactions: Interactions
    patience: float = PATIENCE_SECONDS

    def channel(self, mark: Channel | str) -> Channel:
        """Return a channel by name or id."""
        found = [one for one in self.world.channels if one is mark or mark in {one.id, one.name}]
        if not found:
            raise NotPossibleError(f"no channel {mark!r}")
        return found[0]

    def member(self, mark: Member | str) -> Member:
        """Return a member by name or id."""
        found = [one for one in self.world.members if one is mark or mark in {one.id, one.name}]
        if not found:
            raise NotPossibleError(f"no member {mark!r}")
        return found[0]

    async def command(
        self,
        name: str,
        path: Sequence[str] = (),
        options: Mapping[str, Value] | None = None,
        *,
        user: Member | str = "ada",
        channel: Channel | str = "news",
        again: bool = False,
        late: float = 0.0,
    ) -> Asked:
        """Type a slash command and wait for the answer; `path` is the groups and the subcommand.

        `again` delivers it twice; `late`: seconds that the clock is put forward before the bot hears of it.
        """
        place, person = self.channel(channel), self.member(user)
        command = self._command(name, person, place)
        data = command_data(self.world, command, path, options or {}, store=self._store)
        return await self._ask(COMMAND, data, person, place, again=again, late=late)

    async def autocomplete(
        self,
        name: str,
        path: Sequence[str] = (),
        focused: str = "",
        typed: str = "",
        *,
        options: Mapping[str, Value] | None = None,
        user: Member | str = "ada",
        channel: Channel | str = "news",
    ) -> Asked:
        """Type into an option and wait for what is offered (`choices`)."""
        place, person = self.channel(channel), self.member(user)
        command = self._command(name, person, place)
        given = {**(options or {}), focused: typed}
        data = command_data(self.world, command, path, given, store=self._store, focused=focused)
        return await self._ask(AUTOCOMPLETE, data, person, place)

    async def menu(self, name: str, post: Post, *, user: Member | str = "ada", again: bool = False) -> Asked:
        """Choose a command from a post's menu."""
        person = self.member(user)
        command = find_command(self.rest.commands, self.world.guild_id, name, MESSAGE_MENU)
        return await self._ask(COMMAND, menu_data(command, post), person, post.channel, again=again)

    async def press(
        self,
        custom_id: str,
        post: Post,
        *,
        user: Member | str = "ada",
        again: bool = False,
        forged: bool = False,
    ) -> Asked:
        """Press a button of a post; a forged press need not stand in it."""
        data = component_data(post, custom_id, None, forged=forged)
        person = self.member(user)
        return await self._ask(COMPONENT, data, person, post.channel, source=post, again=again)

    async def select(
        self,
        custom_id: str,
        values: list[str],
        post: Post,
        *,
        user: Member | str = "ada",
        again: bool = False,
        forged: bool = False,
    ) -> Asked:
        """Choose from a menu in a post."""
        data = component_data(post, custom_id, values, forged=forged)
        person = self.member(user)
        return await self._ask(COMPONENT, data, person, post.channel, source=post, again=again)

    async def submit_modal(
        self,
        opened: Asked,
        answers: Mapping[str, Filled] | None = None,
        *,
        user: Member | str | None = None,
        again: bool = False,
    ) -> Asked:
        """Fill in the form that an interaction opened, and send it."""
        if opened.modal is None:
            raise NotPossibleError("no form was opened")
        data = form_data(opened.modal, answers or {})
        person = opened.member if user is None else self.member(user)
        return await self._ask(FORM, data, person, opened.channel, source=opened.source, again=again)

    def say(self, channel: Channel | str, content: str, *, user: Member | str = "ada") -> Post:
        """Write a message as a person."""
        return self.desk.create(self.channel(channel), self.member(user), {"content": content}, {})

    def deliver_again(self, asked: Asked) -> None:
        """Deliver an interaction once more, as it was."""
        self.interactions.deliver(asked)

    async def _ask(
        self,
        kind: int,
        data: JsonObject,
        person: Member,
        place: Channel,
        *,
        source: Post | None = None,
        again: bool = False,
        late: float = 0.0,
    ) -> Asked:
        asked = self.interactions.open(kind, data, person, place, source=source)
        self.desk.clock.advance(late)
        self.interactions.deliver(asked)
        if again:
            self.interactions.deliver(asked)
        try:
            await asked.until(lambda one: one.answered or bool(one.refused), within=self.patience)
            if asked.callback == DEFERRED:
                await asked.until(_settled, within=SETTLE_SECONDS)
        except TimeoutError:
            pass  # which `seconds` of None, or `deferred`, tells
        return asked

    def _command(self, name: str, person: Member, place: Channel) -> JsonObject:
        command = find_command(self.rest.commands, self.world.guild_id, name)
        needed = command.get("default_member_permissions")
        allowed = self.world.permissions(person, place)
        if needed is not None and int(needed) & ~allowed:
            raise NotPossibleError(f"{person.name} is not shown /{name}")
        contexts = command.get("contexts")
        if contexts is not None and (1 if place.kind == DM else 0) not in contexts:
            raise NotPossibleError(f"/{name} is not offered here")
        if not allowed & PERMISSIONS["use_application_commands"]:
            raise NotPossibleError(f"{person.name} may not use commands in {place.name}")
        return command

    def _store(self, upload: Upload) -> JsonObject:
        mark = self.world.ids.new()
        self.desk.uploads[mark] = upload.body
        url = f"{self.desk.files}/{mark}/{upload.name}"
        return {"id": mark, "filename": upload.name, "size": len(upload.body), "url": url, "proxy_url": url}


def _settled(asked: Asked) -> bool:
    post = asked.original
    return post is not None and (not asked.deferred or post.deleted)
