"""What Slack allows inside a block: text objects, options, confirmations, buttons, menus and inputs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

# Figures: @slack/types block-kit and views (node-slack-sdk 4322e14f) and slack_sdk.models 3.47.
BUTTON_TEXT, BUTTON_VALUE, URL, LABEL = 75, 2_000, 3_000, 75
IDENTIFIER = 255
OPTIONS = {"overflow": 5, "checkboxes": 10, "radio_buttons": 10}
MENU_OPTIONS, MENU_GROUPS = 100, 100
OPTION_TEXT, OPTION_VALUE, OPTION_DESCRIPTION = 75, 150, 75
PLACEHOLDER, INPUT_LENGTH, ALT_TEXT = 150, 3_000, 2_000
CONFIRM = {"title": 100, "text": 300, "confirm": 30, "deny": 30}

_MENU = "placeholder confirm focus_on_load"
_MANY = "max_selected_items"
FIELDS = {
    "button": "text url value style confirm accessibility_label",
    "image": "image_url alt_text slack_file",
    "overflow": "options confirm",
    "checkboxes": "options initial_options confirm focus_on_load",
    "radio_buttons": "options initial_option confirm focus_on_load",
    "static_select": f"options option_groups initial_option {_MENU}",
    "multi_static_select": f"options option_groups initial_options {_MANY} {_MENU}",
    "external_select": f"initial_option min_query_length {_MENU}",
    "multi_external_select": f"initial_options min_query_length {_MANY} {_MENU}",
    "users_select": f"initial_user {_MENU}",
    "multi_users_select": f"initial_users {_MANY} {_MENU}",
    "channels_select": f"initial_channel response_url_enabled {_MENU}",
    "multi_channels_select": f"initial_channels {_MANY} {_MENU}",
    "conversations_select": (
        f"initial_conversation default_to_current_conversation response_url_enabled filter {_MENU}"
    ),
    "multi_conversations_select": (
        f"initial_conversations default_to_current_conversation filter {_MANY} {_MENU}"
    ),
    "datepicker": f"initial_date {_MENU}",
    "timepicker": f"initial_time timezone {_MENU}",
    "datetimepicker": "initial_date_time confirm focus_on_load",
    "plain_text_input": (
        "initial_value multiline min_length max_length dispatch_action_config focus_on_load placeholder"
    ),
    "url_text_input": "initial_value dispatch_action_config focus_on_load placeholder",
    "email_text_input": "initial_value dispatch_action_config focus_on_load placeholder",
    "number_input": (
        "is_decimal_allowed initial_value min_value max_value dispatch_action_config "
        "focus_on_load placeholder"
    ),
    "rich_text_input": "initial_value dispatch_action_config focus_on_load placeholder",
    "file_input": "filetypes max_files",
    "feedback_buttons": "positive_button negative_button",
    "icon_button": "icon text accessibility_label value visible_to_user_ids confirm",
}
INPUTS = frozenset(
    name for name in FIELDS if name not in ("button", "image", "overflow", "feedback_buttons", "icon_button")
)
ACTIONS = frozenset(
    name
    for name in FIELDS
    if name not in ("image", "feedback_buttons", "icon_button", "file_input") and not name.endswith("_input")
)
ACCESSORIES = ACTIONS | {"image"}
TEXTS = frozenset({"plain_text", "mrkdwn"})


@dataclass(slots=True)
class Reasons:
    """The faults found so far, each with the pointer to where it is."""

    found: list[str] = field(default_factory=list)

    def add(self, at: str, why: str) -> None:
        """Note a fault."""
        self.found.append(f"{why} [json-pointer:{at}]")

    def text(self, value: object, at: str, most: int, *, least: int = 0) -> None:
        """Hold a string to its lengths; None is no string and no fault."""
        if value is None:
            return
        if not isinstance(value, str):
            self.add(at, "must be a string")
        elif len(value) > most:
            self.add(at, f"must be less than {most + 1} characters, has {len(value)}")
        elif len(value.strip()) < least:
            self.add(at, f"must be more than {least - 1} characters")

    def keys(self, value: dict[str, Any], at: str, known: str) -> None:
        """Refuse fields that the object does not have, and null in those it has."""
        for key, content in value.items():
            if key not in known.split():
                self.add(f"{at}/{key}", "no such field")
            elif content is None:
                self.add(f"{at}/{key}", "must not be null")

    def words(
        self, value: object, at: str, most: int, kinds: frozenset[str] = frozenset({"plain_text"})
    ) -> None:
        """Hold a text object to its kind and length; None is no fault."""
        if value is None:
            return
        if not isinstance(value, dict) or value.get("type") not in kinds:
            self.add(at, f"must be a text object of type {' or '.join(sorted(kinds))}")
            return
        self.keys(value, at, "type text emoji" if value["type"] == "plain_text" else "type text verbatim")
        if "text" not in value:
            self.add(at, "missing required field: text")
        self.text(value.get("text"), f"{at}/text", most, least=1)

    def url(self, value: object, at: str) -> None:
        """Hold an address to its length and to a scheme that Slack opens; None is no fault."""
        self.text(value, at, URL, least=1)
        if isinstance(value, str) and not value.lower().startswith(
            ("http://", "https://", "mailto:", "slack://")
        ):
            self.add(at, "invalid url")

    def items(self, value: object, at: str, most: int, *, least: int = 1) -> list[dict[str, Any]]:
        """Return the objects of a list, having counted them; an empty list where it is none."""
        if not isinstance(value, list):
            self.add(at, "must be a list")
            return []
        if not least <= len(value) <= most:
            self.add(at, f"must have {least} to {most} items, has {len(value)}")
        for number, item in enumerate(value):
            if not isinstance(item, dict):
                self.add(f"{at}/{number}", "must be an object")
        return [item for item in value if isinstance(item, dict)]


def check_options(reasons: Reasons, element: dict[str, Any], at: str) -> None:
    """Check the options of a menu, of its groups, and that what is chosen at first is among them."""
    kind = str(element.get("type"))
    most = OPTIONS.get(kind, MENU_OPTIONS)
    lists = []
    if "option_groups" in element:
        if "options" in element:
            reasons.add(at, "options and option_groups exclude each other")
        for number, group in enumerate(
            reasons.items(element["option_groups"], f"{at}/option_groups", MENU_GROUPS)
        ):
            reasons.words(group.get("label"), f"{at}/option_groups/{number}/label", OPTION_TEXT)
            lists.append((group.get("options"), f"{at}/option_groups/{number}/options"))
    else:
        lists.append((element.get("options"), f"{at}/options"))
    known = []
    for value, there in lists:
        for number, option in enumerate(reasons.items(value, there, most)):
            _check_option(reasons, option, f"{there}/{number}", kind)
            known.append(option)
    values = [str(option.get("value")) for option in known]
    if len(values) != len(set(values)):
        reasons.add(at, "option values must be unique")
    chosen = (
        [element["initial_option"]] if "initial_option" in element else element.get("initial_options", [])
    )
    if any(option not in known for option in chosen):
        reasons.add(at, "the initial option must be one of the options")


def _check_option(reasons: Reasons, option: dict[str, Any], at: str, kind: str) -> None:
    kinds = TEXTS if kind in ("checkboxes", "radio_buttons") else frozenset({"plain_text"})
    reasons.keys(option, at, "text value description url" if kind == "overflow" else "text value description")
    for name in ("text", "value"):
        if name not in option:
            reasons.add(at, f"missing required field: {name}")
    reasons.words(option.get("text"), f"{at}/text", OPTION_TEXT, kinds)
    reasons.text(option.get("value"), f"{at}/value", OPTION_VALUE, least=1)
    reasons.words(option.get("description"), f"{at}/description", OPTION_DESCRIPTION, kinds)
    reasons.url(option.get("url"), f"{at}/url")


def check_element(reasons: Reasons, element: dict[str, Any], at: str, allowed: frozenset[str]) -> None:
    """Check one element of a block that may hold the kinds `allowed`."""
    kind = element.get("type")
    if kind not in allowed:
        reasons.add(at, f"unsupported element type here: {kind!r:.60}")
        return
    reasons.keys(element, at, f"type action_id {FIELDS[kind]}" if kind != "image" else f"type {FIELDS[kind]}")
    reasons.text(element.get("action_id"), f"{at}/action_id", IDENTIFIER, least=1)
    if kind == "button":
        _check_button(reasons, element, at)
    elif kind == "image":
        check_picture(reasons, element, at)
    elif "options" in FIELDS[kind].split():
        check_options(reasons, element, at)
    elif kind in ("plain_text_input", "number_input"):
        for name in ("min_length", "max_length"):
            if not 0 <= int(element.get(name, 1)) <= INPUT_LENGTH:
                reasons.add(f"{at}/{name}", f"must be 0 to {INPUT_LENGTH}")
        reasons.text(element.get("initial_value"), f"{at}/initial_value", INPUT_LENGTH)
        if kind == "number_input" and "is_decimal_allowed" not in element:
            reasons.add(at, "missing required field: is_decimal_allowed")
    reasons.words(element.get("placeholder"), f"{at}/placeholder", PLACEHOLDER)
    if "confirm" in element:
        _check_confirm(reasons, element["confirm"], f"{at}/confirm")


def _check_button(reasons: Reasons, button: dict[str, Any], at: str) -> None:
    if "text" not in button:
        reasons.add(at, "missing required field: text")
    reasons.words(button.get("text"), f"{at}/text", BUTTON_TEXT)
    reasons.text(button.get("value"), f"{at}/value", BUTTON_VALUE, least=1)
    reasons.text(button.get("accessibility_label"), f"{at}/accessibility_label", LABEL)
    reasons.url(button.get("url"), f"{at}/url")
    if button.get("style", "primary") not in ("primary", "danger"):
        reasons.add(f"{at}/style", "must be primary or danger")


def _check_confirm(reasons: Reasons, confirm: object, at: str) -> None:
    if not isinstance(confirm, dict):
        reasons.add(at, "must be an object")
        return
    reasons.keys(confirm, at, "title text confirm deny style")
    for name, most in CONFIRM.items():
        if name not in confirm:
            reasons.add(at, f"missing required field: {name}")
        reasons.words(
            confirm.get(name), f"{at}/{name}", most, TEXTS if name == "text" else frozenset({"plain_text"})
        )


def check_picture(reasons: Reasons, image: dict[str, Any], at: str) -> None:
    """Check the address and the words of an image, block or element."""
    if ("image_url" in image) == ("slack_file" in image):
        reasons.add(at, "needs one of image_url and slack_file")
    if "alt_text" not in image:
        reasons.add(at, "missing required field: alt_text")
    reasons.url(image.get("image_url"), f"{at}/image_url")
    reasons.text(image.get("alt_text"), f"{at}/alt_text", ALT_TEXT, least=1)
