"""Let the stores of a test process share how their statements read: to work one out takes milliseconds.

SQLAlchemy keeps that for each engine. A program has one engine, a test process two thousand, which would each
begin anew. The keys are the statements themselves, so that what is shared is what one engine would have kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect, Engine

STATEMENTS: Final = 10_000  # more than there are
_KEPT: Final = "_compiled_cache"
_MAKES: Final = "_create_engine"


def start() -> None:
    """Give every engine made from now on what those before it had; once a process."""
    from sqlalchemy.ext.asyncio import engine as asynchronous  # noqa: PLC0415 - xdist's controller needs none
    from sqlalchemy.util import LRUCache  # noqa: PLC0415

    usual = getattr(asynchronous, _MAKES)
    dialects: dict[str, Dialect] = {}
    kept: LRUCache[object, object] = LRUCache(STATEMENTS)

    def made(*given: object, **more: object) -> Engine:
        engine: Engine = usual(*given, **more)
        dialect = dialects.get(engine.dialect.name)
        if dialect is None or getattr(dialect, "server_version_info", None) is None:
            dialects[engine.dialect.name] = engine.dialect  # it has yet to ask its server what it is
        else:
            engine.dialect = dialect  # a part of each key
        setattr(engine, _KEPT, kept)
        return engine

    setattr(asynchronous, _MAKES, made)
