"""The link that brings the bot into a server, with exactly the permissions it uses. Imports no library."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlencode

# Discord's documentation, "Permissions": name as its settings show it, bit, and what is missed without it.
PERMISSIONS: Final = (
    ("View Channel", 1 << 10, "the bot does not see the channel"),
    ("Send Messages", 1 << 11, "nothing can be told"),
    ("Create Public Threads", 1 << 35, "a story's later reports stand in the channel instead of beneath it"),
    ("Send Messages in Threads", 1 << 38, "a story's later reports cannot be told beneath it"),
    ("Embed Links", 1 << 14, "Discord may show posts plainer"),
    ("Attach Files", 1 << 15, "posts with a chart are refused"),
    ("Read Message History", 1 << 16, "an uncertain send may show twice"),
)
# Without these something that should be told is lost rather than told differently.
NEEDED: Final = frozenset(("View Channel", "Send Messages", "Send Messages in Threads", "Attach Files"))
SCOPES: Final = ("bot", "applications.commands")


def invite(application_id: str) -> str:
    """Return the link for an application's id. Raises ValueError for what is none."""
    if not re.fullmatch(r"\d{15,20}", application_id):
        raise ValueError(
            "an application's id is a number of some 19 digits, on its page General Information at "
            "https://discord.com/developers/applications"
        )
    asked = {
        "client_id": application_id,
        "permissions": str(sum(bit for _, bit, _ in PERMISSIONS)),
        "scope": " ".join(SCOPES),
    }
    return f"https://discord.com/oauth2/authorize?{urlencode(asked)}"
