"""What can go wrong while watching.

WatchersError
├── FeedError                 ends one feed's turn, never the poll
│   ├── FetchError
│   │   └── RefusedError      the guard said no
│   └── ParseError
├── ExpressionError           a watch expression that cannot be read
├── KnowledgeError            a data file or model that cannot be used
└── StoreError
    ├── NewerSchemaError
    ├── UnstorableError      what was to be stored is at fault, not the database
    └── CorruptError
"""

from __future__ import annotations


class WatchersError(Exception):
    """Anything this package raises on purpose. The message is a sentence that says what to do."""


class FeedError(WatchersError):
    """One feed could not be read this time."""

    def __init__(self, message: str, *, url: str, permanent: bool = False) -> None:
        super().__init__(message)
        self.url = url
        self.permanent = permanent


class FetchError(FeedError):
    """The server could not be reached or gave no feed. `retry_after` is in seconds, None if it named none."""

    def __init__(
        self,
        message: str,
        *,
        url: str,
        status: int = 0,
        permanent: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, url=url, permanent=permanent)
        self.status = status
        self.retry_after = retry_after


class RefusedError(FetchError):
    """The address is not a public one, or not one we may open."""


class ParseError(FeedError):
    """The document is not a feed, or parsing it took too long."""


class ExpressionError(WatchersError):
    """A watch expression that cannot be read; `position` is the code point where reading stopped."""

    def __init__(self, message: str, *, expression: str, position: int) -> None:
        super().__init__(message)
        self.expression = expression
        self.position = position


class KnowledgeError(WatchersError):
    """A gazetteer, exemplar or model file is broken; the message names the file."""


class StoreError(WatchersError):
    """The database cannot do what was asked."""


class NewerSchemaError(StoreError):
    """The database was written by a newer release."""


class UnstorableError(StoreError):
    """The database refuses a value for what it is; to try again would end the same way."""


class CorruptError(StoreError):
    """The file is not a database, or a damaged one; it is never replaced."""


def is_away(error: BaseException) -> bool:
    """Tell whether the database failed, not what was asked of it: anything else would fail as well."""
    return isinstance(error, StoreError) and not isinstance(error, UnstorableError)
