"""Say what the grammar cannot: why a word, a concept or a regular expression is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watchers.matching.concepts import MOST_CONCEPTS, UnknownConceptError, concepts, concepts_of
from watchers.matching.expression import About, Named
from watchers.matching.faults import Fault, Swap
from watchers.matching.stated import FIELDS
from watchers.matching.words import pattern_of, searchable
from watchers.text import is_cjk

if TYPE_CHECKING:
    from lark import Token

    from watchers.matching.concepts import Concept
    from watchers.matching.known import UnknownNameError
    from watchers.matching.regexes import RegexFault
    from watchers.matching.stated import StatedFault

MIN_PREFIX = 2  # letters before a *: one would stop at every other word (a Japanese character is enough)
_SCOPED = re.compile(r"([A-Za-z]{2,12})[:：](?!//)|(?i:(title|source|lang|cs|entity|about|fact)=(?=.))")
_COMPARED = re.compile(r"(\w{1,30})(?:[<>]=?|=)\S")  # amount>100m
_NEAR = re.compile(r"NEAR(?:/.*)?|near/.*|(?i:near)\d+")
_LISTED = re.compile(r"(?<!\d)[,;，、；]|[,;，、；](?!\d)")  # 8,200 is one word
# What other searches take for AND, OR and NOT, or for any letter.
_SIGNS = {"&": "AND", "|": "OR", "+": "AND", "!": "NOT"}
_CONCEPTS_EXAMPLE = 'about:"drone procurement"'
_SHOWN = 4  # concepts that a message names where none is near


def refuse_word(text: str, token: Token) -> None:
    """Raise what a bare word cannot be: a scope we lack, an operator written small, a list with commas."""
    start = token.start_pos or 0
    scoped = _SCOPED.match(text)
    if scoped:
        raise Fault(f'There is no scope "{scoped[0]}".', start, about="scope")
    compared = _COMPARED.match(text)
    if compared and compared[1].lower() in FIELDS:
        swap = Swap(start, start + len(token), (f"fact:{text}",))
        raise Fault("What an article states is asked for with fact: in front.", start, swap=swap)
    if text.lower() in ("and", "or", "not"):
        raise Fault(
            f'"{text}" joins only in capitals and between spaces; to look for it, quote it.',
            start,
            about="operator",
        )
    if _NEAR.fullmatch(text):
        raise Fault("NEAR needs a number of words, such as NEAR/5.", start, about="near")
    if text[:1] in _SIGNS:
        says = f'"{text[0]}" joins nothing here; {_SIGNS[text[0]]} does. To look for it, quote it.'
        raise Fault(says, start, about="sign")
    if text[:1] == "'":
        raise Fault('Words that belong together stand between two ".', start, about="quote")
    if text[-1:] == "?":
        says = "A ? stands for nothing; drone* is any word that begins so."
        raise Fault(says, start + len(text) - 1, about="star")
    if text.startswith("/"):
        inner = text.strip("/")
        swap = Swap(start, start + len(token), (f"/{inner}/", f'"{inner}"'))
        raise Fault("A regular expression stands between two slashes, with a space behind.", start, swap=swap)
    listed = _LISTED.search(text)
    if listed:
        raise Fault(
            "Alternatives are joined with OR, not with commas.", start + listed.start(), about="comma"
        )


def long_enough(pattern: str) -> bool:
    """Tell whether a word may be a prefix."""
    return len(pattern) >= MIN_PREFIX or is_cjk(pattern)


def refuse_pattern(text: str, token: Token, *, prefix: bool) -> None:
    """Raise what cannot be looked for: no letter or digit, a * not at the end, a prefix that is too short."""
    start = token.start_pos or 0
    if "*" in text:
        raise Fault("A * stands only at the end of a word: drone*.", start + token.find("*"), about="star")
    pattern = pattern_of(text)
    if not pattern:
        raise Fault(f"{token} has no letter or digit to look for.", start, about="empty")
    if prefix and not long_enough(pattern):
        raise Fault(f"A prefix needs {MIN_PREFIX} letters or more before the *.", start, about="empty")


def not_named(name: str, scope: Token, token: Token, error: UnknownNameError) -> Fault:
    """Return the fault of a name that nobody bears, or several do, at that name."""
    instead = [str(Named(other)) for other in error.instead]
    says = str(error)
    try:
        idea = concepts_of(name)
    except UnknownConceptError:
        idea = ()
    if idea:
        says = f'"{name}" is no name but an idea, which about: looks for.'
        instead.insert(0, str(About(name)))
    start = token.start_pos or 0
    swap = Swap(scope.start_pos or 0, start + len(token), (*instead, f'"{name}"'))
    return Fault(says, start, swap=swap)


def too_many_concepts(found: tuple[Concept, ...], scope: Token, token: Token) -> Fault:
    """Return the fault of a phrase with more concepts than make sense, or with none."""
    start = token.start_pos or 0
    instead = " AND ".join(str(About(concept.name)) for concept in found)
    swap = Swap(scope.start_pos or 0, start + len(token), (instead or _CONCEPTS_EXAMPLE,))
    return Fault(
        f"about: takes one to {MOST_CONCEPTS} concepts, such as {_CONCEPTS_EXAMPLE}; join more with AND.",
        start,
        swap=swap,
    )


def not_about(phrase: str, scope: Token, token: Token, error: UnknownConceptError) -> Fault:
    """Return the fault of a phrase with a word that is no known concept, at that word."""
    field = searchable(token)
    inside = max(0, field.text.find(error.word))
    place = (token.start_pos or 0) + field.span(inside, inside)[0]
    if error.near:
        hint = "; near it are " + ", ".join(error.near)
    else:
        names = ", ".join(concept.name for concept in concepts().all[:_SHOWN])
        hint = f"; it knows {len(concepts().all)} concepts, such as {names}"
    words = [word for word in phrase.split() if searchable(word).text != error.word]
    instead = [
        str(About(" ".join(near if searchable(w).text == error.word else w for w in phrase.split())))
        for near in error.near
    ]
    if words:
        instead.append(f"{error.word} NEAR/5 {About(' '.join(words))}")
    instead.append(f'"{phrase}"')
    swap = Swap(scope.start_pos or 0, (token.start_pos or 0) + len(token), tuple(instead))
    return Fault(f'about: does not know "{error.word}"{hint}.', place, swap=swap)


def not_regex(source: str, token: Token, fault: RegexFault) -> Fault:
    """Return the fault of a regular expression that cannot be read, at the character."""
    start = token.start_pos or 0
    words = " ".join(re.findall(r"\w+", re.sub(r"\\.|\{[^}]*\}", " ", source)))
    instead = [
        re.sub(r"\(\?[a-zA-Z]+\)|\\\d", "", source).replace("(?=", "(?:").replace("(?P<", "(?:<"),
        re.sub(r"\)(?:[*+]|\{\d+,\d*\})", "){0,2}", source),
        *(re.sub(r"(?<!\\)[*+]|\{\d+,\}", bounds, source) for bounds in ("{1,20}", "{1,5}", "{1,2}")),
        re.sub(r"[^\w\s]", lambda sign: "\\" + sign[0], source),
    ]
    pieces = (*(f"/{other}/" for other in instead if other), *((f'"{words}"',) if words else ()))
    return Fault(str(fault), start + 1 + fault.place, swap=Swap(start, start + len(token), pieces))


def not_stated(token: Token, fault: StatedFault) -> Fault:
    """Return the fault of a term about facts that cannot be read, at the character."""
    start = token.start_pos or 0
    swap = Swap(start, start + len(token), fault.instead)
    return Fault(str(fault), start + fault.place, about="stated", swap=swap)
