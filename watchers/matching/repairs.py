"""Make expressions that can be read out of one that cannot, the nearest first."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from watchers.matching.faults import Fault

_SCOPES = ("title:", "source:", "lang:", "cs:", "entity:", "about:", "fact:")
# What people write for a scope we call otherwise, beside slips of the finger.
_OTHER_SCOPES = {
    "headline": "title:", "intitle": "title:", "subject": "title:", "site": "source:", "outlet": "source:",
    "from": "source:", "feed": "source:", "language": "lang:", "case": "cs:", "exact": "cs:",
    "person": "entity:", "org": "entity:", "company": "entity:", "name": "entity:", "place": "entity:",
    "who": "entity:", "platform": "entity:", "topic": "about:", "concept": "about:", "theme": "about:",
    "amount": "fact:amount", "status": "fact:status=", "buyer": "fact:buyer=", "seller": "fact:seller=",
    "type": "fact:type=", "deadline": "fact:deadline", "quantity": "fact:quantity", "party": "fact:party=",
    "facts": "fact:",
}  # fmt: skip
_CODES = {
    "english": "en", "turkish": "tr", "türkçe": "tr", "turkce": "tr", "japanese": "ja", "日本語": "ja",
    "jp": "ja",
    "german": "de", "french": "fr", "italian": "it", "spanish": "es", "eng": "en", "tur": "tr", "jpn": "ja",
    "korean": "ko", "chinese": "zh", "russian": "ru", "ukrainian": "uk", "arabic": "ar", "azerbaijani": "az",
}  # fmt: skip


_STATED: Final = re.compile(r"(fact[:：]\w+=)\s*[(（]([^()（）\"]*)[)）]", re.IGNORECASE)
_CHAIN: Final = re.compile(r"\b(\w+) (NEAR/\d+) (\w+) (NEAR/\d+) (\w+)")
_WORDS: Final = re.compile(r"\((\w+(?: \w+)+)\)(?= NEAR/)|(?<= )\((\w+(?: \w+)+)\)")


def repairs(text: str, fault: Fault) -> Iterator[str]:
    """Yield expressions near to one that cannot be read, the nearest first."""
    place = fault.position
    if fault.about == "stated":
        yield _STATED.sub(lambda found: found[1] + re.sub(r"\s+OR\s+", "|", found[2].strip()), text)
    if fault.swap is not None:
        start, end = fault.swap.start, fault.swap.end
        yield from (f"{text[:start]}{piece}{text[end:]}" for piece in fault.swap.instead)
    yield re.sub(r'"\s*\*', '*"', text)
    if fault.about in _BY_KIND:
        head, rest = text[:place], text[place:]
        word = re.match(r"[^\s()（）]*", rest)
        yield from _BY_KIND[fault.about](head, rest, word.end() if word else 0)
    yield _CHAIN.sub(r"\1 \2 \3 AND \3 \4 \5", text)
    yield _WORDS.sub(_quoted, text)
    if text.count('"') % 2:
        yield text.rstrip() + '"'
        yield text[:place] + text[place + 1 :]
    yield f"{text.rstrip()}{')' * (text.count('(') - text.count(')'))}"
    if text[place : place + 1] in (")", "）"):
        yield (text[:place] + text[place + 1 :]).strip()
    tidy = re.sub(r"[(（]\s*[)）]", " ", text)
    yield tidy.strip()
    tidy = re.sub(r"\b(AND|OR)(\s+(?:AND|OR))+\b", r"\1", tidy)
    yield tidy.strip()
    tidy = re.sub(r"([(（]\s*|^\s*)(?:(?:AND|OR|NEAR/\d+)\s+)+", r"\1", tidy)
    yield tidy.strip()
    tidy = re.sub(r"(?:\s*\b(?:AND|OR|NOT|NEAR/\d+)|\s-)+\s*($|[)）])", r"\1", tidy)
    yield tidy.strip()
    yield re.sub(r"(^|\s)-+\s*(?=[^\s)])", r"\1-", tidy).strip()
    yield f"{tidy.strip()}{')' * max(0, tidy.count('(') - tidy.count(')'))}"
    yield " ".join(re.findall(r"\w+", text))[:200]


def _quoted(bracket: re.Match[str]) -> str:
    words = bracket[1] or bracket[2]
    return bracket[0] if re.search(r"\b(?:AND|OR|NOT)\b", words) else f'"{words}"'


# Each of these takes what stands before the place, what stands there and behind, and how long its word is.


def _scope(head: str, rest: str, length: int) -> Iterator[str]:
    scope = re.split("[:：=]", rest)[0].lower()
    near = difflib.get_close_matches(scope + ":", _SCOPES, n=1, cutoff=0.5)
    known = _OTHER_SCOPES.get(scope) or (near[0] if near else "")
    if known:
        yield f"{head}{known}{rest[len(scope) + 1 :]}"
    yield f'{head}"{rest[:length]}"{rest[length:]}'


def _language(head: str, rest: str, length: int) -> Iterator[str]:
    typed = rest[:length].lower().removeprefix("lang:")
    codes = [_CODES.get(one, one) for one in re.split("[,;]", typed)]
    if len(codes) > 1 and head.lower().endswith("lang:"):
        yield f"{head[: -len('lang:')]}({' OR '.join(f'lang:{code}' for code in codes)}){rest[length:]}"
    code = f"lang:{_CODES.get(typed, 'en')}"
    yield re.sub(r"lang[:：]\s*\S+?(?=[\s()]|\Z)", code, head + rest, count=1, flags=re.IGNORECASE)


def _operator(head: str, rest: str, length: int) -> Iterator[str]:
    yield re.sub(r"(?<!\S)(and|or|not)(?!\S)", lambda found: found[1].upper(), head + rest)
    yield f'{head}"{rest[:length]}"{rest[length:]}'


def _near(head: str, rest: str, length: int) -> Iterator[str]:
    distance = re.match(r"near\s*/?\s*(\d+)", rest, re.IGNORECASE)
    if distance:
        yield f"{head}NEAR/{distance[1]}{rest[distance.end() :]}"
    yield f"{head}NEAR/5{rest[length:]}"


def _sign(head: str, rest: str, _length: int) -> Iterator[str]:
    joined = re.sub(" ?&+ ?", " AND ", " ".join((head + rest).split()))
    joined = re.sub(r" ?\|+ ?", " OR ", joined)
    joined = re.sub(r"(?<!\S)\+ ?", "", joined)
    yield re.sub(r"(?<!\S)! ?(?=\S)", "-", joined).strip()


def _quote(head: str, rest: str, _length: int) -> Iterator[str]:
    yield re.sub(r"(?<!\w)'([^'\"]+)'(?!\w)", r'"\1"', head + rest)
    yield f"{head}{rest[1:]}"


def _comma(head: str, rest: str, _length: int) -> Iterator[str]:
    yield re.sub(r"\s*[,;，、；]\s*(?=\S)", " OR ", head + rest).rstrip(" ,;，、；")


def _star(head: str, rest: str, length: int) -> Iterator[str]:
    if head[-1:].isalnum():
        yield f"{head}*{rest[length:]}"
    yield head + rest[1:]


def _empty(head: str, rest: str, length: int) -> Iterator[str]:
    yield (head.rstrip() + " " + rest[length:].lstrip()).strip()


_BY_KIND: Final[Mapping[str, Callable[[str, str, int], Iterator[str]]]] = {
    "scope": _scope,
    "language": _language,
    "operator": _operator,
    "near": _near,
    "sign": _sign,
    "quote": _quote,
    "comma": _comma,
    "star": _star,
    "empty": _empty,
}
