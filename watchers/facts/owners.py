"""Give a firm the part in a deal that was read of the country whose it is: "from Turkey's Baykar"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from watchers.types import Named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchers.facts.passage import Passage
    from watchers.types import Fact

_WHOSE: Final = re.compile(r"['’]s\s(?:[a-z][\w-]*\s){0,4}")
LESS: Final = 0.8  # enough that a card, which has room for two parties, shows the firm
_PARTS: Final = frozenset({"buyer", "seller", "signer"})


def of_owned(passage: Passage, parties: Sequence[Fact]) -> list[Fact]:
    """Return the parties of a passage, in their order, with a country's role also on the firm called its own.

    The country keeps it, for rules that ask for its deals, but says it less surely than the firm.
    """
    found = list(parties)
    if passage.lang != "en":
        return found
    for at in range(len(found) - 1):
        country, firm = found[at], found[at + 1]
        if (
            country.role in _PARTS
            and firm.role in {"", country.role}
            and isinstance(country.value, Named)
            and country.value.entity.startswith("loc:")
            and _WHOSE.fullmatch(passage.text[country.end : firm.start])
        ):
            found[at] = replace(country, confidence=min(country.confidence, firm.confidence) * LESS)
            found[at + 1] = replace(firm, role=country.role)
    return found
