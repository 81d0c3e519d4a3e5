"""What can go wrong while telling people.

BotError
├── ConfigError      the configuration cannot be used; holds every fault found
├── CommandError     a command that cannot be carried out, answered to the person who typed it
├── MessageError     a stored message that this release cannot read
└── DeliveryError    a platform did not take a message
"""

from __future__ import annotations


class BotError(Exception):
    """Anything this package raises on purpose. The message is a sentence that says what to do."""


class ConfigError(BotError):
    """One or more settings are missing or wrong; `faults` has a line for each, in the order of the file."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class CommandError(BotError):
    """Say what was wrong, the nearest valid thing, and one line that works.

    `nearest` is a phrase such as "Harbour Gazette (s12)" and `example` a whole command; either may be empty.
    `typed` is what `nearest` should stand in place of, where that is known.
    """

    def __init__(self, message: str, nearest: str = "", example: str = "", typed: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.nearest = nearest
        self.example = example
        self.typed = typed


class MessageError(BotError):
    """A message's JSON is damaged, or was written by a newer release."""


class DeliveryError(BotError):
    """A platform refused a message or could not be reached.

    `permanent` means that trying this message again is useless; `uncertain`, that it may have been taken all
    the same; `unfit`, that the platform found the message itself wrong; `closed`, that the channel takes
    nothing any more until somebody lets the bot in again; `everywhere`, that the platform would refuse
    anything just now, whatever the channel, until an operator mends it if no time is named. `retry_after` is
    in seconds, None if none was named.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool = False,
        uncertain: bool = False,
        unfit: bool = False,
        closed: bool = False,
        everywhere: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.uncertain = uncertain
        self.unfit = unfit
        self.closed = closed
        self.everywhere = everywhere
        self.retry_after = retry_after
