"""Counts of people and things; what only measures or numbers something is used up first and counts nothing."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watchers.facts import counted_tr, nouns
from watchers.facts.passage import CAP
from watchers.types import Count, Fact

if TYPE_CHECKING:
    from watchers.facts.numbers import Number
    from watchers.facts.passage import Mask, Passage

# Nobody orders more; larger bare numbers are serial numbers or populations without a counted noun.
MAX_COUNT = 50_000_000

_WEB = re.compile(r"https?://\S{1,500}|www\.\S{1,500}|[\w.+-]{1,64}@[\w.-]{3,100}")
_CODES = re.compile(
    r"(?=[A-Z0-9(+第])(?:(?<![\w-])(?=[A-Z0-9-]*\d[A-Z0-9-]*\d[A-Z0-9-]*\d[A-Z0-9-]*\d)[A-Z0-9]{1,12}(?:-[A-Z0-9]{1,12}){2,6}(?![\w-])"
    r"|(?<![\w.,])(?:\+\d{1,3}[\s-]?)?\(?0\d{1,4}\)?[\s-]?\d{2,4}(?:[\s-]?\d{2,4}){0,3}(?![\w,]|\.\d)"
    r"|(?<![\w.,])\+\d{1,3}(?:[\s-]\d{1,4}){2,5}(?!\w)"
    r"|(?<![\w.,:])[0-2]?\d[:.][0-5]\d(?=\s?(?:a\.?m|p\.?m|GMT|UTC|local|hours)|['’](?:de|da|te|ta)\b)|\d{1,2}:\d\d(?::\d\d)?"
    r"|第\s?\d+(?:-\d+)*号?(?![\d-]|四半期)|\d{1,2}時(?:\d{1,2}分|半)?|\b\d{2,4}-\d{3,4}-\d{3,4}\b|\bP\d{5}\b)"
)

_CAP_RUN = rf"(?:[A-Z]{{1,4}}[a-z]?-?\d{{1,4}}[A-Za-z]{{0,3}}|{CAP})(?:[ \u00a0](?:{CAP}|\d{{1,4}}(?![\d,.])|[IVX]+)){{0,3}}"
_MODIFIERS = rf"(?:(?:{nouns.ADJECTIVE_EN}|{nouns.MODIFIER_EN}|{CAP}(?:-class)?|\d{{1,3}}x\d|Mk|\d{{1,3}}(?=\s[a-z]))[\s,](?:and\s)?){{0,5}}?"
_NOUN_EN = re.compile(rf"[\s-]{_MODIFIERS}(?P<head>{nouns.COUNTED_EN.pattern})(?!-)")
_PLURAL_EN = re.compile(
    rf"[\s-](?:(?:{nouns.ADJECTIVE_EN}|{nouns.MODIFIER_EN})\s){{0,3}}?(?P<head>{nouns.OPEN_NOUN_EN})(?!-)"
)
# What changes hands is counted whatever it is called; how often or how long something happens is not.
_TRANSFER_EN = re.compile(
    r"\b(?:order|buy|bought|purchas|acquir|procur|deliver|receiv|suppl|sell|sold|donat|send|sent|hand|transfer|lease|"
    r"contract|tender|build|built|produc|manufactur|operat|field|export|import|deploy|replac|retir|upgrad|includ|cover)",
    re.IGNORECASE,
)
_TEMPORAL_EN = re.compile(
    r"\b(?:in|after|over|within|every|past|last|next|previous|for|than|these|those|through|during|across)\s(?:the\s|just\s|only\s)?\Z",
    re.IGNORECASE,
)
_ANAPHOR = re.compile(rf"[\s-](?:of\b|(?:{nouns.MODIFIER_EN}\s){{0,2}}?{nouns.PEOPLE_EN}\b)")
_NAME_EN = re.compile(rf"\s(?:(?:{nouns.ADJECTIVE_EN})\s){{0,3}}(?P<name>{_CAP_RUN})")
_HAS_DIGIT = re.compile(r"\d")
_MORE_EN = re.compile(r"\s(?:more|further|extra|additional)\b")
_THE_BEFORE = re.compile(
    r"\b(?:[Tt]he|[Bb]oth|[Tt]hese|[Tt]hose|[Tt]heir|[Oo]ur|[Oo]ther|[Ll]ast|[Nn]ext|[Pp]ast|[Ff]irst)\s\Z"
)
_PEOPLE_SOURCE = re.compile(
    rf"\A[\s-](?:[\w’'-]+\s){{0,3}}?{nouns.PEOPLE_EN}\b(?:[\s,][\w’'-]+){{0,6}}?[\s,](?:familiar|said|says|with knowledge|close to|told|briefed|confirmed|acknowledged|added|explained|described|disclosed|revealed|insisted|warned|claimed|noted|argued|admitted|suggested|declined to|who spoke|speaking on|on condition)\b"
)
_SOURCE_BEFORE = re.compile(r"\b(?:according\sto|citing|quoting|told\sby)\s(?:at\sleast\s)?\Z", re.IGNORECASE)
_ORDER_WORDS = re.compile(r"\b(?:a further|another|an additional|as many|for|order(?:ed)?|bought)\s\Z")
# "to double its fleet to two dozen", "the order from 24 to 36": how many there are or will be.
_STOCK = re.compile(
    r"\b(?:fleet|inventory|stock|order|force|purchase|buy|number)s?\b[^.;,]{0,60}\s(?:to|from)\s\Z",
    re.IGNORECASE,
)
# "of the 54 that Norway ordered"
_WHICH_EN = re.compile(
    r"\s(?:that|which)\s[^.;,]{2,40}?\b(?:ordered|bought|wants?|purchased|requested|acquired|needs?)\b"
)
_BATCH = re.compile(r"\b(?:batch|total|fleet|order|lot|package|purchase)\sof\s\Z")
_PART_EN = re.compile(
    rf"\sof\s(?:the|its|their|these|those|our|his|her)(?:\s\d[\d,]*)?\s{_MODIFIERS}(?P<head>{nouns.COUNTED_EN.pattern})(?!-)"
)
_SERIES_EN = re.compile(
    r"\s(?:in|by)\s20\d\d\b|\s(?:will|would|were|was|have|has|are)\s(?:be(?:en)?\s)?(?:deliver|handed|built|produced|made|delivered|lost|shipped|arrive|follow|enter|join|come)"
)
_DELIVERY_EN = re.compile(
    r"deliver|hand(?:ed|ing)?\sover|built|build|ship|order|produc|complet|receiv|arriv|follow", re.IGNORECASE
)
_OPTION = {
    "en": re.compile(r"option|could later|may (?:also )?order", re.IGNORECASE),
    "tr": re.compile(r"opsiyon", re.IGNORECASE),
    "ja": re.compile(r"オプション|追加可能"),
}
_TAIL_JA = re.compile(r"(?P<min>超|以上|余り|を超)|(?P<max>以下|未満|まで)|(?P<approx>程度|前後|ほど|弱)")
_TAIL_EN = re.compile(r"(?P<min>\+| or more)")
_TAIL_TR = re.compile(
    r"(?:['’](?:[dt][ae]n|[ıiuüae]|y[ae]|y[ıiuü])\s(?:daha\s)?|\s(?:arasında\s)?\w+(?:\s\w+){0,2}\s)(?:(?P<word>fazla|aşkın|çok)|(?P<max>az))(?!\w)"
)
_VAGUE_JA = re.compile(r"[数何十余]\Z")


def mask_codes(passage: Passage, mask: Mask) -> None:
    """Use up addresses, telephone and contract numbers and times of day."""
    text = passage.text
    if "://" in text or "www." in text or "@" in text:
        for match in _WEB.finditer(text):
            mask.take(*match.span())
    for match in _CODES.finditer(text):
        mask.take(*match.span())


def mask_measures(passage: Passage, mask: Mask, numbers: tuple[Number, ...]) -> None:
    """Use up numbers of years, kilometres, kilograms and the like, and those that name something."""
    measure, naming = nouns.MEASURE[passage.lang], nouns.NAMING[passage.lang]
    for number in numbers:
        if not mask.free(number.at, number.end):
            continue
        match = measure.match(passage.text, number.end)
        if match or naming.search(passage.text[max(0, number.at - 14) : number.at]):
            mask.take(number.start, match.end() if match else number.end)


def read_quantities(passage: Passage, mask: Mask, numbers: tuple[Number, ...]) -> list[Fact]:
    """Return the counts. A vague word such as "several" or "a handful" is no number, so it gives none."""
    facts = []
    for number in numbers:
        if not number.whole or number.high > MAX_COUNT or not mask.free(number.at, number.end):
            continue
        end = _END[passage.lang](passage, number)
        if not end:
            continue
        mask.take(number.start, number.end)
        facts.append(_fact(passage, number, end))
    return facts


def _fact(passage: Passage, number: Number, end: int) -> Fact:
    bound, approx = number.bound, number.approx
    tail = {"ja": _TAIL_JA, "en": _TAIL_EN, "tr": _TAIL_TR}[passage.lang].match(
        passage.text, end if passage.lang == "ja" else number.end
    )
    if tail:
        groups = tail.groupdict()
        bound = bound or (
            "min" if groups.get("min") or groups.get("word") else "max" if groups.get("max") else ""
        )
        approx = approx or bool(groups.get("approx"))
    near = passage.before(number.start, 40) + passage.after(end, 12)
    return passage.fact(
        number.start,
        end,
        "quantity",
        Count(low=int(number.low), high=int(number.high)),
        rule="quantity",
        role="option" if _OPTION[passage.lang].search(near) else "",
        bound=bound,
        approx=approx,
    )


def _english(passage: Passage, number: Number) -> int:  # noqa: PLR0911 - each return is one kind of noun
    """Return where an English count's words end, 0 if the number counts nothing."""
    text, end = passage.text, number.end
    before = text[max(0, number.start - 14) : number.start]
    small = number.high <= 12
    after = passage.after(end, 110)
    if small and _THE_BEFORE.search(before) and _ANAPHOR.match(after):
        return 0
    if _SOURCE_BEFORE.search(passage.before(number.start, 20)) and _ANAPHOR.match(after):
        return 0
    if _PEOPLE_SOURCE.match(after) or nouns.STOP_EN.match(after.lstrip(" -")):
        return 0
    if number.spelt and small and re.match(r"\s(?:countries|nations|companies|firms)\b", after):
        return 0
    noun = _NOUN_EN.match(after)
    changes_hands = _changes_hands(passage, number)
    if noun:  # a dozen rounds are boxed or talked unless somebody orders them
        return 0 if noun.group("head") == "rounds" and small and not changes_hands else end + noun.end()
    plural = _PLURAL_EN.match(after)
    if (
        plural
        and changes_hands
        and not _TEMPORAL_EN.search(before)
        and not nouns.STOP_EN.fullmatch(plural.group("head"))
    ):
        return end + plural.end()
    name = _NAME_EN.match(after)
    if name:
        known = passage.name_at(end + name.start("name"), end + name.end("name"))
        if (
            known.entity.startswith("pla:")
            if known
            else changes_hands or _HAS_DIGIT.search(name.group("name"))
        ):
            return end + name.end()
    return end + _elliptic(passage, number, before, after)


def _changes_hands(passage: Passage, number: Number) -> bool:
    """Tell whether the clause around an English number speaks of an order, a delivery or a stock of something."""
    return (
        _TRANSFER_EN.search(passage.before(number.start, 70) + " " + passage.after(number.end, 50))
        is not None
    )


def _elliptic(passage: Passage, number: Number, before: str, after: str) -> int:
    """Return how far past its number a count without a noun of its own reaches, -end if it counts nothing."""
    end = number.end
    more = _MORE_EN.match(after)
    if more:
        return more.end()
    if _is_stock(passage, number, before, after):
        return 0
    part = _PART_EN.match(after)
    if part:
        return part.end()
    if _SERIES_EN.match(after) and _DELIVERY_EN.search(passage.sentence(number.at).mention):
        return 0
    if _ORDER_WORDS.search(before) and re.match(
        r"[,.;)]|\s(?:for|to|in|from|worth|were|are|was|have|had|will|would|on|by)\b|\Z", after
    ):
        return 0
    return -end


def _is_stock(passage: Passage, number: Number, before: str, after: str) -> bool:
    """Tell whether a number without a noun is how many somebody has, orders or will have."""
    if _BATCH.search(before):
        return re.match(r"[,.;)]|\Z|\s(?:for|to|in|from)\b", after) is not None
    stock = _STOCK.search(passage.before(number.start, 90))
    if stock and "votes" not in stock.group():
        return (
            re.match(
                r"[,.;)]|\Z|\s(?:under|by|in|from|to|for|with|and|because|after|amid|as|on|at|this|next)\b",
                after,
            )
            is not None
        )
    return _THE_BEFORE.search(before) is not None and _WHICH_EN.match(after) is not None


def _japanese(passage: Passage, number: Number) -> int:
    """Return where a Japanese count's words end, 0 if no counter follows."""
    if _VAGUE_JA.search(passage.text[max(0, number.at - 1) : number.at]):
        return 0
    if passage.text.startswith("一人", number.at):
        return 0  # "関係者の一人" is who says something, and no count
    counter = nouns.COUNTERS_JA.match(passage.text, number.end)
    if counter is None:
        return 0
    if number.high == 1 and re.match(r"[1１一](?:機|両|隻|基|発)", passage.text[number.at : number.at + 2]):
        following = passage.text[counter.end() : counter.end() + 2]
        return 0 if following[:1] in "約当あ平" else counter.end()
    return counter.end()


_END = {"en": _english, "tr": counted_tr.counted_until, "ja": _japanese}
