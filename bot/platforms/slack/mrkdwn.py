"""Write Slack's mrkdwn from words that must not format, mention, mislead or break out of it."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from bot.platforms.inert import inert, one_line, safe_url
from bot.platforms.slack.limits import weight

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS_BESIDE_LINK: Final = 100  # units left for a link's words; a longer address gives the words alone

_ENTITY: Final = re.compile(r"&(?:amp;){0,9}(lt|gt|amp|quot|nbsp|#\d{1,7});", re.IGNORECASE)
_ENTITY_PASSES: Final = 3  # feeds escape twice by mistake; what is deeper is meant to confuse
_LOOKALIKES: Final = str.maketrans({"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"})
# A pair of colons around a name becomes a picture; around figures, as in 12:30:45, it does not.
_EMOJI: Final = re.compile(r":(?=(?:100|1234):|(?=[^:]{0,100}[^\W\d_])[\w+'-]{1,100}:)")
_LINE_QUOTE: Final = re.compile(r"(?m)^( *)>")
_DOTTED: Final = re.compile(r"(?<![\w-])[\w-]+(?:\.[\w-]+)+")
_ADDRESS: Final = re.compile(r"://|www\.|/", re.IGNORECASE)
_ENDINGS: Final = frozenset(  # of addresses, besides those of two letters
    ("com", "org", "net", "info", "biz", "gov", "mil", "edu", "int", "news", "app", "dev", "xyz", "online")
)
_FILES: Final = frozenset({"pdf", "html", "xml", "txt", "json", "csv"})
_FIGURE: Final = frozenset("0123456789０１２３４５６７８９.,．，:/%兆億万千百十")
_LOOSE: Final = " \n,;:、・("  # ends no shortened text


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Finished mrkdwn or plain text; `whole` is false if something was cut off to fit."""

    text: str
    whole: bool = True


def plain(text: str) -> str:
    """Return words for a plain_text object, where Slack reads nothing but its three escapes."""
    return escaped(clean(text))


def mrkdwn(text: str) -> str:
    """Return words for mrkdwn, line breaks kept; what would format is replaced by its look-alike."""
    return marked(clean(text))


def escaped(said: str) -> str:
    """Return clean words for a plain_text object."""
    return said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def marked(said: str) -> str:
    """Return clean words for mrkdwn."""
    told = said.replace("](", "] (").translate(_LOOKALIKES)
    return escaped(_LINE_QUOTE.sub(r"\1›", _EMOJI.sub("∶", told)))


def words(text: str, limit: int) -> Written:
    """Return mrkdwn of one line that weighs at most `limit`."""
    return fit(text, limit, marked)


def link(text: str, url: str, limit: int) -> Written:
    """Return words that lead to a page, at most `limit` in all; words alone if the address is unfit."""
    address = escaped(safe_url(url))
    if not address or weight(address) > limit - WORDS_BESIDE_LINK:
        return words(text, limit)
    host = urlsplit(safe_url(url)).hostname or ""
    label = one_line(clean(text)) or host
    told = fit(label, limit - weight(address) - 3, lambda part: marked(unmasked(part, host)))
    return Written(text=f"<{address}|{told.text}>", whole=told.whole)


def unmasked(label: str, host: str) -> str:
    """Return a link's words so that they name no other site than the link's.

    Another site's address is written as people warn of one, bank[.]example; a full stop without its space,
    as in "2.Ordu", gets the space.
    """
    address = _ADDRESS.search(label) is not None

    def rewritten(found: re.Match[str]) -> str:
        labels = found[0].split(".")
        endings = {i for i, part in enumerate(labels) if i and part.isalpha() and len(part) > 1}
        if not endings or labels[-1].lower() in _FILES:
            return found[0]
        if _site(".".join(labels[: max(endings) + 1])) == _site(host):
            return found[0]
        spelt = address or any(_ends_address(labels[i]) for i in endings)
        point = "[.]" if spelt else ". "
        parts = ((point if i in endings else ".") + part for i, part in enumerate(labels[1:], start=1))
        return labels[0] + "".join(parts)

    return _DOTTED.sub(rewritten, label)


def fit(
    text: str, limit: int, write: Callable[[str], str], measure: Callable[[str], int] = weight
) -> Written:
    """Return a text on one line as `write` writes it, cut at a word to measure at most `limit`.

    It is never cut in a figure. `write` gets clean words.
    """
    text = one_line(clean(text))
    told = write(text)
    if measure(told) <= limit:
        return Written(text=told)
    mark = "…"
    end = boundary(text, _longest(text, limit - measure(mark), write, measure))
    told = write(text[:end].rstrip(_LOOSE) + mark)
    while end and measure(told) > limit:
        end -= 1
        told = write(text[:end].rstrip(_LOOSE) + mark)
    return Written(text=told, whole=False)


def chunks(text: str, limit: int, write: Callable[[str], str]) -> tuple[str, ...]:
    """Return a text in parts that weigh at most `limit` each, parted at lines or words; nothing is lost.

    `write` gets clean words.
    """
    text = clean(text)
    out: list[str] = []
    while text := text.strip():
        told = write(text)
        if weight(told) <= limit:
            return (*out, told)
        longest = max(1, _longest(text, limit, write, weight))
        line = text.rfind("\n", longest // 2, longest)
        end = line if line > 0 else boundary(text, longest) or longest
        told = write(text[:end].rstrip())
        while weight(told) > limit and end > 1:
            end -= 1
            told = write(text[:end].rstrip())
        out.append(told)
        text = text[end:]
    return tuple(out)


def boundary(text: str, end: int) -> int:
    """Return where to cut at or before `end`: after a word, and not in or right behind a figure.

    A figure without its unit would mislead: "4.5 | million". 0 if there is no such place.
    """
    if end >= len(text):
        return len(text)
    space = max(text.rfind(" ", 0, end + 1), text.rfind("\n", 0, end + 1))
    if space > end // 2:
        end = space
    while True:
        end = len(text[:end].rstrip())
        start = end
        while start and text[start - 1] in _FIGURE:
            start -= 1
        if start == end or not any(letter.isnumeric() for letter in text[start:end]):
            return end
        # the figure goes, and what is written onto it: €310, F-35
        end = start
        while end and not text[end - 1].isspace() and text[end - 1] < "\u2e80":
            end -= 1


def _longest(text: str, limit: int, write: Callable[[str], str], measure: Callable[[str], int]) -> int:
    """Return how many characters of a text may be written within a limit."""
    most = min(len(text), max(limit, 0))
    return max(0, bisect_right(range(most + 1), limit, key=lambda n: measure(write(text[:n]))) - 1)


def clean(text: str) -> str:
    """Return the inert text without the entities that a feed escaped once too often."""
    text = inert(text)
    for _ in range(_ENTITY_PASSES):
        plainer = _ENTITY.sub(lambda found: html.unescape(f"&{found[1].lower()};"), text)
        if plainer == text:
            return text
        text = inert(plainer)
    return _ENTITY.sub(lambda found: f"＆{found[0][1:]}", text)


def _site(host: str) -> str:
    """Return the part of a host name that one owner holds, roughly: example.org, example.co.uk."""
    labels = host.lower().split(".")
    second = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3 if second else -2 :])


def _ends_address(part: str) -> bool:
    return part.lower() in _ENDINGS or (len(part) == 2 and part.isascii() and part.islower())
