"""Guess what people want who do not know the commands yet: questions, bare addresses, other bots' words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_ADDRESS: Final = re.compile(
    r"<?(?:https?://\S+|(?:[\w-]+\.)+[a-z]{2,24}(?::\d{1,5})?(?:/\S*)?)>?", re.IGNORECASE
)
# What questions and greetings begin with, in the languages that the bot speaks.
_ASKING: Final = frozenset({
    "how", "what", "where", "who", "when", "which", "can", "could", "please", "i", "is", "are", "do", "does",
    "hello", "hi", "hey", "thanks", "?", "/help", "-h", "--help", "commands", "command", "menu", "manual",
    "usage", "merhaba", "selam", "nasıl", "yardım", "komutlar", "ヘルプ", "使い方", "こんにちは",
})  # fmt: skip
_SMALL: Final = frozenset({
    "me", "my", "us", "we", "you", "your", "the", "a", "an", "to", "do", "i", "it", "this", "bot", "please",
    "with", "for", "of", "all", "about", "in", "on",
})  # fmt: skip
# The noun that a word is about.
_ABOUT: Final = {
    word: noun
    for noun, words in {
        "source": "source sources feed feeds rss atom url site website address outlet outlets kaynak "
        "kaynaklar ソース",
        "rule": "rule rules alert alerts alarm keyword keywords word words phrase filter notify notification "
        "notifications expression expressions kural kurallar ルール",
        "digest": "digest digests summary summaries daily briefing schedule özet まとめ",
        "mute": "mute mutes silence stop snooze ignore unsubscribe",
        "settings": "setting settings language timezone zone quiet hours threshold relevance config ayarlar",
        "setup": "start setup begin install configure kurulum",
        "search": "search find archive ara 検索",
        "status": "status health failing broken",
        "export": "export csv download file",
    }.items()
    for word in words.split()
}
# The command that a first word stands for; what follows the word is put behind it.
_INSTEAD: Final = {
    "follow": "source add", "subscribe": "source add", "read": "source add",
    "test": "source test", "try": "source test", "check": "source test",
    "find": "search", "look": "search", "grep": "search", "ara": "search",
    "explain": "why", "reason": "why",
    "silence": "mute add", "snooze": "mute add", "ignore": "mute add", "unmute": "mute off",
    "language": "settings set language", "lang": "settings set language",
    "timezone": "settings set tz", "tz": "settings set tz", "zone": "settings set tz",
    "threshold": "settings set threshold", "quiet": "settings set quiet", "lull": "settings set lull",
    "set": "settings set", "get": "settings show", "config": "settings show", "options": "settings show",
    "preferences": "settings show", "history": "settings audit", "changes": "settings audit",
    "audit": "settings audit", "log": "settings audit",
    "preview": "digest preview", "now": "digest now", "summary": "digest preview", "today": "digest preview",
    "daily": "digest schedule", "schedule": "digest schedule",
    "start": "setup", "begin": "setup", "init": "setup", "configure": "setup", "install": "setup",
    "ping": "status", "health": "status", "version": "status",
    "timeline": "story timeline", "download": "export items", "csv": "export items",
}  # fmt: skip
# What people write for one of the choices of an option.
CHOICES: Final = {
    "urgent": "now", "immediate": "now", "immediately": "now", "asap": "now", "always": "now", "yes": "now",
    "on": "now", "normal": "usual", "default": "usual", "daily": "digest", "summary": "digest",
    "later": "digest", "never": "off", "none": "off", "no": "off", "silent": "off", "markdown": "md",
    "here": "channel", "date": "newest", "relevance": "best", "all": "everyone", "anyone": "everyone",
}  # fmt: skip
# What other bots call what a noun does here.
VERBS: Final = {
    "new": "add", "create": "add", "follow": "add", "delete": "remove", "rm": "remove", "drop": "remove",
    "stop": "pause", "disable": "pause", "enable": "resume", "start": "resume", "change": "edit",
    "rename": "edit", "check": "test", "try": "test", "all": "list", "ls": "list", "info": "show",
    "at": "schedule", "daily": "schedule", "set": "schedule", "language": "set", "lang": "set", "tz": "set",
    "timezone": "set", "threshold": "set", "quiet": "set", "name": "set", "log": "audit", "end": "off",
}  # fmt: skip
_ADDING: Final = frozenset({"add", "new", "create", "watch", "track", "monitor", "ekle"})
_TAKING: Final = frozenset(
    {"remove", "delete", "del", "rm", "drop", "unfollow", "unsubscribe", "stop", "sil"}
)
_ID: Final = re.compile(r"([srtmd])\d{1,9}", re.IGNORECASE)
_ENDING: Final = {  # what ends a thing, by the letter of its id
    "s": "source remove", "r": "rule remove", "t": "mute add", "m": "mute off", "d": "digest cancel",
}  # fmt: skip
_LISTING: Final = frozenset({"list", "ls", "show", "liste"})


def topic(words: Sequence[str]) -> str:
    """Return the noun that a question is about, empty if it names none."""
    return next((_ABOUT[word] for word in map(_plain, words) if word in _ABOUT), "")


def asks(words: Sequence[str]) -> bool:
    """Tell whether words are a question or a greeting rather than a command."""
    return _plain(words[0]) in _ASKING or words[0].lower() in _ASKING or words[-1].endswith(("?", "？"))


def means_all(words: Sequence[str]) -> bool:
    """Tell whether words behind `help` name nothing, such as "me" or "please"."""
    return all(_plain(word) in _SMALL or _plain(word) in _ASKING for word in words)


def lines(words: Sequence[str]) -> tuple[str, ...]:
    """Return the commands that a text may stand for whose first word is none, likeliest first."""
    first, rest = _plain(words[0]), list(words[1:])
    if _ADDRESS.fullmatch(words[0]):
        return (f"source test {_whole(words[0])}",)
    if first in _INSTEAD:
        return _with(_INSTEAD[first], rest)
    if first in _ADDING | _TAKING:
        return _adding(rest) if first in _ADDING else _taking(rest)
    noun = _ABOUT.get(first, "")
    if first in _LISTING:
        noun, rest = topic(rest[:1]) or "source", []
    elif noun == "rule" and rest and _plain(rest[0]) in _ADDING:
        return _with("rule add", rest[1:])
    return (*_with(noun, rest), f"{noun} list", f"{noun} show", f"help {noun}") if noun else ()


def _adding(rest: list[str]) -> tuple[str, ...]:
    address = next((word for word in rest if _ADDRESS.fullmatch(word)), "")
    if address:
        return (f"source add {_whole(address)}",)
    noun = topic(rest[:1])
    behind = rest[1:] if noun else rest
    return _with("rule add", behind) if behind and noun in {"", "rule"} else (f"help {noun or 'source'}",)


def _taking(rest: list[str]) -> tuple[str, ...]:
    if rest and _ADDRESS.fullmatch(rest[0]):
        return (f"source remove {_whole(rest[0])}",)
    if rest and (numbered := _ID.fullmatch(rest[0])):
        return (f"{_ENDING[numbered[1].lower()]} {rest[0]}",)
    noun = topic(rest[:1])
    if noun in {"source", "rule"} and rest[1:]:
        return _with(f"{noun} remove", rest[1:])
    return (f"{noun} list",) if noun else ("help mute",)


def _with(command: str, rest: Sequence[str]) -> tuple[str, ...]:
    """Return a command with what follows, and alone in case that cannot be read."""
    whole = " ".join(
        [command, *(_whole(word) if _ADDRESS.fullmatch(word) else _typed(word) for word in rest)]
    )
    return (whole, command) if rest else (command,)


def _typed(word: str) -> str:
    """Return a word as it is typed again: in quotes if spaces are in it."""
    return f'"{word}"' if any(c.isspace() for c in word) and '"' not in word else word


def _whole(address: str) -> str:
    bare = address.strip("<>").partition("|")[0]
    return bare if "://" in bare else f"https://{bare}"


def _plain(word: str) -> str:
    return word.strip("?!.,:;'\"()").lower()
