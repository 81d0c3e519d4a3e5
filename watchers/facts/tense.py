"""Tell from the verb that a date belongs to whether it was or is to come.

English has that verb before the date as a rule, Turkish and Japanese behind it. A sentence holds several: "the drone,
which could be ordered in June, was tested on Friday" tells of a Friday gone by.
"""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re

# What is expected or planned is no deed, though its verb looks like one.
_TO_COME = r"(?:expect|plann|destin|schedul|slat|hop|promis|intend|aim|want|need|propos|target|envisag|project|requir|anticipat|tim|earmark|agre|decid|prepar|pledg|vow|ow|bas|suppos|delay|postpon|push|deferr|slipp|mov)ed"
_IRREGULAR = r"(?:held|built|sold|bought|made|sent|won|lost|begun|given|taken|shown|flown|seen|struck|sunk|led|left|paid|met|laid|hit)"
_DEED = rf"(?:(?!{_TO_COME})[a-z]{{2,}}ed|{_IRREGULAR})"
# A deed that is told: a verb of saying, a past that is nothing else, a passive or perfect, a participle right before the date.
_DONE_EN = re.compile(
    r"\b(?:said|told|announced|confirmed|reported|revealed|disclosed|stated|added|wrote|warned|declared|took|came|went|began|met|flew|gave|rose|fell|became|grew|(?<!to\s)(?<!will\s)(?<!would\s)(?<!could\s)(?<!may\s)hit|struck|sank|lost|sold|bought|sent|"
    rf"(?:was|were|has|have|had)\s(?:not\s|also\s|already\s|been\s|[a-z]+ly\s){{0,2}}{_DEED}|(?<=,\s){_DEED}|(?<=\sand\s){_DEED}|"
    rf"{_DEED}(?=(?:\s(?:on|in|at|for|early|late|last|this|by\s[A-Z]\w*(?:\s[A-Z]\w*)?(?:\s(?:on|in|at))?))?\s\Z))\b"
)
_NOT_DONE_EN = re.compile(
    r"\b(?:(?:will|would|shall|should|may|might|could|can|must|to)\s(?:not\s|[a-z]+ly\s)?(?:be|have)\s(?:been\s)?|(?:is|are|be|being|gets?)\s(?:being\s)?)(?:[a-z]+ly\s)?\Z"
)
# Between a deed and the date: another verb to come, or a clause of its own.
_ELSE_EN = re.compile(
    r"[,;:—–“”\"]|\b(?:that|which|who|will|would|shall|due|plan\w*|expect\w*|schedul\w*|aim\w*|hop\w*|intend\w*|could|may|might|should|wants?|next|set|is|are|until|before|after|begins?|starts?|opens?|arrives?|ends?|runs?|expires?|resumes?|closes?|\w*delay\w*|postpon\w+|pushed|deferred|"
    r"to\s(?!the\b|an?\b|its\b|their\b|his\b|her\b|this\b)[a-z]+|by\s\Z|by\s(?:the\s)?(?:end|middle|start|beginning|close)\b)"
)

# The first of these behind a Turkish date is its verb; participles tell of what was, unless of what is expected.
_VERB_TR = re.compile(
    r"(?<!\w)(?:(?P<ahead>\w+(?:[ae]ca[kğ]|[ae]ce[kğ])\w*|(?:başlı|açılı|toplanı|görüşü|buluşu|geli|gidi|düzenleni|yapılı|biti|oylanı|tanıtılı)yor(?:lar)?|(?:beklen|planlan|hedeflen|öngörül|umul|planlı|hedefli|bekli|öngörü)\w*)"
    r"|(?P<done>\w{2,}(?:[ıiuü]l|l[ae]n|[ıiuü]n)[ae]n|(?:eden|gelen|giden|veren|konuşan|katılan|başlayan|düşen|ulaşan|bulunan)"
    r"|\w{2,}[dt][ıiuü]ğ[ıiuü]\w*|\w{2,}(?:m[ıiuü]ş(?:t[ıi])?|[^\W\d_][dt][ıiuü])(?:l[ae]r)?))(?!\w)"
)
# Nouns and small words that look like such verbs.
_NO_VERB_TR = re.compile(
    r"(?:adet|kendi|şimdi|\w*yedi|\w*hedefi|maddi|ciddi|ebedi|abdi|\w*(?:bakan|plan|zaman|düzen|yasal)|\w*(?:geliş|barış|yarış|savaş|geçmiş|gümüş|altmış|yetmiş|yemiş)|ilan|iran|afganistan|pakistan|\w*stan|\w*an['’]\w*)\Z",
    re.IGNORECASE,
)

_VERB_JA = re.compile(
    r"(?P<put_off>延期|先送り|繰り下げ|ずれ込|後ろ倒し)"
    r"|(?P<done>(?:した|された|させた|[一-龠](?:め|べ|え|け|げ|せ|て|ね|れ|っ|い|き|ぎ|ち|び|み|り|じ|わっ|まっ|がっ|かれ|まれ|ばれ|われ|られ)た|んだ)(?!い|く))"
    r"|(?P<ahead>(?:する|される|予定(?=[だでの。、])|見通し|見込|目指|[一-龠](?:まる|める|わる|える|ける|げる|べる|てる|れる|かう|う|く|ぐ|む|ぶ|つ|す)(?=。|と|こと|予定|見|方針|計画|、)))"
)
# "９月に向けた計画": towards, not done.
_TOWARDS_JA = re.compile(r"(?:向け|備え|含め|見据え|加え|伴っ)た\Z")


def looks_ahead(lang: str, before: str, after: str) -> bool | None:
    """Tell whether the verb that a date belongs to is of the future; None where no verb near it tells."""
    if lang == "en":
        return _english(before)
    if lang == "tr":
        return _turkish(after)
    return _japanese(after)


def _english(before: str) -> bool | None:
    deed = None
    for match in _DONE_EN.finditer(before):
        if not _NOT_DONE_EN.search(before[: match.start()]):
            deed = match
    if deed is None or _ELSE_EN.search(before, deed.end()):
        return None
    return False


def _turkish(after: str) -> bool | None:
    for match in _VERB_TR.finditer(after):
        if _NO_VERB_TR.match(match.group()):
            continue
        return match.lastgroup == "ahead"
    return None


def _japanese(after: str) -> bool | None:
    if after.startswith("、"):  # "10日、…": its verb is the last of the sentence
        return None
    for match in _VERB_JA.finditer(after):
        if _TOWARDS_JA.search(match.group()):
            continue
        return match.lastgroup != "done"
    return None
