"""Say in our own errors what Discord, its library or the network refused."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import aiohttp
import discord

from bot.errors import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Iterator

# Discord's documentation, "Opcodes and Status Codes", JSON error codes.
UNKNOWN_CHANNEL: Final = 10003
EMPTY_MESSAGE: Final = 50006
INVALID_FORM: Final = 50035
THREAD_ARCHIVED: Final = 50083
THREAD_EXISTS: Final = 160004

PATIENCE: Final = 60.0  # seconds to wait after a 429 that names no time, as Cloudflare's ban does not


@contextmanager
def translated() -> Iterator[None]:
    """Raise DeliveryError for whatever goes wrong inside; it names no token and no address."""
    try:
        yield
    except discord.RateLimited as error:
        raise DeliveryError("Discord asks us to wait.", retry_after=error.retry_after) from error
    except discord.HTTPException as error:
        raise of_answer(error) from error
    except aiohttp.ClientConnectorError as error:
        raise DeliveryError("Discord could not be reached; nothing was sent.") from error
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise DeliveryError(
            f"The connection to Discord broke ({type(error).__name__}).", uncertain=True
        ) from error
    except discord.DiscordException as error:
        raise DeliveryError(
            f"The Discord library gave up ({type(error).__name__}).", uncertain=True
        ) from error
    except RuntimeError as error:  # aiohttp's word for a session that was closed
        raise DeliveryError("The connection to Discord is closed.") from error


def unfit(error: discord.HTTPException) -> bool:
    """Tell whether Discord refused a message for what is in it, so that plainer words may pass."""
    return error.status == 413 or (error.status == 400 and error.code in {0, EMPTY_MESSAGE, INVALID_FORM})


def of_answer(error: discord.HTTPException) -> DeliveryError:
    """Return what an HTTP answer of Discord means for a delivery."""
    said = f"Discord answered {error.status}, code {error.code}"
    if error.status == 429:
        # Without Via it is no limit of Discord's own but a ban of Cloudflare's, which holds for every call.
        banned = "Via" not in error.response.headers
        return DeliveryError(f"{said}: too many requests.", retry_after=_wait(error), everywhere=banned)
    if error.status == 401:
        return DeliveryError(
            f"{said}: it refuses the bot's token; set a new one.",
            everywhere=True,
        )
    if error.status == 403:
        return DeliveryError(
            f"{said}: the bot may not do this there. Give it View Channel, Send Messages, "
            "Send Messages in Threads, Create Public Threads and Read Message History.",
            closed=True,
        )
    if error.status == 404:
        return DeliveryError(f"{said}: the channel or post is gone.", closed=True)
    if error.status >= 500:
        return DeliveryError(f"{said}.", uncertain=True)
    return DeliveryError(f"{said}: it found the message wrong.", permanent=True, unfit=True)


def _wait(error: discord.HTTPException) -> float:
    try:
        return max(0.0, float(error.response.headers.get("Retry-After", PATIENCE)))
    except ValueError:
        return PATIENCE
