"""The double's views.* methods: modals opened by a trigger, home tabs, and what a submit leads to."""

from __future__ import annotations

import secrets

from tests.doubles.slack_check_view import check_view
from tests.doubles.slack_state import APP, BOT, TEAM, Workspace, named_blocks
from tests.doubles.slack_wire import Payload, RefusedError, arguments

VIEWS = {
    "views.open": arguments("trigger_id! view!:object"),
    "views.push": arguments("trigger_id! view!:object"),
    "views.update": arguments("view!:object view_id external_id hash"),
    "views.publish": arguments("user_id! view!:object hash"),
}
DEEPEST = 3  # docs: three views may lie on each other


def _hash(space: Workspace) -> str:
    return f"{space.stamp()}.{secrets.token_hex(4)}"


def make_view(space: Workspace, view: Payload, *, user: str, name: str = "") -> Payload:
    """Return a view as Slack keeps it, with its id, hash and the ids of its blocks."""
    name = name or f"V{secrets.token_hex(5).upper()}"
    kept: Payload = {
        "submit": None,
        "close": None,
        "callback_id": "",
        "private_metadata": "",
        "external_id": "",
    }
    kept |= {
        "clear_on_close": False,
        "notify_on_close": False,
        "previous_view_id": None,
        "root_view_id": name,
    }
    kept |= view
    kept |= {"id": name, "team_id": TEAM, "app_id": APP, "app_installed_team_id": TEAM, "bot_id": BOT}
    kept |= {"blocks": named_blocks(view["blocks"]), "hash": _hash(space), "state": {"values": {}}}
    return kept | {"_user": user}


def shown(view: Payload) -> Payload:
    """Return a kept view as it goes over the wire."""
    return {key: value for key, value in view.items() if not key.startswith("_")}


def open_view(space: Workspace, asked: Payload) -> Payload:
    """views.open: show a modal to whoever the trigger belongs to."""
    check_view(asked["view"], kinds=("modal",))
    _unused_external_id(space, asked["view"])
    view = make_view(space, asked["view"], user=space.spend(asked["trigger_id"]))
    space.views[view["id"]] = view
    return {"view": shown(view)}


def push_view(space: Workspace, asked: Payload) -> Payload:
    """views.push: lay a modal over the one that the trigger's person sees."""
    check_view(asked["view"], kinds=("modal",))
    _unused_external_id(space, asked["view"])
    user = space.spend(asked["trigger_id"])
    return {"view": shown(lay_over(space, asked["view"], user))}


def lay_over(space: Workspace, view: Payload, user: str) -> Payload:
    """Put a view on the person's pile. Raises RefusedError if there is none or it is full."""
    below = [known for known in space.views.values() if known["_user"] == user]
    if not below:
        raise RefusedError("not_found")
    if len(below) >= DEEPEST:
        raise RefusedError("push_limit_reached")
    made = make_view(space, view, user=user)
    made |= {"previous_view_id": below[-1]["id"], "root_view_id": below[0]["root_view_id"]}
    space.views[made["id"]] = made
    return made


def _unused_external_id(space: Workspace, view: Payload) -> None:
    name = view.get("external_id")
    if name and any(known["external_id"] == name for known in space.views.values()):
        raise RefusedError("duplicate_external_id")


def _change(space: Workspace, old: Payload, view: Payload, expected: str | None) -> Payload:
    if expected is not None and expected != old["hash"]:
        raise RefusedError("hash_conflict")
    made = make_view(space, view, user=old["_user"], name=old["id"])
    return made | {"previous_view_id": old["previous_view_id"], "root_view_id": old["root_view_id"]}


def update_view(space: Workspace, asked: Payload) -> Payload:
    """views.update: change a view that is open."""
    check_view(asked["view"], kinds=("modal",))
    wanted = asked.get("view_id") or asked.get("external_id")
    known = space.views.values()
    old = next((view for view in known if wanted and wanted in (view["id"], view["external_id"])), None)
    if old is None:
        raise RefusedError("not_found")
    space.views[old["id"]] = _change(space, old, asked["view"], asked.get("hash"))
    return {"view": shown(space.views[old["id"]])}


def publish_view(space: Workspace, asked: Payload) -> Payload:
    """views.publish: set a person's home tab."""
    check_view(asked["view"], kinds=("home",))
    user = asked["user_id"]
    if user not in space.people:
        raise RefusedError("user_not_found")
    old = space.homes.get(user)
    if old is None and asked.get("hash"):
        raise RefusedError("hash_conflict")
    made = make_view(space, asked["view"], user=user)
    space.homes[user] = made if old is None else _change(space, old, asked["view"], asked.get("hash"))
    return {"view": shown(space.homes[user])}


def after_submit(space: Workspace, view: Payload, answer: Payload) -> str:
    """Do with a submitted view what its acknowledgement says; return what Slack would not accept in it."""
    action = answer.get("response_action")
    user = view["_user"]
    try:
        if action is None or action == "clear":
            gone = [v["id"] for v in space.views.values() if v["_user"] == user and action]
            for name in gone or [view["id"]]:
                space.views.pop(name, None)
        elif action == "errors":
            return _judge_errors(view, answer.get("errors"))
        elif action in ("update", "push"):
            check_view(answer.get("view") or {}, kinds=("modal",))
            if action == "push":
                lay_over(space, answer["view"], user)
            else:
                space.views[view["id"]] = _change(space, view, answer["view"], None)
        else:
            return f"unknown response_action {action!r}"
    except RefusedError as refusal:
        return f"{refusal.error}: {'; '.join(refusal.reasons)}"
    return ""


def _judge_errors(view: Payload, errors: object) -> str:
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        return "errors must be an object with something in it"
    if set(errors) - inputs:
        return f"errors name no input block: {sorted(set(errors) - inputs)}"
    return "" if all(isinstance(why, str) and why for why in errors.values()) else "an error must have words"
