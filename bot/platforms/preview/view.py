"""How a reader wants to see the page: whose look, which colours, how wide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode

from bot.platforms.preview.looks import is_look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.platforms.preview.looks import Look

COOKIE: Final = "vedette-view"  # remembers a view between visits, with scripts and without
REMEMBERED: Final = 365 * 24 * 3600  # seconds
_LOOKS: Final = {"slack": "Slack", "discord": "Discord", "plain": "Plain text"}
_THEMES: Final = {"light": "Light", "dark": "Dark", "system": "System"}
_WIDTHS: Final = {"desktop": "Desktop", "phone": "Phone"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Toggle:
    """Some choices, values with their labels, of which one holds."""

    name: str
    label: str
    choices: Mapping[str, str]
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the toggles stand at."""

    look: Look = "plain"
    theme: str = "system"
    width: str = "desktop"

    @classmethod
    def of(cls, query: Mapping[str, str], remembered: str = "") -> View:
        """Read an address's query, and the cookie for what it leaves out; unknown words change nothing."""
        said = {**dict(parse_qsl(remembered[:200])), **query}
        look, theme, width = (said.get(name, "") for name in ("look", "theme", "width"))
        return cls(
            look=look if is_look(look) else "plain",
            theme=theme if theme in _THEMES else "system",
            width=width if width in _WIDTHS else "desktop",
        )

    @property
    def query(self) -> str:
        """Return the query that `of` reads."""
        return urlencode({"look": self.look, "theme": self.theme, "width": self.width})

    @property
    def toggles(self) -> tuple[Toggle, ...]:
        """Return the page's toggles as they stand."""
        return (
            Toggle(name="look", label="Look", choices=_LOOKS, chosen=self.look),
            Toggle(name="theme", label="Colours", choices=_THEMES, chosen=self.theme),
            Toggle(name="width", label="Width", choices=_WIDTHS, chosen=self.width),
        )
