"""What is cut into several posts says all that it said, as it said it."""

from __future__ import annotations

import pytest

from bot.messages import Message, Text
from bot.wording.fit import parts

ROOM = 60


def fits(message: Message) -> bool:
    return sum(len(block.text) for block in message.blocks if isinstance(block, Text)) <= ROOM


def cut(text: str) -> list[str]:
    posts = parts(Message(kind="reply", notice="n", blocks=(Text(text=text),)), fits)
    return [block.text for post in posts for block in post.blocks if isinstance(block, Text)]


LINES = "\n".join(f"• s{n} Harbour Gazette" for n in range(9))


@pytest.mark.parametrize(
    ("text", "between"),
    [
        pytest.param(LINES, "\n", id="lines stay lines"),
        pytest.param(" ".join(f"It cost 3.{n} million a ship." for n in range(7)), " ", id="figures"),
        pytest.param("".join(f"護衛艦{n}隻を発注した。" for n in range(9)), "", id="without blanks"),
        pytest.param(", ".join(f"tag{n}" for n in range(60)), " ", id="one sentence that no post holds"),
        pytest.param("All is well. It goes on.", " ", id="nothing to cut"),
    ],
)
def test_a_text_is_cut_and_nothing_of_it_changed(text: str, between: str) -> None:
    found = cut(text)
    assert between.join(found) == text
    assert all(len(part) <= ROOM for part in found)


def test_no_sentence_is_cut_that_a_post_holds() -> None:
    found = cut(" ".join(f"The frigate number {n} sails in March." for n in range(9)))
    assert all(part.endswith(".") and part.startswith("The") for part in found)


def test_what_has_no_place_to_cut_stays_whole() -> None:
    assert cut("x" * 100) == ["x" * 100]
