"""What people do in Slack: type commands, press buttons, use shortcuts, submit forms, open the home tab."""

from __future__ import annotations

import secrets
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from tests.doubles.slack_check import elements_of
from tests.doubles.slack_forms import fill, state_of
from tests.doubles.slack_rooms import with_thread
from tests.doubles.slack_socket import Delivery
from tests.doubles.slack_state import APP, BOT_USER, TEAM, TEAM_DOMAIN, Message, Workspace
from tests.doubles.slack_views import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.doubles.slack_wire import Payload

OLD_TOKEN = "verification-token"  # the deprecated field that payloads still carry
ACK_SECONDS = 3.0  # docs: the time in which an app has to acknowledge


class People(ABC):
    """Everything a person can do; each method delivers it and waits `within` seconds for the answer."""

    space: Workspace

    @abstractmethod
    async def send(self, delivery: Delivery, *, within: float) -> Delivery:
        """Carry a delivery to the app and wait for its acknowledgement."""

    @abstractmethod
    def url_of(self, reply: str) -> str:
        """Return the whole response_url for the name of one."""

    async def command(
        self, text: str, *, user: str = "U1", channel: str = "C1", within: float = ACK_SECONDS
    ) -> Delivery:
        """Type a slash command, such as "/watch why a1"."""
        name, _, rest = text.partition(" ")
        room, person = self.space.channels[channel], self.space.people[user]
        payload: Payload = {
            "token": OLD_TOKEN,
            "team_id": TEAM,
            "team_domain": TEAM_DOMAIN,
            "channel_id": channel,
            "channel_name": "directmessage"
            if room.im_with
            else "privategroup"
            if room.is_private
            else room.name,
            "user_id": user,
            "user_name": person.name,
            "command": name,
            "text": rest.strip(),
            "api_app_id": APP,
            "is_enterprise_install": "false",
            "response_url": self.url_of(self.space.reply_address(channel, user)),
            "trigger_id": self.space.trigger(user),
        }
        return await self.send(Delivery(kind="command", payload=payload), within=within)

    async def press(
        self,
        action_id: str,
        *,
        ts: str = "",
        view: str = "",
        user: str = "U1",
        channel: str = "C1",
        block_id: str | None = None,
        value: str | None = None,
        forged: Mapping[str, object] | None = None,
        within: float = ACK_SECONDS,
    ) -> Delivery:
        """Press a button, or choose an option by its value, in a message (`ts`) or a view (its id or user).

        Raises LookupError for what is not there; `forged` puts fields into the action that nothing shown has,
        and needs no such element.
        """
        payload = self._base("block_actions", user)
        if view:
            kept = self._view(view)
            blocks = kept["blocks"]
            payload |= {"container": {"type": "view", "view_id": kept["id"]}, "view": shown(kept)}
        else:
            message = self._message(channel, ts)
            blocks = message.blocks
            payload |= self._pressed_on(message, user)
        payload["actions"] = [self._action(blocks, action_id, block_id, value, forged)]
        return await self.send(Delivery(kind="press", payload=payload), within=within)

    async def shortcut(
        self, callback_id: str, *, ts: str, user: str = "U1", channel: str = "C1", within: float = ACK_SECONDS
    ) -> Delivery:
        """Choose a shortcut in a message's menu."""
        message = self._message(channel, ts)
        payload = self._base("message_action", user) | {
            "callback_id": callback_id,
            "action_ts": self.space.stamp(),
            "channel": self._channel(channel),
            "message_ts": ts,
            "message": message.wire(),
            "response_url": self.url_of(self.space.reply_address(channel, user)),
        }
        return await self.send(Delivery(kind="shortcut", payload=payload), within=within)

    async def submit(
        self,
        view: str,
        values: Mapping[str, str | list[str] | None] | None = None,
        *,
        user: str = "",
        forged: Mapping[str, object] | None = None,
        within: float = ACK_SECONDS,
    ) -> Delivery:
        """Fill a view in, by block_id, and submit it; `view` is its id or whose topmost it is.

        Raises LookupError and ValueError for what Slack's form would not let through; `forged` replaces
        fields of the view, such as private_metadata or state.
        """
        kept = self._view(view)
        kept["state"] = {"values": fill(kept["blocks"], values or {})}
        payload = self._base("view_submission", user or kept["_user"])
        payload |= {"view": shown(kept) | dict(forged or {}), "response_urls": []}
        return await self.send(Delivery(kind="submit", payload=payload), within=within)

    async def close_view(self, view: str, *, within: float = ACK_SECONDS) -> Delivery:
        """Close a view with its cross; only one with notify_on_close tells the app."""
        kept = self._view(view)
        self.space.views.pop(kept["id"])
        payload = self._base("view_closed", kept["_user"]) | {"view": shown(kept), "is_cleared": False}
        closed = Delivery(kind="close", payload=payload)
        return await self.send(closed, within=within) if kept["notify_on_close"] else closed

    async def home_opened(self, user: str = "U1", *, within: float = ACK_SECONDS) -> Delivery:
        """Open the app's home tab."""
        talk = self.space.talk_with(user).id
        event: Payload = {"type": "app_home_opened", "user": user, "channel": talk, "tab": "home"}
        if user in self.space.homes:
            event["view"] = shown(self.space.homes[user])
        return await self.event(event, within=within)

    async def event(self, event: Payload, *, within: float = ACK_SECONDS) -> Delivery:
        """Deliver any event of the Events API, such as app_uninstalled."""
        payload: Payload = {
            "token": OLD_TOKEN,
            "team_id": TEAM,
            "context_team_id": TEAM,
            "context_enterprise_id": None,
            "api_app_id": APP,
            "event": {"event_ts": self.space.stamp(), **event},
            "type": "event_callback",
            "event_id": f"Ev{secrets.token_hex(5).upper()}",
            "event_time": int(self.space.clock.now()),
            "is_ext_shared_channel": False,
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": TEAM,
                    "user_id": BOT_USER,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
        }
        return await self.send(Delivery(kind="event", payload=payload), within=within)

    async def again(self, delivery: Delivery, *, within: float = ACK_SECONDS) -> Delivery:
        """Deliver the same once more in a new envelope, as Slack does when it saw no acknowledgement."""
        repeated = Delivery(kind=delivery.kind, payload=delivery.payload, attempt=delivery.attempt + 1)
        return await self.send(repeated, within=within)

    def _base(self, kind: str, user: str) -> Payload:
        person = self.space.people[user]
        return {
            "type": kind,
            "user": {"id": user, "username": person.name, "name": person.name, "team_id": TEAM},
            "team": {"id": TEAM, "domain": TEAM_DOMAIN},
            "api_app_id": APP,
            "token": OLD_TOKEN,
            "trigger_id": self.space.trigger(user),
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _channel(self, channel: str) -> Payload:
        room = self.space.channels[channel]
        return {"id": channel, "name": "privategroup" if room.is_private else room.name}

    def _message(self, channel: str, ts: str) -> Message:
        known = (*self.space.posts, *self.space.ephemerals)
        found = next((m for m in known if (m.channel, m.ts) == (channel, ts) and not m.deleted), None)
        if found is None:
            raise LookupError(f"no message {ts} in {channel}")
        return found

    def _view(self, view: str) -> Payload:
        if view in self.space.views:
            return self.space.views[view]
        theirs = [kept for kept in self.space.views.values() if kept["_user"] == view]
        theirs = theirs or [kept for kept in self.space.homes.values() if view in (kept["_user"], kept["id"])]
        if not theirs:
            raise LookupError(f"no view {view}")
        return theirs[-1]

    def _pressed_on(self, message: Message, user: str) -> Payload:
        place: Payload = {"type": "message", "message_ts": message.ts, "channel_id": message.channel}
        place["is_ephemeral"] = bool(message.seen_by)
        if message.thread_ts:
            place["thread_ts"] = message.thread_ts
        address = self.space.reply_address(message.channel, user, message)
        payload: Payload = {"container": place, "channel": self._channel(message.channel)}
        payload |= {"response_url": self.url_of(address), "state": {"values": state_of(message.blocks)}}
        return payload if message.seen_by else payload | {"message": with_thread(self.space, message)}

    def _action(
        self,
        blocks: list[Payload],
        action_id: str,
        block_id: str | None,
        value: str | None,
        forged: Mapping[str, object] | None,
    ) -> Payload:
        common: Payload = {"action_id": action_id, "action_ts": self.space.stamp()}
        for block in blocks:
            for element in elements_of(block):
                if element.get("action_id") != action_id or block_id not in (None, block["block_id"]):
                    continue
                if element["type"] == "button" and value not in (None, element.get("value")):
                    continue
                common |= {"block_id": block["block_id"], "type": element["type"]}
                return common | _chosen(element, value) | dict(forged or {})
        if forged is None:
            raise LookupError(f"no element {action_id} with value {value} shown")
        return common | {"block_id": block_id or "forged", "type": "button", "value": value} | dict(forged)


def _chosen(element: Payload, value: str | None) -> Payload:
    if element["type"] == "button":
        return {key: element[key] for key in ("text", "value", "style", "url") if key in element}
    if "options" in element or "option_groups" in element:
        return state_of([{"block_id": "b", "element": element}], value)["b"][element["action_id"]]
    return {}
