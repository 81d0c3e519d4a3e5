"""Claims that are no facts of a deal: who makes what, who holds which office, what is first, what money is for."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watchers.types import Person
from watchers.types.claims import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watchers.claims.names import Name
    from watchers.types import Fact, Span
    from watchers.types.claims import ClaimKind

Act = tuple["ClaimKind", int, int, Label, tuple[str, ...]]

# Somebody makes something: a verb of making between the two, or a possessive before a list of products.
_MAKES = {
    "en": re.compile(r"\b(?:makes?|made|builds?|built|produces?|produced|manufactur\w+|develop(?:s|ed)|designs?|designed|maker|builder|producer|developer)\b|['’]s (?:[\w-]+ ){0,4}?(?:capabilit\w+|products?|platforms?|portfolio|drones?|aircraft|ships?|fleet of)\b[^.]{0,40}?(?:like|such as|includ\w+|:)", re.IGNORECASE),
    "tr": re.compile(r"üret(?:ti|iyor|ir|ici|imi|tiği|ilen)|geliştir(?:di|ilen|diği|iyor)|yap(?:ımı|tığı)|imal|inşa|imzasını taşı", re.IGNORECASE),
    "ja": re.compile(r"製(?!造所|品)|製造|開発|生産|建造|メーカー"),
}  # fmt: skip
_FIRST = {
    "en": re.compile(r"\b(?:the |becoming the |his |her |its )?first(?:-ever)?\b(?=[^.]{0,60}\b(?:visit|minister|trip|time|by an?|of its kind|to (?:visit|buy|order|fly|operate))\b)", re.IGNORECASE),
    "tr": re.compile(r"(?<!\w)ilk (?:kez|defa|resm[iî]|\w+ ziyaret|\w+ bakan|ziyaret)|(?<!\w)ilki(?!\w)", re.IGNORECASE),
    "ja": re.compile(r"初めて|初の|初訪問|史上初"),
}  # fmt: skip
_PURPOSE = {
    "en": re.compile(r"\A[^.;]{0,60}?\b(?P<why>(?:to (?!the\b|be\b)[a-z-]+|for (?:the )?(?:purchase|acquisition|procurement|development|construction)) [^.;,]{3,80})", re.IGNORECASE),
    "tr": re.compile(r"\A(?P<why>[^.;,]{3,60}? (?:için|amacıyla))(?!\w)", re.IGNORECASE),
    "ja": re.compile(r"\A(?P<why>[^。、]{2,30}(?:ため|向け|に充て))"),
}  # fmt: skip
_MADE = ("pla:",)


def read(
    text: str, lang: str, facts: Sequence[Fact], names: Sequence[Name], spans: Sequence[Span]
) -> Iterator[Act]:
    """Yield the claims of making, office, first of its kind and purpose, each with its words' range."""
    for span in spans:
        inside = [name for name in names if span.start <= name.start < span.end]
        yield from _makes(text, lang, span, inside)
        first = _FIRST[lang].search(span.mention)
        if first:
            yield "first", span.start + first.start(), span.start + first.end(), Label(name="first"), ()
    for fact in facts:
        if isinstance(fact.value, Person) and fact.value.role:
            label = Label(name=f"{fact.value.role}; {fact.value.of}".strip("; "))
            yield "office", fact.start, fact.end, label, (fact.value.entity or fact.value.name,)
        elif fact.type == "money" and fact.role in {"budget", "requested", ""}:
            yield from _purpose(text, lang, fact)


def _makes(text: str, lang: str, span: Span, names: Sequence[Name]) -> Iterator[Act]:
    """Yield a claim for each thing that one named maker of the sentence makes.

    Of several makers the nearest before the verb is meant in English, the nearest name at all elsewhere.
    """
    verb = _MAKES[lang].search(span.mention)
    made = [name for name in names if name.entity.startswith(_MADE)]
    makers = [name for name in names if name.entity.startswith("org:") or (not name.entity and lang != "ja")]
    if verb is None or not made or not makers:
        return
    at = span.start + verb.start()
    for thing in made:
        maker = min(makers, key=lambda m: abs(m.start - at))
        if text[maker.start : maker.end] != text[thing.start : thing.end]:
            label = Label(name=maker.name, entity=maker.entity)
            yield "makes", thing.start, thing.end, label, (thing.entity,)


def _purpose(text: str, lang: str, fact: Fact) -> Iterator[Act]:
    after = text[fact.end : fact.sentence_start + len(fact.sentence)]
    match = _PURPOSE[lang].match(after)
    if match:
        start, end = fact.end + match.start("why"), fact.end + match.end("why")
        yield "purpose", start, end, Label(name=text[start:end]), ()
