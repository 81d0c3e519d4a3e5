"""Write forms and the Home tab as Slack's views, and read what was filled in. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.platforms.inert import inert, one_line
from bot.platforms.slack import limits, render
from bot.platforms.slack.mrkdwn import escaped, fit
from bot.platforms.slack.parts import plain_text

if TYPE_CHECKING:
    from bot.commands.request import Choice, Question, Sheet
    from bot.messages import Message
    from bot.platforms.slack.limits import JsonObject

CALLBACK: Final = "sheet"
_ANSWER: Final = "answer"  # the one element of each field; the field's block_id is the question's name
_SEND: Final = "OK"  # read in each of our languages


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What a form carries along: the channel it was opened in, such as "slack:C012", and its command.

    `stood` are the marks of what its fields showed that say how things stand.
    """

    channel: str
    command: str
    stood: Mapping[str, str] = field(default_factory=dict)

    def left(self, name: str, answer: str) -> bool:
        """Tell whether a field was left as it was."""
        return name in self.stood and self.stood[name] == _mark(answer)


def modal(sheet: Sheet, *, channel: str) -> JsonObject:
    """Return a form as a modal. Raises ValueError for a command too long to be carried."""
    fields = {question.name: _field(question) for question in sheet.questions}
    stood = {one.name: _mark(_filled(fields[one.name]["element"])) for one in sheet.questions if one.stands}
    kept = {"channel": channel, "command": sheet.command, **({"stood": stood} if stood else {})}
    carried = json.dumps(kept, separators=(",", ":"))
    if limits.size(carried) > limits.METADATA:
        raise ValueError("the form's command is longer than a view can carry")
    title = fit(one_line(sheet.title) or "…", limits.VIEW_TITLE, escaped, limits.size).text
    out: JsonObject = {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": carried,
        "title": plain_text(title),
        "blocks": list(fields.values()),
    }
    if sheet.questions:
        out["submit"] = plain_text(_SEND)
    return out


def carried(metadata: str) -> Carried | None:
    """Return what `modal` put into a view; None if it is not of ours."""
    try:
        found = json.loads(metadata)
    except ValueError:
        return None
    if not isinstance(found, dict) or found.keys() - {"stood"} != {"channel", "command"}:
        return None
    channel, command, stood = found["channel"], found["command"], found.get("stood", {})
    if not isinstance(channel, str) or not isinstance(command, str) or not isinstance(stood, dict):
        return None
    return Carried(channel=channel, command=command, stood=stood)


def answers(view_state: Mapping[str, object]) -> dict[str, str]:
    """Return what was filled in by question; a field left empty is "". `view_state` is the view's "state"."""
    values = view_state.get("values")
    if not isinstance(values, Mapping):
        return {}
    return {name: _filled(block.get(_ANSWER)) for name, block in values.items() if isinstance(block, Mapping)}


def home(message: Message) -> JsonObject:
    """Return a message as the Home tab."""
    return {"type": "home", "blocks": list(render.home(message))}


def _filled(element: object) -> str:
    """Return what a field of a view holds: as it was sent, or as it was opened."""
    if not isinstance(element, Mapping):
        return ""
    chosen = element.get("selected_option", element.get("initial_option"))
    value = chosen.get("value") if isinstance(chosen, Mapping) else None
    value = value or element.get("value", element.get("initial_value"))
    return value if isinstance(value, str) else ""


def _mark(text: str) -> str:
    """Return a short mark of a text, the same for the same words: the text itself would not fit."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def _field(question: Question) -> JsonObject:
    label = one_line(question.label) or question.name
    out: JsonObject = {
        "type": "input",
        "block_id": question.name,
        "label": plain_text(fit(label, limits.LABEL, escaped, limits.size).text),
        "element": _select(question) if _selectable(question.choices) else _typed(question),
        "optional": not question.required,
    }
    if hint := one_line(question.hint):
        out["hint"] = plain_text(fit(hint, limits.LABEL, escaped, limits.size).text)
    return out


def _selectable(choices: tuple[Choice, ...]) -> bool:
    """Tell whether a menu of Slack's holds the choices; else the answer is typed."""
    values = [choice.value for choice in choices]
    short = all(0 < limits.size(value) <= limits.OPTION_VALUE for value in values)
    return 0 < len(choices) <= limits.OPTIONS and short and len(set(values)) == len(values)


def _select(question: Question) -> JsonObject:
    options = {choice.value: _option(choice) for choice in question.choices}
    out: JsonObject = {"type": "static_select", "action_id": _ANSWER, "options": list(options.values())}
    if question.value in options:
        out["initial_option"] = options[question.value]
    return out


def _option(choice: Choice) -> JsonObject:
    label = one_line(choice.label) or choice.value
    return {
        "text": plain_text(fit(label, limits.OPTION_TEXT, escaped, limits.size).text),
        "value": choice.value,
    }


def _typed(question: Question) -> JsonObject:
    out: JsonObject = {
        "type": "plain_text_input",
        "action_id": _ANSWER,
        "multiline": question.long,
        "max_length": limits.INPUT,
    }
    if value := inert(question.value) if question.long else one_line(question.value):
        out["initial_value"] = limits.clipped(value, limits.INPUT)
    return out
