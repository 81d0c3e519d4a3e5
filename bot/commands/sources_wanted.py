"""What a person wants added, as typed, and the command that says the same again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.commands import values
from bot.commands.sources_every import Interval, interval
from bot.commands.trying import address
from bot.errors import CommandError

if TYPE_CHECKING:
    from bot.commands.parse import Command
    from watchers.types import SourceKind

ADD: Final = "/watch source add https://example.org/feed.xml every:15m"
LONGEST_SELECTOR: Final = 200  # characters; the longest suggested has some 60
_KINDS: Final[dict[str, SourceKind]] = {"page": "page", "sitemap": "sitemap"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One source to add. `kind` None: whatever is found there; `interval` None: the usual one."""

    url: str
    name: str = ""
    interval: Interval | None = None
    tags: tuple[str, ...] = ()
    lang: str = ""
    paused: bool = False
    kind: SourceKind | None = None
    selector: str = ""
    confirmed: bool = False

    @property
    def line(self) -> str:
        """Return the command that asks for this."""
        parts = [f"source add {self.url}"]
        if self.kind in _KINDS:
            parts.append(f"kind:{self.kind}")
        if self.selector:
            parts.append(f"select:{values.quoted(self.selector)}")
        if self.name:
            parts.append(f"name:{values.quoted(self.name)}")
        if self.interval:
            parts.append(f"every:{self.interval.typed}")
        if self.tags:
            parts.append(tagging(self.tags))
        if self.lang:
            parts.append(f"lang:{self.lang}")
        if self.paused:
            parts.append("state:paused")
        if self.confirmed:
            parts.append("confirm:yes")
        return " ".join(parts)


def wanted(command: Command) -> Wanted:
    """Read what a person wants added. Raises CommandError for what cannot be meant."""
    given = command.options
    selector = " ".join(given.get("select", "").split())
    kind = _KINDS.get(given.get("kind", ""), "page" if selector else None)
    url = address(command.values[0], verb="add")
    if selector and kind != "page":
        raise CommandError(
            "select: picks the links of a page; leave it out, or say kind:page.",
            example="/watch source add https://example.org/news kind:page",
        )
    if len(selector) > LONGEST_SELECTOR:
        raise CommandError(
            f"select takes a CSS selector of at most {LONGEST_SELECTOR} characters, such as h2 a.",
            example='/watch source add https://example.org/news kind:page select:"h2 a"',
        )
    return Wanted(
        url=url,
        name=values.named(given["name"], example=ADD) if given.get("name") else "",
        interval=interval(given["every"]) if "every" in given else None,
        tags=values.tags(given.get("tag", "off")),
        lang=_language(given.get("lang", "")),
        paused=given.get("state") == "paused",
        kind=kind,
        selector=selector,
        confirmed="confirm" in given,
    )


def tagging(tags: tuple[str, ...]) -> str:
    """Return the option that gives a source these tags."""
    return f"tag:{values.quoted(','.join(tags))}" if tags else "tag:off"


def _language(text: str) -> str:
    code = text.strip().lower()
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise CommandError("lang takes two letters, such as tr.", example=f"{ADD} lang:tr")
    return code
