"""What Slack takes: lengths and counts, each with its source.

[K] Slack's @slack/types and the validators of slack_sdk.models; [T] its changelog of 2018 on truncated
messages; [V] bolt-js issues 2509 and 2867, where the sum of all blocks was found out by trying; [S] its
manifest schema; [D] its documentation. Lengths are UTF-16 units, the stricter reading of "characters".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.messages_json import Json

JsonObject: TypeAlias = "dict[str, Json]"

TEXT: Final = (
    4_000  # bytes of a message's own text; longer ones may be split [T], and chat.update counts bytes
)
BLOCKS: Final = 50  # in a message [D]
VIEW_BLOCKS: Final = 100  # in a modal or the Home tab [D]
BLOCKS_TEXT: Final = 9_500  # text of all blocks together; 9 597 were taken, 11 341 refused [V]
BLOCKS_JSON: Final = 15_500  # all blocks as ASCII JSON [V]
VIEW_JSON: Final = 240_000  # a view may have 250 kB [D]; the rest is its frame
SECTION: Final = 3_000  # a section's text, and a context's element [K]
HEADER: Final = 150  # [K]
BUTTONS: Final = 25  # elements of one actions block [K]
BUTTON_TEXT: Final = 75  # [K]
BUTTON_VALUE: Final = 2_000  # [K]
CONFIRM_TITLE: Final = 100  # [K]
CONFIRM_TEXT: Final = 300  # [K]
CONFIRM_BUTTON: Final = 30  # [K]
IMAGE_TEXT: Final = 2_000  # an image's title and its alternative text [K]
VIEW_TITLE: Final = 24  # also of its buttons [K]
METADATA: Final = 3_000  # a view's private_metadata [K]
LABEL: Final = 2_000  # an input's label and hint [K]
INPUT: Final = 3_000  # what is typed into a field [K]
OPTIONS: Final = 100  # of a select [K]
OPTION_TEXT: Final = 75  # [K]
OPTION_VALUE: Final = 75  # the stricter of two figures, 75 and 150 [K]


def size(text: str) -> int:
    """Return the length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clipped(text: str, most: int) -> str:
    """Return the first `most` UTF-16 units of a text."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * most].decode("utf-16-le", "ignore")


def encoded(text: str) -> int:
    """Return the length in UTF-8 bytes."""
    return len(text.encode("utf-8", "surrogatepass"))


def weight(text: str) -> int:
    """Return the length, or half of what the text takes in ASCII JSON if that is more.

    A Japanese letter takes six bytes there, so a section of them alone would use up BLOCKS_JSON.
    """
    return max(size(text), (len(json.dumps(text)) - 2) // 2)


def within(blocks: Sequence[JsonObject], *, most: int, text: int, as_json: int) -> bool:
    """Tell whether blocks are few and short enough together."""
    if len(blocks) > most:
        return False
    return sum(map(size, _texts(list(blocks)))) <= text and len(json.dumps(list(blocks))) <= as_json


def _texts(node: Json) -> Iterator[str]:
    """Yield every text to be shown, at any depth."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)
