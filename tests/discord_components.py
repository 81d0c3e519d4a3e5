"""The components of Discord's messages and forms: their shapes, and what may stand in what.

Figures: discord-api-docs, developers/components/reference.mdx, and the official OpenAPI file for version 10.
"""

from __future__ import annotations

from typing import Final

from tests.discord_json import JsonObject, Place, Problem
from tests.discord_shapes import (
    Rule,
    anything,
    boolean,
    by_type,
    integer,
    link,
    many,
    one_of,
    shape,
    snowflake,
    text,
    walk,
)

ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
SECTION, TEXT_DISPLAY, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER, LABEL = 9, 10, 11, 12, 13, 14, 17, 18
UPLOAD, RADIO, CHECKBOXES, CHECKBOX = 19, 21, 22, 23
SELECTS: Final = (STRING_SELECT, 5, 6, 7, 8)
LINK_BUTTON, PREMIUM_BUTTON = 5, 6

MOST_ROWS = 5  # legacy action rows in a message
MOST_IN_ROW = 5
MOST_COMPONENTS = 40  # all of a message with the v2 flag, nested ones counted
MOST_TEXT = 4_000  # characters in all text displays of a message
MOST_IN_FORM = 5
MOST_OPTIONS = 25

_ANY: Final[dict[str, Rule]] = {"type": integer(), "id": integer(0, 2**31 - 1)}
_CUSTOM_ID: Final = text(100, 1)
_EMOJI: Final = shape({"id": snowflake, "name": text(32, 1), "animated": boolean})
_MEDIA: Final = shape({"url": link(2_048, "http", "https", "attachment")}, required=("url",))
_OPTION: Final = shape(
    {
        "label": text(100, 1),
        "value": text(100, 1),
        "description": text(100),
        "default": boolean,
        "emoji": _EMOJI,
    },
    required=("label", "value"),
)
_CHOICE: Final = shape(
    {"label": text(100, 1), "value": text(100, 1), "description": text(100), "default": boolean},
    required=("label", "value"),
)
_DEFAULT: Final = shape({"id": snowflake, "type": one_of("user", "role", "channel")}, required=("id", "type"))
_SELECT: Final[dict[str, Rule]] = {
    **_ANY,
    "custom_id": _CUSTOM_ID,
    "placeholder": text(150),
    "min_values": integer(0, 25),
    "max_values": integer(1, 25),
    "disabled": boolean,
    "required": boolean,  # means something in forms only; discord.py sends it everywhere
}
_BUTTON: Final = shape(
    {
        **_ANY,
        "style": integer(1, 6),
        "label": text(80),
        "emoji": _EMOJI,
        "custom_id": _CUSTOM_ID,
        "url": link(512, "http", "https", "discord"),
        "sku_id": snowflake,
        "disabled": boolean,
    },
    required=("style",),
)


_CHOSEN: Final[dict[str, Rule]] = {**_SELECT, "default_values": many(_DEFAULT, MOST_OPTIONS)}
_SELECTS: Final[dict[int, Rule]] = {
    STRING_SELECT: shape(
        {**_SELECT, "options": many(_OPTION, MOST_OPTIONS, 1)}, required=("custom_id", "options")
    ),
    **dict.fromkeys((5, 6, 7), shape(_CHOSEN, required=("custom_id",))),
    8: shape({**_CHOSEN, "channel_types": many(integer(0, 16), 17)}, required=("custom_id",)),
}
_TEXT: Final = shape({**_ANY, "content": text(MOST_TEXT, 1)}, required=("content",))
_PICTURE: Final[dict[str, Rule]] = {"media": _MEDIA, "description": text(1_024), "spoiler": boolean}
_THUMBNAIL: Final = shape({**_ANY, **_PICTURE}, required=("media",))
_ROW: Final = shape(
    {**_ANY, "components": many(by_type({BUTTON: _BUTTON, **_SELECTS}), MOST_IN_ROW, 1)},
    required=("components",),
)
_IN_CONTAINER: Final[dict[int, Rule]] = {
    ROW: _ROW,
    TEXT_DISPLAY: _TEXT,
    SECTION: shape(
        {
            **_ANY,
            "components": many(by_type({TEXT_DISPLAY: _TEXT}), 3, 1),
            "accessory": by_type({BUTTON: _BUTTON, THUMBNAIL: _THUMBNAIL}),
        },
        required=("components", "accessory"),
    ),
    GALLERY: shape({**_ANY, "items": many(shape(_PICTURE, required=("media",)), 10, 1)}, required=("items",)),
    FILE: shape(
        {**_ANY, "file": shape({"url": link(2_048, "attachment")}, required=("url",)), "spoiler": boolean},
        required=("file",),
    ),
    SEPARATOR: shape({**_ANY, "divider": boolean, "spacing": integer(1, 2)}),
}
_CONTAINER: Final = shape(
    {
        **_ANY,
        "components": many(by_type(_IN_CONTAINER), MOST_COMPONENTS, 1),
        "accent_color": integer(0, 0xFFFFFF),
        "spoiler": boolean,
    },
    required=("components",),
)
_LEGACY: Final = many(by_type({ROW: _ROW}), MOST_ROWS)
_LAYOUT: Final = many(by_type({**_IN_CONTAINER, CONTAINER: _CONTAINER}), MOST_COMPONENTS)

_INPUT: Final[dict[str, Rule]] = {
    **_ANY,
    "custom_id": _CUSTOM_ID,
    "style": one_of(1, 2),
    "min_length": integer(0, 4_000),
    "max_length": integer(1, 4_000),
    "required": boolean,
    "value": text(4_000),
    "placeholder": text(100),
}
_BOXES: Final[dict[str, Rule]] = {**_ANY, "custom_id": _CUSTOM_ID, "required": boolean}


def _no_label(_value: object, place: Place, problems: list[Problem]) -> None:
    problems.append(Problem(place, "TEXT_INPUT_LABEL", "The Label around it says the label."))


_FIELDS: Final[dict[int, Rule]] = {
    TEXT_INPUT: shape({**_INPUT, "label": _no_label}, required=("custom_id", "style")),
    **_SELECTS,
    UPLOAD: shape(
        {**_BOXES, "min_values": integer(0, 10), "max_values": integer(1, 10)}, required=("custom_id",)
    ),
    RADIO: shape({**_BOXES, "options": many(_CHOICE, 10, 2)}, required=("custom_id", "options")),
    CHECKBOXES: shape(
        {
            **_BOXES,
            "options": many(_CHOICE, 10, 1),
            "min_values": integer(0, 10),
            "max_values": integer(1, 10),
        },
        required=("custom_id", "options"),
    ),
    CHECKBOX: shape({**_BOXES, "default": boolean}, required=("custom_id",)),
}
_OLD_INPUT: Final = shape({**_INPUT, "label": text(45, 1)}, required=("custom_id", "style", "label"))
_FORM: Final = many(
    by_type(
        {
            ROW: shape(
                {**_ANY, "components": many(by_type({TEXT_INPUT: _OLD_INPUT}), 1, 1)},
                required=("components",),
            ),
            TEXT_DISPLAY: _TEXT,
            LABEL: shape(
                {**_ANY, "label": text(45, 1), "description": text(100), "component": by_type(_FIELDS)},
                required=("label", "component"),
            ),
        }
    ),
    MOST_IN_FORM,
    1,
)


def check_components(components: object, problems: list[Problem], *, v2: bool) -> None:
    """Check the components of a message, with the flag for layouts or without."""
    (_LAYOUT if v2 else _LEGACY)(components, ("components",), problems)
    nodes = walk(components)
    if v2 and len(nodes) > MOST_COMPONENTS:
        message = f"Must be {MOST_COMPONENTS} or fewer components in all: {len(nodes)}."
        problems.append(Problem(("components",), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", message))
    length = sum(len(str(node.get("content") or "")) for _, node in nodes if node.get("type") == TEXT_DISPLAY)
    if v2 and length > MOST_TEXT:
        message = f"Must be {MOST_TEXT} or fewer characters of text in all: {length}."
        problems.append(Problem(("components",), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message))
    _check_nodes(nodes, problems)


def check_form(data: object, problems: list[Problem]) -> None:
    """Check a form: title, id, one to five fields."""
    rule = shape(
        {"title": text(45, 1), "custom_id": _CUSTOM_ID, "components": anything},
        required=("title", "custom_id", "components"),
    )
    rule(data, ("data",), problems)
    components = data.get("components") if isinstance(data, dict) else None
    _FORM(components, ("data", "components"), problems)
    nodes = walk(components)
    _check_nodes([(("data", *place), node) for place, node in nodes], problems)


def _check_nodes(nodes: list[tuple[Place, JsonObject]], problems: list[Problem]) -> None:
    """Check what holds between components: unique ids, buttons, a select alone in its row, its figures."""
    for name, code in (
        ("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED"),
        ("id", "COMPONENT_DUPLICATED_ID"),
    ):
        seen: set[object] = set()
        for place, node in nodes:
            mark = node.get(name)
            if mark and str(mark) in seen:
                problems.append(Problem((*place, name), code, f"Component {name} cannot be duplicated."))
            seen.add(str(mark))
    for place, node in nodes:
        kind = node.get("type")
        if kind == BUTTON:
            _check_button(node, place, problems)
        elif kind == ROW:
            _check_row(node, place, problems)
        elif kind in SELECTS or kind in (RADIO, CHECKBOXES):
            _check_select(node, place, problems)


def _check_button(button: JsonObject, place: Place, problems: list[Problem]) -> None:
    style = button.get("style")
    wants = "url" if style == LINK_BUTTON else "sku_id" if style == PREMIUM_BUTTON else "custom_id"
    for name in ("custom_id", "url", "sku_id"):
        if (name == wants) != (button.get(name) is not None):
            message = f"A button of style {style} has {wants} and nothing else of the three."
            problems.append(Problem((*place, name), "BUTTON_COMPONENT_INVALID", message))
    if style != PREMIUM_BUTTON and not button.get("label") and not button.get("emoji"):
        problems.append(
            Problem((*place, "label"), "BUTTON_COMPONENT_LABEL_REQUIRED", "Needs label or emoji.")
        )
    if style == PREMIUM_BUTTON and (button.get("label") or button.get("emoji")):
        problems.append(
            Problem((*place, "label"), "BUTTON_COMPONENT_INVALID", "A premium button has no label.")
        )


def _check_row(row: JsonObject, place: Place, problems: list[Problem]) -> None:
    kinds = [child.get("type") for child in row.get("components") or [] if isinstance(child, dict)]
    if len(kinds) > 1 and any(kind in SELECTS for kind in kinds):
        where = (*place, "components")
        problems.append(
            Problem(where, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "A select stands alone in its row.")
        )


def _check_select(select: JsonObject, place: Place, problems: list[Problem]) -> None:
    options = [option for option in select.get("options") or [] if isinstance(option, dict)]
    values = [option.get("value") for option in options]
    if len(values) != len(set(map(str, values))):
        where = (*place, "options")
        problems.append(Problem(where, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "Values must be unique."))
    least, most = select.get("min_values"), select.get("max_values")
    most = 1 if most is None else most
    if isinstance(least, int) and isinstance(most, int) and least > most:
        problems.append(
            Problem((*place, "min_values"), "SELECT_COMPONENT_MIN_VALUES", "More than max_values.")
        )
    if options and isinstance(most, int) and most > len(options):
        problems.append(Problem((*place, "max_values"), "SELECT_COMPONENT_MAX_VALUES", "More than options."))
    if isinstance(most, int) and sum(bool(option.get("default")) for option in options) > most:
        problems.append(
            Problem((*place, "options"), "SELECT_COMPONENT_DEFAULTS", "More defaults than allowed.")
        )
