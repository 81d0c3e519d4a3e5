"""Which digests arrived with all of their parts: in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import exists, or_

from watchers.store.schema_delivery import outbox

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

_PART: Final = outbox.alias("part")


def arrived_whole() -> ColumnElement[bool]:
    """Say of the message that completes a run, the last of its digest's parts, that all of them arrived.

    The others stand beneath the first: where that was given up, they may have gone out without it.
    """
    beside = or_(_PART.c.id == outbox.c.parent, _PART.c.parent == outbox.c.parent)
    missing = exists().where(beside, _PART.c.state != "delivered")
    return (outbox.c.state == "delivered") & ~missing
